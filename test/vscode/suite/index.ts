/** Entry for VS Code: runs every test in order and reports each to the harness. */
import { report } from "./bridge.ts";
import { codePageTests } from "./code-pages.ts";
import { commandTests } from "./commands.ts";
import { connectTests } from "./connect.ts";
import { editorTests } from "./editor.ts";
import { panelTests, scenarioTests } from "./panel.ts";
import { renderedTests } from "./rendered.ts";
import { suggestionTests } from "./suggestions.ts";
import { terminalTests } from "./terminal.ts";
import { themeTests } from "./themes.ts";
import { writingTests } from "./writing.ts";

export async function run(): Promise<void> {
  const only = new RegExp(process.env["SEATRIAL_TEST_ONLY"] ?? "");
  // The panel's page is read through a browser; on the desktop only the editor's side is tested.
  const driven = process.env["SEATRIAL_TEST_BRIDGE"] !== undefined;
  const tests = driven
    ? [
        ...editorTests,
        ...writingTests,
        ...commandTests,
        ...suggestionTests,
        ...codePageTests,
        ...connectTests,
        ...renderedTests,
        ...panelTests,
        ...terminalTests,
        ...themeTests,
        ...scenarioTests,
      ]
    : editorTests;
  const failed: string[] = [];
  for (const test of tests.filter((one) => only.test(one.name))) {
    const begin = Date.now();
    let error: string | undefined;
    try {
      await test.run();
    } catch (thrown) {
      error = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
      failed.push(test.name);
    }
    const result = { name: test.name, milliseconds: Date.now() - begin, ...(error === undefined ? {} : { error }) };
    if (driven) await report(result);
    else console.log(`${error === undefined ? "passed" : "failed"}: ${test.name}`, error ?? "");
  }
  if (failed.length > 0) throw new Error(`${failed.length} failed`);
}
