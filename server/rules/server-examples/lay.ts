/**
 * Examples of what the API server finds, kept small: a few lines (the fragment) laid over a whole object that is right. A
 * fragment's keys take the place of the object's own.
 */
import type { Code } from "../../../simulator/api/codes.ts";
import type { YamlCode } from "../../yaml/problem.ts";
import type { Example } from "../rule.ts";

/** A finding and its remedy as fragments over one base. */
export interface Laid extends Pick<Example, "also" | "long"> {
  readonly on: Base;
  /** What is applied already, for findings that only a change makes. */
  readonly old?: string;
  readonly bad: string;
  readonly good: string;
}
/** Examples by code; a whole text where no base would do. */
export type Table = Readonly<Partial<Record<ServerCode, Laid | Example>>>;
/** Codes of what the API server finds, or finds unreadable. */
export type ServerCode =
  | Code
  | YamlCode
  | "removed-api-version"
  | "invisible-character"
  | "not-an-object"
  | "list-in-list"
  | "namespace-with-slash";

interface Shape {
  readonly text: string;
  /** The line that opens the map which the fragment goes into. */
  readonly opens: string;
  readonly indent: number;
  /** Whether the fragment follows what is there rather than going before it. */
  readonly last?: true;
}

const meta = (version: string, kind: string, name: string) =>
  `apiVersion: ${version}\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;
const pod = `${meta("v1", "Pod", "web")}spec:\n  containers:\n    - name: web\n      image: nginx:1.29\n`;
const mounted = pod.replace("1.29\n", "1.29\n      volumeMounts: [{ name: data, mountPath: /data }]\n");
const volumes = "  volumes:\n    - name: data\n";
const template = (name: string, image: string, policy = "") =>
  `  template:\n    metadata:\n      labels: { app: ${name} }\n    spec:\n${policy}      containers:\n        - name: ${name}\n          image: ${image}\n`;
const controller = (kind: string, name: string, image: string) =>
  `${meta("apps/v1", kind, name)}spec:\n  selector:\n    matchLabels: { app: ${name} }\n${template(name, image)}`;
const never = "      restartPolicy: Never\n";
const job = `${meta("batch/v1", "Job", "load")}spec:\n${template("load", "perl:5.42", never)}`;
const cronJob = `${meta("batch/v1", "CronJob", "report")}spec:
  schedule: "0 6 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: report, image: "busybox:1.37" }]
`;
const deployment = controller("Deployment", "web", "nginx:1.29");
const service = `${meta("v1", "Service", "web")}spec:\n  selector: { app: web }\n  ports: [{ name: http, port: 80 }]\n`;
const claim = `${meta("v1", "PersistentVolumeClaim", "data")}spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 5Gi } }
`;

const autoscaler = `${meta("autoscaling/v2", "HorizontalPodAutoscaler", "web")}spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 2
  maxReplicas: 10
`;
const budget = `${meta("policy/v1", "PodDisruptionBudget", "web")}spec:\n  selector:\n    matchLabels: { app: web }\n`;

const bases = {
  metadata: { text: pod, opens: "metadata:", indent: 2, last: true },
  pod: { text: pod, opens: "spec:", indent: 2 },
  container: { text: pod, opens: "    - name: web", indent: 6, last: true },
  volume: { text: pod + volumes, opens: "    - name: data", indent: 6, last: true },
  mountedVolume: { text: mounted + volumes, opens: "    - name: data", indent: 6, last: true },
  deployment: { text: deployment, opens: "spec:", indent: 2 },
  template: { text: deployment, opens: "    spec:", indent: 6 },
  replicaSet: { text: controller("ReplicaSet", "web", "nginx:1.29"), opens: "spec:", indent: 2 },
  statefulSet: { text: controller("StatefulSet", "db", "mysql:8.4"), opens: "spec:", indent: 2 },
  daemonSet: { text: controller("DaemonSet", "agent", "fluent-bit:4.2"), opens: "spec:", indent: 2 },
  job: { text: job, opens: "spec:", indent: 2 },
  jobPod: { text: job, opens: "    spec:", indent: 6 },
  jobMetadata: { text: job, opens: "metadata:", indent: 2, last: true },
  cronJob: { text: cronJob, opens: "spec:", indent: 2 },
  cronJobMetadata: { text: cronJob, opens: "metadata:", indent: 2, last: true },
  cronJobJob: { text: cronJob, opens: "    spec:", indent: 6 },
  service: { text: service, opens: "spec:", indent: 2 },
  serviceMetadata: { text: service, opens: "metadata:", indent: 2, last: true },
  autoscaler: { text: autoscaler, opens: "spec:", indent: 2, last: true },
  budget: { text: budget, opens: "spec:", indent: 2 },
  claim: { text: claim, opens: "spec:", indent: 2, last: true },
  claimMetadata: { text: claim, opens: "metadata:", indent: 2, last: true },
} as const satisfies Readonly<Record<string, Shape>>;

export type Base = keyof typeof bases;

/** The entry with the codes that its finding never comes without. */
export function along(entry: Laid, ...also: readonly string[]): Laid {
  return { ...entry, also };
}

/** Two fragments over a base; the bare base is right when `good` is left out. */
export function on(base: Base, bad: string, good = ""): Laid {
  return { on: base, bad, good };
}

/** A change that is refused, and one from the same version that is not. */
export function change(base: Base, old: string, bad: string, good: string): Laid {
  return { on: base, old, bad, good };
}

/** The whole manifests of an entry. */
export function whole(entry: Laid | Example): Example {
  if (!("on" in entry)) return entry;
  const { on, old, bad, good, ...more } = entry;
  const example = { ...more, bad: lay(on, bad), good: lay(on, good) };
  return old === undefined ? example : { ...example, old: lay(on, old) };
}

function lay(base: Base, fragment: string): string {
  const { text, opens, indent, ...shape }: Shape = bases[base];
  const lines = text.trimEnd().split("\n");
  const from = lines.indexOf(opens) + 1;
  let to = from;
  while (to < lines.length && indentOf(lines[to] as string) >= indent) to++;
  const given = fragment === "" ? [] : fragment.split("\n").map((line) => " ".repeat(indent) + line);
  const taken = new Set(given.filter((line) => indentOf(line) === indent).map(keyOf));
  const kept: string[] = [];
  let keep = true;
  for (const line of lines.slice(from, to)) {
    if (indentOf(line) === indent) keep = !taken.has(keyOf(line));
    if (keep) kept.push(line);
  }
  const body = shape.last ? [...kept, ...given] : [...given, ...kept];
  return `${[...lines.slice(0, from), ...body, ...lines.slice(to)].join("\n")}\n`;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function keyOf(line: string): string {
  return line.trim().split(":")[0] ?? "";
}

/** The containers of the Pod, the first one with more fields. */
export function web(fields: string, others = ""): string {
  return `containers:\n  - { name: web, image: "nginx:1.29", ${fields} }${others === "" ? "" : `\n  - ${others}`}`;
}
