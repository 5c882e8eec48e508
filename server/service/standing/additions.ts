/** What a kustomization does to the objects of its resources, as far as it decides whether they are accepted. */

/** The objects that something is done to: by patterns of kind and name, or by labels, too. */
export interface PatchTarget {
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly selects: boolean;
}

export interface Patch {
  /** A map: a strategic merge patch; a list: JSON patch operations. */
  readonly value: unknown;
  readonly target: PatchTarget | null;
}

/** One layer: what the transformers of one kustomization do. */
export interface Additions {
  readonly labels: readonly {
    readonly pairs: Readonly<Record<string, string>>;
    readonly selectors: boolean;
    readonly templates: boolean;
  }[];
  readonly annotations: Readonly<Record<string, string>>;
  readonly namespace: string;
  readonly prefix: string;
  readonly suffix: string;
  readonly images: readonly {
    readonly name: string;
    readonly newName: string;
    readonly newTag: string;
    readonly digest: string;
  }[];
  readonly replicas: readonly { readonly name: string; readonly count: number }[];
  readonly patches: readonly Patch[];
  /** Fields that get their values from other objects, as kustomize writes paths. */
  readonly replaced: readonly { readonly target: PatchTarget; readonly path: string }[];
}

export const noAdditions: Additions = {
  labels: [],
  annotations: {},
  namespace: "",
  prefix: "",
  suffix: "",
  images: [],
  replicas: [],
  patches: [],
  replaced: [],
};
