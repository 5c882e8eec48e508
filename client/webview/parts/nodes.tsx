/** The nodes at the playhead as boxes: pods as marks, room left as a bar; thousands of pods still draw. */
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Stage, spanAt } from "../../../simulator/insight/lives.ts";
import type { ViewObject } from "../../../simulator/view.ts";
import { cpu, say } from "../messages/words.ts";
import { taintText } from "../picture/left-out.ts";
import * as model from "../state/model.ts";
import { seek } from "../state/playhead.ts";
import { Icon } from "./icon.tsx";
import { nodeMenu } from "./menus.tsx";
import { Section } from "./section.tsx";

interface Mark {
  readonly name: string;
  readonly stage: Stage | "other";
  readonly old: boolean;
}

interface NodeModel {
  readonly node: ViewObject<"Node">;
  readonly marks: readonly Mark[];
  readonly used: number;
  readonly left: string;
}

/** Who is on which node at the playhead. */
function nodesNow(): readonly NodeModel[] {
  const seen = model.now.value;
  if (!seen) return [];
  const at = (model.result.value?.from ?? 0) + model.time.value;
  const mine = new Map(model.lives.value.map((life) => [life.uid, life]));
  const newest = model.rollout.value?.newest;
  const byNode = new Map<string, { marks: Mark[]; used: number }>();
  for (const pod of seen.Pod) {
    const { state } = pod;
    if (state.phase === "Succeeded" || state.phase === "Failed") continue;
    let here = byNode.get(state.node);
    if (!here) {
      here = { marks: [], used: 0 };
      byNode.set(state.node, here);
    }
    const life = mine.get(pod.uid);
    here.used += state.cpu;
    here.marks.push({
      name: pod.name,
      stage: life ? (spanAt(life, at)?.stage ?? "other") : "other",
      old: newest !== undefined && life !== undefined && life.revision !== newest,
    });
  }
  const out = new Map(model.leftOut.value.map((one) => [one.node, one]));
  return seen.Node.map((node) => {
    const here = byNode.get(node.name) ?? { marks: [], used: 0 };
    const why = out.get(node.name);
    const left =
      why && here.marks.length === 0
        ? why.taint
          ? say("byTaintShort", { taint: shortTaint(taintText(why.taint)) })
          : say(why.why === "name" ? "leftOutName" : "leftOutAffinity")
        : "";
    return { node, ...here, left };
  });
}

/** The prefix of a well-known taint says less than it takes room. */
const shortTaint = (text: string): string => text.replace(/^node-role\.kubernetes\.io\//, "…/");

/** Nodes beyond which each is a cell of marks without words, and beyond which all of them are one drawing. */
const mostBoxes = 24;
const mostCells = 120;

export function Nodes() {
  const all = nodesNow();
  const out = all.filter((one) => one.left !== "");
  const shown = all.filter((one) => one.left === "");
  const note =
    out.length === 0
      ? say("nodesCount", { n: all.length })
      : out.length === 1
        ? say("nodesLeftOutOne", { n: all.length })
        : say("nodesLeftOut", { n: all.length, out: out.length });
  return (
    <Section id="nodes" title={say("nodes")} note={note}>
      {shown.length <= mostBoxes ? (
        <div class="nodes">
          {shown.map((one) => (
            <NodeBox key={one.node.uid} one={one} />
          ))}
        </div>
      ) : shown.length <= mostCells ? (
        <div class="cells">
          {shown.map((one) => (
            <Cell key={one.node.uid} one={one} />
          ))}
        </div>
      ) : (
        <NodeField nodes={shown} />
      )}
      {out.slice(0, 6).map((one) => (
        <p key={one.node.uid} class="left-out" data-node={one.node.name} data-pods="0">
          <Icon name="ban" />
          <span>
            <b>{one.node.name}</b> <span data-part="reason">{one.left}</span>
          </span>
        </p>
      ))}
      {out.length > 6 && <small>{say("andMore", { n: out.length - 6 })}</small>}
    </Section>
  );
}

function stateOf(one: NodeModel): string {
  const words: string[] = [];
  if (model.lostNodes.value.includes(one.node.name)) words.push(say("lost"));
  else if (!one.node.state.ready) words.push(say("notReady"));
  if (one.node.state.unschedulable) words.push(say("cordoned"));
  return words.join(", ");
}

const choose = (name: string): void => {
  model.chosenPod.value = name;
};

function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  return (
    <>
      {marks.map((mark) => (
        <i
          key={mark.name}
          class={`mark ${mark.stage}${mark.old ? " old" : ""}${model.chosenPod.value === mark.name ? " chosen" : ""}`}
          title={mark.name}
          data-state={mark.stage}
          onClick={() => choose(mark.name)}
        />
      ))}
    </>
  );
}

function NodeBox({ one }: { readonly one: NodeModel }) {
  const { node, marks, used } = one;
  const share = node.state.cpu ? Math.min(100, (used / node.state.cpu) * 100) : 0;
  const word = stateOf(one);
  const open = (event: MouseEvent | KeyboardEvent) => nodeMenu(event, node.name);
  return (
    <div class={`node${word ? " troubled" : ""}`} data-node={node.name} data-pods={marks.length} onContextMenu={open}>
      <button type="button" class="top" aria-haspopup="menu" onClick={open}>
        <b>{node.name}</b>
        {word && <small>{word}</small>}
      </button>
      <div class="marks">
        <Marks marks={marks} />
      </div>
      <div class="meter">
        <i style={{ width: `${share}%` }} />
      </div>
      <small>
        {node.state.cpu && used > 0
          ? say("cpuOf", {
              used: cpu(used).replace(/^(\d+)m$/, (_, milli: string) => String(Number(milli) / 1000)),
              all: String(node.state.cpu / 1000),
            })
          : say(marks.length === 1 ? "podCountOne" : "podCount", { n: marks.length })}
      </small>
    </div>
  );
}

function Cell({ one }: { readonly one: NodeModel }) {
  const word = stateOf(one);
  return (
    <button
      type="button"
      class={`cell${word ? " troubled" : ""}`}
      title={`${one.node.name}${word ? `, ${word}` : ""}: ${one.marks.length}`}
      aria-label={`${one.node.name}${word ? `, ${word}` : ""}: ${say("podCount", { n: one.marks.length })}`}
      data-node={one.node.name}
      data-pods={one.marks.length}
      onClick={(event) => nodeMenu(event, one.node.name)}
      onContextMenu={(event) => nodeMenu(event, one.node.name)}
    >
      {one.marks.slice(0, 60).map((mark) => (
        <i key={mark.name} class={`pixel ${mark.stage}${mark.old ? " old" : ""}`} />
      ))}
    </button>
  );
}

const markSize = 3;
const perRow = 4;
const cellWidth = perRow * (markSize + 1) + 3;

/** How urgently a node is to be seen: those in trouble, then the fullest. */
const rank = (one: NodeModel): number =>
  (stateOf(one) ? 2_000 : 0) +
  (one.marks.some(({ stage }) => stage === "pending" || stage === "backoff" || stage === "failing") ? 1_000 : 0) +
  one.marks.length;

/** Hundreds of nodes on one canvas, those in trouble first; the pointer names them, arrow keys walk them. */
function NodeField({ nodes }: { readonly nodes: readonly NodeModel[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const order = useRef<{ key: string; names: readonly string[] }>({ key: "", names: [] });
  const key = `${nodes.length}`;
  // Sorted once for each number of nodes: boxes that jump about while time passes could not be followed.
  if (order.current.key !== key)
    order.current = { key, names: [...nodes].sort((a, b) => rank(b) - rank(a)).map((one) => one.node.name) };
  const byName = new Map(nodes.map((one) => [one.node.name, one]));
  const sorted = order.current.names.flatMap((name) => byName.get(name) ?? []);
  const most = Math.max(1, ...sorted.map((one) => one.marks.length));
  const lines = Math.min(8, Math.ceil(most / perRow));
  const cellHeight = lines * (markSize + 1) + 3;
  const perLine = Math.max(1, Math.floor((model.centre.value - 40) / cellWidth));
  const width = perLine * cellWidth;
  const height = Math.ceil(sorted.length / perLine) * cellHeight;
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !canvas.current) return;
    const style = getComputedStyle(document.body);
    const colour = (name: string) => style.getPropertyValue(name).trim() || "#888";
    const colours: Partial<Record<Mark["stage"], string>> = {
      ready: colour("--vscode-charts-green"),
      pending: colour("--vscode-charts-yellow"),
      unready: colour("--vscode-charts-yellow"),
      failing: colour("--vscode-charts-red"),
      backoff: colour("--vscode-charts-red"),
      unknown: colour("--vscode-charts-purple"),
      other: "rgba(128,128,128,.6)",
      stopping: "rgba(128,128,128,.8)",
    };
    const busy = colour("--vscode-charts-blue");
    context.clearRect(0, 0, width, height);
    sorted.forEach((one, index) => {
      const x = (index % perLine) * cellWidth;
      const y = Math.floor(index / perLine) * cellHeight;
      context.strokeStyle = stateOf(one) ? (colours.failing ?? "#f00") : "rgba(128,128,128,.35)";
      context.strokeRect(x + 0.5, y + 0.5, cellWidth - 2, cellHeight - 2);
      one.marks.slice(0, perRow * lines).forEach((mark, place) => {
        context.globalAlpha = mark.old && mark.stage === "ready" ? 0.45 : 1;
        context.fillStyle = colours[mark.stage] ?? busy;
        context.fillRect(
          x + 2 + (place % perRow) * (markSize + 1),
          y + 2 + Math.floor(place / perRow) * (markSize + 1),
          markSize,
          markSize,
        );
      });
      context.globalAlpha = 1;
    });
  });
  const at = (event: MouseEvent): string | undefined => {
    const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
    const index =
      Math.floor((event.clientY - top) / cellHeight) * perLine + Math.floor((event.clientX - left) / cellWidth);
    return sorted[index]?.node.name;
  };
  return (
    <canvas
      ref={canvas}
      class="field"
      width={width}
      height={height}
      tabIndex={0}
      role="img"
      aria-label={say("podCount", { n: nodes.reduce((sum, one) => sum + one.marks.length, 0) })}
      onPointerMove={(event) => {
        const name = at(event);
        const one = name === undefined ? undefined : byName.get(name);
        event.currentTarget.title = one
          ? `${one.node.name}: ${say("podCount", { n: one.marks.length })}${stateOf(one) ? `, ${stateOf(one)}` : ""}`
          : "";
      }}
      onContextMenu={(event) => {
        const name = at(event);
        if (name !== undefined) nodeMenu(event, name);
      }}
      onDblClick={() => seek(model.time.value)}
    />
  );
}
