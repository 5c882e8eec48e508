/** `kubectl create namespace`, `serviceaccount` and `priorityclass`. Models kubectl/pkg/cmd/create. */
import { count, text, toggle } from "../flag.ts";
import { flag, isOn, numberOf } from "../words.ts";
import type { Maker } from "./maker.ts";

export const namespace: Maker = {
  name: "namespace",
  aliases: ["ns"],
  kind: "Namespace",
  says: "Create a namespace",
  usage: "NAME",
  flags: [],
  make: () => ({ object: { metadata: {}, spec: {}, status: {} } }),
};

export const serviceAccount: Maker = {
  name: "serviceaccount",
  aliases: ["sa"],
  kind: "ServiceAccount",
  says: "Create a service account",
  usage: "NAME",
  flags: [],
  refused: "failed to create serviceaccount:",
  make: () => ({ object: { metadata: {} } }),
};

export const priorityClass: Maker = {
  name: "priorityclass",
  aliases: ["pc"],
  kind: "PriorityClass",
  says: "Create a class of priority for pods",
  usage: "NAME --value=VALUE [--global-default=BOOL]",
  flags: [
    text("description", "what the class is for"),
    toggle("global-default", "pods without a class have this one"),
    text("preemption-policy", "Never, or PreemptLowerPriority", { value: "PreemptLowerPriority" }),
    count("value", "the priority"),
  ],
  refused: "failed to create priorityclass:",
  make(_, __, words) {
    const description = flag(words, "description");
    return {
      object: {
        metadata: {},
        value: numberOf(words, "value"),
        ...(isOn(words, "global-default") ? { globalDefault: true } : {}),
        ...(description === "" ? {} : { description }),
        preemptionPolicy: flag(words, "preemption-policy"),
      },
    };
  },
};
