/** Small decisions of the client, without VS Code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { tagOf } from "../../client/workload.ts";

test("the tag of an image is what is typed over", () => {
  const tags = ["nginx:1.27", "nginx", "localhost:5000/web", "localhost:5000/web:2", "app@sha256:0a"].map((image) => {
    const [start, end] = tagOf(image);
    return image.slice(start, end);
  });
  assert.deepEqual(tags, ["1.27", "", "", "2", "0a"]);
});
