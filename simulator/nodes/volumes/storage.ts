/**
 * Volumes, classes and claims as scheduling and binding look at them. What a scenario does not have is taken to be there: a
 * claim of a class that nobody described gets a volume that can be used from every node.
 */
import type { LabelMap, LabelSelector, NodeSelectorTerm } from "../../api/objects.ts";
import { quantityNumber } from "../../api/quantity-number.ts";
import type { PersistentVolumeClaim, Stored } from "../../cluster/objects.ts";
import type { Store } from "../../cluster/store.ts";

export const volumeResource = "persistentvolumes";
export const classResource = "storageclasses.storage.k8s.io";
const defaultMark = "storageclass.kubernetes.io/is-default-class";

export interface ClaimSpec {
  readonly storageClassName?: string;
  readonly volumeName?: string;
  readonly accessModes?: readonly string[];
  readonly volumeMode?: string;
  readonly selector?: LabelSelector;
  readonly resources?: { readonly requests?: { readonly storage?: string } };
}

interface VolumeSpec extends Omit<ClaimSpec, "resources" | "selector"> {
  readonly capacity?: { readonly storage?: string };
  readonly claimRef?: { readonly namespace?: string; readonly name?: string; readonly uid?: string };
  readonly nodeAffinity?: { readonly required?: { readonly nodeSelectorTerms?: readonly NodeSelectorTerm[] } };
}

export interface Volume {
  readonly stored: Stored;
  readonly name: string;
  readonly labels: LabelMap;
  readonly spec: VolumeSpec;
  /** Bytes. */
  readonly capacity: number;
}

export interface StorageClass {
  readonly name: string;
  /** Null: only volumes that are there already can be used. */
  readonly provisioner: string | null;
  /** Claims wait until a pod that uses them is scheduled. */
  readonly waits: boolean;
  /** The topologies that it makes volumes in; null: all. */
  readonly topologies: readonly NodeSelectorTerm[] | null;
}

const noProvisioner = "kubernetes.io/no-provisioner";

/** A class that nobody described: it makes volumes at once. */
const assumed = (name: string): StorageClass => ({ name, provisioner: "", waits: false, topologies: null });

function readClass({ name, content }: Stored): StorageClass {
  const provisioner = content["provisioner"] as string | undefined;
  const allowed = content["allowedTopologies"] as
    | readonly {
        readonly matchLabelExpressions?: readonly { readonly key: string; readonly values: readonly string[] }[];
      }[]
    | undefined;
  const terms = allowed?.map(({ matchLabelExpressions = [] }) => ({
    matchExpressions: matchLabelExpressions.map((one) => ({ ...one, operator: "In" })),
  }));
  return {
    name,
    provisioner: provisioner === undefined || provisioner === noProvisioner ? null : provisioner,
    waits: content["volumeBindingMode"] === "WaitForFirstConsumer",
    topologies: terms && terms.length > 0 ? terms : null,
  };
}

/** The class of a claim; null for one that asks for none (`""`), which only volumes without class are for. */
export function classOf(store: Store, claim: PersistentVolumeClaim): StorageClass | null {
  const { storageClassName: named } = claim.spec as ClaimSpec;
  if (named === "") return null;
  if (named !== undefined) {
    const stored = store.getStored(classResource, "", named);
    return stored ? readClass(stored) : assumed(named);
  }
  const marked = [...store.allStored(classResource)].filter(({ annotations }) => annotations[defaultMark] === "true");
  const newest = marked.at(-1);
  return newest ? readClass(newest) : assumed("");
}

export function readVolume(stored: Stored): Volume {
  const spec = (stored.content["spec"] ?? {}) as VolumeSpec;
  const { name, labels } = stored;
  return { stored, name, labels, spec, capacity: quantityNumber(spec.capacity?.storage ?? "0") ?? 0 };
}

/** The volume that a bound claim has; undefined when nobody described it. */
export function volumeOf(store: Store, claim: PersistentVolumeClaim): Volume | undefined {
  const { volumeName = "" } = claim.spec as ClaimSpec;
  const stored = volumeName === "" ? undefined : store.getStored(volumeResource, "", volumeName);
  return stored && readVolume(stored);
}
