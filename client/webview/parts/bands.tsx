/** Everything that is not a picture: nothing to play, a text that is not valid, a step that no longer works, a fault of ours. */
import { clock, say } from "../messages/words.ts";
import { reveal } from "../state/host.ts";
import * as model from "../state/model.ts";
import { again } from "../state/runs.ts";
import { removeStep } from "../state/trying.ts";
import { stepWords } from "../verdict/step-words.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Rich } from "./rich.tsx";

/** The text is not valid: what and where; the picture below is the last that was. */
function Stale() {
  const problem = model.staleBecause.value;
  if (!model.isStale.value) return null;
  const line = (problem?.range.start.line ?? 0) + 1;
  return (
    <div class="band" role="status" data-part="stale">
      <Icon name="warn" />
      <p>
        <Rich text={say("stale", { line, problem: (problem?.message ?? "").split("\n")[0] ?? "" })} />
      </p>
      {problem && (
        <button type="button" class="link" onClick={() => reveal(problem.range)}>
          {say("goLine", { line })}
        </button>
      )}
    </div>
  );
}

/** Steps that were refused, with the reason; the others are played. */
function RefusedSteps() {
  return (
    <>
      {model.trial.value.steps.map((step) => {
        const why = model.refusals.value.get(step.id);
        if (why === undefined) return null;
        return (
          <div key={step.id} class="band" role="status" data-part="step-refused">
            <Icon name="warn" />
            <p>
              <Rich text={say("stepRefused", { step: stepWords(step.action), time: clock(step.at), why })} />
            </p>
            <button type="button" class="link" onClick={() => removeStep(step.id)}>
              {say("removeStep")}
            </button>
          </div>
        );
      })}
    </>
  );
}

function CannotRun() {
  const why = model.refusal.value;
  return why === null ? null : (
    <div class="band error" role="status" data-part="refused">
      <Icon name="error" />
      <p>{say("cannotRun", { why })}</p>
    </div>
  );
}

export function LeftOutKinds() {
  const others = model.notPlayed.value;
  if (others.length === 0) return null;
  return (
    <p class="not-played" data-part="not-played">
      {say("notPlayedKinds", {
        names:
          others.slice(0, 4).join(", ") + (others.length > 4 ? `, ${say("andMore", { n: others.length - 4 })}` : ""),
      })}
    </p>
  );
}

export function Bands() {
  return (
    <>
      <Stale />
      <CannotRun />
      <RefusedSteps />
    </>
  );
}

interface EmptyProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly way?: { readonly text: string; readonly run: () => void };
}

export function Empty({ icon, title, text, way }: EmptyProps) {
  return (
    <div class="empty" data-part="empty">
      <Icon name={icon} class="big" />
      <b>{title}</b>
      <p>{text}</p>
      {way && (
        <button type="button" class="button" onClick={way.run}>
          {way.text}
        </button>
      )}
    </div>
  );
}

/** A fault of ours; nothing is lost. */
export function Broken() {
  return (
    <Empty
      icon="error"
      title={say("failedTitle")}
      text={say("failedText")}
      way={{ text: say("tryAgain"), run: again }}
    />
  );
}

/** The server would refuse the workload, and nothing valid was seen yet. */
export function Refused() {
  const one = model.shown.value;
  if (!one) return null;
  const problems = one.problems.filter(({ severity }) => severity === "error");
  if (problems.length === 0) return <Empty icon="braces" title={say("standsTitle")} text={say("standsText")} />;
  return (
    <div class="lead" data-part="invalid">
      <section class="verdict unsafe" aria-label={say("verdict")}>
        <Icon name="unsafe" />
        <p role="status">
          <b class="word">{say("wRefused")}</b> {say("refused", { kind: one.kind })}
        </p>
      </section>
      <ul class="reasons">
        {problems.slice(0, 8).map((problem) => (
          <li key={`${problem.range.start.line} ${problem.message}`}>
            <button type="button" class="link" onClick={() => reveal(problem.range)}>
              {say("line", { line: problem.range.start.line + 1 })}
            </button>{" "}
            {problem.message}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** While the very first run is worked out; only after a moment. */
export function Skeleton() {
  return (
    <div class="skeletons" role="img" aria-label={say("workingOut")}>
      {[72, 40, 100, 84, 91, 60].map((width) => (
        <i key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
