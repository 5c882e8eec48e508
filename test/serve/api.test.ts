/** The API over HTTP: discovery, tables, lists in parts, watches, logs, time. */
import assert from "node:assert/strict";
import { request } from "node:https";
import { after, before, test } from "node:test";
import { begun, type Served, served } from "./help.ts";

const web = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 5
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: "nginx:1.27"}]}}
`;

let one: Served;
before(async () => {
  one = await served(begun(web, 60));
});
after(() => one.close());

interface Json {
  readonly kind?: string;
  readonly message?: string;
  readonly reason?: string;
  readonly metadata?: {
    readonly continue?: string;
    readonly remainingItemCount?: number;
    readonly resourceVersion?: string;
  };
  readonly items?: readonly { readonly metadata: { readonly name: string } }[];
  readonly rows?: readonly { readonly cells: readonly unknown[] }[];
  readonly columnDefinitions?: readonly { readonly name: string }[];
  readonly now?: string;
  readonly speed?: string;
  readonly data?: unknown;
}

async function get(path: string, accept = "application/json"): Promise<Json> {
  const { text } = await one.ask("GET", path, undefined, { accept });
  return JSON.parse(text) as Json;
}

/** The first lines of an answer that goes on; `next` gives one more each time. */
function stream(path: string, accept = "application/json") {
  const { port, token, certificate } = one.serving;
  const lines: string[] = [];
  let rest = "";
  let isOver = false;
  let wake: () => void = () => {};
  const asked = request(
    {
      ...{ host: "127.0.0.1", servername: "localhost", port, ca: certificate, path },
      headers: { authorization: `Bearer ${token}`, accept },
    },
    (response) => {
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        const parts = (rest + chunk).split("\n");
        rest = parts.pop() ?? "";
        lines.push(...parts);
        wake();
      });
      response.on("close", () => {
        isOver = true;
        wake();
      });
    },
  );
  asked.on("error", () => {});
  asked.end();
  return {
    /** Undefined when there is none any more. */
    async next(): Promise<string | undefined> {
      while (lines.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return lines.shift();
    },
    stop: () => asked.destroy(),
  };
}

/** `ADDED one`, `BOOKMARK`. */
function told(line: string | undefined): string {
  if (line === undefined) return "over";
  const { type, object } = JSON.parse(line) as { type: string; object: Json & { metadata: { name?: string } } };
  return `${type} ${object.metadata?.name ?? object.message ?? ""}`.trim();
}

const maps = "/api/v1/namespaces/default/configmaps";
const make = (name: string) => one.ask("POST", maps, { metadata: { name, labels: { made: "here" } } });

test("discovery tells the same in parts and at once", async () => {
  assert.deepEqual((await get("/api")).kind, "APIVersions");
  const { text } = await one.ask("GET", "/apis", undefined, {
    accept: "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json",
  });
  const all = JSON.parse(text) as {
    items: { metadata: { name: string }; versions: { version: string; resources: { resource: string }[] }[] }[];
  };
  const apps = all.items.find(({ metadata }) => metadata.name === "apps")!;
  const parts = (await get("/apis/apps/v1")) as { resources: { name: string }[] };
  assert.deepEqual(
    apps.versions[0]!.resources.map(({ resource }) => resource),
    parts.resources.map(({ name }) => name).filter((name) => !name.includes("/")),
  );
  assert.equal((await one.ask("GET", "/apis/apps/v9")).code, 404);
  const names = all.items.map(({ metadata }) => metadata.name);
  assert.ok(names.includes("metrics.k8s.io") && names.includes("authorization.k8s.io"));
});

test("a list comes in parts, as a table, or with metadata only", async () => {
  const first = await get("/api/v1/pods?limit=2");
  assert.deepEqual([first.items?.length, first.metadata?.remainingItemCount], [2, 3]);
  const rest = await get(`/api/v1/pods?limit=9&continue=${encodeURIComponent(first.metadata!.continue!)}`);
  assert.deepEqual([rest.items?.length, rest.metadata?.continue], [3, undefined]);
  const table = await get("/api/v1/pods?limit=1", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json");
  assert.deepEqual(
    [table.kind, table.columnDefinitions?.[1]?.name, table.rows?.[0]?.cells[2]],
    ["Table", "Ready", "Running"],
  );
  assert.ok(table.metadata?.continue);
  const partial = await get("/api/v1/pods", "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io");
  assert.equal(partial.kind, "PartialObjectMetadataList");
  assert.equal((await one.ask("GET", "/api/v1/pods", undefined, { accept: "text/html" })).code, 406);
});

test("a watch tells what changes from its version on, in the form that is asked for", async () => {
  const { metadata } = await get(maps);
  const from = metadata!.resourceVersion!;
  const plain = stream(`${maps}?watch=1&resourceVersion=${from}`);
  const tables = stream(`${maps}?watch=1&resourceVersion=${from}`, "application/json;as=Table;v=v1;g=meta.k8s.io");
  const chosen = stream(`${maps}?watch=1&resourceVersion=${from}&labelSelector=made%3Dhere`);
  await make("a");
  await one.ask(
    "PATCH",
    `${maps}/a`,
    { metadata: { labels: { made: null } } },
    { "content-type": "application/merge-patch+json" },
  );
  await one.ask("DELETE", `${maps}/a`);
  assert.deepEqual(
    [told(await plain.next()), told(await plain.next()), told(await plain.next())],
    ["ADDED a", "MODIFIED a", "DELETED a"],
  );
  assert.deepEqual([told(await chosen.next()), told(await chosen.next())], ["ADDED a", "DELETED a"]);
  const [first, second] = [await tables.next(), await tables.next()].map(
    (line) => (JSON.parse(line!) as { object: Json }).object,
  );
  assert.equal(first?.rows?.[0]?.cells[0], "a");
  assert.deepEqual([Array.isArray(first?.columnDefinitions), second?.columnDefinitions], [true, null]);
  for (const each of [plain, tables, chosen]) each.stop();
});

test("a watch without a version begins with what there is, ends when its time is up, and is refused when it is too late", async () => {
  await make("b");
  const begins = stream(`${maps}?watch=1&fieldSelector=metadata.name%3Db&timeoutSeconds=1`);
  assert.equal(told(await begins.next()), "ADDED b");
  assert.equal(await begins.next(), undefined);
  const late = await one.ask("GET", `${maps}?watch=1&resourceVersion=1`);
  assert.deepEqual([late.code, (JSON.parse(late.text) as Json).reason], [410, "Expired"]);
  assert.equal((await one.ask("GET", `${maps}?resourceVersion=1&resourceVersionMatch=Exact`)).code, 410);
  assert.equal((await one.ask("GET", `${maps}?resourceVersion=999999999`)).code, 504);
});

test("warnings of the server are headers, and what is tried changes nothing", async () => {
  const body = { metadata: { name: "odd" }, colour: "blue" };
  const { code, headers } = await one.ask("POST", `${maps}?dryRun=All`, body);
  assert.deepEqual([code, headers["warning"]], [201, '299 - "unknown field \\"colour\\""']);
  assert.equal((await one.ask("POST", `${maps}?fieldValidation=Strict`, body)).code, 400);
  assert.equal((await one.ask("GET", `${maps}/odd`)).code, 404);
});

test("time passes when it is told to, and watches hear of what happens then", async () => {
  const pods = stream("/apis/apps/v1/namespaces/default/deployments?watch=1");
  assert.equal(told(await pods.next()), "ADDED web");
  await one.ask(
    "PATCH",
    "/apis/apps/v1/namespaces/default/deployments/web",
    { spec: { replicas: 6 } },
    {
      "content-type": "application/strategic-merge-patch+json",
    },
  );
  assert.equal(told(await pods.next()), "MODIFIED web");
  const before = (await get("/seatrial/time")).now!;
  const passed = JSON.parse((await one.ask("POST", "/seatrial/time", { advance: "1m" })).text) as Json;
  assert.equal(Date.parse(passed.now!) - Date.parse(before), 60_000);
  assert.equal(told(await pods.next()), "MODIFIED web");
  pods.stop();
  const faster = JSON.parse((await one.ask("POST", "/seatrial/time", { speed: "20" })).text) as Json;
  assert.equal(faster.speed, "20");
  await one.ask("POST", "/seatrial/time", { speed: "step" });
  const scenario = (await get("/seatrial/scenario")) as unknown as { steps: readonly unknown[] };
  assert.ok(scenario.steps.length > 0);
});

test("a node can be lost, as nothing in the API of Kubernetes could tell", async () => {
  assert.equal((await one.ask("POST", "/seatrial/actions", { do: "nodeLost", name: "worker-1" })).code, 200);
  await one.ask("POST", "/seatrial/time", { advance: "2m" });
  const { rows } = await get("/api/v1/nodes", "application/json;as=Table;v=v1;g=meta.k8s.io");
  assert.deepEqual(rows?.find(({ cells }) => cells[0] === "worker-1")?.cells[1], "NotReady");
});

test("a log is followed until its container ends", async () => {
  await one.ask("POST", "/apis/batch/v1/namespaces/default/jobs", {
    metadata: { name: "once" },
    spec: { template: { spec: { restartPolicy: "Never", containers: [{ name: "work", image: "work:1" }] } } },
  });
  await one.ask("POST", "/seatrial/time", { advance: "10s" });
  const { items } = await get("/api/v1/namespaces/default/pods?labelSelector=job-name%3Donce");
  const short = await one.ask("GET", `/api/v1/namespaces/default/pods/${items![0]!.metadata.name}/log?limitBytes=4`);
  assert.equal(short.text, "work");
  const log = stream(`/api/v1/namespaces/default/pods/${items![0]!.metadata.name}/log?follow=true`);
  assert.match((await log.next())!, /work started/);
  await one.ask("POST", "/seatrial/time", { advance: "60s" });
  assert.match((await log.next())!, /work exited with code 0/);
  assert.equal(await log.next(), undefined);
});
