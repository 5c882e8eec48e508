/** Fields as they are offered: which, in what order, and what the text becomes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { at } from "./at-cursor.ts";

const head = "apiVersion: apps/v1\nkind: Deployment\n";
const container = `${head}spec:
  template:
    spec:
      containers:
        - name: web
          image: nginx:1.27
`;

test("an empty document begins with what every object has", () => {
  assert.deepEqual(at("|").labels.slice(0, 3), ["apiVersion", "kind", "metadata"]);
  assert.equal(at("|").accept("metadata"), "metadata:\n  name: ");
});

test("an empty first line is completed before what is below it", () => {
  assert.equal(at("|\nkind: Pod\n").accept("metadata"), "metadata:\n  name: \nkind: Pod\n");
});

test("a mapping opens with all that it cannot do without, and nothing that looks like a value", () => {
  assert.equal(
    at(`${head}|`).accept("spec", true),
    `${head}spec:
  selector:
    matchLabels:
      §
  template:
    metadata:
      labels:
        §
    spec:
      containers:
        - name: §
          image: §`,
  );
});

test("a Job says what becomes of its pods, an autoscaler what it scales", () => {
  assert.equal(
    at("kind: Job\n|").accept("spec"),
    `kind: Job
spec:
  template:
    spec:
      restartPolicy: 
      containers:
        - name: 
          image: `,
  );
  assert.match(
    at("kind: HorizontalPodAutoscaler\nspec:\n  |").accept("scaleTargetRef"),
    /apiVersion: \n {4}kind: \n {4}name: $/,
  );
  assert.deepEqual(at("kind: CronJob\n|").labels.slice(0, 3), ["apiVersion", "metadata", "spec"]);
});

test("what is required comes first, then what is common, then the rest; what is there is left out", () => {
  const { labels } = at(`${head}spec:\n  replicas: 3\n  |\n`);
  assert.deepEqual(labels, [
    "selector",
    "template",
    "strategy",
    "minReadySeconds",
    "revisionHistoryLimit",
    "paused",
    "progressDeadlineSeconds",
  ]);
});

test("behind a colon the fields stand on the next line", () => {
  for (const end of ["spec:|", "spec: |", "spec: rep|", "spec:\n  |", "spec:\n  re|", "spec:\n|"]) {
    assert.equal(at(head + end).accept("replicas"), `${head}spec:\n  replicas: `, end);
  }
});

test("an entry of a list is begun once, whatever of it is there", () => {
  const list = `${head}spec:\n  template:\n    spec:\n      containers:`;
  const written = `${list}\n        - name: \n          image: `;
  for (const end of ["\n        - |", "\n        -|", "\n        |", "\n        - na|", " |", "|"]) {
    assert.equal(at(list + end).accept("name"), written, end);
  }
});

test("lists stand as the other lists of the document do", () => {
  const compact = `${head}spec:\n  template:\n    spec:\n      containers:\n      - name: a\n        |`;
  assert.match(at(compact).accept("ports"), /\n {8}ports:\n {8}- containerPort: $/);
  const wide = `${head}spec:\n    template:\n        spec:\n            containers:\n                - name: a\n                  |`;
  assert.match(at(wide).accept("ports"), /\n {18}ports:\n {22}- containerPort: $/);
});

test("between keys, at an indentation that is none, and with another entry below", () => {
  assert.equal(
    at(container.replace("          image", "      |\n          image")).accept("command"),
    container.replace("          image", "          command:\n            - \n          image"),
  );
  assert.match(at(`${container}            |`).accept("ports"), /1\.27\n {10}ports:\n {12}- containerPort: $/);
});

test("the rest of a word is replaced, its colon, value and comment stay", () => {
  const { accept } = at(container.replace("image: nginx:1.27", "im|mage: nginx:1.27 # pinned"));
  assert.equal(
    accept("imagePullPolicy"),
    container.replace("image: nginx:1.27", "imagePullPolicy: nginx:1.27 # pinned"),
  );
});

test("in braces and brackets the text stays on its line, with the commas that it needs", () => {
  const flow = (inner: string) => `${head}spec: ${inner}\n`;
  assert.equal(at(flow("{|}")).accept("replicas"), flow("{replicas: }"));
  assert.equal(at(flow("{ paused: true, | }")).accept("replicas"), flow("{ paused: true, replicas:  }"));
  assert.equal(at(flow("{ | paused: true }")).accept("replicas"), flow("{ replicas: , paused: true }"));
  assert.equal(at(flow("{ selector: {}|}")).accept("paused"), flow("{ selector: {}, paused: }"));
  assert.equal(at(flow("{ paused: true | }")).accept("replicas"), flow("{ paused: true, replicas:  }"));
});

test("in JSON keys and texts have their quotes", () => {
  const json = '{\n  "apiVersion": "apps/v1",\n  "kind": "Deployment"\n  |\n}';
  const uri = "file:///a.json";
  assert.equal(
    at(json, { uri }).accept("metadata"),
    '{\n  "apiVersion": "apps/v1",\n  "kind": "Deployment",\n  "metadata": { "name": "" }\n}',
  );
  assert.match(at('{ "kind": "Pod", "sp|" }', { uri }).accept("spec"), /^\{ "kind": "Pod", "spec": \{ "containers": /);
});

test("of fields that rule each other out the others are offered until one is there", () => {
  const volumes = "kind: Pod\nspec:\n  volumes:\n    - name: a\n      ";
  assert.ok(at(`${volumes}|`).labels.includes("configMap"));
  assert.deepEqual(at(`${volumes}emptyDir: {}\n      |`).labels, []);
  assert.ok(!at(`${head}spec:\n  strategy:\n    type: Recreate\n    |`).labels.includes("rollingUpdate"));
  assert.deepEqual(at("kind: PodDisruptionBudget\nspec:\n  minAvailable: 1\n  |").labels, [
    "selector",
    "unhealthyPodEvictionPolicy",
  ]);
});

test("only fields that the version knows are offered, and old ones are marked", () => {
  const pod = "kind: Pod\nspec:\n  |";
  assert.ok(!at(pod, { target: "1.34" }).labels.includes("hostnameOverride"));
  assert.ok(at(pod, { target: "1.36" }).labels.includes("hostnameOverride"));
  const old = at(pod)
    .items.filter(({ deprecated }) => deprecated)
    .map(({ label }) => label);
  assert.deepEqual(old, ["serviceAccount"]);
});

test("nothing is offered in comments, in blocks of text and for objects that are not known", () => {
  assert.deepEqual(at(`${head}# sp|`).labels, []);
  assert.deepEqual(
    at("kind: ConfigMap\ndata:\n  a: |\n    text\n".replace("text", "te|xt").replace("a: |\n", "a: >\n")).labels,
    [],
  );
  assert.deepEqual(at("apiVersion: example.com/v1\nkind: Widget\nspec:\n  |").labels, []);
});

test("a kustomization has fields of its own", () => {
  const uri = "file:///base/kustomization.yaml";
  assert.deepEqual(at("|", { uri }).labels.slice(0, 4), ["apiVersion", "kind", "resources", "namespace"]);
  assert.equal(at("images:\n  - |", { uri }).accept("name"), "images:\n  - name: ");
  assert.ok(!at("patches:\n- path: a.yaml\n  |", { uri }).labels.includes("patch"));
});

test("a document is completed while another one, or the rest of it, cannot be read", () => {
  const broken = "kind: Pod\nspec: {{{\n---\nkind: Pod\nspec:\n  |\nmetadata: [\n";
  assert.ok(at(broken).labels.includes("containers"));
});

test("an item of a List is completed as what it is", () => {
  const list = "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Service\n    spec:\n      |";
  assert.equal(at(list).labels[0], "selector");
});

test("lines of a template are passed over", () => {
  const template = `{{- if .Values.on }}\napiVersion: v1\nkind: Pod\nspec:\n  {{- with .Values.more }}\n  |\n{{- end }}\n`;
  assert.equal(at(template).labels[0], "containers");
});
