// What a file is where it stands, and what is said of it: files in, findings out. The samples are what people have in their repositories.
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { standing } from "../../server/service/requests/standing.ts";
import { createService } from "../../server/service/service.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { lonePlace } from "../../server/service/standing/place.ts";
import { check } from "./folder.ts";

const meta = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: shop\n";
const shop = `${meta}spec:
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
      - name: web
        image: example.org/shop:1
`;
const unlabelled = shop.replace(/ {2}selector:[\s\S]*?template:\n[\s\S]*?spec:\n/, "  template:\n    spec:\n");
const memory = `${meta}spec:
  template:
    spec:
      containers:
      - name: web
        resources:
          limits:
            memory: 256Mi
`;

test("patches that a kustomization names are judged by the names and types of their fields only", () => {
  const steps = "- op: add\n  path: /spec/replicas\n  value: 3\n";
  const kustomization = `resources:
- shop.yaml
patches:
- path: memory.yaml
- path: steps.yaml
  target: { kind: Deployment, name: shop }
patchesStrategicMerge:
- old.yaml
`;
  const files = { "kustomization.yaml": kustomization, "shop.yaml": shop, "memory.yaml": memory, "steps.yaml": steps };
  assert.deepEqual(check({ ...files, "old.yaml": memory.replace("256Mi", "lots").replace("limits", "limit") }), [
    "memory.yaml: Deployment shop: as patch (kustomization.yaml names it as a patch)",
    "old.yaml: Deployment shop: as patch (kustomization.yaml names it as a patch)",
    "shop.yaml: Deployment shop: as kustomize base (kustomization.yaml adds to it)",
    "steps.yaml: as patch (kustomization.yaml names it as a patch)",
    "old.yaml:11:11: error: Unknown field `spec.template.spec.containers[0].resources.limit`. Did you mean `limits`? [unknown-field]",
    "old.yaml:12:21: error: `spec.template.spec.containers[0].resources.limit.memory` cannot be read (it is `lots`). " +
      "A quantity is a number with a suffix such as `100m`, `2`, `512Mi` or `1.5Gi`, without blanks. [invalid-quantity]",
  ]);
  // A file that is checked alone has its kustomization beside it all the same.
  assert.deepEqual(check(files, "memory.yaml"), [
    "memory.yaml: Deployment shop: as patch (kustomization.yaml names it as a patch)",
  ]);
});

test("directives of strategic merge patches say by themselves that something is a patch", () => {
  const taken = memory.replace(
    / {8}resources[\s\S]*/,
    "        env:\n        - name: DEBUG\n          $patch: delete\n",
  );
  const retained = `${meta}spec:\n  strategy:\n    $retainKeys: [type]\n    type: Recreate\n`;
  const ordered = `${meta}spec:\n  template:\n    spec:\n      $setElementOrder/containers:\n      - name: web\n`;
  for (const [text, key] of [
    [taken, "$patch"],
    [retained, "$retainKeys"],
    [ordered, "$setElementOrder/containers"],
  ] as const) {
    assert.deepEqual(check({ "patch.yaml": text }), [`patch.yaml: Deployment shop: as patch (it holds \`${key}\`)`]);
  }
});

test("what a kustomization adds to its resources is there when they are judged", () => {
  const base = "shop.yaml: Deployment shop: as kustomize base (kustomization.yaml adds to it)";
  const with_ = (lines: string) =>
    check({ "kustomization.yaml": `resources:\n- shop.yaml\n${lines}`, "shop.yaml": unlabelled });
  assert.deepEqual(with_("labels:\n- pairs: { app: shop }\n  includeSelectors: true\n"), [base]);
  assert.deepEqual(with_("commonLabels: { app: shop }\n"), [base]);
  // Labels alone make no selector.
  assert.match(with_("labels:\n- pairs: { app: shop }\n").join("\n"), /spec.selector` is required/);
  const inline = `patches:\n- patch: |-\n    ${meta.replaceAll("\n", "\n    ")}spec: { selector: { matchLabels: { app: shop } }, template: { metadata: { labels: { app: shop } } } }\n`;
  assert.deepEqual(with_(inline), [base]);
  const operations = `patches:
- target: { kind: Deployment }
  patch: |-
    - { op: add, path: /spec/selector, value: { matchLabels: { app: shop } } }
    - { op: add, path: /spec/template/metadata, value: { labels: { app: shop } } }
`;
  assert.deepEqual(with_(operations), [base]);
});

test("an overlay adds to the base that it takes in, and a component to what takes it in", () => {
  const files = {
    "base/kustomization.yaml": "resources: [shop.yaml]\n",
    "base/shop.yaml": unlabelled,
    "overlays/live/kustomization.yaml": "resources: [../../base]\ncommonLabels: { app: shop }\n",
  };
  const base = "base/shop.yaml: Deployment shop: as kustomize base (base/kustomization.yaml adds to it)";
  assert.deepEqual(check(files), [base]);
  assert.deepEqual(check(files, "base/shop.yaml"), [base]);
});

test("files that a generator reads are data", () => {
  const files = {
    "kustomization.yaml": "configMapGenerator:\n- name: settings\n  files:\n  - app.yaml=settings.yaml\n",
    "settings.yaml": "kind: Deployment\napiVersion: apps/v1\nspec: { replicas: many }\n",
  };
  assert.deepEqual(check(files), ["settings.yaml: Deployment: as data (kustomization.yaml reads it as data)"]);
});

test("placeholders stay unknown, and what does not depend on them is still judged", () => {
  const filled = (replicas: string, memory_: string, name = "web") =>
    check({
      "shop.yaml": shop
        .replace("spec:\n", `spec:\n  replicas: ${replicas}\n`)
        .replace(
          "- name: web\n",
          `- name: ${name}\n        imagePullPolcy: Always\n        resources: { limits: { memory: ${memory_} } }\n`,
        ),
    });
  const wrong =
    "shop.yaml:17:9: error: Unknown field `spec.template.spec.containers[0].imagePullPolcy`. Did you mean `imagePullPolicy`? [unknown-field]";
  for (const [replicas, amount] of [
    [`\${REPLICAS}`, `"\${MEMORY:=5Gi}"`],
    ["<REPLICAS>", '"<memory>"'],
    ["REPLICA_COUNT", "MEMORY_LIMIT"],
    ['"{{ .Values.replicas }}"', '"{{ .Values.memory }}"'],
    ["{{ .Values.replicas }}", '"{{ .Values.memory }}"'],
    ["{% if big %}3{% endif %}", "'{{ memory }}'"],
    ["%REPLICAS%".replace(/^/, '"').concat('"'), '"@MEMORY@"'],
  ] as const) {
    const said = filled(replicas, amount);
    assert.match(said[0] ?? "", /^shop.yaml: Deployment shop: as template /, replicas);
    assert.deepEqual(said.slice(1), [wrong], replicas);
  }
  // What is no placeholder is a mistake as ever.
  assert.match(filled("many", "1Gi").join("\n"), /`many` is text here; a whole number is expected/);
  assert.match(filled("3", "1Gi", "WEB_NAME").join("\n"), /Unknown field/);
});

test("blocks of templates may bring anything, so that nothing is missing", () => {
  const chart = `{{- if .Values.web }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "shop.fullname" . }}
  labels:
    {{- include "shop.labels" . | nindent 4 }}
spec:
  {{- with .Values.replicas }}
  replicas: {{ . }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "shop.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "shop.selectorLabels" . | nindent 8 }}
    spec:
      containers:
        - name: web
          image: "{{ .Values.image.repository }}:{{ .Values.image.tag }}"
          imagePullPolicy: always
          {{- if .Values.probe }}
          livenessProbe: {{- toYaml .Values.probe | nindent 12 }}
          {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
{{- end }}
`;
  assert.deepEqual(check({ "templates/shop.yaml": chart }).slice(1), [
    "templates/shop.yaml:23:28: error: `spec.template.spec.containers[0].imagePullPolicy` does not support this value (it is `always`); use Always, IfNotPresent, Never. Values are compared with case. [value-not-supported]",
  ]);
});

test("an object whose version or kind depends on a condition is not judged by one branch", () => {
  const either = `{{- if .Values.old }}\napiVersion: extensions/v1beta1\n{{- else }}\napiVersion: policy/v1beta1\n{{- end }}\nkind: PodDisruptionBudget\nmetadata: { name: {{ .Release.Name }} }\n`;
  assert.equal(check({ "templates/budget.yaml": either }).length, 1);
  const kind = chartOf("{{- if .Values.set }}\nkind: StatefulSet\n{{- else }}\nkind: Deployment\n{{- end }}\n");
  assert.equal(check({ "templates/shop.yaml": kind }).length, 1);
});

function chartOf(kind: string): string {
  return `apiVersion: apps/v1\n${kind}metadata: { name: {{ .Release.Name }} }\nspec:\n  volumeClaimTemplates: []\n  serviceName: shop\n`;
}

test("braces that others read do not switch a file off", () => {
  const policy =
    'apiVersion: policies.example.org/v1\nkind: Policy\nmetadata: { name: owner }\nspec: { label: "{{ request.user }}" }\n';
  const workflow =
    "apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: { name: w }\nspec: { args: ['{{inputs.parameters.a}}'] }\n";
  const alerts = shop.replace("- name: web\n", `- name: web\n        args: ['--format={{ .Status }}', "\${POD}"]\n`);
  assert.deepEqual(check({ "all.yaml": [alerts.replace("image:", "imag:"), policy, workflow].join("---\n") }), [
    "all.yaml:17:9: error: Unknown field `spec.template.spec.containers[0].imag`. Did you mean `image`? [unknown-field]",
  ]);
});

test("placeholders that are no YAML are told once", () => {
  const said = check({
    "shop.yaml": shop.replaceAll("shop", "@NAME@").replace("example.org/@NAME@", "example.org/shop"),
  });
  assert.deepEqual(
    said.slice(1).map((line) => line.replace(/:.*/, "")),
    ["shop.yaml"],
  );
});

test("assertions of test tools assert what they hold, and nothing is missing from them", () => {
  const partial = `${meta}status:\n  readyReplicas: 3\n`;
  const expression = `${meta}spec:\n  (replicas > \`1\`): true\n`;
  const said = check({
    "tests/01-assert.yaml": memory,
    "tests/02-errors.yaml": memory,
    "chain/chainsaw-test.yaml":
      "apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata: { name: t }\nspec: { steps: [] }\n",
    "chain/shop-assert.yaml": memory,
    "status.yaml": partial,
    "expression.yaml": expression,
  });
  assert.deepEqual(said, [
    "chain/shop-assert.yaml: Deployment shop: as assertion (its name or a test of chainsaw says so)",
    "expression.yaml: Deployment shop: as assertion (`(replicas > `1`)` is an expression)",
    "status.yaml: Deployment shop: as assertion (it has a status and nothing else)",
    "tests/01-assert.yaml: Deployment shop: as assertion (its name or a test of kuttl says so)",
    "tests/02-errors.yaml: Deployment shop: as assertion (its name or a test of kuttl says so)",
  ]);
});

test("what the server filled in is no mistake in an export or a buffer of kubectl edit", () => {
  const filled = shop.replace(
    "  name: shop\n",
    "  name: shop\n  uid: 4be5b9b5-0d3f-4b43-9d8e-1e6b1f6b7a11\n  generation: 3\n",
  );
  assert.deepEqual(check({ "shop.yaml": `${filled}status:\n  replicas: 1\n` }), [
    "shop.yaml: Deployment shop: as export (it has `metadata.uid`)",
  ]);
  const job = `# Please edit the object below. Lines beginning with a '#' will be ignored,
apiVersion: batch/v1
kind: Job
metadata: { name: once }
spec:
  selector: { matchLabels: { batch.kubernetes.io/controller-uid: a } }
  template: { spec: { restartPolicy: Never, containers: [{ name: a, image: a, comand: [a] }] } }
`;
  assert.deepEqual(check({ "kubectl-edit-1.yaml": job }), [
    "kubectl-edit-1.yaml: Job once: as export (`kubectl edit` wrote it)",
    "kubectl-edit-1.yaml:7:79: error: Unknown field `spec.template.spec.containers[0].comand`. Did you mean `command`? [unknown-field]",
  ]);
});

const scaler = (name: string, more = "") =>
  shop.replaceAll("shop", "scaler").replace("name: scaler\n", `name: ${name}\n  namespace: kube-system\n${more}`);

test("what is installed apart is no neighbour; what is installed together is, and the other file is named", () => {
  const alone = { "cloud-a/scaler.yaml": scaler("scaler"), "cloud-b/scaler.yaml": scaler("cloud-b-scaler") };
  assert.deepEqual(check(alone), []);
  const both = { ...alone, "kustomization.yaml": "resources: [cloud-a/scaler.yaml, cloud-b/scaler.yaml]\n" };
  assert.deepEqual(
    check(both).filter((line) => line.includes("selector-overlap")),
    [
      "cloud-a/scaler.yaml:7:3: information: This selector also matches the pods of Deployment `cloud-b-scaler`. Each keeps its own, but what goes by this selector takes in both. (in cloud-b/scaler.yaml) [selector-overlap]",
      "cloud-b/scaler.yaml:7:3: information: This selector also matches the pods of Deployment `scaler`. Each keeps its own, but what goes by this selector takes in both. (in cloud-a/scaler.yaml) [selector-overlap]",
    ],
  );
});

test("files of a folder that say what the same object is are alternatives, and no neighbours", () => {
  const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: scaler, namespace: kube-system }\n";
  const one = { "a.yaml": scaler("scaler"), "b.yaml": scaler("other-scaler") };
  assert.equal(check(one).filter((line) => line.includes("selector-overlap")).length, 2);
  const either = Object.fromEntries(Object.entries(one).map(([name, text]) => [name, `${account}---\n${text}`]));
  assert.deepEqual(check(either), []);
});

test("a selector that takes in another's pods is a hint, as both finish", () => {
  const leader = shop
    .replaceAll("app: shop\n    ", "app: shop\n        role: leader\n    ")
    .replaceAll("name: shop", "name: leader");
  const wider = leader
    .replace("        role: leader\n", "")
    .replace("app: shop\n    spec", "app: shop\n        role: leader\n    spec");
  const follower = shop
    .replace("      app: shop\n", "      app: shop\n      role: follower\n")
    .replace("        app: shop\n", "        app: shop\n        role: follower\n")
    .replace("name: shop", "name: follower");
  const said = check({ "all.yaml": `${wider}---\n${follower}` });
  assert.deepEqual(
    said.map((line) => line.replace(/: This.*/, "")),
    ["all.yaml:6:3: hint"],
  );
});

test("ports that nobody declares are told once, with all of them", () => {
  const declared = shop.replace("image:", "ports: [{ containerPort: 8080 }]\n        image:");
  const service = `apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { selector: { app: shop }, ports: [{ name: a, port: 80 }, { name: b, port: 81 }, { name: c, port: 82, targetPort: 8080 }] }
`;
  assert.deepEqual(check({ "all.yaml": `${declared}---\n${service}` }), [
    "all.yaml:22:42: information: Deployment `shop` declares 8080, not port 80, 81. [target-port-undeclared]",
  ]);
});

test("a version that an export holds is worth an information", () => {
  const said = check({ "shop.yaml": shop.replace("name: shop\n", 'name: shop\n  resourceVersion: "8842"\n') });
  assert.deepEqual(said, [
    "shop.yaml: Deployment shop: as export (it has `metadata.resourceVersion`)",
    "shop.yaml:5:20: information: Creating ignores this version, but applying later conflicts as soon as the object has another than `8842`. [resource-version-given]",
  ]);
});

test("an editor is told what a text is taken for, in its language, and nothing of what is not judged", async () => {
  const taken = async (text: string, words = en) => {
    const preferences = { settings: defaultSettings, words, timeZone: "UTC", structureElsewhere: false, pages: null };
    const surroundings = { docs: {}, now: () => 0, pause: () => Promise.resolve(), beyond: () => undefined };
    const service = createService(
      { ...surroundings, placeOf: () => lonePlace },
      { ...preferences, simulates: false, waits: false },
    );
    service.open({ manifest: openManifest("file:///a.yaml", "yaml", text), version: 1 });
    return standing.answer(service, { uri: "file:///a.yaml" }, () => false);
  };
  assert.deepEqual(await taken(shop), { takenFor: "as applied", why: "nothing says otherwise" });
  assert.deepEqual(await taken(shop.replace("spec:\n", `spec:\n  replicas: \${REPLICAS}\n`), ko), {
    takenFor: "템플릿(값에 달려 있지 않은 것만 판단)",
    why: "자리 표시자 `${REPLICAS}`이(가) 있습니다",
  });
  assert.equal(await taken("services: { web: { image: web } }\n"), null);
});
