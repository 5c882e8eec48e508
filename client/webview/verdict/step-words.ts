/** A step of a person in words: as a chip on the axis, and as the cause in a sentence. */
import type { Action } from "../../../simulator/scenario/scenario.ts";
import { say } from "../messages/words.ts";

/** `Drain worker-1`, `Scale to 6`, `Image nginx:1.28`. */
export function stepWords(action: Action): string {
  switch (action.do) {
    case "scale":
      return say("sScale", { n: action.replicas });
    case "setImage":
      return say("sSetImage", { image: action.image });
    case "undo":
      return action.toRevision === undefined ? say("sUndoLast") : say("sUndo", { n: action.toRevision });
    case "restart":
      return say("sRestart");
    case "pause":
      return say("sPause");
    case "resume":
      return say("sResume");
    case "delete":
      return say("sDelete", { name: action.name });
    case "deletePod":
      return say("sDeletePod", { name: ending(action.pod) });
    case "evict":
      return say("sEvict", { name: ending(action.pod) });
    case "setCondition":
      return say(action.status === "True" ? "sTrue" : "sNotTrue", { name: ending(action.pod), type: action.type });
    case "stopKubelet":
      return say("sStopKubelet", { name: action.name });
    case "startKubelet":
      return say("sStartKubelet", { name: action.name });
    case "behave":
      return say("sFault", { name: action.behaviour.on.name ?? action.behaviour.on.kind ?? "" });
    case "drain":
      return say("sDrain", { name: action.name });
    case "cordon":
      return say("sCordon", { name: action.name });
    case "uncordon":
      return say("sUncordon", { name: action.name });
    case "taint":
      return say("sTaint", { name: action.name });
    case "untaint":
      return say("sUntaint", { name: action.name });
    case "labelNode":
      return say("sLabel", { name: action.name });
    case "nodeLost":
      return say("sLose", { name: action.name });
    case "nodeBack":
      return say("sBack", { name: action.name });
    case "addNode":
      return say("sAddNode", { name: action.node.name });
    case "removeNode":
      return say("sRemoveNode", { name: action.name });
    case "fault":
      return say("sFault", { name: action.fault.on.name ?? action.fault.on.kind ?? "" });
    case "load":
      return say("sLoad", { name: loadName(action.load) });
    case "apply":
      return say("sApply", { name: action.object.metadata.name ?? action.object.kind });
    case "patch":
      return say("sPatch", { name: action.name });
    case "request":
      return requestWords(action.request);
  }
}

/** `worker-1 is drained`, for the middle of a sentence. */
export function causeWords(action: Action): string {
  switch (action.do) {
    case "drain":
      return say("pDrain", { name: action.name });
    case "nodeLost":
      return say("pLose", { name: action.name });
    case "removeNode":
      return say("pRemoveNode", { name: action.name });
    case "taint":
      return say("pTaint", { name: action.name });
    case "deletePod":
    case "evict":
      return say("pDeletePod", { name: action.pod });
    case "scale":
      return say("pScale", { n: action.replicas });
    default:
      return say("pOther", { what: stepWords(action) });
  }
}

/** The end of a pod's name that tells it from its siblings: `fnpzg` of `web-7c75d9c49c-fnpzg`. */
export function ending(name: string): string {
  return name.slice(name.lastIndexOf("-") + 1) || name;
}

const requestWord = {
  create: "sCreate",
  update: "sReplace",
  patch: "sPatch",
  delete: "sDelete",
  deletecollection: "sDeleteAll",
} as const;

/** What a tool asked of the API server: `Patch web`, `Scale to 3`. */
function requestWords({
  verb,
  resource,
  subresource,
  name,
  body,
}: Extract<Action, { do: "request" }>["request"]): string {
  const { spec, metadata } = (body ?? {}) as {
    readonly spec?: { readonly replicas?: number };
    readonly metadata?: { readonly name?: string };
  };
  if (subresource === "scale" && spec?.replicas !== undefined) return say("sScale", { n: spec.replicas });
  const what = name || metadata?.name || resource;
  return subresource === "eviction" ? say("sEvict", { name: ending(what) }) : say(requestWord[verb], { name: what });
}

/** Of what a load is: a workload, an object, or the names of external metrics. */
function loadName(load: Extract<Action, { do: "load" }>["load"]): string {
  if ("of" in load) return load.of.name;
  return "object" in load ? load.object.name : Object.keys(load.external).join(", ");
}
