/** The card of a pod under the pointer or the focus: each stage with its length and its reason. */
import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { type Life, readyAt, spanAt } from "../../../simulator/insight/lives.ts";
import { clock, duration, say } from "../messages/words.ts";
import * as model from "../state/model.ts";

interface Shown {
  readonly life: Life;
  readonly anchor: Element;
}
const shown = signal<Shown | null>(null);
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Milliseconds that the pointer rests before the card comes. */
const patience = 350;

export function showCard(event: Event, life: Life): void {
  const anchor = event.currentTarget as Element;
  clearTimeout(waiting);
  waiting = setTimeout(() => (shown.value = { life, anchor }), shown.value ? 0 : patience);
}

export function hideCard(): void {
  clearTimeout(waiting);
  waiting = setTimeout(() => (shown.value = null), 60);
}

/** Takes the card away; false when there was none. */
export function dropCard(): boolean {
  clearTimeout(waiting);
  if (!shown.value) return false;
  shown.value = null;
  return true;
}

/** Stages that are told; the rest of a pod that tries again and again is counted. */
const mostStages = 8;

export function Card() {
  const box = useRef<HTMLDivElement>(null);
  const one = shown.value;
  useLayoutEffect(() => {
    const element = box.current;
    if (!one || !element) return;
    const { left, bottom, top } = one.anchor.getBoundingClientRect();
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(4, Math.min(left + 140, innerWidth - width - 8))}px`;
    element.style.top = `${Math.max(4, bottom + height + 8 > innerHeight ? top - height - 4 : bottom + 4)}px`;
  }, [one]);
  if (!one) return null;
  const { life } = one;
  const from = model.result.value?.from ?? 0;
  const ready = readyAt(life);
  const now = spanAt(life, from + model.time.value);
  const rows = life.spans.filter(({ stage }) => stage !== "failed" && stage !== "succeeded").slice(0, mostStages);
  const facts = [
    life.node === "" ? say("noNode") : say("onNode", { node: life.node }),
    ...(ready === null ? [] : [say("afterCreation", { time: duration(ready - life.created) })]),
  ];
  return (
    <div
      class="card"
      role="tooltip"
      ref={box}
      data-part="card"
      onPointerEnter={() => clearTimeout(waiting)}
      onPointerLeave={hideCard}
    >
      <p class="title">{life.name}</p>
      <p>{facts.join(", ")}</p>
      <table>
        <tbody>
          {rows.map((span) => {
            const length = span.to === Infinity ? "" : duration(span.to - span.from);
            const start = span.from - from;
            return (
              <tr key={span.from} class={span === now ? "on" : ""}>
                <td>
                  <span class="sample">
                    <i class={`bar ${span.stage}`} />
                  </span>
                  {say(span.stage)}
                </td>
                <td>{length}</td>
                <td>
                  {span.message ??
                    reasonOf(span.status, span.stage) ??
                    (span.to === Infinity
                      ? say("fromOn", { time: clock(start) })
                      : start < 0
                        ? say("before")
                        : say("from", { time: clock(start) }))}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <small>{say("cardHint")}</small>
    </div>
  );
}

/** The status word, where it says more than the stage. */
function reasonOf(status: string, stage: string): string | null {
  return stage === "failing" || stage === "backoff" || status.startsWith("Init:") ? status : null;
}
