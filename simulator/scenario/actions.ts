/**
 * The table of actions: everything that can be done to the cluster from outside, what each is done to, and what has to be said
 * for it. The type of actions, the check of scenarios, the panel and the commands all come from here.
 */
import type { KindRow } from "../api/kind.ts";
import { kinds } from "../api/kinds.ts";

/** What a field holds; what that is as a type stands with the scenario, and how it is checked with the check. */
export type FieldType =
  | "text"
  | "number"
  | "replicas"
  | "manifest"
  | "patch"
  | "node"
  | "labels"
  | "fault"
  | "effect"
  | "load"
  | "cascade"
  | "behaviour"
  | "truth"
  | "subresource"
  | "request";

type Fields = Readonly<Record<string, FieldType>>;

/** What an action is done to, and the fields that name it. */
export const targetFields = {
  cluster: { needs: {}, may: {} },
  object: { needs: { kind: "text", name: "text" }, may: { namespace: "text" } },
  pod: { needs: { pod: "text" }, may: { namespace: "text" } },
  node: { needs: { name: "text" }, may: {} },
} as const satisfies Readonly<Record<string, { readonly needs: Fields; readonly may: Fields }>>;

export interface ActionRow {
  readonly to: keyof typeof targetFields;
  readonly needs: Fields;
  /** Fields that may be left out. */
  readonly may: Fields;
  /** Whether it can be done to objects of a kind. */
  readonly can: (row: KindRow) => boolean;
}

const any = () => true;
const never = () => false;
const cluster = { to: "cluster", needs: {}, may: {}, can: never } as const;
const object = { to: "object", needs: {}, may: {}, can: any } as const;
const pod = { to: "pod", needs: {}, may: {}, can: ({ kind }: KindRow) => kind === "Pod" } as const;
const node = { to: "node", needs: {}, may: {}, can: ({ kind }: KindRow) => kind === "Node" } as const;

export const actions = {
  apply: { ...cluster, needs: { object: "manifest" } },
  patch: { ...object, needs: { patch: "patch" }, may: { subresource: "subresource" } },
  scale: { ...object, needs: { replicas: "replicas" }, can: ({ subresources }) => subresources.includes("scale") },
  setImage: { ...object, needs: { container: "text", image: "text" }, can: ({ settable }) => settable },
  undo: { ...object, may: { toRevision: "number" }, can: ({ history }) => history !== undefined },
  restart: { ...object, can: ({ rolls }) => rolls },
  pause: { ...object, can: ({ pausable }) => pausable },
  resume: { ...object, can: ({ pausable }) => pausable },
  /** `grace`: seconds in place of a pod's own; 0 forces its deletion. */
  delete: { ...object, may: { cascade: "cascade", grace: "number" } },
  deletePod: { ...pod, may: { grace: "number" } },
  /** Through the eviction API. */
  evict: { ...pod, may: { grace: "number" } },
  /** As a controller of somebody's own does it for readiness gates. */
  setCondition: { ...pod, needs: { type: "text", status: "truth" }, may: { reason: "text" } },
  addNode: { ...cluster, needs: { node: "node" } },
  removeNode: node,
  cordon: node,
  uncordon: node,
  drain: { ...node, may: { timeout: "number", grace: "number", podSelector: "text" } },
  nodeLost: node,
  nodeBack: node,
  /** The kubelet's process; containers go on without it. */
  stopKubelet: node,
  startKubelet: node,
  taint: { ...node, needs: { key: "text", effect: "effect" }, may: { value: "text" } },
  untaint: { ...node, needs: { key: "text" } },
  labelNode: { ...node, needs: { labels: "labels" } },
  fault: { ...cluster, needs: { fault: "fault" } },
  load: { ...cluster, needs: { load: "load" } },
  behave: { ...cluster, needs: { behaviour: "behaviour" } },
  /** Anything else that the API server does: a write as a tool sent it. */
  request: { ...cluster, needs: { request: "request" } },
} as const satisfies Readonly<Record<string, ActionRow>>;

type Actions = typeof actions;
type ActionName = keyof Actions;

/** The fields of an action by their types: those of its target and its own. */
type Needed<Own extends { readonly needs: Fields }, Values extends Record<FieldType, unknown>> = {
  readonly [F in keyof Own["needs"]]: Values[Own["needs"][F]];
};
type Possible<Own extends { readonly may: Fields }, Values extends Record<FieldType, unknown>> = {
  readonly [F in keyof Own["may"]]?: Values[Own["may"][F]];
};
type Flat<T> = { [K in keyof T]: T[K] };

/** The union of all actions, where a field of each type holds what `Values` says. */
export type ActionOf<Values extends Record<FieldType, unknown>> = {
  [D in ActionName]: Flat<
    { readonly do: D } & Needed<(typeof targetFields)[Actions[D]["to"]], Values> &
      Possible<(typeof targetFields)[Actions[D]["to"]], Values> &
      Needed<Actions[D], Values> &
      Possible<Actions[D], Values>
  >;
}[ActionName];

/** The row of an action; undefined where there is none of the name. */
export function actionRow(name: string): ActionRow | undefined {
  return Object.hasOwn(actions, name) ? actions[name as ActionName] : undefined;
}

/** The actions that can be done to objects of a kind. */
export function actionsOn(kind: string): readonly ActionName[] {
  const row = kinds.named(kind);
  if (row === undefined) return [];
  return (Object.keys(actions) as ActionName[]).filter((name) => actions[name].can(row));
}
