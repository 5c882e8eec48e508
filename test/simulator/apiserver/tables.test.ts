/** What is served, and the tables of it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { kindTable } from "../../../simulator/api/kind.ts";
import { servedKinds } from "../../../simulator/api/kind-rules.ts";
import { kindRow } from "../../../simulator/api/kinds.ts";
import { humanDuration } from "../../../simulator/api/printers/human-duration.ts";
import { create } from "../../../simulator/apiserver/create.ts";
import { coreVersions, groupList, resourceList } from "../../../simulator/apiserver/discovery.ts";
import { list } from "../../../simulator/apiserver/read.ts";
import { createApiServer } from "../../../simulator/apiserver/server.ts";
import { putScale } from "../../../simulator/apiserver/subresources.ts";
import type { ApiServer } from "../../../simulator/apiserver/types.ts";
import * as kubectl from "../../../simulator/kubectl/apply.ts";
import { terminal } from "../kubectl/terminal.ts";
import { at, given, newCluster, newServer, objects, refusal, wait, workloads } from "./help.ts";

/** What `kubectl get` prints of a cluster. */
function printed(server: ApiServer, resources: string, output: "" | "wide" = ""): string {
  return terminal({ server }).run(`get ${resources}${output === "" ? "" : ` -o ${output}`}`).stdout;
}

test("lengths of time are short", () => {
  const texts = [-3, 0, 119, 120, 599, 600, 10_800, 28_799, 172_800, 176_400, 700_000, 63_072_000, 300_000_000].map(
    (seconds) => humanDuration(seconds * 1000),
  );
  assert.deepEqual(texts, [
    ...["<invalid>", "0s", "119s", "2m", "9m59s", "10m", "3h", "7h59m"],
    ...["2d", "2d1h", "8d", "2y", "9y"],
  ]);
});

test("workloads, pods, nodes and what is only kept are told as kubectl tells them", () => {
  const server = newServer();
  for (const object of objects(workloads)) given(create(server, at(`${object.kind}/`), object));
  wait(server, 30);
  assert.equal(
    printed(server, "deploy,sts,ds,job,svc,cm,ing,pvc,nodes"),
    `NAME                  READY   UP-TO-DATE   AVAILABLE   AGE
deployment.apps/web   1/1     1            1           30s

NAME                  READY   AGE
statefulset.apps/db   2/2     30s

NAME                   DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE
daemonset.apps/agent   3         3         3       3            3           <none>          30s

NAME             STATUS    COMPLETIONS   DURATION   AGE
job.batch/once   Running   0/3           30s        30s

NAME          TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE
service/web   ClusterIP   10.96.1.12   <none>        80/TCP    30s

NAME                 DATA   AGE
configmap/settings   1      30s

NAME                            CLASS    HOSTS         ADDRESS   PORTS   AGE
ingress.networking.k8s.io/web   <none>   example.com             80      30s

NAME                              STATUS   VOLUME                                     CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS   AGE
persistentvolumeclaim/data-db-0   Bound    pvc-61387f8e-0000-4000-8000-00000000000f   1Gi        RWO                           <unset>                 30s
persistentvolumeclaim/data-db-1   Bound    pvc-a1ffa75e-0000-4000-8000-000000000017   1Gi        RWO                           <unset>                 26s

NAME                 STATUS   ROLES           AGE   VERSION
node/control-plane   Ready    control-plane   30s   v1.36.0
node/worker-1        Ready    <none>          30s   v1.36.0
node/worker-2        Ready    <none>          30s   v1.36.0
node/worker-3        Ready    <none>          30s   v1.36.0
`,
  );
});

test("a pod that restarts says how often and how long ago", () => {
  const crash = { on: { kind: "Deployment" }, fault: { type: "crash", after: 3000 } } as const;
  const server = newServer(newCluster(1, [crash]));
  given(create(server, at("deploy/"), objects(workloads)[0]));
  wait(server, 60);
  assert.match(printed(server, "pods"), /CrashLoopBackOff +[1-9] \(\d+s ago\)/);
});

test("groups, versions and resources are those of the table of kinds", () => {
  assert.deepEqual(coreVersions(servedKinds), ["v1"]);
  const apps = groupList(servedKinds).groups[0]!;
  assert.deepEqual([apps.name, apps.preferredVersion.groupVersion], ["apps", "apps/v1"]);
  const names = resourceList(servedKinds, "apps", "v1")?.resources.map((one) => one.name);
  assert.ok(names?.includes("deployments/scale") && names.includes("controllerrevisions"));
  assert.equal(resourceList(servedKinds, "apps", "v2"), undefined);
});

test("a kind that is added by one row is found in discovery, admission, store and tables", () => {
  const boat = {
    ...kindRow("harbour.example/v1", "Boat", "boats", {
      shortNames: ["bo"],
      subresources: ["status", "scale"],
      is: "stored",
    }),
    emptyStatus: { moored: false },
    printer: {
      columns: [{ name: "Name", type: "string", format: "name" }] as const,
      cells: (object: { readonly [key: string]: unknown }) => [(object["metadata"] as { name: string }).name],
    },
  };
  const server = createApiServer(newCluster(), {
    kinds: kindTable([...servedKinds.rows, boat]),
    admission: [
      {
        name: "NoLeaks",
        admit: ({ row, object, name }) => {
          const leaks = row.kind === "Boat" && (object["spec"] as { leaks?: boolean }).leaks === true;
          return leaks
            ? { ...refusedBoat, message: `boats "${name}" leaks` }
            : { ...object, metadata: { ...object.metadata, labels: { seen: "yes" } } };
        },
      },
    ],
  });
  assert.ok(groupList(server.kinds).groups.some((one) => one.name === "harbour.example"));
  assert.deepEqual(
    resourceList(server.kinds, "harbour.example", "v1")?.resources.map((one) => one.name),
    ["boats", "boats/scale", "boats/status"],
  );
  const place = { row: server.kinds.resource("bo")!, namespace: "default", name: "anna" };
  const object = { apiVersion: "harbour.example/v1", kind: "Boat", metadata: { name: "anna" }, spec: { replicas: 1 } };
  assert.equal(refusal(create(server, place, { ...object, spec: { leaks: true } })), '403 boats "anna" leaks');
  const stored = given(create(server, place, object));
  assert.deepEqual([stored["status"], stored.metadata.labels], [{ moored: false }, { seen: "yes" }]);
  given(putScale(server, place, { spec: { replicas: 3 } }));
  assert.deepEqual(given(list(server, { ...place, name: "" })).items[0]?.["spec"], { replicas: 3 });
  assert.equal(printed(server, "boats"), "NAME\nanna\n");
  assert.equal(
    kubectl.apply(server, { ...object, spec: { replicas: 2 } }).output,
    "boat.harbour.example/anna configured",
  );
});

const refusedBoat = {
  apiVersion: "v1",
  kind: "Status",
  metadata: {},
  status: "Failure",
  reason: "Forbidden",
  code: 403,
} as const;
