/**
 * Rendering by the user's own tools, as values: which tool for which folder, what came of running it, and which file an object of
 * the result comes from. Whoever runs the tools does so without a shell, within these bounds.
 */
import { isKustomization } from "./standing/paths.ts";

export interface RenderCommand {
  readonly program: string;
  readonly args: readonly string[];
}

export interface RenderPlan {
  readonly tool: "helm" | "kustomize";
  /** That of the chart or the kustomization. */
  readonly folder: string;
  /** They give the same; the first that is installed is run. */
  readonly commands: readonly [RenderCommand, ...RenderCommand[]];
}

/** What came of a plan; `words` are the tool's own. */
export type Rendering =
  | { readonly is: "rendered"; readonly command: RenderCommand; readonly text: string }
  | { readonly is: "no-tool" }
  | { readonly is: "time-out"; readonly command: RenderCommand }
  | { readonly is: "too-large"; readonly command: RenderCommand }
  | { readonly is: "failed"; readonly command: RenderCommand; readonly words: string };

/** How a program ended, in Node's terms; `error` is the code of what kept it from running to its end. */
export interface Ending {
  readonly error: string | null;
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Milliseconds after which a tool is ended. */
export const renderPatience = 30_000;
/** Bytes of the largest result. */
export const largestRendering = 64 * 1024 * 1024;
/** Folders above a file in which its chart or kustomization may be. */
const mostAbove = 8;

/** The nearest chart or kustomization at or above a folder; null where there is none. `version` is that of Kubernetes. */
export function planRendering(
  folder: string,
  version: string,
  disk: { namesIn(folder: string): readonly string[]; parentOf(folder: string): string },
): RenderPlan | null {
  let at = folder;
  for (let depth = 0; depth < mostAbove; depth++) {
    const names = disk.namesIn(at);
    if (names.includes("Chart.yaml")) {
      const args = ["template", "--kube-version", version, at];
      return { tool: "helm", folder: at, commands: [{ program: "helm", args }] };
    }
    if (names.some(isKustomization)) {
      const kustomize = { program: "kustomize", args: ["build", at] };
      return { tool: "kustomize", folder: at, commands: [kustomize, { program: "kubectl", args: ["kustomize", at] }] };
    }
    const above = disk.parentOf(at);
    if (above === at) return null;
    at = above;
  }
  return null;
}

/** What an ending comes to; null: the program is not installed. */
export function readEnding(command: RenderCommand, { error, status, out, err }: Ending): Rendering | null {
  if (error === "ENOENT") return null;
  if (error === "ETIMEDOUT") return { is: "time-out", command };
  if (error === "ENOBUFS" || error === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return { is: "too-large", command };
  if (error === null && status === 0) return { is: "rendered", command, text: out };
  return { is: "failed", command, words: err.trim() || error || `exit code ${status}` };
}

/** The command as a person would type it. */
export function spelt({ program, args }: RenderCommand): string {
  return [program, ...args].map((word) => (/^[\w@%+=:,./\\-]+$/.test(word) ? word : JSON.stringify(word))).join(" ");
}

/** A document of a result, and where its text comes from. Lines count from 0. */
export interface RenderedDocument {
  readonly firstLine: number;
  /** The line that says it, and the file; null where the tool says nothing. */
  readonly source: { readonly line: number; readonly path: string } | null;
}

/**
 * The documents of a result in order. Helm names the source of each in a comment, from the name of the chart on; kustomize does in an
 * annotation when the kustomization has `buildMetadata: [originAnnotations]`.
 */
export function documentsIn(text: string, { tool, folder }: RenderPlan): readonly RenderedDocument[] {
  const lines = text.split("\n").map((line) => line.trimEnd());
  const starts = [0, ...lines.flatMap((line, index) => (line === "---" ? [index + 1] : []))];
  return starts.map((firstLine, index) => {
    const own = lines.slice(firstLine, starts[index + 1]);
    const line = tool === "helm" ? (/^# Source: ./.test(own[0] ?? "") ? 0 : -1) : originLine(own);
    const named = /: (.+)$/.exec(own[line] ?? "")?.[1];
    if (named === undefined) return { firstLine, source: null };
    const path = tool === "helm" ? named.slice(named.indexOf("/") + 1) : named;
    return { firstLine, source: { line: firstLine + line, path: `${folder}/${path}` } };
  });
}

/** The line of the path in the annotation of origin; -1 without one, or where it comes from another repository. */
function originLine(lines: readonly string[]): number {
  const key = lines.findIndex((line) => /^ {4}config\.kubernetes\.io\/origin: \|/.test(line));
  return key >= 0 && /^ {6}path: ./.test(lines[key + 1] ?? "") ? key + 1 : -1;
}

/** The file that a line of the result comes from; null where the tool says nothing. */
export function sourceAt(documents: readonly RenderedDocument[], line: number): string | null {
  return documents.findLast(({ firstLine }) => firstLine <= line)?.source?.path ?? null;
}
