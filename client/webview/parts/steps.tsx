/** The lane of chips above the ruler. A chip of a person's step can be moved, changed and removed. */
import { clock, say } from "../messages/words.ts";
import { joined, type Mark, marksOf } from "../picture/marks.ts";
import { ticksOf } from "../picture/ticks.ts";
import * as model from "../state/model.ts";
import { seek } from "../state/playhead.ts";
import { changeStep, moveStep, removeStep } from "../state/trying.ts";
import { ask } from "./ask.tsx";
import { percent, Row } from "./grid.tsx";
import { Icon } from "./icon.tsx";
import { openMenu } from "./menu.tsx";
import { trackWidth } from "./ruler.tsx";

/** The marks of the run that is shown. */
export function shownMarks(): readonly Mark[] {
  const { mode, trial, verdict, rollout, refusals } = model;
  const { moving } = model;
  const steps = trial.value.steps.map((step) =>
    moving.value?.id === step.id ? { ...step, at: moving.value.at } : step,
  );
  return marksOf(mode.value, steps, verdict.value, rollout.value?.takes ?? 0, refusals.value);
}

function editStep(mark: Mark, at: Element): void {
  const { step } = mark;
  if (!step) return;
  const { action } = step;
  if (action.do === "scale") {
    const answer = (value: string) =>
      changeStep(step.id, { action: { ...action, replicas: Math.max(0, Math.round(Number(value))) } });
    ask(at, { title: say("ask", { what: mark.text }), value: String(action.replicas), number: true, answer });
  } else if (action.do === "setImage") {
    ask(at, {
      title: say("ask", { what: mark.text }),
      value: action.image,
      answer: (image) => changeStep(step.id, { action: { ...action, image } }),
    });
  } else {
    const answer = (value: string) => moveStep(step.id, Number(value) * 1000);
    ask(at, {
      title: say("ask", { what: mark.text }),
      value: String(step.at / 1000),
      unit: say("s"),
      number: true,
      answer,
    });
  }
}

/** What can be done with a chip. */
function chipMenu(mark: Mark, event: MouseEvent | Element): void {
  const anchor = event instanceof Element ? event : (event.currentTarget as Element);
  const all = [mark, ...mark.others].filter((one) => one.step !== null);
  if (all.length === 0) {
    seek(mark.time);
    return;
  }
  openMenu(
    event,
    say("at", { time: clock(mark.time), what: mark.text }),
    all.flatMap((one, index) => {
      const { step } = one;
      if (!step) return [];
      const name = all.length > 1 ? `${one.text}: ` : "";
      return [
        ...(index > 0 ? [null] : []),
        { icon: "pencil" as const, text: `${name}${say("editStep")}`, run: () => editStep(one, anchor) },
        { icon: "flag" as const, text: `${name}${say("moveHere")}`, run: () => moveStep(step.id, model.time.value) },
        {
          icon: "trash" as const,
          text: `${name}${say("removeStep")}`,
          ...(index === 0 ? { key: "Del" } : {}),
          run: () => removeStep(step.id),
        },
      ];
    }),
  );
}

/** Pixels after which a press is a drag. */
const slack = 4;

function Chip({ mark }: { readonly mark: Mark }) {
  const { step } = mark;
  const x = model.scale.value.x(mark.time);
  const drag = (event: PointerEvent): void => {
    if (!step || event.button !== 0 || mark.others.length > 0) return;
    const chip = event.currentTarget as HTMLElement;
    const width = trackWidth();
    const origin = event.clientX;
    let moved = false;
    chip.setPointerCapture(event.pointerId);
    const move = (now: PointerEvent): void => {
      if (!moved && Math.abs(now.clientX - origin) < slack) return;
      moved = true;
      const at = Math.max(0, model.scale.value.time(x + ((now.clientX - origin) / width) * 100));
      model.moving.value = { id: step.id, at };
    };
    const end = (): void => {
      chip.removeEventListener("pointermove", move);
      const to = model.moving.value;
      model.moving.value = null;
      if (moved && to) {
        moveStep(to.id, to.at);
        chip.addEventListener("click", (click) => click.stopImmediatePropagation(), { capture: true, once: true });
      }
    };
    chip.addEventListener("pointermove", move);
    chip.addEventListener("pointerup", end, { once: true });
    chip.addEventListener("pointercancel", end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!step) return;
    if (event.key === "Delete" || event.key === "Backspace") removeStep(step.id);
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const by = (event.key === "ArrowLeft" ? -1 : 1) * (event.shiftKey ? 10_000 : 1_000);
      moveStep(step.id, step.at + by);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      type="button"
      class={`chip${step ? " step" : ""}${mark.end ? " end" : ""}${mark.bad ? " bad" : ""}${mark.refused ? " refused" : ""}${model.moving.value?.id === step?.id && step ? " held" : ""}`}
      style={{ left: percent(x) }}
      title={mark.refused ?? say("at", { time: clock(mark.time), what: mark.text })}
      aria-label={say("stepAt", { time: clock(mark.time), what: mark.text })}
      data-chip={mark.key}
      {...(step ? { "aria-haspopup": "menu" } : {})}
      onPointerDown={drag}
      onKeyDown={onKeyDown}
      onClick={(event) => chipMenu(mark, event)}
      onContextMenu={(event) => chipMenu(mark, event)}
    >
      <Icon name={mark.icon} />
      {mark.text}
    </button>
  );
}

export function StepLane() {
  const marks = joined(shownMarks(), model.scale.value, trackWidth());
  return (
    <Row
      kind="steps"
      label={
        <button
          type="button"
          class="link what-if"
          aria-expanded={model.whatIfOpen.value}
          data-part="what-if"
          onClick={() => (model.whatIfOpen.value = !model.whatIfOpen.value)}
        >
          <Icon name="plus" />
          {say("whatIf")}
        </button>
      }
      track={marks.map((mark) => <Chip key={mark.key} mark={mark} />)}
    />
  );
}

/** The lines of the marks through all rows, and the folds. */
export function Overlay() {
  const scale = model.scale.value;
  return (
    <div class="over" aria-hidden="true">
      {ticksOf(scale, trackWidth()).map((tick) => (
        <i key={`tick ${tick.time}`} class="grid-line" style={{ left: percent(tick.x) }} />
      ))}
      {scale.folds.map((fold) => (
        <i
          key={fold.from}
          class="fold"
          style={{ left: percent(scale.x(fold.from)), width: percent(scale.x(fold.to) - scale.x(fold.from)) }}
        />
      ))}
      {shownMarks()
        .filter((mark) => mark.time >= scale.start && mark.time <= scale.end)
        .map((mark) => (
          <i
            key={mark.key}
            class={`mark-line${mark.time === 0 ? " zero" : ""}${mark.bad ? " bad" : ""}`}
            style={{ left: percent(scale.x(mark.time)) }}
          />
        ))}
    </div>
  );
}
