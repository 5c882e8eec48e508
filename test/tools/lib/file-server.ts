/** A folder over HTTP on this machine, for whatever loads an extension as vscode.dev does: from elsewhere. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";

export interface FileServer {
  readonly port: number;
  stop(): void;
}

const types: Readonly<Record<string, string>> = { json: "application/json", css: "text/css", svg: "image/svg+xml" };

/** Serves the files of a folder to anybody on this machine. */
export async function serveFolder(folder: string): Promise<FileServer> {
  const server = createServer(({ url = "/" }, response) => {
    const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
    const type = types[path.slice(path.lastIndexOf(".") + 1)] ?? "text/javascript";
    readFile(join(folder, path)).then(
      (content) => {
        response.writeHead(200, { "content-type": type, "access-control-allow-origin": "*" });
        response.end(content);
      },
      () => {
        response.writeHead(404, { "access-control-allow-origin": "*" });
        response.end();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port, stop: () => server.close() };
}
