/** The objects that `kubectl run` makes. Models kubectl/pkg/generate/versioned. */
import type { JsonObject } from "../../api/json.ts";
import type { LabelMap } from "../../api/objects.ts";
import { goQuote } from "../../api/schedule/error-text.ts";
import { flag, isOn, values, type Words } from "./words.ts";

type Read<T> = { readonly value: T } | { readonly error: string };

function labelsOf(words: Words): Read<LabelMap> {
  const given = flag(words, "labels");
  if (given === "") return { value: { run: words.args[0] ?? "" } };
  const labels: Record<string, string> = {};
  for (const part of given.split(",")) {
    const [key = "", value = "", ...more] = part.split("=");
    if (!part.includes("=") || more.length > 0) return { error: `unexpected label spec: ${part}` };
    if (key === "") return { error: "unexpected empty label key" };
    labels[key] = value;
  }
  return { value: labels };
}

function annotationsOf(words: Words): Read<LabelMap> {
  const pairs = values(words, "annotations");
  const wrong = pairs.filter((one) => one.indexOf("=") <= 0);
  if (wrong.length > 0) return { error: `invalid annotations format: ${wrong.join(", ")}` };
  return {
    value: Object.fromEntries(pairs.map((one) => [one.slice(0, one.indexOf("=")), one.slice(one.indexOf("=") + 1)])),
  };
}

function envOf(words: Words): Read<readonly JsonObject[]> {
  const env: JsonObject[] = [];
  for (const one of values(words, "env")) {
    const equals = one.indexOf("=");
    const name = one.slice(0, Math.max(0, equals));
    if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) return { error: `invalid env: ${one}` };
    env.push({ name, value: one.slice(equals + 1) });
  }
  return { value: env };
}

/** The pod of a command line, its keys in kubectl's order; or what is wrong with a flag. */
export function podOf(words: Words): Read<JsonObject> {
  const [name = "", ...more] = words.args;
  const [labels, annotations, env] = [labelsOf(words), annotationsOf(words), envOf(words)];
  if ("error" in labels) return labels;
  if ("error" in annotations) return annotations;
  if ("error" in env) return env;
  const port = flag(words, "port");
  if (port !== "" && !/^[+-]?[0-9]+$/.test(port)) {
    return { error: `strconv.Atoi: parsing ${goQuote(port)}: invalid syntax` };
  }
  const args = [...more, ...words.rest];
  const policy = flag(words, "image-pull-policy");
  const [stdin, tty] = [isOn(words, "stdin"), isOn(words, "tty")];
  const container: JsonObject = {
    name,
    image: flag(words, "image"),
    ...(args.length > 0 ? { [isOn(words, "command") ? "command" : "args"]: args } : {}),
    ...(port === "" ? {} : { ports: [{ containerPort: Number(port) }] }),
    ...(env.value.length > 0 ? { env: env.value } : {}),
    resources: {},
    ...(policy === "" ? {} : { imagePullPolicy: policy }),
    ...(isOn(words, "privileged") ? { securityContext: { privileged: true } } : {}),
    ...(stdin ? { stdin } : {}),
    ...(stdin && !isOn(words, "leave-stdin-open") ? { stdinOnce: true } : {}),
    ...(tty ? { tty } : {}),
  };
  const hasNotes = Object.keys(annotations.value).length > 0;
  return {
    value: {
      kind: "Pod",
      apiVersion: "v1",
      metadata: { name, labels: labels.value, ...(hasNotes ? { annotations: annotations.value } : {}) },
      spec: { containers: [container], restartPolicy: flag(words, "restart") || "Always", dnsPolicy: "ClusterFirst" },
      status: {},
    },
  };
}

/** The Service of `--expose`. */
export function serviceOf(words: Words): JsonObject {
  const [name = ""] = words.args;
  const port = Number(flag(words, "port"));
  const labels = labelsOf(words);
  return {
    kind: "Service",
    apiVersion: "v1",
    metadata: { name },
    spec: {
      ports: [{ protocol: "TCP", port, targetPort: port }],
      selector: "value" in labels ? labels.value : { run: name },
    },
    status: { loadBalancer: {} },
  };
}
