/** What the server changes in a Pod when it is created, and the warnings beside pod templates. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseManifest } from "../../server/yaml/parse.ts";
import { type Admission, admit } from "../../simulator/api/admit.ts";
import { recordedTarget } from "../../simulator/api/target.ts";

function admitted(text: string): Admission {
  return admit(parseManifest(text)[0]?.value, recordedTarget);
}

test("keys of labels become expressions of the selector they refine", () => {
  const { object } = admitted(`
apiVersion: v1
kind: Pod
metadata: {name: web, labels: {app: web, rev: "7"}}
spec:
  containers: [{name: web, image: web:1}]
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: zone
      whenUnsatisfiable: ScheduleAnyway
      labelSelector: {matchLabels: {app: web}}
      matchLabelKeys: [rev, absent]
`);
  const spec = object?.spec as unknown as { topologySpreadConstraints: { labelSelector: unknown }[] };
  assert.deepEqual(JSON.parse(JSON.stringify(spec.topologySpreadConstraints[0]?.labelSelector)), {
    matchLabels: { app: "web" },
    matchExpressions: [{ key: "rev", operator: "In", values: ["7"] }],
  });
});

test("an AppArmor annotation becomes a field, with a warning", () => {
  const annotation = "container.apparmor.security.beta.kubernetes.io/web";
  const { object, problems, warnings } = admitted(`
apiVersion: v1
kind: Pod
metadata: {name: web, annotations: {${annotation}: runtime/default}}
spec:
  containers: [{name: web, image: web:1}]
`);
  const spec = object?.spec as unknown as { containers: { securityContext: unknown }[] };
  assert.deepEqual(problems, []);
  assert.deepEqual(
    { ...(spec.containers[0]?.securityContext as object) },
    { appArmorProfile: { type: "RuntimeDefault" } },
  );
  assert.deepEqual(
    warnings.map(({ path }) => path),
    [`metadata.annotations[${annotation}]`],
  );
});

test("a name that is generated is warned about as well", () => {
  const { warnings } = admitted(`
apiVersion: batch/v1
kind: Job
metadata: {generateName: report.v2-}
spec:
  template:
    spec: {restartPolicy: Never, containers: [{name: report, image: report:1}]}
`);
  assert.deepEqual(
    warnings.map(({ code, path }) => [code, path]),
    [["pod-names-not-labels", "metadata.name"]],
  );
});
