/** What a client says of itself when it starts the server. */
import type { InitializeParams } from "vscode-languageserver";
import { en } from "./messages/en.ts";
import { ko } from "./messages/ko.ts";
import type { Words } from "./messages/words.ts";
import type { Structural } from "./service/finding.ts";
import type { InitializationOptions } from "./service/protocol.ts";
import type { ClientAbilities } from "./service/requests/request.ts";
import type { Editor, Preferences } from "./service/service.ts";
import { readSettings, type Settings } from "./service/settings.ts";

export interface Client extends ClientAbilities {
  /** Whether it can be told to ask for diagnostics again. */
  readonly refreshes: boolean;
  /** Whether it can be told to ask for hints and lenses again. */
  readonly refreshesHints: boolean;
  readonly refreshesLenses: boolean;
  /** Whether it can be asked to watch files, and whether its folders may change. */
  readonly watchesFiles: boolean;
  readonly changesFolders: boolean;
  readonly folders: readonly string[];
  readonly yamlExtension: NonNullable<InitializationOptions["yamlExtension"]>;
  /** The language of its reader: a BCP 47 tag. */
  readonly locale: string;
  /** Whether it wants to know the server's process. */
  readonly asksForProcess: boolean;
}

/** What VS Code's client says beyond what is documented. */
type Options = InitializationOptions & { readonly locale?: string; readonly processIdentity?: boolean };

/** The client, and how its reader wants answers. What is not said has its default. */
export function readClient(params: InitializeParams): { readonly client: Client; readonly preferences: Preferences } {
  const options = (params.initializationOptions as Options | undefined) ?? {};
  const { textDocument, workspace, experimental } = params.capabilities;
  const settings = readSettings(options.settings);
  const locale = options.language ?? options.locale ?? params.locale ?? "en";
  const yamlExtension = options.yamlExtension ?? false;
  const beyond = (experimental ?? {}) as NonNullable<InitializationOptions["experimental"]>;
  const pulls = textDocument?.diagnostic !== undefined;
  const refreshes = workspace?.diagnostics?.refreshSupport === true;
  return {
    client: {
      pulls,
      refreshes,
      refreshesLenses: workspace?.codeLens?.refreshSupport === true,
      refreshesHints: workspace?.inlayHint?.refreshSupport === true,
      watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
      changesFolders: workspace?.workspaceFolders === true,
      folders: params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []),
      yamlExtension,
      locale,
      yamlElsewhere: yamlExtension !== false,
      asksForProcess: options.processIdentity === true,
    },
    preferences: {
      settings,
      words: wordsFor(settings, locale),
      timeZone: options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      structureElsewhere: structureElsewhere(settings.structural, yamlExtension),
      pages: options.pages ?? null,
      waits: !pulls || refreshes,
      editor: readEditor(textDocument?.completion?.completionItem, options.suggestCommand ?? null),
      simulates: (beyond.seatrialSimulate ?? options.experimental?.seatrialSimulate) === true,
    },
  };
}

type ItemAbilities = NonNullable<
  NonNullable<InitializeParams["capabilities"]["textDocument"]>["completion"]
>["completionItem"];

function readEditor(item: ItemAbilities, suggestCommand: string | null): Editor {
  return {
    snippets: item?.snippetSupport === true,
    keepsIndent: item?.insertTextModeSupport?.valueSet.includes(1) === true,
    describesLater: item?.resolveSupport?.properties.includes("documentation") === true,
    suggestCommand,
  };
}

/** The words of the language that is set, else of the client's. */
export function wordsFor({ language }: Settings, locale: string): Words {
  return (language === "auto" ? locale : language).startsWith("ko") ? ko : en;
}

/** What of the shape the reader wants to hear from others. */
export function structureElsewhere(
  setting: Settings["structural"],
  yamlExtension: Client["yamlExtension"],
): boolean | readonly Structural[] {
  if (setting !== "auto" || yamlExtension === false) return setting === "off";
  return yamlExtension === "syntax" ? ["parser"] : ["parser", "schema"];
}
