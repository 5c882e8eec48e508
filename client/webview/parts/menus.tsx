/** What can be done with a pod, a node, a revision: every item becomes a step at the playhead. */
import { type Life, spanAt } from "../../../simulator/insight/lives.ts";
import type { Action } from "../../../simulator/scenario/scenario.ts";
import { clock, say } from "../messages/words.ts";
import type { Group } from "../picture/rows.ts";
import * as model from "../state/model.ts";
import { act, tryWhatIf } from "../state/trying.ts";
import { ask } from "./ask.tsx";
import type { MenuItem } from "./menu.tsx";
import { openMenu } from "./menu.tsx";

const anchorOf = (event: Event): Element => event.currentTarget as Element;
const placeOf = (event: MouseEvent | KeyboardEvent): MouseEvent | Element =>
  event instanceof MouseEvent ? event : anchorOf(event);
const now = (): string => clock(model.time.value);
const target = () => {
  const name = model.target.value;
  return { kind: name?.kind ?? "", name: name?.name ?? "", namespace: name?.namespace ?? "default" };
};

/** Nothing can be done before the change: what is there then is what the text before it made. */
const doNow = (action: Action): void => act(action, Math.max(0, model.time.value));

function nodeItems(name: string): readonly (MenuItem | null)[] {
  const node = model.now.value?.Node.find((one) => one.name === name)?.state;
  if (!node) return [];
  const isLost = model.lostNodes.value.includes(name);
  return [
    { icon: "drain", text: say("drain", { node: name }), key: "D", run: () => doNow({ do: "drain", name }) },
    node.unschedulable
      ? { icon: "check", text: say("uncordon", { node: name }), run: () => doNow({ do: "uncordon", name }) }
      : { icon: "ban", text: say("cordon", { node: name }), run: () => doNow({ do: "cordon", name }) },
    isLost
      ? { icon: "power", text: say("bringBack", { node: name }), key: "L", run: () => doNow({ do: "nodeBack", name }) }
      : { icon: "skull", text: say("lose", { node: name }), key: "L", run: () => doNow({ do: "nodeLost", name }) },
  ];
}

function workloadItems(anchor: Element): readonly (MenuItem | null)[] {
  const name = target();
  const items: MenuItem[] = [];
  if (["Deployment", "StatefulSet", "ReplicaSet"].includes(name.kind)) {
    const replicas = String((model.spec.value as { replicas?: number }).replicas ?? 1);
    const answer = (value: string) => doNow({ do: "scale", ...name, replicas: Math.max(0, Math.round(Number(value))) });
    items.push({
      icon: "scale",
      text: say("scaleTo"),
      key: "S",
      run: () => ask(anchor, { title: say("scaleTo"), value: replicas, number: true, answer }),
    });
  }
  if (["Deployment", "StatefulSet", "DaemonSet"].includes(name.kind))
    items.push({ icon: "restart", text: say("restartRollout"), run: () => doNow({ do: "restart", ...name }) });
  if (name.kind === "Deployment") {
    const paused = model.now.value?.Deployment.find((one) => one.name === name.name && one.namespace === name.namespace)
      ?.state.paused;
    items.push(
      paused
        ? { icon: "play", text: say("resumeRollout"), run: () => doNow({ do: "resume", ...name }) }
        : { icon: "pause", text: say("pauseRollout"), run: () => doNow({ do: "pause", ...name }) },
    );
  }
  return items;
}

export function podMenu(event: MouseEvent | KeyboardEvent, life: Life): void {
  const anchor = anchorOf(event);
  const at = say("menuAt", {
    name: life.node === "" ? life.name : `${life.name} ${say("onNode", { node: life.node })}`,
    time: now(),
  });
  const pod = { pod: life.name, namespace: life.namespace };
  const isReady = spanAt(life, (model.result.value?.from ?? 0) + model.time.value)?.stage === "ready";
  const status = isReady ? "False" : "True";
  openMenu(placeOf(event), at, [
    { icon: "trash", text: say("deletePod"), key: "Del", run: () => doNow({ do: "deletePod", ...pod }) },
    { icon: "drain", text: say("evictPod"), key: "E", run: () => doNow({ do: "evict", ...pod }) },
    {
      icon: "power",
      text: say(isReady ? "unreadyPod" : "readyPod"),
      key: "R",
      run: () => doNow({ do: "setCondition", ...pod, type: "Ready", status }),
    },
    null,
    ...(life.node === "" ? [] : [...nodeItems(life.node), null]),
    ...workloadItems(anchor),
  ]);
}

export function nodeMenu(event: MouseEvent | KeyboardEvent, name: string): void {
  const nodes = model.now.value?.Node ?? [];
  const like = nodes.find((one) => one.name === name)?.state;
  const fresh = `worker-${nodes.length + 1}`;
  openMenu(placeOf(event), say("menuAt", { name, time: now() }), [
    ...nodeItems(name),
    { icon: "trash", text: say("removeNode", { node: name }), run: () => doNow({ do: "removeNode", name }) },
    {
      icon: "ban",
      text: say("taintNode", { node: name }),
      run: () => doNow({ do: "taint", name, key: "example.com/taken", effect: "NoSchedule" }),
    },
    null,
    {
      icon: "plus",
      text: say("addNode"),
      run: () =>
        doNow({
          do: "addNode",
          node: {
            name: fresh,
            labels: { ...like?.labels, "kubernetes.io/hostname": fresh },
            allocatable: model.workerSize(),
          },
        }),
    },
  ]);
}

export function groupMenu(event: MouseEvent | KeyboardEvent, group: Group): void {
  const name = target();
  const anchor = anchorOf(event);
  const items: (MenuItem | null)[] = [];
  if (group.revision !== null && !group.isNew && name.kind === "Deployment") {
    const { revision } = group;
    items.push({
      icon: "undo",
      text: say("undoTo", { n: revision }),
      key: "U",
      run: () => doNow({ do: "undo", ...name, toRevision: revision }),
    });
  }
  items.push(...workloadItems(anchor));
  if (group.isNew) {
    items.push(
      null,
      { icon: "image", text: say("breakImage"), run: () => tryWhatIf("image-pull", true) },
      { icon: "ban", text: say("breakReady"), run: () => tryWhatIf("never-ready", true) },
      { icon: "bolt", text: say("breakCrash"), run: () => tryWhatIf("crash-loop", true) },
    );
  }
  openMenu(
    placeOf(event),
    say("menuAt", {
      name: group.revision === null ? group.maker : say("revision", { n: group.revision }),
      time: now(),
    }),
    items,
  );
}

/** On the axis itself: what is done at a time rather than to a thing. */
export function timeMenu(event: MouseEvent): void {
  openMenu(event, clock(model.time.value), workloadItems(anchorOf(event)));
}
