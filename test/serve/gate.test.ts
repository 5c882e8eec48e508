/** Who is let in, and what somebody hostile can do: nothing. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { begun, type Served, served } from "./help.ts";

let one: Served;
before(async () => {
  one = await served(begun());
});
after(() => one.close());

const nodes = "/api/v1/nodes";
const codeOf = async (...asked: Parameters<Served["ask"]>) => (await one.ask(...asked)).code;

test("without the token nothing is answered, not even that the server lives", async () => {
  for (const path of [nodes, "/healthz", "/version", "/openapi/v3", "/seatrial/time", "/nowhere"]) {
    assert.equal(await codeOf("GET", path, undefined, { authorization: "" }), 401, path);
  }
  for (const authorization of ["Bearer", "Bearer x", `Basic ${one.serving.token}`, `Bearer ${one.serving.token}x`]) {
    assert.equal(await codeOf("GET", nodes, undefined, { authorization }), 401, authorization);
  }
  assert.equal(await codeOf("GET", nodes), 200);
});

test("no web page is answered, under whatever name it comes", async () => {
  const headers = [
    { origin: "https://example.com" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
    { host: "example.com" },
    { host: `example.com:${one.serving.port}` },
    { host: "127.0.0.1" },
  ];
  for (const each of headers) assert.equal(await codeOf("GET", nodes, undefined, each), 403, JSON.stringify(each));
  assert.equal(await codeOf("GET", nodes, undefined, { host: `localhost:${one.serving.port}` }), 200);
});

test("a body that is too large is refused before it is read whole, and the server goes on", async () => {
  const huge = JSON.stringify({ data: { a: "x".repeat(4 * 1024 * 1024) } });
  const answer = await one.ask("POST", "/api/v1/namespaces/default/configmaps", huge).catch(() => ({ code: 413 }));
  assert.equal(answer.code, 413);
  assert.equal(await codeOf("GET", nodes), 200);
});

test("whatever is not a request is refused, and the server goes on", async () => {
  const wrong: readonly Parameters<Served["ask"]>[] = [
    ["POST", "/api/v1/namespaces/default/configmaps", "{"],
    ["POST", "/api/v1/namespaces/default/configmaps", "[]"],
    ["POST", "/api/v1/namespaces/default/configmaps", "null"],
    ["POST", "/api/v1/namespaces/default/configmaps", `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
    ["POST", "/apis/apps/v1/namespaces/default/deployments", { spec: "x", metadata: [] }],
    ["PATCH", "/api/v1/nodes/worker-1", "{}", { "content-type": "text/html" }],
    ["PATCH", "/api/v1/nodes/worker-1", "- {op: x}", { "content-type": "application/json-patch+json" }],
    ["PATCH", "/api/v1/nodes/worker-1", "a: [", { "content-type": "application/apply-patch+yaml" }],
    [
      "POST",
      "/api/v1/namespaces/default/pods",
      "k8s\0\u0001\u0002",
      { "content-type": "application/vnd.kubernetes.protobuf" },
    ],
    ["GET", "/api/v1/pods/%ff"],
    ["GET", "/api/v1/pods?limit=many"],
    ["GET", "/api/v1/pods?fieldSelector=a%3Db"],
    ["GET", "/api/v1/pods?labelSelector=%21%21"],
    ["GET", "/api/v1/pods?watch=1&resourceVersion=old"],
    ["GET", "/api/v1/namespaces/default/pods/a/b/c/d"],
    ["TRACE", nodes],
    ["POST", "/seatrial/time", { speed: "light" }],
    ["POST", "/seatrial/time", "x"],
    ["POST", "/seatrial/actions", { do: "fly" }],
  ];
  for (const each of wrong) {
    const { code } = await one.ask(...each);
    assert.ok(code >= 400 && code < 500, `${each[0]} ${each[1]} ${code}`);
  }
  assert.equal(await codeOf("GET", nodes), 200);
});

test("who speaks no TLS, or says nothing, or hangs up in the middle, does not end the server", async () => {
  const { port, certificate } = one.serving;
  await new Promise<void>((resolve) => {
    const plain = connect(port, "127.0.0.1", () => plain.write("GET / HTTP/1.1\r\n\r\n"));
    plain.on("close", () => resolve()).on("error", () => {});
  });
  await new Promise<void>((resolve) => {
    const half = connectTls({ port, host: "127.0.0.1", ca: certificate }, () => {
      half.write("POST /api/v1/nodes HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{");
      half.destroy();
    });
    half.on("close", () => resolve()).on("error", () => {});
  });
  assert.equal(await codeOf("GET", nodes), 200);
});

/** A connection that asks for a watch and reads nothing but its first answer. */
function watcher(read: boolean): Promise<TLSSocket> {
  const { port, certificate, token } = one.serving;
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: "127.0.0.1", ca: certificate }, () => {
      socket.write(`GET ${maps}?watch=1 HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    });
    socket.on("error", reject);
    socket.once("data", () => {
      if (!read) socket.pause();
      resolve(socket);
    });
  });
}

const maps = "/api/v1/namespaces/default/configmaps";

test("who does not read what a watch tells is let go, and the server goes on", async () => {
  const slow = await watcher(false);
  const isClosed = new Promise((resolve) => slow.once("close", resolve).on("error", () => {}));
  const data = { text: "x".repeat(1_000_000) };
  for (let index = 0; index < 30; index++) {
    await one.ask("POST", maps, { metadata: { name: `large-${index}` }, data });
    await one.ask("DELETE", `${maps}/large-${index}`);
  }
  slow.resume();
  await isClosed;
  assert.equal(await codeOf("GET", nodes), 200);
});

test("so many watches are open at once and no more", async () => {
  const all = await Promise.all(Array.from({ length: 200 }, () => watcher(true)));
  assert.equal(await codeOf("GET", `${maps}?watch=1`), 429);
  for (const each of all) each.destroy();
});

test("a name that is many bytes long, or is of every object, is only a name", async () => {
  for (const name of ["__proto__", "constructor", "hasOwnProperty", "x".repeat(5000)]) {
    assert.equal(await codeOf("GET", `/api/v1/namespaces/${name}/pods/${name}`), 404, name);
    assert.equal(await codeOf("GET", `/apis/${name}/v1`), 404, name);
    assert.equal(await codeOf("GET", `/openapi/v3/${name}`), 404, name);
  }
});
