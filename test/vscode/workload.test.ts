/** Small decisions of the client, without VS Code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DocumentObject } from "../../client/protocol.ts";
import { placeOfContainer, tagOf } from "../../client/workload.ts";

test("the tag of an image is what is typed over", () => {
  const tags = ["nginx:1.27", "nginx", "localhost:5000/web", "localhost:5000/web:2", "app@sha256:0a"].map((image) => {
    const [start, end] = tagOf(image);
    return image.slice(start, end);
  });
  assert.deepEqual(tags, ["1.27", "", "", "2", "0a"]);
});

test("a container is found where its template has it", () => {
  const cron = {
    spec: {
      jobTemplate: { spec: { template: { spec: { containers: [{ name: "a" }], initContainers: [{ name: "b" }] } } } },
    },
  };
  const place = (name: string) => placeOfContainer({ object: cron } as unknown as DocumentObject, name)?.slice(-2);
  assert.deepEqual([place("a"), place("b"), place("c")], [["containers", 0], ["initContainers", 0], undefined]);
});
