/** The fields of a kustomization file, in the shape of the table of fields. Models api/types of sigs.k8s.io/kustomize. */
import type { fieldTable } from "#field-table";

type ObjectType = (typeof fieldTable)["types"][string];
type FieldType = ObjectType["fields"][string];

const text: FieldType = { kind: "string" };
const flag: FieldType = { kind: "boolean" };
const integer: FieldType = { kind: "integer" };
const texts: FieldType = { kind: "list", of: text };
const textMap: FieldType = { kind: "map", of: text };
const object = (type: string): FieldType => ({ kind: "object", type });
const list = (type: string): FieldType => ({ kind: "list", of: object(type) });

const generator = {
  name: text,
  namespace: text,
  behavior: { kind: "string", enum: ["create", "merge", "replace"] },
  literals: texts,
  files: texts,
  envs: texts,
  options: object("KustomizeGeneratorOptions"),
} as const;

/** The name of the type of the file itself. */
export const kustomizationType = "Kustomization";

/** Types by name, with what each cannot do without. */
export const kustomizationTypes: Readonly<Record<string, ObjectType>> = {
  [kustomizationType]: {
    required: ["apiVersion", "kind"],
    fields: {
      apiVersion: { kind: "string", enum: ["kustomize.config.k8s.io/v1beta1"] },
      kind: { kind: "string", enum: ["Kustomization"] },
      metadata: object("ObjectMeta"),
      resources: texts,
      components: texts,
      namespace: text,
      namePrefix: text,
      nameSuffix: text,
      labels: list("KustomizeLabel"),
      commonLabels: textMap,
      commonAnnotations: textMap,
      images: list("KustomizeImage"),
      replicas: list("KustomizeReplica"),
      patches: list("KustomizePatch"),
      configMapGenerator: list("KustomizeConfigMap"),
      secretGenerator: list("KustomizeSecret"),
      generatorOptions: object("KustomizeGeneratorOptions"),
      replacements: list("KustomizeReplacement"),
      helmCharts: list("KustomizeHelmChart"),
      helmGlobals: object("KustomizeHelmGlobals"),
      crds: texts,
      configurations: texts,
      generators: texts,
      transformers: texts,
      validators: texts,
      openapi: object("KustomizeOpenApi"),
      buildMetadata: texts,
      sortOptions: object("KustomizeSortOptions"),
    },
  },
  KustomizeLabel: {
    required: ["pairs"],
    fields: { pairs: textMap, includeSelectors: flag, includeTemplates: flag },
  },
  KustomizeImage: {
    required: ["name"],
    fields: { name: text, newName: text, newTag: text, tagSuffix: text, digest: text },
  },
  KustomizeReplica: { required: ["name", "count"], fields: { name: text, count: integer } },
  KustomizePatch: {
    required: [],
    fields: { path: text, patch: text, target: object("KustomizeTarget"), options: { kind: "map", of: flag } },
  },
  KustomizeTarget: {
    required: [],
    fields: {
      group: text,
      version: text,
      kind: text,
      name: text,
      namespace: text,
      labelSelector: text,
      annotationSelector: text,
    },
  },
  KustomizeConfigMap: { required: ["name"], fields: generator },
  KustomizeSecret: { required: ["name"], fields: { ...generator, type: text } },
  KustomizeGeneratorOptions: {
    required: [],
    fields: { labels: textMap, annotations: textMap, disableNameSuffixHash: flag, immutable: flag },
  },
  KustomizeReplacement: {
    required: [],
    fields: { path: text, source: object("KustomizeSource"), targets: list("KustomizeReplacementTarget") },
  },
  KustomizeSource: {
    required: [],
    fields: {
      group: text,
      version: text,
      kind: text,
      name: text,
      namespace: text,
      fieldPath: text,
      options: object("KustomizeFieldOptions"),
    },
  },
  KustomizeReplacementTarget: {
    required: ["select"],
    fields: {
      select: object("KustomizeSelect"),
      reject: list("KustomizeSelect"),
      fieldPaths: texts,
      options: object("KustomizeFieldOptions"),
    },
  },
  KustomizeSelect: {
    required: [],
    fields: { group: text, version: text, kind: text, name: text, namespace: text },
  },
  KustomizeFieldOptions: {
    required: [],
    fields: { delimiter: text, index: integer, encoding: text, create: flag },
  },
  KustomizeHelmChart: {
    required: ["name"],
    fields: {
      name: text,
      repo: text,
      version: text,
      releaseName: text,
      namespace: text,
      valuesFile: text,
      additionalValuesFiles: texts,
      valuesInline: { kind: "any" },
      valuesMerge: { kind: "string", enum: ["merge", "override", "replace"] },
      includeCRDs: flag,
      skipHooks: flag,
      skipTests: flag,
      apiVersions: texts,
      kubeVersion: text,
      nameTemplate: text,
    },
  },
  KustomizeHelmGlobals: { required: [], fields: { chartHome: text, configHome: text } },
  KustomizeOpenApi: { required: ["path"], fields: { path: text } },
  KustomizeSortOptions: {
    required: [],
    fields: {
      order: { kind: "string", enum: ["fifo", "legacy"] },
      legacySortOptions: object("KustomizeLegacySortOptions"),
    },
  },
  KustomizeLegacySortOptions: { required: [], fields: { orderFirst: texts, orderLast: texts } },
};
