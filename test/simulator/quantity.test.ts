/** Quantities at the edges of their parser: what Go's code makes of texts that hardly anybody writes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { admit } from "../../simulator/api/admit.ts";
import { addQuantities, formatQuantity, parseQuantity } from "../../simulator/api/quantity.ts";
import { recordedTarget } from "../../simulator/api/target.ts";

function read(text: string): string {
  const parsed = parseQuantity(text);
  return parsed.ok ? `${parsed.quantity.text} ${formatQuantity(parsed.quantity)}` : parsed.error;
}

test("the server keeps a spelling that looks canonical to it, and writes others anew", () => {
  assert.deepEqual(["+1531Mi", "+1536Mi", "-240.Mi", "012Gi"].map(read), [
    "+1531Mi 1531Mi",
    "1536Mi 1536Mi",
    "-240Mi -240Mi",
    "012Gi 12Gi",
  ]);
  assert.deepEqual(["01024", "1.500", "1.50", "1000m"].map(read), ["01024 1024", "1.500 1500m", "1500m 1500m", "1 1"]);
});

test("without a digit the amount is 0, unless the parser has to look again", () => {
  assert.deepEqual(["m", "+k", ".Ti", "e-9", "-"].map(read), ["0 0", "0 0", "0 0", "0 0", "0 0"]);
  assert.deepEqual(["Pi", "-.Ei", "e-10"].map(read), ["number", "number", "number"]);
});

test("of an exponent 32 bits are kept, and it must fit in 64", () => {
  assert.deepEqual(["7e4294967296", "7e-4294967294", "7e99999999999999999999"].map(read), [
    "7e4294967296 7",
    "700 700",
    "suffix",
  ]);
});

test("there is no suffix beyond E: the server's text loses the rest", () => {
  assert.deepEqual(["100E", "1000E", "1000000P", "1e21"].map(read), ["100E 100E", "1 1", "1 1", "1e21 1e21"]);
});

test("huge exponents are added without losing digits", () => {
  const parsed = parseQuantity("1.5e90001");
  assert.ok(parsed.ok);
  assert.equal(addQuantities(parsed.quantity, parsed.quantity).text, "30e90000");
});

test("amounts beyond E are still compared", () => {
  const resources = { limits: { memory: "5E" }, requests: { memory: "1000E" } };
  const spec = { containers: [{ name: "c", image: "app:1", resources }] };
  const { problems } = admit({ apiVersion: "v1", kind: "Pod", metadata: { name: "web" }, spec }, recordedTarget);
  assert.deepEqual(
    problems.map(({ path }) => path),
    ["spec.containers[0].resources.requests"],
  );
});
