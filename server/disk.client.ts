/** The files of the workspace as the client has them, for a server without a file system: in a browser, or on virtual ones. */
import type { Disk } from "./disk.ts";
import { type FileListParams, type FileParams, fileListRequest, fileRequest } from "./service/protocol.ts";

/** Asks the client; what it does not answer is not there. */
export interface Asking {
  sendRequest<Result>(method: string, params: unknown): Promise<Result>;
}

const manifestName = /\.(ya?ml|json)$/i;

/** A disk of what a client answers. Keys are paths: a workspace is of one scheme and authority, that of its first folder. */
export function diskOf(client: Asking): Disk {
  let root = "";
  const uriOf = (key: string) => root + key.split("/").map(encodeURIComponent).join("/");
  return {
    keyOf(uri) {
      const found = /^([a-z][a-z0-9+.-]*:\/\/[^/]*)(\/.*)$/i.exec(uri);
      if (found === null) return null;
      const [, begin = "", path = ""] = found;
      if (root === "") root = begin;
      try {
        return begin === root ? decodeURIComponent(path) : null;
      } catch {
        return null;
      }
    },
    concerns: (key, folders) => manifestName.test(key) && folders.some((one) => key.startsWith(`${one}/`)),
    async *list(folder) {
      const params: FileListParams = { folder: uriOf(folder) };
      const found = await client.sendRequest<readonly string[]>(fileListRequest, params).catch(() => []);
      const depth = (uri: string) => uri.split("/").length;
      for (const uri of [...found].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1))) {
        const key = this.keyOf(uri);
        if (key !== null) yield key;
      }
    },
    async read(key) {
      const params: FileParams = { uri: uriOf(key) };
      const text = await client.sendRequest<string | null>(fileRequest, params).catch(() => null);
      return text === null ? null : { uri: params.uri, text };
    },
  };
}
