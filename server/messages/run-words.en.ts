import { largestRendering, renderPatience, spelt } from "../service/rendering.ts";
import type { Standing } from "../service/standing/decide.ts";
import type { RunWords } from "./run-words.ts";
import { listed } from "./words.ts";

const some = (count: number, what: string) => `${count} ${what}${count === 1 ? "" : "s"}`;
const reasons: Readonly<Record<string, string>> = {
  missing: "no such file or folder",
  "none-found": "no file matches",
  EACCES: "may not be read",
  ERR_STRING_TOO_LONG: "too large to be read",
};

const standings: RunWords["standings"] = {
  applied: "as applied",
  patch: "as patch",
  base: "as kustomize base",
  template: "as template (only what does not depend on it is judged)",
  assertion: "as assertion",
  export: "as export",
  data: "as data",
};

export const runWordsEn: RunWords = {
  leftOut: (count) => `… ${count} more lines, the same in JSON with --format json …`,
  took: (seconds) => `took ${seconds} s`,
  runs: (count, until) => `${some(count, "run")} until ${until}`,
  most: (pods) => `at most ${some(pods, "pod")} at once, those being terminated included`,
  fewest: (pods, change) => `never fewer than ${pods} available ${change ? "from the change on" : "once all were"}`,
  downtime: (seconds) => `none available for ${seconds} s`,
  unfinished: {
    unschedulable: (p) => `unfinished: no node takes pod ${p["pod"]}: ${p["message"]}`,
    "image-pull": (p) => `unfinished: the image of pod ${p["pod"]} cannot be pulled (${p["status"]})`,
    "crash-loop": (p) => `unfinished: pod ${p["pod"]} keeps ending (${p["status"]}, ${p["restarts"]} restarts)`,
    "never-ready": (p) => `unfinished: pod ${p["pod"]} never becomes ready`,
    "progress-deadline": (p) =>
      `unfinished: the progress deadline has passed with ${p["available"]} of ${p["desired"]} pods available`,
    "pods-refused": (p) => `unfinished: the API server refuses the pods: ${p["message"]}`,
    paused: () => "unfinished: the Deployment is paused",
    suspended: () => "unfinished: the Job is suspended",
    "job-failed": (p) => `unfinished: the Job has failed (${p["reason"]}, failed pods: ${p["failed"]})`,
    "no-nodes": (p) => `unfinished: none of the ${p["nodes"]} nodes fits`,
    "on-delete": (p) =>
      `unfinished: ${p["updated"]} of ${p["desired"]} pods are updated; with OnDelete the others wait to be deleted`,
    "too-few-pods": (p) => `unfinished: ${p["available"]} of ${p["desired"]} pods are available`,
    "still-running": (p) => `unfinished: still running (${p["active"]} active, ${p["succeeded"]} succeeded)`,
  },
  cutShort: "cut short: more happens than is recorded",
  refused: (object, command) => `${object} would be refused; \`${command}\` says why`,
  noWorkload: (file) => `${file} holds no workload`,
  scenario: {
    "scenario-object-expected": () => "an object is needed here",
    "scenario-list-expected": () => "a list is needed here",
    "scenario-number-expected": (p) =>
      p["max"] === undefined
        ? `a number of at least ${p["min"]} is needed here`
        : `a number from ${p["min"]} to ${p["max"]} is needed here`,
    "scenario-text-expected": () => "a text is needed here",
    "scenario-choice-unknown": (p) => `\`${p["value"]}\` is none of ${listed(p["allowed"])}`,
    "scenario-distribution-unknown": () => "a duration is a number, or uniform, normal or exponential",
    "scenario-quantity-expected": () => "an amount such as `4` or `16Gi` is needed here",
    "scenario-fault-unknown": (p) => `a fault is one of ${listed(p["allowed"])}`,
    "scenario-action-unknown": (p) => `there is no action \`${p["value"]}\`; there are ${listed(p["allowed"])}`,
    "scenario-too-many-pods": (p) => `${p["value"]} is no number of pods that can be run: at most ${p["max"]} can`,
    "scenario-kind-unknown": (p) => `a ${p["value"]} cannot be run`,
    "scenario-node-repeated": (p) => `there are two nodes called \`${p["value"]}\``,
  },
  template: (command) => `a template; render it first, for example \`helm template . | seatrial ${command} -\``,
  unreadable: (why) => reasons[why] ?? why,
  notRendered: ({ plan, why }, command) => {
    switch (why.is) {
      case "none-around":
        return `there is no \`Chart.yaml\` and no \`kustomization.yaml\` here or above; without \`--render\` it is read as it is`;
      case "no-tool":
        return plan?.tool === "helm"
          ? "`helm` is not on the PATH; install it to render this chart"
          : "neither `kustomize` nor `kubectl` is on the PATH; install one of them to render this kustomization";
      case "time-out":
        return `\`${spelt(why.command)}\` was ended after ${renderPatience / 1000} s; run it yourself and hand its result to \`seatrial ${command} -\``;
      case "too-large":
        return `\`${spelt(why.command)}\` gives more than ${largestRendering / 1024 / 1024} MiB; check a part of it`;
      case "failed":
        return `\`${spelt(why.command)}\` failed: ${why.words}\nIf it needs other options, run it yourself and hand its result to \`seatrial ${command} -\``;
    }
  },
  renderedFrom: (file) => `(from ${file})`,
  oneFile: "one file is needed",
  documentsTaken: (counts, passedOver) => {
    const took = Object.entries(counts).map(([standing, count]) => `${count} ${standings[standing as Standing]}`);
    const over = passedOver === 0 ? "" : ` ${some(passedOver, "file")} without any of its kinds passed over.`;
    return `documents taken: ${took.join(", ") || "none"}.${over}`;
  },
  standings,
  whyStanding: {
    "nothing-else": () => "nothing says otherwise",
    "named-as-patch": (file) => `${file} names it as a patch`,
    "called-patch": () => "it is called a patch, and lacks what only a patch may lack",
    "patch-directive": (key) => `it holds \`${key}\``,
    "named-as-resource": (file) => `${file} adds to it`,
    "template-expressions": () => "it has expressions that have yet to be rendered",
    placeholders: (text) => `it holds the placeholder \`${text}\``,
    encrypted: () => "SOPS has encrypted it",
    "assertion-file": (tool) => `its name or a test of ${tool} says so`,
    "assertion-keys": (key) => `\`${key}\` is an expression`,
    "status-only": () => "it has a status and nothing else",
    "server-fields": (key) => `it has \`metadata.${key}\``,
    "edit-buffer": () => "`kubectl edit` wrote it",
    "named-as-data": (file) => `${file} reads it as data`,
  },
  noCounterpart: (objects) =>
    `nothing was compared: none of the ${objects} objects has one of the same kind, namespace and name there`,
  checked: (findings, objects, files) => {
    const of = `${some(objects, "object")} in ${some(files, "file")}`;
    return findings === 0 ? `No problems: ${of}.` : `${some(findings, "finding")}: ${of}.`;
  },
  noPage: (code, meant) =>
    `there is no page for \`${code}\`; ${meant === null ? "`seatrial explain` lists all codes" : `did you mean \`${meant}\`?`}`,
};
