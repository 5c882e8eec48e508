/** One worker at a time: a newer play ends the run of an older one, whose answer would be stale. */
import type { Play, Playing } from "../../../simulator/played.ts";
import type { RunAnswer, RunRequest } from "../worker.ts";

/** What is used of a `Worker`. */
export interface RunWorker {
  onmessage: ((event: { readonly data: RunAnswer }) => void) | null;
  onerror: ((event: { readonly message: string }) => void) | null;
  postMessage(request: RunRequest): void;
  terminate(): void;
}

/** The result of the play; null when a newer one was asked for meanwhile. Rejects when the worker fails. */
export type Runner = (play: Play) => Promise<Playing | null>;

/** A runner on the workers that `start` makes; a start that failed is tried again at the next run. */
export function createRunner(start: () => Promise<RunWorker>): Runner {
  /** The one that is there, or on its way. */
  let worker: Promise<RunWorker> | undefined;
  /** Gives up the run that is under way, with its worker. */
  let giveUp: (() => void) | undefined;
  let latest = 0;

  function dismiss(one: RunWorker): void {
    one.terminate();
    worker = undefined;
    giveUp = undefined;
  }

  return async (play) => {
    const id = ++latest;
    giveUp?.();
    worker ??= start();
    const mine = await worker.catch((error: unknown) => {
      worker = undefined;
      if (id === latest) throw error;
    });
    if (mine === undefined || id !== latest) return null;
    return new Promise((resolve, reject) => {
      giveUp = () => {
        dismiss(mine);
        resolve(null);
      };
      mine.onmessage = ({ data }) => {
        giveUp = undefined;
        resolve(data.result);
      };
      mine.onerror = ({ message }) => {
        dismiss(mine);
        reject(new Error(message));
      };
      mine.postMessage({ id, play });
    });
  };
}

/** The address of the worker's script: a page may not start one from elsewhere, so it is fetched and kept. */
let source: string | undefined;

/** A worker of the page. */
export async function startWorker(): Promise<RunWorker> {
  if (source === undefined) {
    const response = await fetch(document.body.dataset["worker"] ?? "");
    if (!response.ok) throw new Error(`the worker's script could not be read (${response.status})`);
    source = URL.createObjectURL(new Blob([await response.text()], { type: "text/javascript" }));
  }
  return new Worker(source) as RunWorker;
}
