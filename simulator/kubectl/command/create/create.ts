/** `kubectl create`: from files, and with the commands below it. Models kubectl/pkg/cmd/create/create.go. */
import type { ApiObject } from "../../../apiserver/types.ts";
import { annotated } from "../../change/text.ts";
import type { Command, Context, Running } from "../command.ts";
import { ended, type Failure, fail, misused } from "../failure.ts";
import { entriesOfFiles } from "../files.ts";
import {
  bySelector,
  dryRun,
  fieldManager,
  fromFiles,
  printing,
  saveConfig,
  text,
  toggle,
  validation,
} from "../flag.ts";
import type { Info } from "../info.ts";
import { print } from "../output.ts";
import { at } from "../refused.ts";
import { createObject } from "../requests.ts";
import { dryRunOf, flag, isOn, values, type Words } from "../words.ts";
import { fieldValidationOf } from "../written.ts";
import { configMap } from "./config-map.ts";
import { deployment } from "./deployment.ts";
import { ingress } from "./ingress.ts";
import { cronJob, job } from "./jobs.ts";
import { type Maker, makerCommand } from "./maker.ts";
import { namespace, priorityClass, serviceAccount } from "./plain.ts";
import { budget, quota } from "./policy.ts";
import { clusterRole, clusterRoleBinding, role, roleBinding } from "./rbac.ts";
import { secret } from "./secret.ts";
import { service } from "./service.ts";

const makers: readonly Maker[] = [
  ...[clusterRole, clusterRoleBinding, configMap, cronJob, deployment, ingress, job, namespace, budget, priorityClass],
  ...[quota, role, roleBinding, serviceAccount],
];

export const create: Command = {
  name: "create",
  says: "Create objects from files or from flags",
  usage: "-f FILENAME",
  flags: [
    ...fromFiles,
    ...printing(),
    bySelector,
    dryRun,
    fieldManager("kubectl-create"),
    saveConfig,
    validation,
    toggle("edit", "edit the objects before they are created"),
    text("raw", "a path to send the file to"),
    toggle("windows-line-endings", "edit with the line ends of Windows"),
  ],
  commands: [secret, service, ...makers.map(makerCommand)].sort((a, b) => (a.name < b.name ? -1 : 1)),
  run,
};

function* run(context: Context, words: Words): Running {
  const isGiven = values(words, "filename").length > 0 || flag(words, "kustomize") !== "";
  if (!isGiven && words.args.length === 0) return yield* fail("must specify one of -f and -k");
  if (words.args.length > 0) return yield* misused(words, `Unexpected args: [${words.args.join(" ")}]`);
  const failures: Failure[] = [];
  let count = 0;
  for (const entry of entriesOfFiles(context, words, false)) {
    if ("failure" in entry) failures.push(entry.failure);
    else {
      count++;
      failures.push(...(yield* createOne(context, words, entry.info)));
    }
  }
  if (count === 0 && failures.length === 0) return yield* fail("no objects passed to create");
  return yield* ended(failures);
}

function* createOne(context: Context, words: Words, { place, object, source = "" }: Info) {
  const { row, namespace } = place;
  const body = isOn(words, "save-config") ? annotated(object) : object;
  const mode = dryRunOf(words);
  let made = body as ApiObject;
  if (mode !== "client") {
    const answer = yield* createObject(context, row, namespace, body, {
      dryRun: mode === "server",
      fieldManager: flag(words, "field-manager"),
      fieldValidation: fieldValidationOf(words),
      answer: context.parts,
    });
    if (!answer.ok) return [at(answer.status, "creating", source)];
    made = answer.object;
  }
  return yield* print(context, words, row, made, "created");
}
