/** `kubectl create job` and `cronjob`. Models kubectl/pkg/cmd/create/create_job.go and create_cronjob.go. */
import { asObject, type JsonObject } from "../../../api/json.ts";
import { apiVersionOf } from "../../../api/kind.ts";
import type { Context, Steps } from "../command.ts";
import { text } from "../flag.ts";
import { pick } from "../pick.ts";
import { flag, type Words } from "../words.ts";
import { container, type Made, type Maker } from "./maker.ts";

export const job: Maker = {
  name: "job",
  kind: "Job",
  says: "Create a Job that runs an image, or one as a CronJob would make it",
  usage: "NAME (--image=IMAGE | --from=cronjob/NAME) [-- COMMAND ARGS...]",
  flags: [text("image", "image to run"), text("from", "the CronJob whose template to run")],
  refused: "failed to create job:",
  takesRest: true,
  make(context, name, words) {
    const image = flag(words, "image");
    const from = flag(words, "from");
    if ((image === "") === (from === "")) return { failure: "either --image or --from must be specified" };
    if (from !== "") return jobFrom(context, from, words);
    return { object: { metadata: {}, spec: { template: podTemplate(name, words, "Never") }, status: {} } };
  },
};

function podTemplate(name: string, words: Words, restartPolicy: string): JsonObject {
  return { metadata: {}, spec: { containers: [container(name, flag(words, "image"), words)], restartPolicy } };
}

function* jobFrom(context: Context, from: string, words: Words): Steps<Made> {
  if (words.rest.length > 0) return { failure: "cannot specify --from and command" };
  const { infos, failures } = yield* pick(context, words, { args: [from] });
  const [failure] = failures;
  const [info] = infos;
  if (failure !== undefined) return { failure };
  if (!info || infos.length > 1) return { failure: "from must be an existing cronjob" };
  const { row, name } = info.place;
  if (row.kind !== "CronJob") {
    return { failure: `unknown object type *${row.versions[0]}.${row.kind}` };
  }
  const template = asObject(asObject(info.object["spec"])["jobTemplate"]);
  const { labels, annotations } = asObject(template["metadata"]);
  const owner = { apiVersion: apiVersionOf(row), kind: row.kind, name, uid: info.object.metadata.uid ?? "" };
  return {
    object: {
      metadata: {
        ...(labels ? { labels } : {}),
        annotations: { "cronjob.kubernetes.io/instantiate": "manual", ...asObject(annotations) },
        ownerReferences: [{ ...owner, controller: true }],
      },
      spec: template["spec"] ?? {},
      status: {},
    },
  };
}

export const cronJob: Maker = {
  name: "cronjob",
  aliases: ["cj"],
  kind: "CronJob",
  says: "Create a CronJob that runs an image",
  usage: "NAME --image=IMAGE --schedule='0/5 * * * ?' [-- COMMAND ARGS...]",
  flags: [
    text("image", "image to run", { required: true }),
    text("restart", "OnFailure or Never: whether containers start again"),
    text("schedule", "when to run, in the format of cron", { required: true }),
  ],
  refused: "failed to create cronjob:",
  takesRest: true,
  make(_, name, words) {
    const template = podTemplate(name, words, flag(words, "restart") || "OnFailure");
    return {
      object: {
        metadata: {},
        spec: {
          schedule: flag(words, "schedule"),
          jobTemplate: { metadata: { name }, spec: { template } },
        },
        status: {},
      },
    };
  },
};
