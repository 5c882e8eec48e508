import type { ExplainedCode } from "./codes.ts";
import { whyCounterpartsEn } from "./counterparts.ts";

/** Why each finding matters: the second paragraph of its page. */
export const why: Readonly<Record<ExplainedCode, string>> = {
  "selector-overlap":
    "Every pod has an owner, so two controllers with overlapping selectors leave each other's pods alone, as the simulation shows. But commands, budgets, autoscalers and Services that go by the selector take in the pods of both, and a pod without an owner goes to whichever asks first.",
  "service-missing":
    "A StatefulSet's pods have DNS names only below a headless Service. It may live in another file or already be in the cluster, so this is only information.",
  "service-not-headless":
    "A Service with an address of its own answers with that one address; names of single pods are published only below one with `clusterIP: None`.",
  "service-selects-others":
    "Only pods that the Service selects are given names below it, and only if the labels of the template contain the whole selector.",
  "service-selects-nothing":
    "A Service sends to the pods that carry every label of its selector. One that selects none is accepted and has no endpoints; connections to it fail without a word about the reason.",
  "node-port-outside-range":
    "The API server gives out node ports of one range, 30000-32767 unless it was started with another one, and refuses a Service that asks for a port outside it.",
  "object-repeated":
    "An object is known by its kind, namespace and name. Documents of a file are applied in their order, so what the earlier one says is lost as soon as the later one is applied. Mostly a copied document was not renamed.",
  "target-port-unnamed":
    "A port name is looked up in each selected pod. Where no container declares it, the Service has no endpoints for that port, and nothing says so.",
  "target-port-undeclared":
    "Declaring ports is optional, but where some are declared and this one is not, it is likely to be mistyped.",
  "pods-refused":
    "A Pod is held to rules that a template never was: no blanks around an image, labels and host names of at most 63 characters, no key both in `matchLabelKeys` and in the selector. The workload is stored, but its controller tries in vain to create pods; only an event `FailedCreate` says so.",
  "probe-port-unnamed":
    "The kubelet looks the name up among the ports of the same container. A name that is not there makes the probe fail each time, without any word from the API server.",
  "field-dropped":
    "A field of a new feature is known before the feature is switched on. Until then the API server takes the field out of what it stores, without an error or a warning, and nothing acts on it.",
  "volume-unused":
    "Each volume is set up before the pod's containers start, and one that cannot be set up holds the pod back.",
  "schedule-never":
    "The API server checks the shape of a schedule, not whether such a day exists. The controller gives up the search after five years and never starts a Job.",
  "rollout-downtime":
    "`maxUnavailable` as large as the number of replicas (or the strategy `Recreate`) ends all old pods before the new ones are ready. The seconds come from a simulated rollout with default durations; open the panel to see it and to change them.",
  "rollout-past-deadline":
    "A Deployment that makes no progress for `progressDeadlineSeconds` is reported as failed, and `kubectl rollout status` ends with an error, although the pods only wait for their first probe. Lengthen the deadline, or let a startup probe do the waiting.",
  "daemon-nowhere":
    "A DaemonSet runs a pod on each node that fits its node selector and affinity and whose taints it tolerates. The nodes of the default cluster are ordinary Linux workers; yours may have the label that is asked for.",
  "job-past-deadline":
    "`activeDeadlineSeconds` counts for the Job as a whole, retries and waiting included; when it is over, all its pods are ended and the Job has failed. How long a pod works is an assumption that you can change in the panel.",
  "schedule-overlap":
    "With `Allow` unfinished Jobs pile up, with `Forbid` due runs are skipped, with `Replace` none ever ends. How long a pod works is an assumption that you can change in the panel.",
  "schedule-twice":
    "Schedules follow the clock on the wall. When it goes back, the same local time comes twice, and so does the run. A time outside the changed hour, or UTC, avoids it.",
  "schedule-skipped":
    "Schedules follow the clock on the wall. When it goes forward, the local times in between do not occur, and neither does a run planned for one of them. A time outside the changed hour, or UTC, avoids it.",
  "removed-api-version":
    "The API server answers `no matches for kind`. The objects themselves live on under the newer version; some fields are required there that had defaults before.",
  "unserved-kind": "The API server knows each kind in certain groups and versions only, and refuses anything else.",
  "unknown-field":
    "`kubectl apply` has the API server check fields strictly: one that it does not know is refused, because it is nearly always misspelt or indented wrongly and would otherwise be dropped in silence.",
  "selector-mismatch":
    "A controller finds its pods by labels. A template whose labels do not match the selector would make it create pods for ever.",
  "both-bounds-zero":
    "A rolling update needs room: either one more pod than wanted or one fewer. With both at zero not a single pod could be replaced.",
  "restart-policy-missing": "A Job's pods are to end. Left out, restartPolicy is `Always`, which a Job may not have.",
  "invalid-quantity":
    "A quantity is a number directly followed by a suffix: `m`, `k`, `M`, `G` … for powers of ten, `Ki`, `Mi`, `Gi` … for powers of 1024. There is no blank between them, and no `B` for bytes.",
  "schedule-field-count":
    "A schedule has five fields: minute (0-59), hour (0-23), day of the month (1-31), month (1-12) and day of the week (0-6, Sunday is 0); or it is `@hourly`, `@daily`, `@every 90m` and the like.",
  ...whyCounterpartsEn,
  "resource-version-given":
    "`kubectl` takes the version out before it creates an object. It sends it along when it applies or replaces one that is there: then it has to be the present version, or the answer is a Conflict. Exports hold one; take it out of what is kept.",
  "invisible-character":
    "Text that is copied from a page or a document can carry blanks that are none to YAML, and marks of no width at all. They become part of a key, a value or the indentation, and look as if they were not there.",
  "not-an-object":
    "Every document of a file, and every item of a List, is a map with an apiVersion and a kind. At one that is not `kubectl` ends with an error; what stands before it has been sent already.",
  "list-in-list":
    "`kubectl` takes a List apart once. What has `items` within it is none of the objects that it knows how to send, and the other items are kept back with it.",
  "namespace-with-slash":
    "The namespace is a part of the address that a request goes to; with a slash in it there is no such address.",
  "yaml-syntax":
    "What cannot be read cannot be applied: `kubectl` stops at the first such place, before anything is sent. Everything else in the document is still looked at as far as it can be told what is meant.",
  "yaml-bad-separator":
    "`kubectl` cuts a file at every line that begins with `---` before it reads any of it. A value on that line, a tag, or more dashes are YAML to others, but to `kubectl` the file ends there with an error.",
  "yaml-duplicate-key":
    "A map has each key once. `kubectl` keeps the last one and says nothing, even with `--validate=strict`; whoever reads the file may take the first for what counts. What `<<` merges overwrites the keys that stand before it, so it goes first.",
  "yaml-ignored-text":
    "A document is one value. What follows a complete `{…}`, or a line `...`, is passed over up to the next `---`, whole manifests included. Put `---` before it, or take it away.",
  "yaml-key-without-text":
    "Objects travel to the API server as JSON, whose keys are texts. Null and whole numbers of more than 63 bits have no text there; put quotes around the key.",
  "yaml-unreadable-key":
    "Objects travel to the API server as JSON, whose keys are texts: a list or a map cannot be one.",
  "yaml-unreadable-number":
    "Objects travel to the API server as JSON, which has no way to write infinity or what is not a number. Put quotes around it where a text is meant.",
  "yaml-unknown-anchor":
    "An alias (`*name`) repeats what stands at the anchor `&name` above it in the same document; anchors of other documents do not count. A text that begins with `*` needs quotes.",
  "yaml-cyclic-anchor": "An alias inside its own anchor would unfold without end.",
  "yaml-too-many-aliases":
    "Aliases of aliases grow by powers; a few lines can unfold into more than any memory holds. The API server refuses such documents too.",
  "yaml-tag-mismatch":
    "A tag such as `!!int` says as what its value is to be read. This value cannot be read so; remove the tag or write another value.",
  "yaml-merge-without-map":
    "`<<` puts the entries of a map, usually an alias, beside those that are written. There is nothing to put where it is not a map, or a list of maps.",
  "yaml-unprintable":
    "Control characters, halves of characters and the like are no YAML, even inside quotes. Write them as escapes in double quotes, such as `\\u0007`.",
  "yaml-too-large":
    "The API server reads requests of up to 3 MiB, and what is stored has to be smaller still. Large data belongs into a volume or an image.",
  "yaml-too-deep": "No object of Kubernetes is nested so deeply; it is not read any further.",
  "json-syntax":
    "A text that begins with a brace is read as JSON, one object after the other, and as YAML from where that fails. After two objects it has to stay JSON.",
  "json-number-too-large": "A number of JSON is at most about 1.8e308. No field of Kubernetes holds more than 64 bits.",
};
