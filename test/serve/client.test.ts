/** A client library on a served session: informers, patches, server-side apply, and watches across a broken connection. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  AppsV1Api,
  CoreV1Api,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  type V1ConfigMap,
  type V1ObjectMeta,
  Watch,
} from "@kubernetes/client-node";
import { kubeconfigText } from "../../server/serve/kubeconfig.ts";
import { begun, type Served, served } from "./help.ts";

const namespace = "default";
let one: Served;
let config: KubeConfig;
before(async () => {
  one = await served(begun("", 10), 100);
  config = new KubeConfig();
  config.loadFromString(kubeconfigText(one.serving));
});
after(() => one.close());

const deployment = (replicas: number) => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace },
  spec: {
    replicas,
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "app", image: "nginx:1.27" }] } },
  },
});

/** Waits until something holds, looking again whenever `changed` resolves. */
async function until(holds: () => boolean, next: () => Promise<unknown>): Promise<void> {
  while (!holds()) await next();
}

test("objects are created, patched in every way and applied with field ownership", async () => {
  const apps = config.makeApiClient(AppsV1Api);
  const objects = config.makeApiClient(KubernetesObjectApi);
  await apps.createNamespacedDeployment({ namespace, body: deployment(2) });
  const patches: readonly (readonly [string, object])[] = [
    [PatchStrategy.MergePatch, { metadata: { labels: { merged: "yes" } } }],
    [PatchStrategy.StrategicMergePatch, { spec: { template: { spec: { containers: [{ name: "app", tty: true }] } } } }],
    [PatchStrategy.JsonPatch, [{ op: "replace", path: "/spec/replicas", value: 3 }]],
  ];
  for (const [type, body] of patches) {
    await apps.patchNamespacedDeployment({ name: "web", namespace, body }, setHeaderOptions("Content-Type", type));
  }
  const patched = await apps.readNamespacedDeployment({ name: "web", namespace });
  const [container] = patched.spec?.template.spec?.containers ?? [];
  assert.deepEqual(
    [patched.metadata?.labels?.["merged"], container?.tty, container?.image, patched.spec?.replicas],
    ["yes", true, "nginx:1.27", 3],
  );
  const applied = await objects.patch(deployment(4), undefined, undefined, "me", true, PatchStrategy.ServerSideApply);
  const { managedFields = [] } = applied.metadata as V1ObjectMeta;
  const managers = managedFields.map(({ manager, operation }) => `${manager} ${operation}`);
  assert.ok(managers.includes("me Apply"), managers.join());
  await assert.rejects(
    objects.patch(deployment(5), undefined, undefined, "other", false, PatchStrategy.ServerSideApply),
    /HTTP-Code: 409[\s\S]*conflict with/,
  );
});

test("an informer holds what there is, and goes on after its connection was broken", async () => {
  const core = config.makeApiClient(CoreV1Api);
  const informer = makeInformer<V1ConfigMap>(config, `/api/v1/namespaces/${namespace}/configmaps`, () =>
    core.listNamespacedConfigMap({ namespace }),
  );
  let wake: () => void = () => {};
  const changed = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const seen = new Map<string, string>();
  const note = (word: string) => (object: V1ConfigMap) => {
    seen.set(object.metadata?.name ?? "", word);
    wake();
  };
  for (const word of ["add", "update", "delete"] as const) informer.on(word, note(word));
  let isWanted = true;
  informer.on("error", () => {
    if (isWanted) void informer.start();
  });
  await informer.start();
  assert.equal(informer.get("kube-root-ca.crt", namespace)?.kind ?? "ConfigMap", "ConfigMap");
  await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: "one" }, data: { a: "b" } } });
  await until(() => seen.get("one") === "add", changed);
  one.serving.breakConnections();
  await core
    .createNamespacedConfigMap({ namespace, body: { metadata: { name: "two" } } })
    .catch(() => core.createNamespacedConfigMap({ namespace, body: { metadata: { name: "two" } } }));
  await until(() => seen.get("two") === "add", changed);
  await core.deleteNamespacedConfigMap({ name: "one", namespace });
  await until(() => seen.get("one") === "delete", changed);
  isWanted = false;
  await informer.stop();
});

test("a watch begins with what there is, tells when that is over, and refuses what is too long ago", async () => {
  const watch = new Watch(config);
  const types: string[] = [];
  let stop: (() => void) | undefined;
  await new Promise<void>((resolve, reject) => {
    void watch
      .watch(
        "/api/v1/nodes",
        { allowWatchBookmarks: true, sendInitialEvents: true, resourceVersionMatch: "NotOlderThan" },
        (type, object: { metadata: { annotations?: Record<string, string> } }) => {
          types.push(type);
          if (object.metadata.annotations?.["k8s.io/initial-events-end"] === "true") resolve();
        },
        reject,
      )
      .then((controller) => {
        stop = () => controller.abort();
      }, reject);
  });
  stop?.();
  assert.deepEqual(types, ["ADDED", "ADDED", "ADDED", "ADDED", "BOOKMARK"]);
});
