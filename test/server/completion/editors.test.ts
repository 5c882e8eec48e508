/** The same completions as different editors are given them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readClient } from "../../../server/client.ts";
import { openManifest } from "../../../server/service/manifest.ts";
import { completion, completionResolve } from "../../../server/service/requests/completion.ts";
import { createService, type Service } from "../../../server/service/service.ts";
import { lonePlace } from "../../../server/service/standing/place.ts";
import { docs } from "./at-cursor.ts";

const uri = "file:///a.yaml";

/** A service as an editor starts it that can do so much with completions. */
function startedBy(completionItem: object, options: object = {}, text = ""): Service {
  const { preferences } = readClient({
    processId: null,
    rootUri: null,
    capabilities: { textDocument: { completion: { completionItem } } },
    initializationOptions: options,
  });
  const service = createService(
    {
      docs,
      now: () => 0,
      pause: () => Promise.resolve(),
      beyond: () => undefined,
      placeOf: () => lonePlace,
    },
    preferences,
  );
  service.open({ manifest: openManifest(uri, "yaml", text), version: 1 });
  return service;
}

const vscode = {
  snippetSupport: true,
  insertTextModeSupport: { valueSet: [1, 2] },
  resolveSupport: { properties: ["documentation", "detail"] },
};
const neovim = { snippetSupport: true, resolveSupport: { properties: ["additionalTextEdits"] } };

async function itemAt(service: Service, label: string) {
  const text =
    service
      .find(uri)
      ?.manifest.slices.map((slice) => slice.text)
      .join("") ?? "";
  const lines = text.split("\n");
  const position = { line: lines.length - 1, character: (lines.at(-1) ?? "").length };
  const { items } = await completion.answer(service, { textDocument: { uri }, position }, () => false);
  const found = items.find((one) => one.label === label);
  assert.ok(found, label);
  return found;
}

const entry = "kind: Pod\nspec:\n  containers:\n    - ";

test("an editor that knows tab stops and indentation gets them, and is told to leave lines as they are", async () => {
  const service = startedBy(vscode, { suggestCommand: "suggest" }, entry);
  const name = await itemAt(service, "name");
  assert.equal(name.textEdit.newText, "name: $1\n      image: $0");
  assert.deepEqual([name.insertTextFormat, name.insertTextMode], [2, 1]);
  const policy = await itemAt(service, "imagePullPolicy");
  assert.deepEqual(policy.command, { title: "", command: "suggest", arguments: [{ auto: true }] });
});

test("one that indents lines itself gets them without the indentation of their line", async () => {
  const name = await itemAt(startedBy(neovim, {}, entry), "name");
  assert.equal(name.textEdit.newText, "name: $1\n  image: $0");
  assert.equal(name.insertTextMode, undefined);
});

test("one that knows nothing of that gets text", async () => {
  const name = await itemAt(startedBy({}, {}, entry), "name");
  assert.equal(name.textEdit.newText, "name: \n      image: ");
  assert.equal(name.command, undefined);
});

test("descriptions come when they are asked for, or at once where nobody asks", async () => {
  const service = startedBy(vscode, {}, entry);
  const later = await itemAt(service, "imagePullPolicy");
  assert.equal(later.documentation, undefined);
  const resolved = await completionResolve.answer(service, later, () => false);
  assert.match(resolved.documentation?.value ?? "", /^\*\*imagePullPolicy\*\* · `string`\n\nImage pull policy/);
  const once = await itemAt(startedBy(neovim, {}, entry), "imagePullPolicy");
  assert.match(once.documentation?.value ?? "", /Image pull policy/);
});

test("a field is found by its humps before all that only has the letters", async () => {
  const service = startedBy(vscode, {}, "kind: Pod\nspec:\n  tgps");
  const { items } = await completion.answer(
    service,
    { textDocument: { uri }, position: { line: 2, character: 6 } },
    () => false,
  );
  const [first] = [...items].sort((a, b) => (a.sortText < b.sortText ? -1 : 1));
  assert.equal(first?.label, "terminationGracePeriodSeconds");
});

test("beside an extension that has the schemas only what that cannot know is offered", async () => {
  const text = `${entry}name: web\n      image: nginx:1.27\n      `;
  const alone = startedBy(vscode, {}, text);
  const beside = startedBy(vscode, { yamlExtension: true }, text);
  const position = { line: 5, character: 6 };
  const labels = async (service: Service) =>
    (await completion.answer(service, { textDocument: { uri }, position }, () => false)).items.map(
      ({ label }) => label,
    );
  assert.ok((await labels(alone)).includes("ports"));
  assert.deepEqual(await labels(beside), ["emptyDirVolume"]);
});
