/** `kubectl create deployment`, `job` and `cronjob`. Models kubectl/pkg/cmd/create. */
import { asObject, type JsonObject } from "../../api/json.ts";
import { apiVersionOf } from "../../api/kind.ts";
import type { Json } from "../../api/objects.ts";
import type { Printed } from "../get.ts";
import type { Door } from "./door.ts";
import { ended, quoted } from "./failure.ts";
import { printed } from "./output.ts";
import { pick } from "./pick.ts";
import { dryRunOf, flag, numberOf, type Words } from "./words.ts";

interface Made {
  readonly kind: string;
  /** As the command calls it in its errors. */
  readonly called: string;
  readonly required: readonly string[];
  readonly make: (door: Door, name: string, words: Words) => JsonObject | Printed;
}

const makers: Readonly<Record<string, Made>> = {
  deployment: { kind: "Deployment", called: "deployment", required: ["image"], make: deployment },
  job: { kind: "Job", called: "job", required: [], make: job },
  cronjob: { kind: "CronJob", called: "cronjob", required: ["image", "schedule"], make: cronJob },
};
const aliases: Readonly<Record<string, string>> = { deploy: "deployment", cj: "cronjob" };

const isPrinted = (made: JsonObject | Printed): made is Printed => "exitCode" in made;

/** What is printed; undefined for a kind that has no command of its own. */
export function create(door: Door, type: string, words: Words): Printed | undefined {
  const maker = makers[aliases[type] ?? type];
  const row = maker && door.kinds.named(maker.kind);
  if (!row) return undefined;
  const missing = maker.required.filter((name) => !words.flags.has(name));
  if (missing.length > 0) {
    return ended("", [`required flag(s) ${missing.map((one) => `"${one}"`).join(", ")} not set`]);
  }
  const [name] = words.args;
  if (name === undefined || words.args.length !== 1) {
    const help = `See 'kubectl create ${maker.called} -h' for help and examples`;
    return ended("", [`exactly one NAME is required, got ${words.args.length}\n${help}`]);
  }
  const made = maker.make(door, name, words);
  if (isPrinted(made)) return made;
  const dryRun = dryRunOf(words);
  const body = { apiVersion: apiVersionOf(row), kind: row.kind, ...made };
  if (dryRun === "client") return ended(printed(row, body, "created", words));
  const answer = door.create(row, body, dryRun === "server");
  if (!answer.ok) return ended("", [`failed to create ${maker.called}: ${quoted(answer.status)}`]);
  return ended(printed(row, answer.object, "created", words));
}

function container(name: string, image: string, words: Words, more: JsonObject = {}): JsonObject {
  return { name, image, ...(words.rest.length > 0 ? { command: words.rest as Json } : {}), ...more, resources: {} };
}

/** The image without registry, tag and digest. */
function containerName(image: string): string {
  const last = image.split("/").at(-1) ?? "";
  return (last.split(":")[0] ?? "").split("@")[0] ?? "";
}

function deployment(door: Door, name: string, words: Words): JsonObject | Printed {
  const images = (words.flags.get("image") ?? []).flatMap((one) => one.split(","));
  if (images.length > 1 && words.rest.length > 0) {
    return ended("", ["cannot specify multiple --image options and command"]);
  }
  const port = numberOf(words, "port", -1);
  const labels = { app: name };
  const containers = images.map((image, index) =>
    container(containerName(image), image, words, index === 0 && port >= 0 ? { ports: [{ containerPort: port }] } : {}),
  );
  return {
    metadata: { name, namespace: door.namespace, labels },
    spec: {
      replicas: numberOf(words, "replicas", 1),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers } },
      strategy: {},
    },
    status: {},
  };
}

function podTemplate(name: string, words: Words, restartPolicy: string): JsonObject {
  return { metadata: {}, spec: { containers: [container(name, flag(words, "image") ?? "", words)], restartPolicy } };
}

function job(door: Door, name: string, words: Words): JsonObject | Printed {
  const image = flag(words, "image") ?? "";
  const from = flag(words, "from") ?? "";
  if ((image === "") === (from === "")) return ended("", ["either --image or --from must be specified"]);
  const metadata = { name, namespace: door.namespace };
  if (from === "") return { metadata, spec: { template: podTemplate(name, words, "Never") }, status: {} };
  if (words.rest.length > 0) return ended("", ["cannot specify --from and command"]);
  const { infos, failures } = pick(door, [from], { everyOf: false });
  const [info] = infos;
  if (failures.length > 0) return ended("", failures);
  if (!info) return ended("", ["from must be an existing cronjob"]);
  const { row } = info.place;
  if (row.kind !== "CronJob") {
    return ended("", [
      `unknown object type *${apiVersionOf(row).replace(/^v/, "core/v").replace("/", "")}.${row.kind}`,
    ]);
  }
  const template = asObject(asObject(info.object["spec"])["jobTemplate"]);
  const { labels, annotations } = asObject(template["metadata"]);
  const owner = { apiVersion: apiVersionOf(row), kind: row.kind, name: info.place.name };
  return {
    metadata: {
      ...metadata,
      ...(labels ? { labels } : {}),
      annotations: { "cronjob.kubernetes.io/instantiate": "manual", ...asObject(annotations) },
      ownerReferences: [{ ...owner, uid: info.object.metadata.uid ?? "", controller: true }],
    },
    spec: template["spec"] ?? {},
    status: {},
  };
}

function cronJob(door: Door, name: string, words: Words): JsonObject {
  const restart = flag(words, "restart") || "OnFailure";
  return {
    metadata: { name, namespace: door.namespace },
    spec: {
      schedule: flag(words, "schedule") ?? "",
      jobTemplate: { metadata: { name }, spec: { template: podTemplate(name, words, restart) } },
    },
    status: {},
  };
}
