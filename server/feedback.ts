/** What a client is told without having asked: findings, that others may have appeared, and that objects have changed. */
import type { Connection, Diagnostic } from "vscode-languageserver";
import { objectsChangedNotification } from "./service/protocol.ts";
import { published } from "./service/requests/diagnostic.ts";
import type { Service } from "./service/service.ts";

export interface Feedback {
  /** A text was opened or edited, or what it is compared with is another. */
  changed(uri: string): void;
  closed(uri: string): void;
  /** What is said of the open texts may have become other although none of them has. */
  lookAgain(): void;
}

/** Milliseconds without a change before simulator runs are spent on advice. */
const quiet = 250;
/** Milliseconds without a change before a line that is being typed is spoken of. */
const rest = 1000;

/** Feedback to a client. `idle` is called whenever nothing has been typed for a moment. */
export function feedbackTo(
  connection: Connection,
  service: Service,
  client: () => { readonly pulls: boolean; readonly refreshes: boolean },
  failed: (error: unknown) => void,
  idle: () => void,
): Feedback {
  const due = new Set<string>();
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const resting = new Map<string, ReturnType<typeof setTimeout>>();

  /** Has a client that pulls do so again, if it can be told to. */
  function pullAgain(): void {
    if (client().refreshes) connection.languages.diagnostics.refresh().catch(failed);
  }

  async function push(uri: string): Promise<void> {
    due.delete(uri);
    const version = service.find(uri)?.version;
    if (version === undefined) return;
    const found = await service.settle(uri, () => service.find(uri)?.version !== version);
    if (service.find(uri)?.version !== version) return;
    const diagnostics = found.map((one) => published(uri, one, service.preferences()) as Diagnostic);
    await connection.sendDiagnostics({ uri, version, diagnostics });
  }

  function pushSoon(uri: string): void {
    if (due.has(uri)) return;
    due.add(uri);
    void service.surroundings
      .pause()
      .then(() => push(uri))
      .catch(failed);
  }

  /** Asks for advice once nothing has been typed for a moment. */
  function adviseSoon(uri: string): void {
    clearTimeout(waiting.get(uri));
    const advise = async () => {
      waiting.delete(uri);
      idle();
      if (!(await service.advise(uri))) return;
      if (client().pulls) pullAgain();
      else await push(uri);
    };
    waiting.set(
      uri,
      setTimeout(() => advise().catch(failed), quiet),
    );
  }

  /** Tells what was kept back once the line that is being typed has rested. */
  function restSoon(uri: string): void {
    clearTimeout(resting.get(uri));
    const tell = async () => {
      resting.delete(uri);
      if (!service.rest(uri)) return;
      if (client().pulls) pullAgain();
      else await push(uri);
    };
    resting.set(
      uri,
      setTimeout(() => tell().catch(failed), rest),
    );
  }

  return {
    changed(uri) {
      adviseSoon(uri);
      restSoon(uri);
      const version = service.find(uri)?.version ?? 0;
      connection.sendNotification(objectsChangedNotification, { uri, version }).catch(failed);
      if (!client().pulls) pushSoon(uri);
    },
    closed(uri) {
      clearTimeout(waiting.get(uri));
      waiting.delete(uri);
      clearTimeout(resting.get(uri));
      resting.delete(uri);
      if (!client().pulls) connection.sendDiagnostics({ uri, diagnostics: [] }).catch(failed);
    },
    lookAgain() {
      if (client().pulls) pullAgain();
      else for (const uri of service.uris()) pushSoon(uri);
    },
  };
}
