/** The kubeconfig of a served trial: a file of its own, which nobody else may read. Never that of the user. */
import { closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface Access {
  readonly port: number;
  readonly token: string;
  /** PEM. */
  readonly certificate: string;
}

const firstLine = "# Written by seatrial serve; gone when it ends.";

/** The text of the kubeconfig. */
export function kubeconfigText({ port, token, certificate }: Access): string {
  return `${firstLine}
apiVersion: v1
kind: Config
current-context: seatrial
contexts:
- name: seatrial
  context:
    cluster: seatrial
    namespace: default
    user: seatrial
clusters:
- name: seatrial
  cluster:
    certificate-authority-data: ${Buffer.from(certificate).toString("base64")}
    server: https://127.0.0.1:${port}
users:
- name: seatrial
  user:
    token: ${token}
`;
}

export interface Written {
  readonly path: string;
  remove(): void;
}

/**
 * Writes the kubeconfig to a path, or to a new folder among the temporary files. A file that is there already is replaced only if an
 * earlier `serve` wrote it; gives the system's code, or `EEXIST`, where it cannot be written.
 */
export function writeKubeconfig(access: Access, path: string | null): Written | { readonly why: string } {
  try {
    const own = path === null ? mkdtempSync(join(tmpdir(), "seatrial-")) : null;
    const file = path ?? join(own ?? "", "kubeconfig");
    if (path !== null && isOurs(path)) rmSync(path);
    // Exclusive: neither somebody's file nor a link to one is written to.
    const flags = constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY;
    const handle = openSync(file, flags, 0o600);
    const text = kubeconfigText(access);
    writeSync(handle, text);
    closeSync(handle);
    return {
      path: file,
      remove() {
        // Another `serve` may have written its own by now.
        if (textOf(file) === text)
          rmSync(own === null ? file : dirname(file), { recursive: own !== null, force: true });
      },
    };
  } catch (error) {
    return { why: (error as NodeJS.ErrnoException).code ?? "EIO" };
  }
}

function isOurs(path: string): boolean {
  return textOf(path)?.startsWith(firstLine) === true;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
