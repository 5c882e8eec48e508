// Without a file system the files are those that the client gives, whatever their scheme.
import assert from "node:assert/strict";
import { test } from "node:test";
import { diskOf } from "../../server/disk.client.ts";
import { neighboursOn } from "../../server/neighbours.ts";
import { fileListRequest } from "../../server/service/protocol.ts";
import { newestTarget } from "../../simulator/api/target.ts";

const root = "vscode-vfs://github/owner/shop";
const files: Readonly<Record<string, string>> = {
  [`${root}/k8s/deep/patch%20one.yaml`]: "kind: Deployment\n",
  [`${root}/k8s/kustomization.yaml`]: "resources: [web.yaml]\npatches: [{ path: deep/patch one.yaml }]\n",
  [`${root}/k8s/web.yaml`]: "apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: 80 }] }\n",
};
const client = {
  async sendRequest<Result>(method: string, params: unknown): Promise<Result> {
    const { uri = "" } = params as { readonly uri?: string };
    return (method === fileListRequest ? Object.keys(files) : (files[uri] ?? null)) as Result;
  },
};

test("files are listed from the top down and read by the names that the client knows", async () => {
  const disk = diskOf(client);
  const folder = disk.keyOf(root) ?? "";
  const keys: string[] = [];
  for await (const key of disk.list(folder)) keys.push(key);
  assert.deepEqual(keys, [
    "/owner/shop/k8s/kustomization.yaml",
    "/owner/shop/k8s/web.yaml",
    "/owner/shop/k8s/deep/patch one.yaml",
  ]);
  assert.equal((await disk.read(keys[2] ?? ""))?.uri, `${root}/k8s/deep/patch%20one.yaml`);
  assert.equal(await disk.read("/owner/shop/none.yaml"), null);
  assert.equal(disk.keyOf("file:///elsewhere.yaml"), null);
  assert.equal(disk.keyOf("untitled:a"), null);
});

test("what the files say of each other is known, and so is what is named in them", async () => {
  const pause = () => new Promise<void>((resolve) => setImmediate(resolve));
  let told = 0;
  const neighbours = neighboursOn(
    diskOf(client),
    pause,
    () => told++,
    () => newestTarget,
  );
  neighbours.setFolders([root]);
  neighbours.begin();
  for (let turn = 0; turn < 1000 && told === 0; turn++) await pause();
  assert.match(neighbours.placeOf(`${root}/k8s/deep/patch%20one.yaml`).patchOf ?? "", /kustomization\.yaml$/);
  assert.deepEqual(
    [...neighbours.mentions()].map(({ uri }) => uri),
    [`${root}/k8s/web.yaml`],
  );
});
