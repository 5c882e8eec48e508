/** The forms in which objects are printed: templates, columns, order, changes as they come. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { terminal } from "./terminal.ts";

const made = "create deployment a --image=x:1,y:2 --replicas=3 --port=80 --dry-run=client -o";

test("a jsonpath finds fields, items, slices, unions, filters and ranges", () => {
  const { type } = terminal();
  const cases: readonly (readonly [string, string])[] = [
    ["{.spec.template.spec.containers[*].name}", "x y"],
    ["{.spec.template.spec.containers[-1:].name} and text", "y and text"],
    ['{.spec.template.spec.containers[?(@.name=="x")].image}', "x:1"],
    ["{.spec.template.spec.containers[?(@.ports)].name}", "x"],
    ["{.spec.template.spec.containers[0,1].image}", "x:1 y:2"],
    ['{range .spec.template.spec.containers[*]}{.name}{"\\t"}{.image}{"\\n"}{end}', "x\tx:1\ny\ty:2\n"],
    ["{..name}", "a x y"],
    ["{.metadata.labels}", '{"app":"a"}'],
    ["{.spec.nothing}", ""],
    ["{.spec", "error: error parsing jsonpath {.spec, unclosed action\n"],
    ["{.spec[x]}", "error: error parsing jsonpath {.spec[x]}, invalid array index x\n"],
  ];
  for (const [template, text] of cases) assert.equal(type(`${made} 'jsonpath=${template}'`), text, template);
  assert.match(
    type(`${made} jsonpath={.spec.template.spec.containers[5]}`),
    /^error: error executing jsonpath .*: array index out of bounds: index 5, length 2\. Printing more/,
  );
});

test("columns are chosen, and rows sorted, by paths", () => {
  const { type } = terminal();
  for (const name of ["web-10", "web-9"]) type(`create configmap ${name} --from-literal=n=${name.slice(4)}`);
  assert.equal(
    type("get cm --sort-by=.data.n -o custom-columns=NAME:.metadata.name,N:.data.n,X:.data.x"),
    "NAME     N     X\nweb-9    9     <none>\nweb-10   10    <none>\n",
  );
  assert.equal(type("get cm --no-headers -o custom-columns=:data.n"), "10\n9\n");
  assert.equal(
    type("get cm -o custom-columns=NAME"),
    "error: unexpected custom-columns spec: NAME, expected <header>:<json-path-expr>\n",
  );
  assert.match(type("get cm -o name --sort-by=.data.y"), /^error: couldn't find any field with path "\{\.data\.y\}"/);
});

test("a list of objects is one object; one that was named stands alone", () => {
  const { type } = terminal();
  type("create configmap a");
  assert.match(
    type("get cm -o yaml"),
    /^apiVersion: v1\nitems:\n- apiVersion: v1\n[\s\S]*kind: List\nmetadata:\n {2}resourceVersion: ""\n$/,
  );
  assert.match(type("get cm a -o yaml"), /^apiVersion: v1\nkind: ConfigMap\n/);
  assert.equal(type("get cm,secret a -o name"), 'configmap/a\nError from server (NotFound): secrets "a" not found\n');
});

test("a watch prints what there is, then each change as it comes, in the same columns", () => {
  const { type } = terminal();
  type("create deployment web --image=nginx");
  const lines = type("get deploy web -w").trimEnd().split("\n");
  assert.deepEqual(
    lines.map((line) => line.split(/ +/).slice(0, 4).join(" ")),
    ["NAME READY UP-TO-DATE AVAILABLE", "web 0/1 1 0", "web 1/1 1 1"],
  );
});

test("a Go template names fields, tests and repeats", () => {
  const { type } = terminal();
  const cases: readonly (readonly [string, string])[] = [
    ['{{.metadata.name}}{{"\\n"}}', "a\n"],
    ["{{range $i, $c := .spec.template.spec.containers}}{{$i}}={{$c.image}};{{end}}", "0=x:1;1=y:2;"],
    ['{{if eq .kind "Deployment"}}yes{{else}}no{{end}}', "yes"],
    ['{{with .spec}}{{printf "%v of %q" .replicas "x"}}{{end}}', '3 of "x"'],
    ["{{.metadata.labels}} {{.nothing}}", "map[app:a] <no value>"],
    ["{{odd}}", 'error: error parsing template {{odd}}, template: output:1: function "odd" not defined\n'],
  ];
  for (const [template, text] of cases) assert.equal(type(`${made} 'go-template=${template}'`), text, template);
});

test("long texts are folded in YAML as kubectl folds them", () => {
  const { type } = terminal();
  const words = (count: number) => Array(count).fill("word").join(" ");
  assert.equal(
    type(
      `create cm a --from-literal=k='${words(30)}' --from-literal=m=_1 --from-literal=e=1e3 --dry-run=client -o yaml`,
    ),
    `apiVersion: v1\ndata:\n  e: "1e3"\n  k: ${words(16)}\n    ${words(14)}\n  m: _1\nkind: ConfigMap\nmetadata:\n  name: a\n`,
  );
});
