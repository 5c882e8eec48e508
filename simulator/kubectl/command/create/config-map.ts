/** `kubectl create configmap`. Models kubectl/pkg/cmd/create/create_configmap.go. */
import type { Maker } from "./maker.ts";
import { entriesOf, sourceFlags } from "./sources.ts";

export const configMap: Maker = {
  name: "configmap",
  aliases: ["cm"],
  kind: "ConfigMap",
  says: "Create a ConfigMap from files, folders or values",
  usage: "NAME [--from-file=[KEY=]SOURCE] [--from-literal=KEY=VALUE]",
  flags: sourceFlags,
  refused: "failed to create configmap:",
  make(context, name, words) {
    const entries = entriesOf(context, words, { kind: "ConfigMap", name });
    if ("failure" in entries) return entries;
    return { object: { metadata: {}, ...(entries.data === undefined ? {} : { data: entries.data }) } };
  },
};
