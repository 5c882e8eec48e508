import assert from "node:assert/strict";
import { test } from "node:test";
import { cidr, ipAddress, ipFamily } from "../../../simulator/api/addresses.ts";
import { FieldPath } from "../../../simulator/api/field-path.ts";
import * as formats from "../../../simulator/api/formats.ts";
import { matchesSelector, parseSelector, selectorText } from "../../../simulator/api/label-selector.ts";
import { validateObjectMeta } from "../../../simulator/api/metadata.ts";
import { canonicalIPv6 } from "../../../simulator/api/pod/ipv6-text.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";

const long = (length: number): string => "a".repeat(length);

/** format: texts that are fine | texts that are not */
const samples: readonly (readonly [formats.Format, string, string])[] = [
  [formats.dnsLabel, `a web-1 1 ${long(63)}`, `-a a- A a.b a_b ${long(64)} ä`],
  [formats.dns1035Label, `a web-1 ${long(63)}`, `1a -a a- A ${long(64)}`],
  [formats.dnsSubdomain, `a a.b-c.1 ${long(253)}`, `.a a. a..b A a_b ${long(254)}`],
  [formats.dnsSubdomainWithUnderscore, "_tcp.a a_b", "A a- ."],
  [formats.qualifiedName, `a A.b_c-1 example.com/a ${long(63)}`, `/a a/ a/b/c Ex.com/a -a a- ${long(64)} a@b`],
  [formats.labelValue, `a A.b_c-1 ${long(63)}`, `-a a- a/b ${long(64)}`],
  [formats.environmentName, "A a.b a-b 1a {}", "a=b ä"],
  [formats.configMapKey, "a .a a..b A_b-c", ". .. ..a a/b"],
  [formats.portName, "http a1 1a a-b", "80 -a a- a--b HTTP abcdefghijklmnop a_b"],
  [formats.httpHeaderName, "X-A a1", "a_b a:b"],
  [
    ipAddress,
    "10.0.0.1 ::1 2001:db8::ffff 1:2:3:4:5:6:7:8 64:ff9b::1.2.3.4",
    "10.0.0.01 1.2.3 256.1.1.1 ::ffff:1.2.3.4 fe80::1%eth0 1::2::3 :1 12345::",
  ],
  [
    cidr,
    "10.0.0.0/8 0.0.0.0/0 2001:db8::/64",
    "10.0.0.1/8 10.0.0.0/33 10.0.0.0 10.0.0.0/08 10.00.0.0/8 ::ffff:1.2.3.0/120",
  ],
];

test("formats tell good texts from bad ones", () => {
  for (const [format, good, bad] of samples) {
    for (const text of good.split(" ")) assert.deepEqual(format(text), [], text);
    for (const text of bad.split(" ")) assert.notDeepEqual(format(text), [], text);
    if (format !== formats.labelValue) assert.notDeepEqual(format(""), []);
  }
});

test("families and canonical texts of addresses", () => {
  assert.deepEqual(["10.0.0.1", "::1", "x"].map(ipFamily), [4, 6, undefined]);
  assert.equal(canonicalIPv6("2001:DB8:0:0:1:0:0:1"), "2001:db8::1:0:0:1");
  assert.equal(canonicalIPv6("0:0:0:0:0:0:0:0"), "::");
  assert.equal(canonicalIPv6("10.0.0.1"), undefined);
});

test("no selector matches nothing, an empty one everything", () => {
  const labels = { app: "web", tier: "a" };
  assert.equal(matchesSelector(null, labels), false);
  assert.equal(matchesSelector({}, labels), true);
  assert.equal(matchesSelector({ matchExpressions: [{ key: "old", operator: "NotIn", values: ["x"] }] }, labels), true);
  assert.equal(selectorText({ matchLabels: { b: "1", a: "2" } }), "a=2,b=1");
});

test("selectors as -l takes them", () => {
  const texts = ["app = web , tier in (b,a,b)", "!old,size>3", "app in web", "a=b,"];
  assert.deepEqual(
    texts.map((text) => {
      const parsed = parseSelector(text);
      return parsed.ok ? parsed.text : null;
    }),
    ["app=web,tier in (a,b)", "!old,size>3", null, null],
  );
});

test("metadata: names, generated names, owners, finalizers", () => {
  const judge = (metadata: unknown): string[] =>
    validateObjectMeta(metadata, FieldPath.root.child("metadata"), {
      target: recordedTarget,
      namespaced: true,
      nameCheck: "dns-subdomain",
    }).map((problem) => `${problem.path} (${problem.code}) at ${problem.at.join("/")}`);
  assert.deepEqual(judge({ generateName: "web-" }), []);
  assert.deepEqual(judge({ generateName: "Web-" }), [
    "metadata.generateName (invalid-dns-subdomain) at metadata/generateName",
    "metadata.name (invalid-dns-subdomain) at metadata/name",
  ]);
  assert.deepEqual(judge({ name: "web", labels: { "a b": "c" } }), [
    "metadata.labels (invalid-qualified-name) at metadata/labels/a b",
  ]);
  assert.deepEqual(judge({ name: "web", ownerReferences: [{ apiVersion: "a/b/c", kind: "K", name: "n", uid: "u" }] }), [
    "metadata.ownerReferences.apiVersion (owner-version-missing) at metadata/ownerReferences/0/apiVersion",
  ]);
  assert.deepEqual(judge({ name: "web", finalizers: ["mine", "orphan", "example.com/x"] }), [
    "metadata.finalizers[0] (finalizer-not-qualified) at metadata/finalizers/0",
  ]);
});
