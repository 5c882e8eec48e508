// What kustomize makes of files decides what is said of them: files in, findings out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { check, findings } from "./folder.ts";

const deployment = (name: string, more = "") => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
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
${more}`;
const part = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
spec:
  template:
    spec:
      serviceAccountName: shop
`;

test("a namespace is given to all that have one, to the Namespace itself and to accounts that are bound", () => {
  const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: shop }
subjects: [{ kind: ServiceAccount, name: shop }]
`;
  const files = {
    "binding.yaml": binding,
    "namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: { name: _ }\n",
  };
  const resources = "resources: [binding.yaml, namespace.yaml]\n";
  assert.deepEqual(findings({ ...files, "kustomization.yaml": `${resources}namespace: shop\n` }), []);
  assert.deepEqual(
    findings({ ...files, "kustomization.yaml": resources }).map((line) => line.replace(/: error.*\[/, " [")),
    ["binding.yaml:5:12 [field-required]", "namespace.yaml:3:19 [invalid-dns-label]"],
  );
});

test("prefixes and suffixes make the name that counts", () => {
  const files = { "shop.yaml": deployment("-shop") };
  const with_ = (lines: string) => findings({ ...files, "kustomization.yaml": `resources: [shop.yaml]\n${lines}` });
  assert.deepEqual(with_("namePrefix: live\n"), []);
  assert.match(with_("").join("\n"), /shop.yaml:4:9: error: `metadata.name` is not valid/);
  assert.match(
    with_("namePrefix: live\nnameSuffix: _\n").join("\n"),
    /`metadata.name` is not valid \(it is `live-shop_`\)/,
  );
});

test("images and replicas of a kustomization are the ones that are applied", () => {
  const files = {
    "shop.yaml": deployment("shop")
      .replace("image: example.org/shop:1", "image: shop")
      .replace("spec:\n", "spec:\n  replicas: -1\n"),
  };
  const more = "images: [{ name: shop, newName: example.org/shop, newTag: 2 }]\nreplicas: [{ name: shop, count: 3 }]\n";
  assert.deepEqual(findings({ ...files, "kustomization.yaml": `resources: [shop.yaml]\n${more}` }), []);
});

test("what is right for one of the overlays that take a base in is no mistake of the base", () => {
  const bare = deployment("shop").replace(
    / {2}selector:[\s\S]*?template:\n[\s\S]*?spec:\n/,
    "  template:\n    spec:\n",
  );
  const files = {
    "base/kustomization.yaml": "resources: [shop.yaml]\n",
    "base/shop.yaml": bare,
    "live/kustomization.yaml": "resources: [../base]\n",
    "test/kustomization.yaml": "resources: [../base]\ncommonLabels: { app: shop }\n",
  };
  assert.deepEqual(findings(files), []);
  const { "test/kustomization.yaml": _, ...without } = files;
  assert.match(findings(without).join("\n"), /`spec.selector` is required/);
});

test("an overlay that takes an object away leaves it to the others", () => {
  const files = {
    "base/kustomization.yaml": "resources: [shop.yaml]\n",
    "base/shop.yaml": deployment("shop"),
    "live/kustomization.yaml":
      "resources: [../base]\npatches:\n- patch: |-\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: { name: shop }\n    $patch: delete\n",
  };
  assert.deepEqual(findings(files), []);
});

test("components do their part to what takes them in, and replacements fill in fields", () => {
  const bare = deployment("shop").replace(
    / {2}selector:[\s\S]*?template:\n[\s\S]*?spec:\n/,
    "  template:\n    spec:\n",
  );
  const files = {
    "shop/kustomization.yaml": "resources: [shop.yaml]\ncomponents: [../labels]\n",
    "shop/shop.yaml": bare,
    "labels/kustomization.yaml": "kind: Component\ncommonLabels: { app: shop }\n",
  };
  assert.deepEqual(findings(files), []);
  const filled = {
    "shop.yaml": deployment("shop").replace("image: example.org/shop:1", 'image: ""'),
    "kustomization.yaml":
      "resources: [shop.yaml]\nreplacements:\n- source: { kind: ConfigMap, name: version }\n  targets:\n  - select: { kind: Deployment }\n    fieldPaths: ['spec.template.spec.containers.[name=web].image']\n",
  };
  assert.deepEqual(findings(filled), []);
});

test("variables of kustomize are filled in before anything is applied", () => {
  const files = {
    "shop.yaml": deployment("$(name)"),
    "kustomization.yaml":
      "resources: [shop.yaml]\nvars: [{ name: name, objref: { kind: ConfigMap, name: a, apiVersion: v1 } }]\n",
  };
  assert.deepEqual(check(files), [
    "shop.yaml: Deployment $(name): as template (only what does not depend on it is judged) (it holds the placeholder `$(name)`)",
  ]);
});

test("a patch that no kustomization names is one by its name, if it lacks what only a patch may lack", () => {
  const called = "as patch (it is called a patch, and lacks what only a patch may lack)";
  for (const name of ["patches/account.yaml", "account_patch.yaml", "overlays/live/account.yaml"]) {
    assert.deepEqual(check({ [name]: part }), [`${name}: Deployment shop: ${called}`]);
  }
  assert.match(
    check({ "patches/account.yaml": part.replace("serviceAccountName", "serviceAcountName") }).join("\n"),
    /unknown-field/,
  );
  assert.match(check({ "account.yaml": part }).join("\n"), /`spec.selector` is required/);
  // What is whole is judged as a whole, wherever it stands.
  assert.match(
    check({ "overlays/live/shop.yaml": deployment("shop").replace("app: shop\n    spec", "app: shp\n    spec") }).join(
      "\n",
    ),
    /selector does not match/,
  );
});

test("a file that its kustomization does not name any more is judged as if it did", () => {
  const bare = deployment("shop").replace(
    / {2}selector:[\s\S]*?template:\n[\s\S]*?spec:\n/,
    "  template:\n    spec:\n",
  );
  assert.deepEqual(
    findings({ "kustomization.yaml": "resources: []\ncommonLabels: { app: shop }\n", "shop.yaml": bare }),
    [],
  );
});

test("a patch that empties fields and one that names no object of its own", () => {
  const files = {
    "kustomization.yaml": "resources: [shop.yaml]\npatches:\n- path: inject.yaml\n  target: { kind: Deployment }\n",
    "shop.yaml": deployment("shop"),
    "inject.yaml":
      'patches:\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: "*" }\nspec: { replicas: null }\n',
  };
  assert.deepEqual(findings(files), []);
});

test("secrets that SOPS has encrypted are judged as what they will be", () => {
  const secret = `apiVersion: v1
kind: Secret
metadata: { name: shop }
data: { password: "ENC[AES256_GCM,data:b1RL,iv:aa=,tag:bb==,type:str]" }
sops: { lastmodified: "2031-04-01T12:00:00Z", mac: "ENC[AES256_GCM,data:x,type:str]", version: 3.9.0 }
`;
  assert.deepEqual(check({ "secret.yaml": secret }), [
    "secret.yaml: Secret shop: as template (only what does not depend on it is judged) (SOPS has encrypted it)",
  ]);
  assert.match(check({ "secret.yaml": secret.replace("\ndata:", "\ndate:") }).join("\n"), /Unknown field `date`/);
});

test("files that a test of Chainsaw asserts, and those of a test of Kyverno's command line, are not applied as they stand", () => {
  const ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: a }\n";
  const said = check({
    "one/chainsaw-test.yaml":
      "apiVersion: chainsaw.kyverno.io/v1alpha1\nkind: Test\nmetadata: { name: a }\nspec: { steps: [{ try: [{ assert: { file: ready.yaml } }, { apply: { file: made.yaml } }, { apply: { file: bad.yaml, expect: [{ check: { ($error != null): true } }] } }] }] }\n",
    "one/ready.yaml": ingress,
    "one/bad.yaml": ingress,
    "one/made.yaml": ingress,
    "two/kyverno-test.yaml":
      "apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\nmetadata: { name: a }\nresources: [pod.yaml]\n",
    "two/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: { name: a }\n",
  });
  assert.deepEqual(
    said.map((line) => line.replace(/ \(.*|error: .*\[/, "")),
    [
      "one/bad.yaml: Ingress a: as assertion",
      "one/ready.yaml: Ingress a: as assertion",
      "two/pod.yaml: Pod a: as assertion",
      "one/made.yaml:1:1: one-of-missing]",
    ],
  );
});
