/** The tools for agents: read only, each answers with the JSON that the command line prints. */
import { isTarget, newestTarget, type Target } from "../../simulator/api/target.ts";
import type { Result } from "../cli/run.ts";
import { en } from "../messages/en.ts";
import { ko } from "../messages/ko.ts";
import { readBase } from "../service/base.ts";
import { checkSlice } from "../service/check.ts";
import type { FieldDocs } from "../service/hover-context.ts";
import { openManifest } from "../service/manifest.ts";
import { differencesOf } from "../service/stored/differences.ts";
import { explainField } from "./explain-field.ts";

/** What tools are run with. */
export interface ToolSurroundings {
  /** The command line, with what is written to its standard input. */
  run(argv: readonly string[], standardInput: string): Result;
  /** Has a text as a file for as long as something is done with it. */
  withFile<Value>(text: string, use: (path: string) => Value): Value;
  /** A file below the folder that is worked in; null for any other, and for what cannot be read. */
  read(path: string): string | null;
  docs(): FieldDocs;
}

export interface ToolAnswer {
  readonly text: string;
  readonly failed: boolean;
}

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** JSON Schema. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly call: (input: Input, around: ToolSurroundings) => ToolAnswer;
}

type Input = Readonly<Record<string, unknown>>;

const text = (description: string) => ({ type: "string", description });
const version = {
  type: "string",
  enum: ["1.34", "1.35", "1.36", "1.37"],
  description: "Version of Kubernetes; the newest by itself.",
};
const manifest = {
  manifest: text("The manifest: YAML or JSON, any number of documents. Give this or path."),
  path: text("A manifest file below the working folder. Give this or manifest."),
};
const before = {
  before: text("The version that is applied now, as text: what changes from it is judged."),
  beforePath: text("The same as a file below the working folder."),
};
const schema = (properties: object, required: readonly string[] = []) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

/** All tools, by the names under which agents know them. */
export const tools: readonly Tool[] = [
  {
    name: "check_manifest",
    title: "Check a Kubernetes manifest",
    description:
      "What the Kubernetes API server would say about a manifest: unknown fields, broken rules, what an update would be refused for, and advice that a simulated run proves. Nothing is applied and no cluster is asked. Answers with an object for each document and its findings.",
    inputSchema: schema({ ...manifest, ...before, kubernetesVersion: version }),
    call: (input, around) => onCommand("check", input, around),
  },
  {
    name: "simulate_rollout",
    title: "Simulate a rollout",
    description:
      "What the Kubernetes controllers would do with the workloads of a manifest, over time: how long a rollout takes, the fewest available pods, downtime, and why it does not finish. With before the change from it is played. record adds every event.",
    inputSchema: schema({
      ...manifest,
      ...before,
      kubernetesVersion: version,
      record: { type: "boolean", description: "Whether every event of the run is wanted, too; they are many." },
    }),
    call: simulateRollout,
  },
  {
    name: "explain_field",
    title: "Explain a field",
    description:
      "What a field of a Kubernetes object is: type, whether it is required, its values, versions that know it, description and fields below it.",
    inputSchema: schema(
      {
        kind: text("For example Deployment."),
        apiVersion: text("For example apps/v1; that of the kind by itself."),
        path: text("From the root of the object: spec.strategy.rollingUpdate.maxSurge. Empty: the kind itself."),
        kubernetesVersion: version,
      },
      ["kind", "path"],
    ),
    call(input, around) {
      const found = explainField(
        { kind: String(input["kind"]), apiVersion: textIn(input, "apiVersion"), path: String(input["path"]) },
        targetOf(input),
        around.docs(),
      );
      return found === null ? failure("there is no such field") : answer(found);
    },
  },
  {
    name: "compare_versions",
    title: "Compare two versions of a manifest",
    description:
      "What changes in meaning from one version of a manifest to another, object by object and field by field as the server would store them, and what the server would refuse of the change.",
    inputSchema: schema({
      ...before,
      after: text("The new version as text."),
      afterPath: text("The same as a file below the working folder."),
      kubernetesVersion: version,
    }),
    call(input, around) {
      const old = textOf(input, "before", around);
      const next = textOf(input, "after", around);
      if (old === null || next === null)
        return failure("before and after are needed, as texts or as files below the working folder");
      const open = (content: string) => openManifest("manifest.yaml", "yaml", content, targetOf(input));
      const after = open(next);
      for (const slice of after.slices) checkSlice(slice);
      return answer(differencesOf(after, readBase(open(old)), wordsOf(input)));
    },
  },
];

function simulateRollout(input: Input, around: ToolSurroundings): ToolAnswer {
  const found = onCommand("simulate", input, around);
  if (found.failed || input["record"] === true) return found;
  const { entries: _, ...kept } = JSON.parse(found.text) as Readonly<Record<string, unknown>>;
  return answer(kept);
}

/** What a command of the command line prints as JSON. */
function onCommand(verb: "check" | "simulate", input: Input, around: ToolSurroundings): ToolAnswer {
  const content = textOf(input, "manifest", around);
  if (content === null) return failure("manifest is needed, as a text or as a file below the working folder");
  const old = textOf(input, "before", around);
  if (old === null && (input["before"] ?? input["beforePath"]) !== undefined) return failure("before cannot be read");
  const name = textIn(input, "path") ?? "manifest.yaml";
  const argv = [verb, "--format", "json", "--kubernetes-version", targetOf(input), "--stdin-filename", name];
  const run = (more: readonly string[]) => around.run([...argv, ...more, "-"], content);
  const { out, err } = old === null ? run([]) : around.withFile(old, (path) => run(["--against", path]));
  return out === "" ? failure(err.trim()) : { text: out.trim(), failed: false };
}

/** A text that is given, or that of a file that is named. */
function textOf(input: Input, name: "manifest" | "before" | "after", around: ToolSurroundings): string | null {
  const given = input[name];
  if (typeof given === "string") return given;
  const path = textIn(input, name === "manifest" ? "path" : `${name}Path`);
  return path === undefined ? null : around.read(path);
}

function textIn(input: Input, name: string): string | undefined {
  const found = input[name];
  return typeof found === "string" ? found : undefined;
}

function targetOf(input: Input): Target {
  const asked = input["kubernetesVersion"];
  return isTarget(asked) ? asked : newestTarget;
}

function wordsOf(input: Input): typeof en {
  return input["language"] === "ko" ? ko : en;
}

function answer(value: unknown): ToolAnswer {
  return { text: JSON.stringify(value), failed: false };
}

function failure(why: string): ToolAnswer {
  return { text: why, failed: true };
}
