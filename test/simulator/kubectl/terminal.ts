/** Somebody who types kubectl command lines at a cluster. */
import { parseAllDocuments } from "yaml";
import { answer } from "../../../simulator/apiserver/request.ts";
import type { ApiServer } from "../../../simulator/apiserver/types.ts";
import type { Environment } from "../../../simulator/kubectl/command/command.ts";
import { type Printed, runKubectl, runToEnd } from "../../../simulator/kubectl/command/run.ts";
import { newServer } from "../apiserver/help.ts";

export interface Terminal {
  readonly server: ApiServer;
  /** What a line prints, errors included; words may be in single quotes. */
  type(line: string): string;
  /** What a line comes to. */
  run(line: string): Printed;
  /** Lets seconds pass. */
  wait(seconds: number): void;
}

export interface TerminalOptions {
  readonly server?: ApiServer;
  readonly files?: Readonly<Record<string, string>>;
  /** What becomes of a text in the editor. */
  readonly edit?: (text: string) => string | undefined;
}

export function terminal({ server = newServer(), files = {}, edit }: TerminalOptions = {}): Terminal {
  const { cluster, kinds, target, start } = server;
  const now = () => start + cluster.now();
  let config: Environment["config"] = {};

  function request(asked: Parameters<typeof answer>[1]) {
    const response = answer(server, asked);
    cluster.rest();
    return response;
  }

  function environment(): Environment {
    return {
      door: { kinds, target, now, request },
      files: { read: (path) => files[path], list: (path) => namesIn(files, path) },
      readDocuments: (text) => parseAllDocuments(text).map((document) => ({ value: document.toJS() as unknown })),
      config,
      variables: {},
    };
  }

  function run(line: string): Printed {
    return runToEnd(runKubectl(environment(), wordsOf(line)), {
      pass(most) {
        const end = cluster.now() + most;
        const next = Math.min(end, cluster.nextTime() ?? end);
        if (!Number.isFinite(next)) return false;
        cluster.advance(next);
        return true;
      },
      edit: (_, text) => edit?.(text),
      config: (next) => {
        config = next;
      },
    });
  }

  return {
    server,
    run,
    type(line) {
      const { stdout, stderr } = run(line);
      return stdout + stderr;
    },
    wait: (seconds) => void cluster.advance(cluster.now() + seconds * 1000),
  };
}

function namesIn(files: Readonly<Record<string, string>>, folder: string): readonly string[] | undefined {
  const prefix = `${folder.replace(/\/+$/, "")}/`;
  const names = Object.keys(files)
    .filter((path) => path.startsWith(prefix))
    .map((path) => /^[^/]*\/?/.exec(path.slice(prefix.length))![0]);
  return names.length === 0 ? undefined : [...new Set(names)];
}

function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:'[^']*'|[^\s'])+/g)].map(([word]) => word.replaceAll("'", ""));
}
