/** VS Code as a server on a free local port, with a folder of its own for settings and state. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Explained } from "../../../client/build/say.mjs";

/** Quiet defaults: no welcome pages, no telemetry, nothing fetched from outside. */
const machineSettings = {
  "workbench.startupEditor": "none",
  "telemetry.telemetryLevel": "off",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "update.mode": "none",
  "security.workspace.trust.enabled": false,
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
};

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** A VS Code that listens. */
export interface VsCode {
  readonly port: number;
  /** Ends it with everything that it started. */
  stop(): void;
  /** What it has said so far. */
  log(): string;
}

interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
  /** Where settings and state are kept; absent: in a folder that goes with it. */
  readonly dataFolder?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Resolves once the server listens. */
export async function startVsCode(vscodeFolder: string, options: StartOptions = {}): Promise<VsCode> {
  const { env = {}, port, dataFolder, settings = {} } = options;
  const chosen = port ?? (await freePort());
  const data = dataFolder ?? mkdtempSync(join(tmpdir(), "seatrial-"));
  mkdirSync(join(data, "data/Machine"), { recursive: true });
  writeFileSync(join(data, "data/Machine/settings.json"), JSON.stringify({ ...machineSettings, ...settings }, null, 2));
  const server = spawn(
    process.execPath,
    [
      join(vscodeFolder, "out/server-main.js"),
      ...["--host", "127.0.0.1", "--port", String(chosen), "--without-connection-token"],
      ...["--accept-server-license-terms", "--server-data-dir", data, "--extensions-dir", join(data, "extensions")],
      ...["--enable-smoke-test-driver", "--telemetry-level", "off", "--disable-workspace-trust"],
    ],
    // A group of its own, so that extension hosts and language servers end with it.
    { env: { ...process.env, ...env, NODE_OPTIONS: "" }, stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  let log = "";
  const stop = () => {
    try {
      if (server.pid !== undefined) process.kill(process.platform === "win32" ? server.pid : -server.pid, "SIGKILL");
    } catch {
      // Already gone.
    }
    if (dataFolder === undefined) rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  };
  process.once("exit", stop);
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      log += chunk.toString();
      if (/listening on/i.test(log)) resolve();
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.on("exit", (code) => reject(new Explained(`VS Code ended at once (exit code ${code}):\n${log}`)));
  });
  return { port: chosen, stop, log: () => log };
}

interface Opened {
  readonly folder: string;
  /** Absent: it is loaded in another way. */
  readonly extension?: string;
  readonly tests?: string;
  readonly open?: readonly string[];
}

/** The address that opens `folder` with the extension loaded, and runs `tests` in it where given. */
export function address(port: number, { folder, extension, tests, open = [] }: Opened): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ...(extension === undefined ? [] : [["extensionDevelopmentPath", remote(extension)]]),
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
    ...(tests
      ? [
          ["extensionTestsPath", remote(tests)],
          ["enableProposedApi", ""],
        ]
      : []),
    ...open.map((file) => ["openFile", remote(file)]),
  ];
  return `http://127.0.0.1:${port}/?folder=${encodeURI(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}
