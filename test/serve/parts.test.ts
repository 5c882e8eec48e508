/** The parts around the API: messages in protocol buffers, the certificate, the clock, what addresses and headers say. */
import assert from "node:assert/strict";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { formOf } from "../../server/serve/accept.ts";
import { speedOf, timeOf } from "../../server/serve/amounts.ts";
import { ownCertificate } from "../../server/serve/certificate.ts";
import { createClock } from "../../server/serve/clock.ts";
import { readPath } from "../../server/serve/paths.ts";
import { decodeProtobuf } from "../../server/serve/protobuf/decode.ts";
import { runs } from "../runs.ts";
import { begun } from "./help.ts";

/** A field of a message: a number and what it holds. */
function field(number: number, content: Buffer | string | number): Buffer {
  const key = (kind: number) => {
    const whole = (number << 3) | kind;
    return Buffer.from(whole < 128 ? [whole] : [(whole & 127) | 128, whole >> 7]);
  };
  if (typeof content === "number") return Buffer.concat([key(0), Buffer.from([content])]);
  const bytes = Buffer.from(content);
  return Buffer.concat([key(2), Buffer.from([bytes.length]), bytes]);
}
const message = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields);
const body = (apiVersion: string, kind: string, raw: Buffer): Buffer =>
  message(Buffer.from("k8s\0"), field(1, message(field(1, apiVersion), field(2, kind))), field(2, raw));

test("a message is read by the numbers of its fields: texts, numbers, lists, maps, and what stands in JSON beside its owner", () => {
  const probe = message(
    field(1, message(field(2, message(field(1, "/ready"), field(2, message(field(1, 0), field(2, 80))))))),
  );
  const container = message(field(1, "app"), field(3, "sleep"), field(3, "9"), field(11, probe), field(16, 1));
  const raw = message(
    field(1, message(field(1, "web"), field(11, message(field(1, "app"), field(2, "web"))))),
    field(2, message(field(2, container), field(4, 30))),
  );
  assert.deepEqual(decodeProtobuf(body("v1", "Pod", raw)), {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "web", labels: { app: "web" } },
    spec: {
      containers: [
        {
          name: "app",
          command: ["sleep", "9"],
          readinessProbe: { httpGet: { path: "/ready", port: 80 } },
          stdin: true,
        },
      ],
      terminationGracePeriodSeconds: 30,
    },
  });
  const secret = body("v1", "Secret", field(2, message(field(1, "key"), field(2, "\u0001\u0002"))));
  assert.deepEqual(decodeProtobuf(secret)?.["data"], { key: "AQI=" });
});

test("bytes that are no message, or half of one, are refused and never throw", () => {
  const whole = body("v1", "Pod", field(2, message(field(2, field(1, "app")))));
  for (let length = 0; length < whole.length; length++) decodeProtobuf(whole.subarray(0, length));
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isEnveloped) => {
      const raw = Buffer.from(bytes);
      decodeProtobuf(
        isEnveloped ? body("v1", "Pod", raw.subarray(0, 100)) : Buffer.concat([Buffer.from("k8s\0"), raw]),
      );
    }),
    { numRuns: runs(300) },
  );
  assert.equal(decodeProtobuf(Buffer.from("{}")), undefined);
});

test("the certificate is for this machine, and is signed by the key that it names", () => {
  const now = Date.UTC(2026, 5, 1);
  const { certificate, key } = ownCertificate(now);
  const read = new X509Certificate(certificate);
  assert.ok(read.verify(read.publicKey) && read.checkPrivateKey(createPrivateKey(key)));
  assert.equal(read.checkIP("127.0.0.1"), "127.0.0.1");
  assert.equal(read.checkHost("localhost"), "localhost");
  assert.equal(read.checkHost("example.com"), undefined);
  assert.ok(Date.parse(read.validFrom) < now && Date.parse(read.validTo) > now);
  assert.notEqual(ownCertificate(now).certificate, certificate);
});

const web = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: "nginx:1.27"}]}}
`;

test("time passes with the wall, at another speed, or only when told, and whoever waits is told when something happens", () => {
  const session = begun(web);
  let wall = 0;
  let waiting: { at: number; then: () => void } | undefined;
  let told = 0;
  const clock = createClock(
    session,
    {
      now: () => wall,
      after(delay, then) {
        waiting = { at: wall + delay, then };
        return () => {
          waiting = undefined;
        };
      },
    },
    10,
    () => told++,
  );
  const begin = session.now();
  const passed = () => session.now() - begin;
  clock.plan();
  const next = session.next()!;
  assert.equal(waiting?.at, Math.ceil((next - begin) / 10));
  wall = waiting!.at;
  waiting!.then();
  assert.deepEqual([told, passed() >= next - begin], [1, true]);
  wall = 1000;
  clock.sync();
  assert.equal(passed(), 10_000);
  clock.setSpeed(0);
  wall = 5000;
  clock.sync();
  assert.deepEqual([passed(), waiting], [10_000, undefined]);
  clock.advanceTo(begin + 60_000);
  assert.equal(passed(), 60_000);
  clock.setSpeed(1);
  wall = 6000;
  clock.sync();
  assert.equal(passed(), 61_000);
});

test("an address names what it is for", () => {
  const resource = { is: "resource", group: "", version: "v1" };
  const cases: Readonly<Record<string, unknown>> = {
    "/api/v1/pods": { ...resource, resource: "pods" },
    "/api/v1/namespaces/shop/pods/web/log": {
      ...{ ...resource, resource: "pods", namespace: "shop", name: "web", subresource: "log" },
    },
    "/api/v1/namespaces/shop": { ...resource, resource: "namespaces", name: "shop" },
    "/api/v1/namespaces/shop/status": { ...resource, resource: "namespaces", name: "shop", subresource: "status" },
    "/apis/apps/v1": { is: "group-version", group: "apps", version: "v1" },
    "/healthz/": { is: "other", path: "/healthz" },
  };
  for (const [path, expected] of Object.entries(cases)) assert.deepEqual(readPath(path), expected, path);
});

test("the first form that can be given is given", () => {
  const table = "application/json;as=Table;v=v1;g=meta.k8s.io";
  assert.deepEqual(
    [undefined, "*/*", `${table},application/json`, `${table.replace("v1", "v9")},application/json`, "text/plain"].map(
      formOf,
    ),
    ["plain", "plain", "Table", "plain", undefined],
  );
  assert.equal(formOf("application/vnd.kubernetes.protobuf,application/json"), "plain");
});

test("times and speeds are read as people write them", () => {
  assert.deepEqual(["30s", "1h30m", "1d", "0.5s", "", "5", "s", "1s1m"].map(timeOf), [
    ...[30_000, 5_400_000, 86_400_000, 500],
    ...[undefined, undefined, undefined, undefined],
  ]);
  assert.deepEqual(["1", "60", "0.5", "step", "0", "-1", "x"].map(speedOf), [
    1,
    60,
    0.5,
    0,
    undefined,
    undefined,
    undefined,
  ]);
});
