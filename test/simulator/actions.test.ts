/** The table of actions is what scenarios are checked by and what the panel offers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { actions, actionsOn, targetFields } from "../../simulator/scenario/actions.ts";
import { checkScenario } from "../../simulator/scenario/check.ts";
import { defaultScenario } from "../../simulator/scenario/defaults.ts";

/** The fields of the action at which the check finds something. */
function complaints(action: Readonly<Record<string, unknown>>): readonly string[] {
  const problems = checkScenario({ ...defaultScenario([]), steps: [{ at: 0, action }] });
  return problems.map(({ path }) => path.slice("steps[0].action.".length)).sort();
}

for (const [name, row] of Object.entries(actions)) {
  test(`${name} asks for all that it needs, and for nothing else`, () => {
    const needed = [...Object.keys(targetFields[row.to].needs), ...Object.keys(row.needs)];
    assert.deepEqual(complaints({ do: name }), needed.sort());
  });

  test(`${name} looks at what may be left out`, () => {
    const possible = [...Object.keys(targetFields[row.to].may), ...Object.keys(row.may)];
    const wrong = Object.fromEntries(possible.map((field) => [field, []]));
    const found = complaints({ do: name, ...wrong });
    assert.deepEqual(
      possible.filter((field) => !found.includes(field)),
      [],
    );
  });
}

test("what can be done to a kind follows from the table of kinds", () => {
  const everything = ["patch", "delete"];
  const told = ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Service", "Wardrobe"].map(
    (kind) => [kind, actionsOn(kind).filter((name) => !everything.includes(name))],
  );
  assert.deepEqual(Object.fromEntries(told), {
    Deployment: ["scale", "setImage", "undo", "restart", "pause", "resume"],
    StatefulSet: ["scale", "setImage", "undo", "restart"],
    DaemonSet: ["setImage", "undo", "restart"],
    ReplicaSet: ["scale", "setImage"],
    Job: [],
    CronJob: ["setImage"],
    Service: [],
    Wardrobe: [],
  });
});
