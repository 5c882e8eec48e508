// Everything is said in the language that is set, else in that of the client or of the shell.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runCommand } from "../../server/cli/run.ts";
import { readClient } from "../../server/client.ts";

const said = (settings: object, locale: string) =>
  readClient({ processId: null, rootUri: null, capabilities: {}, locale, initializationOptions: { settings } })
    .preferences.words.language;

test("the server speaks the language of the setting, by itself that of its client", () => {
  assert.equal(said({}, "ko-KR"), "ko");
  assert.equal(said({ language: "auto" }, "de"), "en");
  assert.equal(said({ language: "en" }, "ko"), "en");
  assert.equal(said({ language: "ko" }, "en-US"), "ko");
});

test("the command line speaks the language of its option, of SEATRIAL_LANGUAGE, or of the shell", () => {
  const printed = (argv: readonly string[], environment: Readonly<Record<string, string>>) =>
    runCommand(argv, { environment, version: "0", now: 0, readStandardInput: () => "" }).out;
  const korean = /표준 입력을 읽습니다/;
  assert.match(printed(["--help"], { LANG: "ko_KR.UTF-8" }), korean);
  assert.match(printed(["check", "--help"], { SEATRIAL_LANGUAGE: "ko", LANG: "en_US.UTF-8" }), korean);
  assert.match(printed(["--help"], { SEATRIAL_LANGUAGE: "en", LANG: "ko_KR.UTF-8" }), /reads standard input/);
  assert.match(printed(["explain", "volume-unused", "--lang", "ko"], {}), /볼륨/);
});
