/** How fast a served cluster is: to start, to answer the real kubectl for 5,000 pods, and to tell of a change. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ScenarioNode } from "../../simulator/scenario/scenario.ts";
import { begun, type Served, served, withoutTools } from "../serve/help.ts";
import { line, percentile } from "./side.ts";

const short = process.argv.includes("--short");
const pods = short ? 500 : 5000;

/** Milliseconds from the call of the packed command until it says where it answers. */
function startTime(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "seatrial-bench-"));
  const cli = fileURLToPath(new URL("../../dist/cli.mjs", import.meta.url));
  const begin = performance.now();
  const child = spawn(process.execPath, [cli, "serve", "--kubeconfig", join(folder, "kubeconfig")]);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.stdout.once("data", () => {
      const time = performance.now() - begin;
      child.kill();
      child.once("exit", () => {
        rmSync(folder, { recursive: true, force: true });
        resolve(time);
      });
    });
  });
}

async function start(): Promise<void> {
  const times: number[] = [];
  for (let run = 0; run < (short ? 1 : 7); run++) times.push(await startTime());
  line("from the command to its answer", percentile(times, 0.5), "ms", ["at most", 200]);
}

function crowd(): Promise<Served> {
  const nodes = Array.from({ length: Math.ceil(pods / 100) }, (_, index): ScenarioNode => ({ name: `node-${index}` }));
  const manifest = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${pods}
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: "nginx:1.27"}]}}
`;
  return served(begun(manifest, 120, { nodes }));
}

/** The server works in this process, kubectl in another: what each of them needs is told apart by the time of this one's processor. */
async function list(one: Served): Promise<void> {
  const served: number[] = [];
  const times: number[] = [];
  for (let run = 0; run < (short ? 1 : 5); run++) {
    const begin = performance.now();
    const before = process.cpuUsage();
    const { stdout } = await one.run("kubectl", ["get", "pods", "-A"]);
    const { user, system } = process.cpuUsage(before);
    times.push(performance.now() - begin);
    served.push((user + system) / 1000);
    if (stdout.split("\n").length < pods) throw new Error("kubectl did not list them all");
  }
  const [server, whole] = [percentile(served, 0.5), percentile(times, 0.5)];
  line(`kubectl get pods -A of ${pods} pods`, whole, "ms");
  line("  of that, what the server works", server, "ms", ["at most", Math.round(whole - server)]);
}

/** Milliseconds from a write to the line of a watch that tells of it. */
async function latency(one: Served): Promise<void> {
  const { port, token, certificate } = one.serving;
  let told: () => void = () => {};
  const watch = request(
    {
      ...{ host: "127.0.0.1", servername: "localhost", port, ca: certificate, path: "/api/v1/configmaps?watch=1" },
      headers: { authorization: `Bearer ${token}` },
    },
    (response) => response.on("data", () => told()),
  );
  watch.on("error", () => {});
  watch.end();
  const times: number[] = [];
  for (let run = 0; run < (short ? 5 : 100); run++) {
    const begin = performance.now();
    const heard = new Promise<void>((resolve) => {
      told = resolve;
    });
    const written = one.ask("POST", "/api/v1/namespaces/default/configmaps", { metadata: { name: `c${run}` } });
    await heard;
    times.push(performance.now() - begin);
    await written;
  }
  watch.destroy();
  line("from a request that writes to the event of a watch, connection included", percentile(times, 0.5), "ms", [
    "at most",
    5,
  ]);
}

export async function bench(): Promise<void> {
  await start();
  if (withoutTools !== false) {
    console.log(`  ${withoutTools}`);
    return;
  }
  const one = await crowd();
  try {
    await list(one);
    await latency(one);
  } finally {
    await one.close();
  }
}
