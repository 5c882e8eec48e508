/** The messages of terminals, handed to the trials and back. */
import type { Connection } from "vscode-languageserver";
import type { Target } from "../../simulator/api/target.ts";
import type { FieldDocs } from "../../simulator/kubectl/command/command.ts";
import { describeLabs } from "../labs/describe.ts";
import type { LabWords } from "../messages/labs.ts";
import type { ShellWords } from "../messages/shell.ts";
import {
  type AskParams,
  askRequest,
  type CompleteParams,
  closeNotification,
  completeRequest,
  editRequest,
  interruptNotification,
  type LabsParams,
  labsRequest,
  listRequest,
  type OpenParams,
  openRequest,
  outputNotification,
  type ReplaceParams,
  type RunParams,
  readRequest,
  replaceRequest,
  runRequest,
  showRequest,
  standRequest,
  writeRequest,
} from "./protocol.ts";
import { createTerminals } from "./terminals.ts";

export interface TerminalSurroundings {
  readonly target: () => Target;
  readonly words: () => ShellWords;
  readonly labWords: () => LabWords;
  readonly docs: FieldDocs;
  /** Lets other work have its turn. */
  readonly pause: () => Promise<void>;
  readonly failed: (error: unknown) => void;
}

/** Answers a client about its terminals. */
export function serveTerminals(
  connection: Connection,
  { target, words, labWords, docs, pause, failed }: TerminalSurroundings,
): void {
  /** What the client cannot answer is as if it were not there. */
  const ask = async <Result>(method: string, params: unknown): Promise<Result | null> => {
    try {
      return await connection.sendRequest<Result | null>(method, params);
    } catch (error) {
      failed(error);
      return null;
    }
  };
  const terminals = createTerminals({
    target,
    words,
    labWords,
    docs,
    output: (id, outputs) => void connection.sendNotification(outputNotification, { id, outputs }).catch(failed),
    files: {
      read: (path) => ask<string>(readRequest, { path }),
      list: (path) => ask<readonly string[]>(listRequest, { path }),
      open: (path) => ask<string>(showRequest, { path }),
      writeFile: (path, text, append) => ask<string>(writeRequest, { path, text, append }),
    },
    edit: (id, name, text) => ask<string>(editRequest, { id, name, text }),
    clock: () => performance.now(),
    rest: (milliseconds) => (milliseconds <= 0 ? pause() : new Promise((resolve) => setTimeout(resolve, milliseconds))),
  });
  const answer = <Params>(method: string, work: (params: Params) => unknown): void => {
    connection.onRequest(method, async (params: Params): Promise<unknown> => {
      try {
        return await work(params);
      } catch (error) {
        failed(error);
        return null;
      }
    });
  };
  answer(openRequest, (params: OpenParams) => terminals.open(params));
  answer(runRequest, (params: RunParams) => terminals.run(params));
  answer(completeRequest, (params: CompleteParams) => terminals.complete(params));
  answer(standRequest, ({ id }: { readonly id: string }) => terminals.stand(id));
  answer(replaceRequest, (params: ReplaceParams) => terminals.replace(params));
  answer(labsRequest, ({ files }: LabsParams) => describeLabs(files, labWords()));
  answer(askRequest, (params: AskParams) => terminals.ask(params));
  connection.onNotification(interruptNotification, ({ id }: { readonly id: string }) => terminals.interrupt(id));
  connection.onNotification(closeNotification, ({ id }: { readonly id: string }) => terminals.close(id));
}
