/** Which templates are the same to the controllers: what differs starts a rollout. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { semanticEqual } from "../../simulator/api/equality.ts";

const template = (container: object, spec: object = {}) => ({
  metadata: { labels: { app: "web" } },
  spec: { containers: [{ name: "app", image: "app:1", ...container }], ...spec },
});
const plain = template({});

for (const [what, other] of [
  ["resources without any", template({ resources: {} })],
  ["empty maps and lists", template({ env: [], resources: { limits: {} } }, { nodeSelector: {}, tolerations: null })],
] as const) {
  test(`the same: ${what}`, () => assert.ok(semanticEqual(plain, other) && semanticEqual(other, plain)));
}

test("the same: amounts", () => {
  const cpu = (amount: string) => template({ resources: { requests: { cpu: amount } } });
  assert.ok(semanticEqual(cpu("1"), cpu("1000m")));
  assert.ok(!semanticEqual(cpu("1"), cpu("1001m")));
});

for (const [what, other] of [
  ["an empty affinity", template({}, { affinity: {} })],
  ["an empty security context of a container", template({ securityContext: {} })],
  ["an empty lifecycle", template({ lifecycle: {} })],
  ["another image", template({ image: "app:2" })],
] as const) {
  test(`not the same: ${what}`, () => assert.ok(!semanticEqual(plain, other) && !semanticEqual(other, plain)));
}
