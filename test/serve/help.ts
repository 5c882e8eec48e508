/** A served session for tests, with the tools that talk to it. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpsRequest, type RequestOptions } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readDocs } from "../../server/docs.node.ts";
import { applyFiles } from "../../server/serve/begin.ts";
import { kubeconfigText } from "../../server/serve/kubeconfig.ts";
import { type Serving, serveSession } from "../../server/serve/server.ts";
import { defaultScenario } from "../../simulator/scenario/defaults.ts";
import type { Scenario } from "../../simulator/scenario/scenario.ts";
import { createSession, type Session } from "../../simulator/session.ts";
import { installKubernetesTools } from "../tools/install.ts";

/**
 * A session on the default cluster with the manifests applied, in which so many seconds have passed. It is at the present in `ahead`
 * seconds more.
 */
export function begun(manifests = "", seconds = 0, more: Partial<Scenario> = {}, ahead = 0): Session {
  const start = Math.floor(Date.now() / 1000) * 1000 - (seconds + ahead) * 1000;
  const session = createSession({ ...defaultScenario([], 1, start), elsewhere: "missing", ...more });
  if ("problems" in session) throw new Error(JSON.stringify(session.problems));
  for (const one of applyFiles(session, [{ name: "test.yaml", text: manifests, named: true }])) {
    if ("refused" in one) throw new Error(one.refused);
  }
  session.advanceTo(session.now() + seconds * 1000);
  return session;
}

export interface Answered {
  readonly code: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
}

export interface Told {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

export interface Served {
  readonly session: Session;
  readonly serving: Serving;
  /** A folder of the test's own; where the tools are run. */
  readonly folder: string;
  /** One request with the token; headers may be replaced. */
  ask(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answered>;
  /** What a tool prints, `kubectl` or `helm`. */
  run(tool: string, args: readonly string[], input?: string, env?: Readonly<Record<string, string>>): Promise<Told>;
  close(): Promise<void>;
}

/** Serves a session. At speed 0 time passes when the test says so. */
export async function served(session: Session, speed = 0): Promise<Served> {
  const serving = await serveSession(session, { port: 0, speed, docs: readDocs });
  const folder = mkdtempSync(join(tmpdir(), "seatrial-test-"));
  const kubeconfig = join(folder, "kubeconfig");
  writeFileSync(kubeconfig, kubeconfigText(serving));
  const tools = await installKubernetesTools();
  return {
    session,
    serving,
    folder,
    ask: (method, path, body, headers = {}) =>
      asked(
        {
          method,
          path,
          port: serving.port,
          ca: serving.certificate,
          headers: { authorization: `Bearer ${serving.token}`, "content-type": "application/json", ...headers },
        },
        body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body),
      ),
    run(tool, args, input = "", env = {}) {
      if (tools === null) throw new Error("there are no tools for this platform");
      const own = { PATH: `${tools}:${process.env["PATH"] ?? ""}`, HOME: folder, KUBECONFIG: kubeconfig, ...env };
      return new Promise((resolve) => {
        const child = execFile(
          join(tools, tool),
          args,
          { cwd: folder, env: own, timeout: 20_000, maxBuffer: 64 * 1024 * 1024 },
          (error, stdout, stderr) => {
            const code = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
            resolve({ stdout, stderr, exitCode: code });
          },
        );
        // A tool may end before it has read anything.
        child.stdin?.on("error", () => {});
        child.stdin?.end(input);
      });
    },
    async close() {
      await serving.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function asked(options: RequestOptions, body: string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      { host: "127.0.0.1", servername: "localhost", agent: false, ...options },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          resolve({
            code: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          }),
        );
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

/** Why the tests with the real tools are left out here; false where they are not. */
export const withoutTools: string | false =
  process.platform === "linux" && process.arch === "x64"
    ? false
    : "there are no kubectl and helm for this platform in npm";
