/** Labs: each can be done from its first step to its last, by its own solution, and by nothing less. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { answerOf, type Printed, play } from "../../server/labs/cluster.ts";
import { answer, beginCourse, type Course, greet, guide, keptCourse, look, stepNow } from "../../server/labs/course.ts";
import { describeLabs } from "../../server/labs/describe.ts";
import type { Lab } from "../../server/labs/lab.ts";
import { readLab } from "../../server/labs/read-lab.ts";
import { labWordsEn } from "../../server/messages/labs.en.ts";
import { labWordsKo } from "../../server/messages/labs.ko.ts";
import type { LabWords } from "../../server/messages/labs.ts";
import { shellEn } from "../../server/messages/shell.en.ts";
import { createTrial, emptyScenario, keptTrial, type Trial } from "../../server/shell/trial.ts";

const folder = fileURLToPath(new URL("../../client/labs/", import.meta.url));
const files = readdirSync(folder)
  .filter((file) => file.endsWith(".lab.yaml"))
  .sort()
  .map((file) => ({ file, text: readFileSync(folder + file, "utf8") }));
const turns = { clock: () => performance.now(), rest: async () => {} };

function labOf({ file, text }: { readonly file: string; readonly text: string }): Lab {
  const read = readLab(file, text);
  assert.ok("lab" in read, JSON.stringify(read));
  return read.lab;
}

async function begin(
  lab: Lab,
): Promise<{ readonly trial: Trial; readonly course: Course; readonly printed: readonly Printed[] }> {
  const scenario = { ...emptyScenario(1, "1.37"), horizon: 0, faults: lab.faults };
  const made = createTrial({ version: 1, scenario, speed: "max" }, shellEn, []);
  assert.ok("trial" in made);
  const course = beginCourse(lab);
  return { trial: made.trial, course, printed: await play(made.trial, lab.start, course.files, turns) };
}

/** Does one step, as its solution does it. */
async function doStep({ lab, files: own, done }: Course, trial: Trial): Promise<string | undefined> {
  const step = lab.steps[done];
  if (step?.type === "task") await play(trial, step.solution, own, turns);
  return step?.type === "question" ? (await answerOf(trial, step.answer, own, turns))[0] : undefined;
}

for (const words of [labWordsEn, labWordsKo]) {
  for (const one of files) {
    test(`${one.file} is done by its own solution, step by step (${words.language})`, async () => {
      const lab = labOf(one);
      const { trial, course, printed } = await begin(lab);
      assert.deepEqual(
        printed.map(({ code }) => code),
        lab.start.map(() => 0),
        "the beginning is made",
      );
      for (let step = stepNow(course); step; step = stepNow(course)) {
        const number = course.done;
        const text = step.text[words.language] ?? "";
        assert.equal(await look(course, trial, words, turns), "", `not done before anything is done: ${text}`);
        if (step.type === "question") {
          assert.match(await answer(course, trial, "no such answer", words, turns), /^✗/);
          const right = await doStep(course, trial);
          assert.match(await answer(course, trial, ` ${right} `, words, turns), /^✓/, `${text} ${right}`);
        } else {
          await doStep(course, trial);
          assert.match(await look(course, trial, words, turns), /^✓/, `done by the solution: ${text}`);
        }
        assert.equal(course.done, number + 1);
      }
    });
  }
}

test("every text of a lab is there in English and Korean", () => {
  for (const one of files) {
    const { title, about, steps } = labOf(one);
    const texts = [
      title,
      about,
      ...steps.flatMap((step) => [step.text, ...step.hints, ...("why" in step && step.why ? [step.why] : [])]),
    ];
    for (const { en, ko } of texts) assert.match(ko ?? "", /[가-힣]|^(?:`[^`]*`[,;]? ?)+$/, en);
  }
});

const small = `
title: Two pods
about: Make them.
files: { web.yaml: "kind: Pod" }
steps:
  - task: Make a Deployment web with two replicas.
    hints: ["kubectl create deployment …"]
    solution: ["kubectl create deployment web --image=web:1 --replicas=2"]
    done: [{ run: "kubectl get deployment web -o jsonpath={.spec.replicas}", is: "2" }]
  - question: How many pods are there in a minute?
    answer: { after: 1m, run: kubectl get pods -o name, lines: true }
    why: Two were asked for.
`;

/** What is told at a line of the lab. */
async function say(course: Course, trial: Trial, line: string, words: LabWords = labWordsEn) {
  return guide(course, trial, line, words, turns);
}

test("somebody is led through a lab: hints one by one, the solution, the answer, the end", async () => {
  const { trial, course } = await begin(labOf({ file: "small.lab.yaml", text: small }));
  assert.equal(
    greet(course, labWordsEn),
    `Two pods
Make them.
Files: web.yaml

[1/2] Make a Deployment web with two replicas.
  'hint' helps, 'solution' shows the way; it goes on by itself when the cluster is as it should be.
`,
  );
  assert.equal(await say(course, trial, "hint"), "Hint: kubectl create deployment …\n");
  assert.equal(await say(course, trial, "lab hint"), "That were all hints; 'solution' shows the way.\n");
  assert.equal(await say(course, trial, "solution"), "  kubectl create deployment web --image=web:1 --replicas=2\n");
  assert.equal(await say(course, trial, "answer 3"), "There is no question now; 'lab' shows the step.\n");
  assert.equal(await say(course, trial, "kubectl get pods"), undefined, "the cluster is asked, not the lab");
  assert.equal(await say(course, trial, "labels"), undefined);
  await doStep(course, trial);
  assert.match(
    await look(course, trial, labWordsEn, turns),
    /^✓ Done\.\n\n\[2\/2\] How many pods are there in a minute\?/,
  );
  const before = trial.session.now();
  assert.equal(await say(course, trial, "answer 3"), "✗ That is not it. Look again, or ask for a 'hint'.\n");
  assert.equal(
    await say(course, trial, "answer '2'"),
    "✓ Right. Two were asked for.\n\n✓ The lab “Two pods” is finished. The cluster is yours to try more.\n",
  );
  assert.equal(trial.session.now(), before, "a question about later lets no time pass");
});

test("a lab goes on where it was left", async () => {
  const lab = labOf({ file: "small.lab.yaml", text: small });
  const { trial, course } = await begin(lab);
  await doStep(course, trial);
  await look(course, trial, labWordsEn, turns);
  course.files.set("web.yaml", "changed");
  const kept = JSON.parse(JSON.stringify({ ...keptTrial(trial), course: keptCourse(course) }));
  const again = beginCourse(lab, kept.course);
  assert.equal(again.done, 1);
  assert.equal(again.files.get("web.yaml"), "changed");
  const made = createTrial(kept, shellEn, []);
  assert.ok("trial" in made);
});

test("a file that is no lab says why and where", () => {
  const wrong = "title: { en: A, de: B }\nabout: x\nsteps: [{ task: Do it, solution: ls, done: [{ is: 3 }] }]\n";
  assert.deepEqual(
    describeLabs(
      [
        { file: "a.lab.yaml", text: wrong },
        { file: "b.lab.yaml", text: "- 1" },
      ],
      labWordsEn,
    ),
    [
      {
        file: "a.lab.yaml",
        problem:
          "there is no field `title.de`; `steps[0].solution` does not hold what it should; `steps[0].done[0].run` is missing; `steps[0].done[0].is` does not hold what it should",
      },
      { file: "b.lab.yaml", problem: "this is no lab: it has to be one YAML document with title, about and steps" },
    ],
  );
});

test("whatever a lab's file holds, reading it throws nothing", () => {
  const keys = fc.constantFrom("title", "about", "files", "faults", "start", "steps");
  fc.assert(
    fc.property(
      fc.dictionary(keys, fc.jsonValue({ maxDepth: 4 })),
      (one) => void readLab("x.lab.yaml", JSON.stringify(one)),
    ),
  );
});
