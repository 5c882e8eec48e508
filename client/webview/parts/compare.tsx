/** A second run under the first on the same axis, their figures side by side, the better ones marked. */
import { useMemo } from "preact/hooks";
import { rolloutVerdict } from "../../../simulator/insight/verdict.ts";
import { say } from "../messages/words.ts";
import { groupsOf } from "../picture/rows.ts";
import { tell } from "../state/host.ts";
import * as model from "../state/model.ts";
import { strategyOf } from "../state/play.ts";
import { compareWith } from "../state/trying.ts";
import type { Figure } from "../verdict/figures.ts";
import { Bars } from "./bars.tsx";
import { Row } from "./grid.tsx";
import { variantWord } from "./headline.tsx";
import { Icon } from "./icon.tsx";
import { AvailableLine } from "./line.tsx";

/** Which of two figures is better: -1 the first, 1 the second, 0 neither. */
export function betterOf(a: Figure, b: Figure): -1 | 0 | 1 {
  if (a.better === null || a.amount === b.amount) return 0;
  const first = a.better === "less" ? a.amount < b.amount : a.amount > b.amount;
  return first ? -1 : 1;
}

function Value({ one, wins }: { readonly one: Figure; readonly wins: boolean }) {
  return (
    <td class={wins ? "better" : ""}>
      {one.value}
      {one.of && <i> {one.of}</i>}
      {wins && (
        <>
          <Icon name="check" />
          <span class="unseen">{say("better")}</span>
        </>
      )}
    </td>
  );
}

/** The four figures of both runs. */
export function CompareTable() {
  const { result, other, otherRollout, target, variant, figures } = model;
  const second = other.value;
  if (!variant.value || !second || !otherRollout.value || !target.value || !result.value) return null;
  const about = rolloutVerdict(second.trace, target.value, second.from, otherRollout.value, {
    mode: second.wanted.mode,
  });
  const theirs = model.figuresOf(second, target.value, otherRollout.value, about);
  const ours = figures.value;
  return (
    <table class="deltas" data-part="compare">
      <thead>
        <tr>
          <th scope="col">
            <span class="unseen">{say("compareTool")}</span>
          </th>
          {ours.map((one) => (
            <th key={one.key} scope="col">
              {one.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[
          { letter: "A", name: say("cmpText"), list: ours, sign: -1 },
          { letter: "B", name: variantWord(variant.value), list: theirs, sign: 1 },
        ].map(({ letter, name, list, sign }) => (
          <tr key={letter}>
            <th scope="row">
              <b class="letter">{letter}</b>
              {name}
            </th>
            {list.map((one, index) => {
              const [a, b] = [ours[index], theirs[index]];
              return (
                <Value key={one.key} one={one} wins={a !== undefined && b !== undefined && betterOf(a, b) === sign} />
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Writes the strategy of the second run into the manifest. */
function useThis(): void {
  const focus = model.shown.value;
  const strategy = model.variant.value ? strategyOf(model.variant.value) : null;
  if (!focus || !strategy) return;
  tell({
    type: "write",
    focus: { kind: focus.kind, name: focus.name, namespace: focus.namespace },
    path: ["spec", "strategy"],
    value: strategy,
  });
}

/** The head of a run in the picture. */
export function RunHead({
  letter,
  name,
  mine,
}: {
  readonly letter: string;
  readonly name: string;
  readonly mine: boolean;
}) {
  return (
    <div class="row run-head">
      <div class="label">
        <b class="letter">{letter}</b>
        <span>{name}</span>
      </div>
      <div class="state">
        {!mine && model.variant.value && strategyOf(model.variant.value) && (
          <button type="button" class="button second" data-part="use-this" onClick={useThis}>
            {say("useThis")}
          </button>
        )}
        {!mine && (
          <button
            type="button"
            class="tool"
            title={say("stopCompare")}
            aria-label={say("stopCompare")}
            onClick={() => compareWith(null)}
          >
            <Icon name="close" />
          </button>
        )}
      </div>
    </div>
  );
}

/** A run drawn small: the line and thin rows. */
export function SmallRun({ second }: { readonly second: boolean }) {
  const found = second ? model.other.value : model.result.value;
  const rollout = second ? model.otherRollout.value : model.rollout.value;
  const name = model.target.value;
  const scale = model.scale.value;
  const groups = useMemo(
    () => (found && name && rollout ? groupsOf(found.trace, name, rollout.lives, rollout.newest) : []),
    [found, name, rollout],
  );
  if (!found || !rollout) return null;
  return (
    <>
      <AvailableLine rollout={rollout} scale={scale} from={found.from} height={60} />
      {groups.map((group) => (
        <div key={group.key} class="crowd">
          {group.lives.slice(0, 60).map((life) => (
            <Row
              key={life.uid}
              kind="dense"
              title={life.name}
              track={<Bars life={life} scale={scale} from={found.from} old={!group.isNew} />}
            />
          ))}
        </div>
      ))}
    </>
  );
}
