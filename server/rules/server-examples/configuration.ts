/** ConfigMaps, Secrets and classes of priority, and what admission makes of Pods. */
import { on, type Table } from "./lay.ts";

const meta = (kind: string) => `apiVersion: v1\nkind: ${kind}\nmetadata: { name: settings }\n`;
const login = `${meta("Secret")}type: kubernetes.io/ssh-auth\n`;
const priorityClass = (name: string, value: number) =>
  `apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: { name: ${name} }\nvalue: ${value}\n`;

export const configurationExamples: Table = {
  "data-key-twice": {
    bad: `${meta("ConfigMap")}data: { mode: fast }\nbinaryData: { mode: ZmFzdA== }\n`,
    good: `${meta("ConfigMap")}data: { mode: fast }\n`,
  },
  "data-too-large": {
    bad: `${meta("ConfigMap")}data: { text: … }\n`,
    good: `${meta("ConfigMap")}data: { text: short }\n`,
    long: ["x", 1_100_000],
  },
  "not-base64": {
    bad: `${meta("Secret")}data: { word: "not so" }\n`,
    good: `${meta("Secret")}stringData: { word: "not so" }\n`,
  },
  "secret-key-missing": {
    bad: `${login}stringData: { key: "…" }\n`,
    good: `${login}stringData: { ssh-privatekey: "…" }\n`,
  },
  "priority-class-reserved": { bad: priorityClass("system-shop", 1000), good: priorityClass("shop", 1000) },
  "priority-too-high": { bad: priorityClass("shop", 2_000_000_000), good: priorityClass("shop", 1_000_000_000) },
  "priority-not-of-class": on("pod", "priority: 100", "priorityClassName: system-cluster-critical"),
  "preemption-policy-not-of-class": on("pod", "preemptionPolicy: Never", "preemptionPolicy: PreemptLowerPriority"),
  "runtime-class-empty": on("pod", 'runtimeClassName: ""', "hostNetwork: false"),
};
