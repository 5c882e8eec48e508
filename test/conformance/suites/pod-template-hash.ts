/**
 * Names made from hashes. The real hash is over a dump of Go structures and is on record only; what can be held is the
 * alphabet, and how name and label are made from a hash.
 */
import type { LabelMap } from "../../../simulator/api/objects.ts";
import { safeEncode, templateHash } from "../../../simulator/cluster/names.ts";
import { tableSuite } from "../suite.ts";

interface Row {
  readonly op?: string;
  readonly fnv32a?: number;
  readonly kind: string;
  readonly name: string;
  readonly template: { readonly metadata?: { readonly labels?: LabelMap } };
}
interface Out {
  readonly string?: string;
  readonly child: string;
  readonly hashLabel: string;
  readonly labels: LabelMap;
}

const alphabet = /^[4-9bcdf]{1,10}$/;

/** The label that carries the hash on the object that is made for a template. */
const labelKeys: Readonly<Record<string, string>> = {
  Deployment: "pod-template-hash",
  StatefulSet: "controller.kubernetes.io/hash",
  DaemonSet: "controller-revision-hash",
};

function shape(row: Row, child: string, hash: string, labels: LabelMap) {
  const key = labelKeys[row.kind] ?? "";
  const { [key]: label, ...rest } = labels;
  return { alphabet: alphabet.test(hash), child: child === `${row.name}-${hash}`, label: label === hash, rest };
}

export const suite = tableSuite<Row, Out>(
  "pod-template-hash",
  (row) => {
    if (row.op === "safeEncode") return safeEncode(String(row.fnv32a));
    const hash = templateHash(row.template, 0);
    const labels = { ...row.template.metadata?.labels, [labelKeys[row.kind] ?? ""]: hash };
    return shape(row, `${row.name}-${hash}`, hash, labels);
  },
  (out, row) => (row.op === "safeEncode" ? out.string : shape(row, out.child, out.hashLabel, out.labels)),
);
