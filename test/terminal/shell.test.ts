import assert from "node:assert/strict";
import { test } from "node:test";
import { type Shell, shell } from "./shell.ts";

const files = {
  "web.yaml": "kind: Deployment\nname: web\nimage: nginx:1.27\n",
  "db.yaml": "kind: StatefulSet\nname: db\n",
  "app/one.txt": "b 2\na 10\nb 2\nc 1\n",
  "app/two.json": "{}\n",
};

/** A line, and all that it prints. */
const examples: readonly (readonly [string, string, string])[] = [
  ["words are parted by spaces", "echo  one   two", "one two\n"],
  ["single quotes keep everything", "echo 'a  $HOME \"b\"'", 'a  $HOME "b"\n'],
  ["double quotes keep spaces and fill in variables", 'A="x  y"; echo "[$A]"', "[x  y]\n"],
  ["a bare variable is cut at spaces", 'A="x  y"; echo [$A]', "[x y]\n"],
  ["a backslash keeps the next character", "echo a\\ \\ b \\$HOME", "a  b $HOME\n"],
  ["empty quotes are a word", "echo '' x", " x\n"],
  ["a variable in braces", "A=web; echo ${A}-1 ${B:-none}", "web-1 none\n"],
  ["a variable for one command alone", "A=1; A=2 env | grep ^A; echo $A", "A=2\n1\n"],
  ["what a command prints becomes words", "echo $(echo one; echo two)!", "one two!\n"],
  ["backticks do the same", "echo `echo one`", "one\n"],
  ["sums", "N=3; echo $((N * 2 + 1))", "7\n"],
  ["the exit code of the last command", "false; echo $?; true; echo $?", "1\n0\n"],
  ["&& goes on after success, || after failure", "true && echo a || echo b; false && echo c || echo d", "a\nd\n"],
  ["! turns the exit code round", "! false && echo yes", "yes\n"],
  ["a comment ends the line", "echo a # b", "a\n"],
  ["a hash inside a word is none", "echo a#b", "a#b\n"],
  ["braces stand for several words", "echo web-{0..2} {a,b}x", "web-0 web-1 web-2 ax bx\n"],
  ["patterns stand for files", "echo *.yaml app/*.txt", "db.yaml web.yaml app/one.txt\n"],
  ["a pattern without files stays", "echo *.md '*.yaml'", "*.md *.yaml\n"],
  ["a pipe hands on what is printed", "cat web.yaml | grep name | cut -d' ' -f2", "web\n"],
  ["head ends what would go on for ever", "while true; do echo y; done | head -n 2", "y\ny\n"],
  ["a loop over words", "for i in a b; do echo $i; done", "a\nb\n"],
  ["a loop over what a command prints", 'for i in $(seq 2); do echo "n$i"; done', "n1\nn2\n"],
  ["a loop with a condition", "N=0; while [ $N -lt 3 ]; do N=$((N+1)); done; echo $N", "3\n"],
  ["a condition", "if [ -f web.yaml ]; then echo there; else echo gone; fi", "there\n"],
  ["a here-document is what a command reads", "cat <<EOF\na $((1+1))\nEOF\necho b", "a 2\nb\n"],
  ["a quoted here-document is taken as it is", "cat <<'EOF'\n$HOME\nEOF", "$HOME\n"],
  ["a here-string", "grep -o b <<< abc", "b\n"],
  ["output into a file, and more of it", "echo a > x; echo b >> x; cat < x", "a\nb\n"],
  ["errors go their own way", "cat nothing 2> e; echo -; cat e", "-\ncat: nothing: No such file or directory\n"],
  ["errors with what is printed", "cat nothing 2>&1 | wc -l", "1\n"],
  ["what goes to /dev/null is gone", "cat nothing web.yaml > /dev/null 2>&1; echo $?", "1\n"],
  ["a file that cannot be written", "echo a > locked.ro", "seatrial: locked.ro: Permission denied\n"],
  ["commands in parentheses change nothing around them", "(cd app; pwd); pwd", "/app\n/\n"],
  ["a folder of its own", "cd app && ls && cd ..; pwd", "one.txt\ntwo.json\n/\n"],
  ["nothing lies above the workspace", "cd ../../..; pwd; cat ../../web.yaml | head -1", "/\nkind: Deployment\n"],
  ["an alias", "alias g='grep -c'; echo a | g a", "seatrial"],
  ["an open parenthesis inside quotes is text", "echo '(' \")\"", "( )\n"],
  ["what is not closed properly is told", "echo a )", "seatrial: syntax error near unexpected token `)'\n"],
  ["nothing runs beside the shell", "sleep 5 &", "seatrial: there are no jobs in the background here\n"],
  [
    "sort by text, by number, by a field, backwards",
    "sort -k2 -n app/one.txt; sort -ru app/one.txt",
    "c 1\nb 2\nb 2\na 10\nc 1\nb 2\na 10\n",
  ],
  ["uniq counts", "sort app/one.txt | uniq -c", "      1 a 10\n      2 b 2\n      1 c 1\n"],
  ["wc counts", "wc app/one.txt; wc -l < app/one.txt", " 4  8 17 app/one.txt\n4\n"],
  ["head and tail", "head -2 app/one.txt; tail -n 1 app/one.txt; tail -n +4 app/one.txt", "b 2\na 10\nc 1\nc 1\n"],
  ["grep with lines around", "grep -n -A1 a app/one.txt; grep -vc b app/one.txt", "2:a 10\n3-b 2\n2\n"],
  [
    "grep by word, by either, without case",
    "echo 'web-1 WEB' | grep -ow web; echo x | grep -E 'x|y'; echo WEB | grep -i web",
    "web\nx\nWEB\n",
  ],
  ["grep in basic patterns", "printf 'a+b\\naab\\n' | grep 'a+b'; echo aab | grep 'a\\+b'", "a+b\naab\n"],
  [
    "awk prints fields",
    "awk '{print $2, $1}' app/one.txt | head -1; awk 'NR>1 && $1==\"b\" {print NR}' app/one.txt",
    "2 b\n3\n",
  ],
  ["awk sums up", "awk '{s+=$2} END {print \"sum \" s, NR}' app/one.txt", "sum 15 4\n"],
  ["awk with a separator and a pattern", "echo a:b:c | awk -F: '/b/ {print $NF}'", "c\n"],
  [
    "sed replaces",
    "sed 's/nginx:.*/nginx:1.28/' web.yaml | tail -1; echo aa | sed 's|a|b|g'",
    "image: nginx:1.28\nbb\n",
  ],
  ["sed chooses lines", "sed -n '2p' web.yaml; sed '/kind/d' db.yaml", "name: web\nname: db\n"],
  ["sed changes a file", "sed -i s/web/shop/ web.yaml; grep name web.yaml", "name: shop\n"],
  ["cut and tr", "echo abc | cut -c1-2 | tr a-z A-Z; echo 'a  b' | tr -s ' '", "AB\na b\n"],
  ["xargs", "echo a b | xargs -n1 echo x; echo 1 | xargs -I{} echo web-{}", "x a\nx b\nweb-1\n"],
  ["tee", "echo a | tee t | wc -c; cat t", "2\na\n"],
  ["printf", "printf '%-5s|%3d\\n' ab 7 c 8", "ab   |  7\nc    |  8\n"],
  [
    "an unknown command is never looked for elsewhere",
    "/bin/sh -c id",
    "/bin/sh: command not found. Nothing of this computer is run here; 'help' shows what there is.\n",
  ],
  ["files are opened in the editor around", "vi web.yaml && code none", "code: none: No such file or directory\n"],
  ["exit", "exit 3; echo no", "(exit)"],
  ["clear", "clear", "⌫"],
  ["variables that commands see", "export A=1 B; env | grep '^A'", "A=1\n"],
  ["a redirection alone makes an empty file", "> empty; wc -c empty", "0 empty\n"],
];

for (const [name, line, expected] of examples) {
  if (name === "an alias") continue;
  test(name, async () => assert.equal(await shell({ files }).type(line), expected));
}

async function types(one: Shell, lines: readonly (readonly [string, string])[]): Promise<void> {
  for (const [line, expected] of lines) assert.equal(await one.type(line), expected, line);
}

test("aliases hold from the next line on", () =>
  types(shell(), [
    ["alias g='grep -c' kg='k get'", ""],
    ["echo a | g a", "1\n"],
    ["alias g", "alias g='grep -c'\n"],
    ["unalias g", ""],
    ["g", "g: command not found. Nothing of this computer is run here; 'help' shows what there is.\n"],
    ["kg pods", "No resources found in default namespace.\n"],
  ]));

for (const line of [
  "echo 'a",
  'echo "a',
  "cat <<EOF\na",
  "echo a |",
  "true &&",
  "for i in a; do",
  "echo a\\",
  "if true; then echo",
  "(echo a",
  "echo $(echo",
]) {
  test(`a line goes on in the next: ${JSON.stringify(line)}`, async () => {
    assert.equal(await shell().type(line), "(incomplete)");
  });
}

const patterns: readonly (readonly [string, string, string])[] = [
  ["groups in basic patterns", "echo web-12 | sed 's/\\([a-z]*\\)-\\([0-9]*\\)/\\2 \\1 &/'", "12 web web-12\n"],
  ["groups in extended patterns", "echo a=1,b=2 | sed -E 's/(\\w+)=(\\w+)/\\2=\\1/g'", "1=a,2=b\n"],
  ["alternatives and bounds", "printf 'aab\\nab\\nb\\n' | grep -E '^(a{2}|c+d*)b$'", "aab\n"],
  ["classes and places", "echo 'v1.27.3 x' | grep -oE '\\bv[[:digit:]]+(\\.[0-9]+)*'", "v1.27.3\n"],
  [
    "several parts that repeat",
    "echo 'image: docker.io/nginx:1.27' | grep -oE '[a-z.]*/[a-z]*:.*'",
    "docker.io/nginx:1.27\n",
  ],
  ["letters of either case", "echo 'ABab' | grep -oiE '(ab)+'", "ABab\n"],
  ["nothing, everywhere", "echo abc | sed 's/x*/-/g'", "-a-b-c-\n"],
  ["a pattern that is none", "echo a | grep -E '(a'; echo $?", "grep: Invalid regular expression\n2\n"],
];

for (const [name, line, expected] of patterns) {
  test(`patterns: ${name}`, async () => assert.equal(await shell().type(line), expected));
}

test("patterns that repeat what repeats take no longer than the text is long", async () => {
  const text = "a".repeat(5000);
  const one = shell({ files: { "a.txt": `${text}\n` } });
  for (const pattern of ["(a+)+$b", "(a|aa)*b", "(a*)*(a*)*b", ".*.*.*.*=", "(x+x+)+y"]) {
    assert.equal(await one.type(`grep -cE '${pattern}' a.txt`), "0\n");
  }
});

test("hostile lines end", async () => {
  const one = shell();
  const deep = "(".repeat(200);
  const many = `echo ${"{1..1000}".repeat(3)} | wc -w`;
  await types(one, [
    [`${deep}echo${")".repeat(200)}`, "seatrial: too many commands in each other\n"],
    ["alias a=b b=a", ""],
    ["a", "a: command not found. Nothing of this computer is run here; 'help' shows what there is.\n"],
    [many, "1000\n"],
  ]);
});
