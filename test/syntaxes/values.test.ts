/** The injected grammar colours schedules, percentages and quantities in YAML. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import oniguruma from "vscode-oniguruma";
import textmate from "vscode-textmate";

const require = createRequire(import.meta.url);
const grammarFile = new URL("../../syntaxes/kubernetes.tmLanguage.json", import.meta.url);
const plain = { scopeName: "source.yaml", patterns: [], repository: {} };

async function scopesOf(line: string): Promise<Record<string, string>> {
  const wasm = readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      textmate.parseRawGrammar(
        scope === "source.yaml" ? JSON.stringify(plain) : readFileSync(grammarFile, "utf8"),
        "grammar.json",
      ),
    getInjections: (scope) => (scope === "source.yaml" ? ["source.yaml.seatrial"] : []),
  });
  const grammar = await registry.loadGrammar("source.yaml");
  const { tokens } = grammar!.tokenizeLine(line, textmate.INITIAL);
  return Object.fromEntries(
    tokens.map((token) => [line.slice(token.startIndex, token.endIndex), token.scopes.at(-1) ?? ""]),
  );
}

test("a schedule, a percentage and a quantity have scopes of their own", async () => {
  assert.equal((await scopesOf('  schedule: "0 2 * * *"'))["0 2 * * *"], "constant.other.schedule.cron");
  assert.equal((await scopesOf("  maxSurge: 25%"))["%"], "keyword.other.unit.percentage");
  const memory = await scopesOf("  memory: 64Mi");
  assert.equal(memory["64"], "constant.numeric.quantity");
  assert.equal(memory["Mi"], "keyword.other.unit.quantity");
  assert.equal((await scopesOf("  name: web"))["web"], undefined);
});
