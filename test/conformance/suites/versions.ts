/**
 * What 1.34 to 1.37 answer: the cases of `validation` and `updates` in every version (where nothing else was recorded the
 * answer is that of 1.36), manifests that use what changed, and traces.
 */
import { recordedTarget, type Target, targets } from "../../../simulator/api/target.ts";
import { judgeCreate, judgeUpdate, type RecordedAnswer, type RecordedCreate, type RecordedUpdate } from "../judge.ts";
import { traceNames } from "../lockstep/scenario.ts";
import { scoreTrace } from "../lockstep/score.ts";
import { type Outcome, readLines, type Suite } from "../suite.ts";

type Differing = RecordedAnswer & { readonly id: string; readonly version: Target };

interface VersionCase {
  readonly id: string;
  readonly manifest: string;
  readonly answers: Readonly<Partial<Record<Target, RecordedAnswer>>>;
}

/** That server crashes on the schedule. */
const unanswered = new Set(["1.34 v1508"]);

/** Each case with the answer of each version. */
function inEachVersion<Case extends RecordedAnswer & { readonly id: string }>(
  cases: readonly Case[],
  differing: readonly Differing[],
  judge: (one: Case, answer: RecordedAnswer, target: Target) => Outcome,
): readonly Outcome[] {
  const answers = new Map(differing.map((one) => [`${one.version} ${one.id}`, one]));
  return cases.flatMap((one) =>
    targets
      .filter((target) => target !== recordedTarget && !unanswered.has(`${target} ${one.id}`))
      .map((target) => named(target, judge(one, answers.get(`${target} ${one.id}`) ?? one, target))),
  );
}

const named = (target: Target, outcome: Outcome): Outcome => ({ ...outcome, id: `${target} ${outcome.id}` });

export const suite: Suite = {
  name: "versions",
  run(dir) {
    const [creates, updates] = ["validation.jsonl", "updates.jsonl"].map((file) =>
      readLines<Differing>(dir, `versions/${file}`),
    ) as [Differing[], Differing[]];
    const cases = readLines<VersionCase>(dir, "versions/cases.jsonl").flatMap((one) =>
      targets.flatMap((target) => {
        const answer = one.answers[target];
        return answer === undefined ? [] : [named(target, judgeCreate(one, answer, target))];
      }),
    );
    const traces = targets.flatMap((target) => {
      const folder = `versions/traces/${target}`;
      return traceNames(dir, folder).map((name) => named(target, scoreTrace(dir, name, folder, target)));
    });
    // Without the differences there is nothing to tell versions apart by.
    const others =
      creates.length + updates.length === 0
        ? []
        : [
            ...inEachVersion(readLines<RecordedCreate>(dir, "validation.jsonl"), creates, judgeCreate),
            ...inEachVersion(readLines<RecordedUpdate>(dir, "updates.jsonl"), updates, judgeUpdate),
          ];
    return [...others, ...cases, ...traces];
  },
};
