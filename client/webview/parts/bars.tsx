/** The bars of a pod's life, and what stands on them: failed tries, waits, exit codes. */
import type { Life } from "../../../simulator/insight/lives.ts";
import { duration } from "../messages/words.ts";
import { barsOf } from "../picture/bars.ts";
import type { Scale } from "../picture/scale.ts";
import { hidden } from "../state/model.ts";
import { percent } from "./grid.tsx";

interface Props {
  readonly life: Life;
  readonly scale: Scale;
  readonly from: number;
  readonly old: boolean;
  /** A failed attempt is outlined. */
  readonly attempt?: boolean;
}

export function Bars({ life, scale, from, old, attempt = false }: Props) {
  const failed = attempt && life.spans.some(({ stage }) => stage === "failed");
  return (
    <>
      {barsOf(life, scale, from).map(({ stage, left, width, cutLeft, cutRight }, index) => {
        const name = failed && stage === "ready" ? "attempt" : stage;
        if (hidden.value.includes(old && stage === "ready" ? "readyOld" : stage)) return null;
        const more = `${old ? " old" : ""}${cutLeft ? " cut-left" : ""}${cutRight ? " cut-right" : ""}`;
        return (
          <i key={index} class={`bar ${name}${more}`} style={{ left: percent(left), width: percent(width) }}>
            {name === "attempt" && <b>{exitCodeOf(life)}</b>}
          </i>
        );
      })}
      <Tries life={life} scale={scale} from={from} />
    </>
  );
}

/** The exit code of a failed pod, from its status word where that names it. */
function exitCodeOf(life: Life): string {
  if (life.exitCode !== null) return String(life.exitCode);
  return /^ExitCode:(\d+)/.exec(life.spans.at(-1)?.status ?? "")?.[1] ?? "";
}

/** Percent that the words of a wait need. */
const room = 9;

/** A cross where a try failed, and the wait until the next one in words where it fits. */
function Tries({ life, scale, from }: Pick<Props, "life" | "scale" | "from">) {
  const fails = life.spans.filter(
    ({ stage }, index) => (stage === "failing" || stage === "backoff") && !isWaiting(life.spans[index - 1]?.stage),
  );
  const inFold = (time: number) => scale.folds.some((fold) => time > fold.from && time < fold.to);
  return (
    <>
      {fails.map((span) => {
        const at = span.from - from;
        const waitEnd = life.spans.find((one) => one.from >= span.to && !isWaiting(one.stage))?.from ?? span.to;
        const until = Math.min(waitEnd - from, scale.end);
        if (at < scale.start || at > scale.end || inFold(at)) return null;
        const x = scale.x(at);
        const wide = until > at && !inFold(until) && scale.x(until) - x > room;
        return (
          <span key={at}>
            <i class="try" style={{ left: percent(x) }} />
            {wide && (
              <span class="wait" style={{ left: percent(x + (scale.x(until) - x) / 2) }}>
                {duration(until - at)}
              </span>
            )}
          </span>
        );
      })}
    </>
  );
}

const isWaiting = (stage: string | undefined): boolean => stage === "failing" || stage === "backoff";
