/** The row of a pod. */
import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Life } from "../../../simulator/insight/lives.ts";
import * as model from "../state/model.ts";
import { ending } from "../verdict/step-words.ts";
import { Bars } from "./bars.tsx";
import { hideCard, showCard } from "./card.tsx";
import { Row } from "./grid.tsx";
import { podMenu } from "./menus.tsx";
import { doing, GlyphNow, WordNow } from "./now.tsx";
import { type Frame, rowKeys, stagesInWords, stop } from "./row-frame.ts";

interface PodRowProps extends Frame {
  readonly life: Life;
  readonly old: boolean;
  readonly first: boolean;
}

export function PodRow({ life, old, scale, from, first }: PodRowProps) {
  const bars = useMemo(() => <Bars life={life} scale={scale} from={from} old={old} />, [life, scale, from, old]);
  const isAbsent = useComputed(() => ["gone", "absent"].includes(doing([life], from + model.time.value)));
  const open = (event: MouseEvent | KeyboardEvent) => podMenu(event, life);
  return (
    <Row
      kind={`pod${isAbsent.value ? " absent" : ""}${model.chosenPod.value === life.name ? " chosen" : ""}`}
      role="row"
      {...stop(first)}
      data-row={life.name}
      data-pod={life.name}
      aria-label={`${life.name}, ${life.node}. ${stagesInWords(life, from)}`}
      onContextMenu={open}
      onKeyDown={rowKeys(open)}
      onClick={() => (model.chosenPod.value = model.chosenPod.value === life.name ? null : life.name)}
      onPointerEnter={(event: PointerEvent) => showCard(event, life)}
      onPointerLeave={hideCard}
      onFocus={(event: FocusEvent) => showCard(event, life)}
      onBlur={hideCard}
      label={
        <>
          <GlyphNow lives={[life]} />
          <span class="name">{ending(life.name)}</span>
          <span class="where">{life.node}</span>
          <button type="button" class="dots" tabIndex={-1} aria-hidden="true" onClick={open}>
            …
          </button>
        </>
      }
      track={bars}
      state={<WordNow lives={[life]} />}
    />
  );
}
