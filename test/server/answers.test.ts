// Whatever is written, every question has an answer; and a name that is changed and changed back leaves every byte as it was.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { ko } from "../../server/messages/ko.ts";
import { sliceMentions } from "../../server/service/navigation/file-mentions.ts";
import { rangeOfMention } from "../../server/service/navigation/find-mentions.ts";
import { rename } from "../../server/service/requests/rename.ts";
import { isRefused } from "../../server/service/requests/request.ts";
import { requests } from "../../server/service/requests.ts";
import { runs } from "../runs.ts";
import { after, ask, opened } from "./lib/asked.ts";

const folder = new URL("../workspace/", import.meta.url);
const samples = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => readFileSync(new URL(name, folder), "utf8"));
const pieces = ["{", "[", "- ", ": ", "\t", "&a ", "*a", "|\n", "<<: ", "'", '"', "---\n", "\r", "#", "\u0000", "한"];
const wound = fc.record({ at: fc.nat(), cut: fc.nat(60), put: fc.constantFrom("", ...pieces) });

test("every question has an answer, in text that is cut and stuffed anywhere", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...samples),
      fc.array(wound, { maxLength: 5 }),
      fc.nat(),
      async (sample, wounds, cursor) => {
        let text = sample;
        for (const { at, cut, put } of wounds) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + put + text.slice(start + cut);
        }
        const at = cursor % (text.length + 1);
        const asked = opened(`${text.slice(0, at)}¦${text.slice(at)}`, { words: ko, head: sample });
        const { uri, position } = asked;
        const range = { start: { line: 0, character: 0 }, end: { line: 1e4, character: 0 } };
        for (const request of requests) {
          await ask(request, asked, {
            uri,
            range,
            positions: [position],
            newName: "other",
            query: "",
            context: { includeDeclaration: true, diagnostics: [] },
            text: sample.slice(0, 300),
            data: { uri, index: 0 },
            code: "unknown-field",
            object: { kind: "Deployment", name: "shop", namespace: "" },
            path: ["spec"],
            value: 1,
          });
        }
      },
    ),
    { numRuns: runs(40) },
  );
});

test("a name that is changed and changed back leaves every byte as it was", async () => {
  let changed = 0;
  for (const sample of samples) {
    const { service, uri } = opened(sample);
    const { slices } = service.find(uri)?.manifest ?? { slices: [] };
    for (const [index, slice] of slices.entries()) {
      for (const mention of [...sliceMentions(slice).values()].flat()) {
        const manifest = service.find(uri)?.manifest;
        const range = manifest && rangeOfMention(manifest, index, mention);
        if (!range || mention.number) continue;
        const there = await ask(rename, { service, uri, text: sample, position: range.start }, { newName: "zz" });
        if (there === null || isRefused(there)) continue;
        const between = after(there.documentChanges, { "a.yaml": sample })["a.yaml"] ?? "";
        const back = await ask(rename, { ...opened(between), position: range.start }, { newName: mention.text });
        assert.ok(back !== null && !isRefused(back), `${mention.about}: ${JSON.stringify(back)}`);
        const again = after(back.documentChanges, { "a.yaml": between })["a.yaml"];
        assert.equal(again, sample, mention.about);
        changed++;
      }
    }
  }
  assert.ok(changed > 40, String(changed));
});
