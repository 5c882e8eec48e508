import assert from "node:assert/strict";
import { test } from "node:test";
import { type Drawn, draw, leave } from "../../client/terminal/draw.ts";
import { decodeKeys, freshDecoder, type Key } from "../../client/terminal/keys.ts";
import { type Effect, entered, type LineEditor, newLineEditor, press } from "../../client/terminal/line-editor.ts";
import { listing } from "../../client/terminal/listing.ts";
import { screenOf } from "./screen.ts";

const named: Readonly<Record<string, string>> = {
  Left: "\x1b[D",
  Right: "\x1b[C",
  Up: "\x1b[A",
  Down: "\x1b[B",
  Home: "\x1b[H",
  End: "\x1b[F",
  "Ctrl+Left": "\x1b[1;5D",
  "Ctrl+Right": "\x1b[1;5C",
  "Alt+B": "\x1bb",
  "Alt+F": "\x1bf",
  "Alt+D": "\x1bd",
  "Alt+.": "\x1b.",
  "Alt+Backspace": "\x1b\x7f",
  Backspace: "\x7f",
  Delete: "\x1b[3~",
  Enter: "\r",
  Tab: "\t",
  Escape: "\x1b",
};

/** `<Left>`, `<Ctrl+A>`: what a terminal sends for the key. */
const bytesOf = (keys: string): string =>
  keys.replace(/<([A-Z][^>\n]*)>/g, (_, name: string) => {
    const control = /^Ctrl\+([A-Z])$/.exec(name)?.[1];
    return control ? String.fromCharCode(control.charCodeAt(0) - 64) : (named[name] ?? assert.fail(`no key ${name}`));
  });

/** Typed one after the other. */
const keysOf = (keys: string): readonly Key[] =>
  decodeKeys(freshDecoder, bytesOf(keys)).keys.flatMap((key): readonly Key[] =>
    "text" in key ? [...new Intl.Segmenter().segment(key.text)].map(({ segment }) => ({ text: segment })) : [key],
  );

interface Typed {
  readonly editor: LineEditor;
  readonly effects: readonly Effect[];
}

function type(keys: string, history: readonly string[] = [], from = newLineEditor(history)): Typed {
  let editor = from;
  const effects: Effect[] = [];
  for (const key of keysOf(keys)) {
    const edited = press(editor, key);
    editor = edited.editor;
    if (edited.effect) effects.push(edited.effect);
  }
  return { editor, effects };
}

/** The line with `|` where the cursor is. */
const shown = ({ editor: { line } }: Typed): string =>
  `${line.text.slice(0, line.cursor)}|${line.text.slice(line.cursor)}`;

const examples: readonly (readonly [string, string, string])[] = [
  ["typing puts text at the cursor", "kubectl gt<Left>e", "kubectl ge|t"],
  ["Home and End go to the ends", "get pods<Home>k <End> -w", "k get pods -w|"],
  ["Ctrl+A and Ctrl+E go to the ends", "get<Ctrl+A>k <Ctrl+E>!", "k get!|"],
  [
    "Ctrl+Left goes back by words",
    "scale deploy/web --replicas=3<Ctrl+Left><Ctrl+Left>",
    "scale deploy/web --|replicas=3",
  ],
  ["Alt+F goes on by words", "scale deploy/web<Home><Alt+F><Alt+F>", "scale deploy|/web"],
  ["Backspace and Delete take one character", "abcd<Left><Left><Backspace><Delete>", "a|d"],
  ["Ctrl+U takes all before the cursor", "get pods<Left><Left><Ctrl+U>", "|ds"],
  ["Ctrl+K takes all behind it", "get pods<Home><Alt+F><Ctrl+K>", "get|"],
  ["Ctrl+W takes a word as spaces tell it", "get pods -l app=web,tier!=db<Ctrl+W>", "get pods -l |"],
  ["Alt+Backspace takes a word as letters tell it", "deploy/web-1<Alt+Backspace>", "deploy/web-|"],
  ["Alt+D takes the word behind the cursor", "get pods<Home><Alt+D>", "| pods"],
  ["Ctrl+Y puts back what was cut", "one two<Ctrl+W><Home><Ctrl+Y> ", "two |one "],
  ["Ctrl+T turns two characters round", "gte<Left><Ctrl+T>", "get|"],
  ["Korean is edited by syllables", "이름<Left>의 <Backspace>", "이의|름"],
  ["a picture of several code units is one character", "a🙂👩‍👩‍👧b<Left><Backspace><Left>", "a|🙂b"],
  ["a letter with its accent is one character", "cafe\u0301s<Left><Backspace>", "caf|s"],
  ["Ctrl+D on a line takes the character behind the cursor", "abc<Home><Ctrl+D>", "|bc"],
  ["an unknown key does nothing", "a\x1b[24~\x1b[1;2P\x00b", "ab|"],
];

for (const [name, keys, expected] of examples) test(name, () => assert.equal(shown(type(keys)), expected));

const history = ["kubectl get pods", "kubectl apply -f web.yaml", "kubectl get nodes"];

const recalls: readonly (readonly [string, string, string])[] = [
  ["Up goes to what was entered before", "<Up><Up>", "kubectl apply -f web.yaml|"],
  ["Down comes back to what was being typed", "dra<Up><Up><Down><Down>ft", "draft|"],
  ["Up stops at the oldest entry", "<Up><Up><Up><Up><Up>", "kubectl get pods|"],
  ["Alt+. puts in the last argument", "describe <Alt+.>", "describe nodes|"],
  ["Ctrl+R finds the newest entry that holds what is typed", "<Ctrl+R>get<Escape>", "kubectl |get nodes"],
  ["Ctrl+R again goes to an older one", "<Ctrl+R>get<Ctrl+R><End>", "kubectl get pods|"],
  ["what is not found stays at the last that was", "<Ctrl+R>applyx<Escape>", "kubectl |apply -f web.yaml"],
  ["Ctrl+C ends a search and brings back the line", "draft<Ctrl+R>get<Ctrl+C>", "draft|"],
  ["a key that moves ends a search where it is", "<Ctrl+R>nodes<Ctrl+A>", "|kubectl get nodes"],
];

for (const [name, keys, expected] of recalls) test(name, () => assert.equal(shown(type(keys, history)), expected));

test("Enter, Tab, Ctrl+C, Ctrl+D and Ctrl+L are told to the terminal", () => {
  const { effects } = type("<Ctrl+D>a<Tab><Ctrl+L><Ctrl+C><Enter>");
  assert.deepEqual(effects, ["end", "complete", "clear-screen", "interrupt", "submit"]);
});

test("what is entered is kept once, and not when it begins with a space", () => {
  let editor = newLineEditor([]);
  for (const line of ["a", "a", " secret", "", "b", "a"]) editor = entered(editor, line);
  assert.deepEqual(editor.history, ["a", "b", "a"]);
});

test("a marked paste of several lines is one text, moved in by rows", () => {
  const pasted = type("\x1b[200~cat <<EOF\r\none\ttwo\x1b[31m\r\nEOF\r\n\x1b[201~");
  assert.equal(shown(pasted), "cat <<EOF\none  two[31m\nEOF|");
  assert.deepEqual(pasted.effects, []);
  assert.equal(shown(type("<Up><Home>x", [], pasted.editor)), "cat <<EOF\nx|one  two[31m\nEOF");
});

test("a marked paste may come in pieces", () => {
  const first = decodeKeys(freshDecoder, "a\x1b[200~one\rt");
  const second = decodeKeys(first.decoder, "wo\x1b[201~b");
  assert.deepEqual([...first.keys, ...second.keys], [{ text: "a" }, { paste: "one\ntwo" }, { text: "b" }]);
});

test("a paste that is not marked enters each of its lines", () => {
  assert.deepEqual(decodeKeys(freshDecoder, "get pods\r\nget rs\r").keys, [
    { text: "get pods" },
    { key: "enter" },
    { text: "get rs" },
    { key: "enter" },
  ]);
});

/** What stands on a screen of so many columns while the keys come one by one. */
function drawn(keys: string, columns: number, history: readonly string[] = []): readonly string[] {
  const screen = screenOf(columns);
  let editor = newLineEditor(history);
  let last: Drawn | null = null;
  const show = () => {
    const next = draw(editor, { text: "$ " }, columns, last);
    screen.write(next.bytes);
    last = next.drawn;
  };
  show();
  for (const key of keysOf(keys)) {
    editor = press(editor, key).editor;
    show();
  }
  return screen.read();
}

const pictures: readonly (readonly [string, string, number, readonly string[]])[] = [
  ["a short line stands behind the prompt", "get po", 20, ["$ get po▮"]],
  ["a long line goes on in the next row", "kubectl get", 8, ["$ kubect", "l get▮"]],
  ["a line that fills its row has the cursor in the next", "kubect", 8, ["$ kubect", "▮"]],
  ["a change in the middle moves what is behind it over the edge", "abcdefg<Home>x", 8, ["$ x▮abcde", "fg"]],
  ["what was longer leaves nothing behind", "abcdefghijkl<Ctrl+U>x", 8, ["$ x▮"]],
  ["a wide character that does not fit goes to the next row as a whole", "abcde이름", 8, ["$ abcde", "이름▮"]],
  ["moving back over the edge of a row", "abcdefgh<Left><Left><Left>", 8, ["$ abcde▮f", "gh"]],
  ["several lines stand below each other", "\x1b[200~a <<E\nb\nE\x1b[201~<Up>", 20, ["$ a <<E", "b▮", "E"]],
  ["a search stands in place of the prompt", "<Ctrl+R>no", 60, ["(reverse-i-search)`no': kubectl get ▮nodes"]],
];

for (const [name, keys, columns, rows] of pictures) {
  test(name, () => assert.deepEqual(drawn(keys, columns, history), rows));
}

test("after another width the line is drawn over itself", () => {
  const screen = screenOf(8);
  const wide = draw({ ...newLineEditor([]), line: { text: "abcdefghij", cursor: 10 } }, { text: "$ " }, 30, null);
  // What the terminal itself makes of the row when it becomes narrow.
  screen.write("$ abcdefghij");
  screen.write(
    draw({ ...newLineEditor([]), line: { text: "abcdefghij", cursor: 0 } }, { text: "$ " }, 8, wide.drawn).bytes,
  );
  assert.deepEqual(screen.read(), ["$ ▮abcdef", "ghij"]);
});

test("leaving a line goes below all of its rows", () => {
  const screen = screenOf(8);
  const { bytes, drawn: last } = draw(
    { ...newLineEditor([]), line: { text: "abcdefghij", cursor: 1 } },
    { text: "$ " },
    8,
    null,
  );
  screen.write(bytes + leave(last, 8));
  assert.deepEqual(screen.read(), ["$ abcdef", "ghij", "▮"]);
});

test("words are listed down the columns that fit", () => {
  assert.equal(listing(["apply", "get", "이름", "top"], 20), "apply  이름\r\nget    top\r\n");
  assert.equal(listing(["a-very-long-name", "b"], 10), "a-very-long-name\r\nb\r\n");
});
