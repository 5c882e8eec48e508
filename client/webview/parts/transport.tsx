/** Play, step and scrub; every key of it works wherever the panel has the focus. */
import { duration, say } from "../messages/words.ts";
import { seek, stepTo, toggle } from "../state/actions.ts";
import { added, end, playing, speed, time } from "../state/model.ts";
import { moment } from "./moment.ts";

const speeds = [0, 1, 10, 60, 600, 3600];

export function onKey(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.matches("input:not([type=range]), select, summary")) return;
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => stepTo(-1),
    ArrowRight: () => stepTo(1),
    Home: () => seek(0),
    End: () => seek(end.value),
    ...(target.matches("button") ? {} : { " ": toggle }),
  };
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  if (event.key !== " ") playing.value = false;
  act();
}

export function Transport() {
  return (
    <fieldset class="transport" aria-label={say("time")}>
      <button type="button" title={`${say("previous")} (←)`} aria-label={say("previous")} onClick={() => stepTo(-1)}>
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M4 3v10M13 3L6 8l7 5z" />
        </svg>
      </button>
      <button type="button" class="primary" data-part="play" onClick={toggle}>
        {playing.value ? say("pause") : say("play")}
      </button>
      <button type="button" title={`${say("next")} (→)`} aria-label={say("next")} onClick={() => stepTo(1)}>
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <path d="M12 3v10M3 3l7 5-7 5z" />
        </svg>
      </button>
      <input
        type="range"
        min="0"
        max={end.value}
        step="1"
        value={time.value}
        aria-label={say("time")}
        aria-valuetext={moment(time.value)}
        data-part="scrubber"
        list="moments"
        onInput={(event) => {
          playing.value = false;
          seek(Number(event.currentTarget.value));
        }}
      />
      <datalist id="moments">
        {added.value.map(({ at }) => (
          <option key={at} value={at} />
        ))}
      </datalist>
      <output data-part="time">
        {duration(time.value)} / {duration(end.value)}
      </output>
      <label>
        {say("speed")}{" "}
        <select value={speed.value} onChange={(event) => (speed.value = Number(event.currentTarget.value))}>
          {speeds.map((one) => (
            <option key={one} value={one}>
              {one === 0 ? say("automatic") : `${one}×`}
            </option>
          ))}
        </select>
      </label>
    </fieldset>
  );
}
