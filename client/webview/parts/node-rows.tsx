/** The nodes of a DaemonSet. */
import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { spanAt } from "../../../simulator/insight/lives.ts";
import type { Rollout } from "../../../simulator/insight/rollout.ts";
import { say } from "../messages/words.ts";
import { taintText } from "../picture/left-out.ts";
import { nodeRows, type Row as RowModel } from "../picture/rows.ts";
import { tell } from "../state/host.ts";
import * as model from "../state/model.ts";
import { Bars } from "./bars.tsx";
import { hideCard, showCard } from "./card.tsx";
import { Row } from "./grid.tsx";
import { Icon } from "./icon.tsx";
import { nodeMenu, podMenu } from "./menus.tsx";
import { GlyphNow, WordNow } from "./now.tsx";
import { type Frame, rowKeys, stagesInWords, stop } from "./row-frame.ts";

/** A DaemonSet: a row for each node; one that is left out keeps its row with the reason. */
export function NodeRows({ rollout, scale, from }: Frame & { readonly rollout: Rollout }) {
  const found = model.result.value;
  const rows = useMemo(() => (found ? nodeRows(found.trace, rollout.lives) : []), [found, rollout]);
  return (
    <>
      {rows.map((row, index) => {
        const out = row.lives.length === 0 ? model.leftOut.value.find((one) => one.node === row.name) : undefined;
        if (out)
          return (
            <LeftOutRow key={row.key} name={row.name} why={out.why} taint={out.taint ? taintText(out.taint) : ""} />
          );
        return <NodeRow key={row.key} row={row} rollout={rollout} scale={scale} from={from} first={index === 0} />;
      })}
    </>
  );
}

const whyWords = { taint: "leftOutTaint", affinity: "leftOutAffinity", name: "leftOutName" } as const;

function LeftOutRow({
  name,
  why,
  taint,
}: {
  readonly name: string;
  readonly why: keyof typeof whyWords;
  readonly taint: string;
}) {
  const tolerate = (): void => {
    const one = model.leftOut.value.find(({ node }) => node === name)?.taint;
    const focus = model.shown.value;
    if (!one || !focus) return;
    const value = {
      key: one.key,
      operator: one.value ? "Equal" : "Exists",
      ...(one.value ? { value: one.value } : {}),
      effect: one.effect,
    };
    tell({
      type: "write",
      focus: { kind: focus.kind, name: focus.name, namespace: focus.namespace },
      path: ["spec", "template", "spec", "tolerations", "-"],
      value,
    });
  };
  return (
    <Row
      kind="node-line out"
      data-node={name}
      onContextMenu={(event: MouseEvent) => nodeMenu(event, name)}
      label={
        <>
          <Icon name="ban" />
          <span class="name">{name}</span>
        </>
      }
      track={
        <div class="why" data-part="reason">
          <span>{say(whyWords[why])}</span>
          {why === "taint" && (
            <>
              <button type="button" class="link" onClick={tolerate}>
                {say("tolerate")}
              </button>
              <code>{taint}</code>
            </>
          )}
        </div>
      }
    />
  );
}

function NodeRow({
  row,
  rollout,
  scale,
  from,
  first,
}: Frame & { readonly row: RowModel; readonly rollout: Rollout; readonly first: boolean }) {
  const bars = useMemo(
    () =>
      row.lives.map((life) => (
        <Bars key={life.uid} life={life} scale={scale} from={from} old={life.revision !== rollout.newest} />
      )),
    [row, scale, from, rollout],
  );
  const current = useComputed(
    () => row.lives.findLast((life) => spanAt(life, from + model.time.value) !== null) ?? null,
  );
  const isNew =
    current.value !== null &&
    current.value.revision === rollout.newest &&
    rollout.lives.some((life) => life.revision !== rollout.newest);
  const open = (event: MouseEvent | KeyboardEvent) =>
    current.value ? podMenu(event, current.value) : nodeMenu(event, row.name);
  const hover = (event: PointerEvent | FocusEvent) => current.value && showCard(event, current.value);
  return (
    <Row
      kind="node-line"
      role="row"
      {...stop(first)}
      data-row={row.name}
      data-node={row.name}
      aria-label={`${row.name || say("onNoNode")}. ${row.lives.map((life) => stagesInWords(life, from)).join("; ")}`}
      onContextMenu={open}
      onKeyDown={rowKeys(open)}
      onPointerEnter={hover}
      onPointerLeave={hideCard}
      onFocus={hover}
      onBlur={hideCard}
      label={
        <>
          <GlyphNow lives={row.lives} />
          <span class="name">{row.name || say("onNoNode")}</span>
          {isNew && <span class="tag">{say("isNew")}</span>}
        </>
      }
      track={bars}
      state={<WordNow lives={row.lives} />}
    />
  );
}
