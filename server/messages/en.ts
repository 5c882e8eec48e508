import type { Params } from "../../simulator/api/problem.ts";
import { arithmeticEn } from "./arithmetic.ts";
import { completionEn } from "./completion.ts";
import { counterpartsEn } from "./counterparts.ts";
import { navigationEn } from "./navigation.ts";
import { reasonsEn } from "./reasons.en.ts";
import { refactorEn } from "./refactor.ts";
import { scheduleMistakesEn } from "./schedule-mistakes.ts";
import { verdictsEn } from "./verdicts.ts";
import { why } from "./why.en.ts";
import { listed, type Words } from "./words.ts";
import { wrongTypeEn } from "./wrong-type.ts";

const got = (params: Params) => (params["value"] === undefined ? "" : ` (it is \`${params["value"]}\`)`);

/** What is not served, and what was meant. */
function unserved({ kind, apiVersion, meantKind, meantVersion, misspelt, kinds }: Params): string {
  const nothing = `Kubernetes serves no \`${kind}\` under apiVersion \`${apiVersion}\``;
  if (meantKind !== undefined) {
    const version = meantVersion === undefined ? "" : ` under \`${meantVersion}\``;
    return `${nothing}. Did you mean \`${meantKind}\`${version}?`;
  }
  if (meantVersion !== undefined) {
    return misspelt === true
      ? `${nothing}. Did you mean \`${meantVersion}\`?`
      : `${kind} is in \`${meantVersion}\`, not in \`${apiVersion}\`.`;
  }
  return kinds === undefined ? `${nothing}.` : `${nothing}; workloads there are ${listed(kinds)}.`;
}

/** Amounts of a container, which a running pod can be given by a subresource only. */
const resources = /^spec\.(?:initContainers|containers)\[\d+\]\.resources\b/;

/** A line that begins where no line could. */
function misindented({ indent, fits }: Params): string {
  const wanted = [...(fits as readonly string[])].sort((a, b) => Number(a) - Number(b));
  return wanted.length === 0
    ? "A tab stands here: YAML is indented with blanks only."
    : `This line is indented by ${indent}; what it could belong with is indented by ${wanted.join(", ").replace(/, (?=\d+$)/, " or ")}.`;
}

export const en: Words = {
  language: "en",
  advice: {
    "selector-overlap": (p) =>
      `This selector also matches the pods of ${p["kind"]} \`${p["name"]}\`. Each keeps its own, but what goes by this selector takes in both.`,
    "service-missing": (p) =>
      `No Service \`${p["service"]}\` here. Without a headless Service the pods of \`${p["name"]}\` get no DNS names.`,
    "service-not-headless": (p) =>
      `Service \`${p["service"]}\` is not headless (\`clusterIP: None\`), so the pods get no DNS names of their own.`,
    "service-selects-others": (p) =>
      `Service \`${p["service"]}\` selects \`${p["selector"]}\`, which the pods of \`${p["name"]}\` are not labelled with.`,
    "service-selects-nothing": (p) =>
      `This selects no pods here: nothing is labelled \`${p["label"]}\` with all else that is asked for. Those of ${p["kind"]} \`${p["name"]}\` are labelled \`${p["meant"]}\`: did you mean that?`,
    "node-port-outside-range": (p) =>
      `Node port ${p["port"]} is outside ${p["lowest"]}-${p["highest"]}, the range of a cluster that was not set up otherwise.`,
    "object-repeated": (p) =>
      `${p["kind"]} \`${p["name"]}\` stands in this file before: when the file is applied, this one replaces the earlier one.`,
    "target-port-unnamed": (p) =>
      `No container of ${p["kind"]} \`${p["name"]}\` has a port named \`${listed(p["port"])}\`${listed(p["names"]) ? ` (there are: ${listed(p["names"])})` : ""}.`,
    "target-port-undeclared": (p) =>
      `${p["kind"]} \`${p["name"]}\` declares ${listed(p["ports"])}, not port ${listed(p["port"])}.`,
    "pods-refused": (p) =>
      p["limit"] === undefined
        ? `The API server accepts this but would refuse the pods made from it: \`${p["answer"]}\``
        : `The API server accepts this name but may refuse the pods: their label \`controller-revision-hash\`, the name with a hash of up to ten characters, can be longer than 63. At most ${p["limit"]} characters are safe; these are ${p["length"]}.`,
    "probe-port-unnamed": (p) =>
      `Container \`${p["container"]}\` has no port named \`${p["port"]}\`: the probe would always fail.`,
    "field-dropped": (p) =>
      `Kubernetes ${p["target"]} drops \`${p["field"]}\` unseen: its feature gate is off.` +
      (p["heeding"] === "" ? "" : ` It works in ${p["heeding"]}.`),
    "volume-unused": (p) => `No container mounts the volume \`${p["name"]}\`.`,
    "schedule-never": () => "This schedule never fires: no date of the next five years matches.",
    "rollout-downtime": (p) =>
      `A new version would leave no pod available for about ${p["seconds"]} s (simulated with default durations).`,
    "rollout-past-deadline": (p) =>
      `Every rollout is reported as failed after ${p["deadline"]} s: a pod's first readiness probe comes after ${p["wait"]} s.`,
    "daemon-nowhere": (p) =>
      `On none of the ${p["nodes"]} nodes of the default cluster would a pod run: none fits this selection.`,
    "job-past-deadline": (p) =>
      `The Job is ended after ${p["deadline"]} s but needs about ${p["needed"]} s if each pod works for ${p["work"]} s.`,
    "schedule-overlap": (p) =>
      `${p["skipsSome"] === true ? "At most one Job a minute is made, because their names count minutes. They" : "Runs"} are due every ${p["gap"]} s or sooner but take about ${p["needed"]} s if each pod works for ${p["work"]} s: ${p["policy"] === "Replace" ? "each is replaced before it is done" : p["policy"] === "Forbid" ? "due runs are skipped" : "they pile up"}.`,
    "schedule-twice": (p) =>
      `On ${p["date"]} clocks go back in ${p["timeZone"]} and ${p["time"]} comes twice: two runs.`,
    "schedule-skipped": (p) =>
      `On ${p["date"]} clocks jump over ${p["time"]} in ${p["timeZone"]}: that run does not take place.`,
    ...counterpartsEn,
    "resource-version-given": (p) =>
      `Creating ignores this version, but applying later conflicts as soon as the object has another than \`${p["value"]}\`.`,
    "invisible-character": (p) =>
      `Nobody sees it, but here ${p["count"] === 1 ? "is" : "are"} ${listed(p["characters"])}: remove what is invisible.`,
    "not-an-object": () => "This is no object of Kubernetes: kubectl stops here and reads nothing that follows.",
    "list-in-list": () => "A List within a List: kubectl sends nothing of this document.",
    "namespace-with-slash": (p) => `\`${p["value"]}\` is no namespace: kubectl does not send this document.`,
    "removed-api-version": (p) =>
      `\`${p["apiVersion"]}\` is no longer served for ${p["kind"]} since Kubernetes ${p["removedIn"]}; use \`${p["replacement"]}\`.`,
    "unserved-kind": (p) =>
      p["apiVersion"] === ""
        ? `\`apiVersion\` is missing; without it a ${p["kind"]} is sent nowhere.`
        : p["kind"] === ""
          ? `\`kind\` is missing; without it nothing is sent anywhere.`
          : unserved(p),
  },
  yaml: {
    "yaml-syntax": (p) =>
      p["fits"] !== undefined
        ? misindented(p)
        : p["quoted"] === undefined
          ? `This is not YAML: ${p["message"]}`
          : `Quote it: a value cannot begin with \`*\` (write \`${p["quoted"]}\`).`,
    "yaml-bad-separator": () =>
      "Behind `---` only a comment may stand: kubectl stops here, and the document before it is not sent either.",
    "yaml-duplicate-key": (p) =>
      p["repeats"] === "merged"
        ? `The map that is merged here overwrites \`${p["key"]}\`, which stands before it.`
        : `\`${p["key"]}\` is given more than once: this one counts, the one before it is dropped without a word.`,
    "yaml-ignored-text": () => "Nobody reads this: the document has ended before it.",
    "yaml-key-without-text": () => "This key is no text, and cannot become one in JSON.",
    "yaml-unreadable-key": () => "A key has to be a text.",
    "yaml-unreadable-number": (p) => `\`${p["key"]}\` cannot be read as JSON.`,
    "yaml-unknown-anchor": (p) => `There is no anchor \`${p["key"]}\` above.`,
    "yaml-cyclic-anchor": (p) => `Anchor \`${p["key"]}\` contains itself.`,
    "yaml-too-many-aliases": (p) => `Aliases unfold into more than ${p["limit"]} values.`,
    "yaml-tag-mismatch": (p) => `This is no \`${p["key"]}\`.`,
    "yaml-merge-without-map": () => "Only a map can be merged.",
    "yaml-unprintable": () => "YAML does not allow this character.",
    "yaml-too-large": (p) =>
      `The document is longer than ${p["limit"]} characters; the API server reads no such request.`,
    "yaml-too-deep": () => "The document is nested too deeply.",
    "json-syntax": () => "This is neither JSON nor YAML: kubectl reads nothing from here on.",
    "json-number-too-large": () => "No number can be this large.",
  },
  server: {
    FieldValueRequired: (field) => `\`${field}\` is required.`,
    FieldValueInvalid: (field, p) => `\`${field}\` is not valid${got(p)}.`,
    FieldValueNotSupported: (field, p) =>
      `\`${field}\` does not support this value${got(p)}${p["allowed"] ? `; use ${listed(p["allowed"])}` : ""}.`,
    FieldValueForbidden: (field) => `\`${field}\` is not allowed here.`,
    FieldValueDuplicate: (field, p) => `\`${field}\` repeats a value${got(p)}.`,
    FieldValueNotFound: (field, p) => `\`${field}\` refers to something that does not exist${got(p)}.`,
    FieldValueTooLong: (field) => `\`${field}\` is too long.`,
    FieldValueTooMany: (field) => `\`${field}\` has too many entries.`,
    UnknownField: (field, p) =>
      p["belongs"] === undefined
        ? `Unknown field \`${field}\`.${p["nearest"] ? ` Did you mean \`${p["nearest"]}\`?` : ""}`
        : p["fields"] === undefined
          ? `\`${p["name"]}\` does not belong in \`${p["place"]}\` but in \`${p["belongs"]}\`.`
          : `These fields do not belong in \`${p["place"]}\` but in \`${p["belongs"]}\`: ${listed(p["fields"])}.`,
    DuplicateField: (field) => `\`${field}\` is given more than once.`,
    Malformed: (field, p) =>
      `\`${field}\` cannot be read${p["expected"] ? `: ${p["expected"]} is expected` : ""}${got(p)}.`,
    FieldManagerConflict: (field, p) => `\`${field}\` is managed by ${p["manager"]}.`,
    Unserved: () => "The API server does not serve this kind.",
    Refused: (field, p) =>
      field === "" ? "The API server refuses it." : `The API server refuses \`${field}\`${got(p)}.`,
    Warning: (field) => `The API server warns about \`${field}\`.`,
    Advice: (field) => `\`${field}\` deserves a look.`,
  },
  reasons: { sentences: reasonsEn, language: 0 },
  change: (kind, name, field) => {
    const what = `\`${field}\` cannot be changed on the existing ${kind} \`${name}\`.`;
    switch (kind) {
      case "StatefulSet":
        return `${what} Way out: \`kubectl delete statefulset ${name} --cascade=orphan\`, then apply; its pods and claims stay.`;
      case "Deployment":
      case "ReplicaSet":
      case "DaemonSet":
        return `${what} Way out: another name beside the old one, or \`kubectl delete ${kind.toLowerCase()} ${name}\` and apply anew.`;
      case "Job":
        return `${what} Way out: another name for the new run, or \`kubectl delete job ${name}\` and apply anew.`;
      case "PersistentVolumeClaim":
        return `${what} A bound claim can only grow. Way out: a new claim, and the data copied over.`;
      case "Pod":
        return resources.test(field)
          ? `${what} Way out: \`kubectl replace --subresource resize\`, which changes cpu and memory of a running pod.`
          : `${what} Way out: \`kubectl replace --force\`, which deletes it and creates it anew.`;
      default:
        return `${what} Way out: \`kubectl replace --force\`, which deletes it and creates it anew.`;
    }
  },
  why,
  page: {
    severity: { error: "error", warning: "warning", information: "information", hint: "hint" },
    old: "Applied now",
    bad: "What is found",
    good: "Put right",
    long: (characters) => `Here \`…\` stands for ${characters.toLocaleString("en")} characters.`,
    silence: (code) =>
      `A comment \`# seatrial-ignore ${code}\` silences it on its line, the setting \`seatrial.rules\` everywhere.`,
  },
  related: (kind, name) => `${kind} \`${name}\``,
  inFile: (file) => `(in ${file})`,
  show: "Show in the simulation",
  add: (what) => `Add ${what}`,
  fix: (becomes, what, labels) =>
    what === "" ? `Change to ${becomes}` : `Change ${labels ? "label " : ""}${what} to ${becomes}`,
  ignore: (code) => `Ignore ${code} here`,
  fixAll: (code, count) => `Fix all ${count} \`${code}\` in this file`,
  fixEverything: (count) => `Fix ${count} ${count === 1 ? "finding" : "findings"} of Seatrial`,
  restore: (what, becomes) => `Restore ${what}${becomes === "" ? "" : ` to ${becomes}`} as committed`,
  explain: (code) => `Explain ${code}`,
  remove: (what) => `Remove ${what}`,
  move: (what, place) => `Move ${what} to ${place}`,
  amount: (p) => {
    const bytes = (count: string | undefined) => (count ? ` (${Number(count).toLocaleString("en")} bytes)` : "");
    const meant = (p["meant"] as readonly string[]).map(
      (one, at) => `\`${one}\`${bytes((p["meantBytes"] as readonly string[])[at])}`,
    );
    return p["bytes"] === ""
      ? `\`${p["value"]}\` is no amount: write ${meant.join(" or ")}.`
      : `\`${p["value"]}\` is ${Number(p["bytes"]).toLocaleString("en")} bytes, and there are no parts of a byte: write ${meant.join(" or ")}.`;
  },
  numberInQuotes: (field, p) => `\`${field}\`: ${p["written"]} in quotes is text and no number: remove the quotes.`,
  particular: {
    "selector-mismatch": () =>
      "The selector does not match these labels: the controller would never find its own pods.",
    "both-bounds-zero": () => "maxSurge and maxUnavailable are both 0: no pod could ever be replaced.",
    "daemon-bounds-zero": () => "maxSurge and maxUnavailable are both 0: no pod could ever be replaced.",
    "restart-policy-missing": () =>
      "A Job's pods need restartPolicy `OnFailure` or `Never`; without one it is `Always`.",
    "restart-policy-not-always": () =>
      "Pods of this controller are always restarted: restartPolicy has to be `Always`.",
    "text-dropped": (_, field) => `\`${field}\` takes no effect: the server leaves it out without a word.`,
    "text-overridden": (p, field) => `\`${field}\` takes no effect: the object has \`${p["actual"]}\` all the same.`,
    "text-reordered": (_, field) => `The order in \`${field}\` takes no effect: the object keeps its own.`,
    "kept-from-before": (p, field) => `\`${field}\` stays at \`${p["value"]}\`, although the text does not say it.`,
    "wrong-type": wrongTypeEn,
    ...scheduleMistakesEn,
  },
  fields: {},
  verdicts: verdictsEn,
  arithmetic: arithmeticEn,
  navigation: navigationEn,
  completion: completionEn,
  refactor: refactorEn,
  hover: {
    type: "Type",
    required: "required",
    known: (versions, open) => (open ? `Since Kubernetes ${versions}.` : `Only in Kubernetes ${versions}.`),
    dropped: (version) => `Kubernetes ${version} drops it unseen: its feature gate is off.`,
    defaultValue: (value) => `Value here: \`${value}\``,
    bounds: (surge, unavailable, ceiling, floor) =>
      `Here: ${surge} extra and ${unavailable} unavailable; at most ${ceiling} pods, never fewer than ${floor} available.`,
    nextRuns: (zone) => `Next runs (${zone}):`,
    identity: (pods, dns) => `Pods: ${pods}. DNS: \`${dns}\``,
    noRetries: "The first failure is the last: no retry.",
    retries: (limit, waits, seconds) =>
      `${limit} ${limit === 1 ? "retry" : "retries"}, after waits of ${waits}; ${seconds} s of waiting in all.`,
    restarts: (waits) => `A container that keeps ending is started again after ${waits}, at most 300 s.`,
    nodes: (fit, of, names) => `Fits ${fit} of ${of} nodes of the default cluster${names ? `: ${names}` : ""}.`,
    claims: (names) => `Claims: ${names}`,
    suspended: "It is suspended: nothing runs until it is not.",
    resource: {
      cpu: (cores) => `${cores} ${cores === "1" ? "core" : "cores"} of CPU.`,
      bytes: (whose, bytes, other) =>
        `${{ memory: "Memory", storage: "Storage", claim: "Storage of each claim" }[whose]}: ${bytes} bytes, ${other}.`,
      count: (amount) => `${amount} of it.`,
    },
    usedBy: (objects) => `Used by ${objects}.`,
    leadsTo: (objects) => `Leads to ${objects}.`,
  },
};
