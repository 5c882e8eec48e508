// What pods need by name and the installation does not have: files in, findings out. Where it may be made elsewhere, nothing is said.
import assert from "node:assert/strict";
import { test } from "node:test";
import { findings, inFolder } from "./folder.ts";

const pod = (spec: string, container = "") => `apiVersion: v1
kind: Pod
metadata: { name: web }
spec:
  ${spec}
  containers: [{ name: web, image: web${container} }]
`;
const config = (name: string, more = "") =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}${more} }\ndata: { PORT: "1" }\n`;
const secret = (name: string) =>
  `---\napiVersion: v1\nkind: Secret\nmetadata: { name: ${name} }\nstringData: { token: "1" }\n`;

test("each kind that pods need by name, where another of it is installed with them", () => {
  const other = (kind: string, rest = "") => `---\napiVersion: v1\nkind: ${kind}\nmetadata: { name: other }\n${rest}`;
  const claim = "spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n";
  const priority = "---\napiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: { name: other }\nvalue: 1\n";
  for (const [text, said] of [
    [
      pod("", ", envFrom: [{ configMapRef: { name: shop } }]") + config("other"),
      "6:75: information: No ConfigMap `shop`",
    ],
    [pod("", ", envFrom: [{ secretRef: { name: shop } }]") + secret("other"), "6:72: information: No Secret `shop`"],
    [pod("volumes: [{ name: a, configMap: { name: shop } }]") + config("other"), "No ConfigMap `shop`"],
    [
      pod("volumes: [{ name: a, projected: { sources: [{ secret: { name: shop } }] } }]") + secret("other"),
      "No Secret `shop`",
    ],
    [
      pod("volumes: [{ name: a, persistentVolumeClaim: { claimName: shop } }]") + other("PersistentVolumeClaim", claim),
      "No PersistentVolumeClaim `shop`",
    ],
    [pod("serviceAccountName: shop") + other("ServiceAccount"), "5:23: information: No ServiceAccount `shop`"],
    [pod("priorityClassName: shop") + priority, "No PriorityClass `shop`"],
  ] as const) {
    const told = findings({ "a.yaml": text }).filter((line) => line.includes("[counterpart-missing]"));
    assert.equal(told.length, 1, text);
    assert.ok(told[0]?.includes(said), told[0]);
    // Without another of the kind nobody knows where such objects come from.
    assert.deepEqual(
      findings({ "a.yaml": text.replace(/---[\s\S]*/, "") }).filter((line) => line.includes("missing")),
      [],
    );
  }
});

test("what is optional, well known, made by others or not known yet is not missing", () => {
  const silent = (files: Readonly<Record<string, string>>) =>
    assert.deepEqual(
      findings(files).filter((line) => /counterpart-missing|key-missing/.test(line)),
      [],
    );
  silent({ "a.yaml": pod("", ", envFrom: [{ configMapRef: { name: shop, optional: true } }]") + config("other") });
  silent({ "a.yaml": pod("", ", envFrom: [{ configMapRef: { name: kube-root-ca.crt } }]") + config("other") });
  silent({ "a.yaml": pod("serviceAccountName: default\n  priorityClassName: system-node-critical") });
  const reads = pod("", ", envFrom: [{ secretRef: { name: shop-tls } }]") + secret("other");
  const certificate =
    "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: { name: shop }\nspec: { secretName: shop-tls }\n";
  assert.equal(findings({ "a.yaml": reads }).length, 1);
  silent({ "a.yaml": `${reads}---\n${certificate}` });
  silent({ "a.yaml": reads, "certificate.yaml": certificate });
  // A name that is filled in may be any, and a broken object is there all the same.
  silent({ "a.yaml": reads + secret(`"\${NAME}"`) });
  silent({ "a.yaml": reads + secret("shop-tls").replace("stringData", "stringDate") });
  // Another namespace or folder may be the one that is meant.
  silent({
    "a.yaml": pod("", ", envFrom: [{ configMapRef: { name: shop } }]") + config("other"),
    "b/b.yaml": config("shop", ", namespace: b"),
  });
});

test("keys that a ConfigMap or Secret does not have", () => {
  const reads = (key: string) =>
    pod("", `, env: [{ name: A, valueFrom: { configMapKeyRef: { name: shop, key: ${key} } } }]`);
  assert.deepEqual(findings({ "a.yaml": reads("PROT") + config("shop") }), [
    "a.yaml:6:107: information: ConfigMap `shop` has no key `PROT`. Did you mean `PORT`? [key-missing]",
  ]);
  assert.deepEqual(findings({ "a.yaml": reads("PORT") + config("shop") }), []);
  const said = findings({ "a.yaml": reads("HOST"), "b.yaml": config("shop") });
  assert.match(
    said.join(),
    /^a.yaml:6:107: information: ConfigMap `shop` has no key `HOST`. It has `PORT`. \(in .*b.yaml\) \[key-missing\]$/,
  );
  const items = pod(
    "volumes: [{ name: a, secret: { secretName: shop, items: [{ key: tokn, path: t }] } }]",
    ", volumeMounts: [{ name: a, mountPath: /a }]",
  );
  assert.match(
    findings({ "a.yaml": items + secret("shop") }).join(),
    /5:67: information: Secret `shop` has no key `tokn`. Did you mean `token`\?/,
  );
  // One without any is filled by something else.
  assert.deepEqual(findings({ "a.yaml": reads("PORT") + config("shop").replace(/\ndata.*/, "") }), []);
});

test("what a kustomization generates is there, with its keys", () => {
  const reads = (key: string) =>
    pod("", `, env: [{ name: A, valueFrom: { configMapKeyRef: { name: shop, key: ${key} } } }]`) + config("other");
  const kustomization =
    "resources: [a.yaml]\nconfigMapGenerator:\n- name: shop\n  literals: [PORT=1]\n  files: [conf=a.conf, b/nginx.conf]\n  envs: [shop.env]\n";
  const files = (key: string) => ({
    "kustomization.yaml": kustomization,
    "a.yaml": reads(key),
    "shop.env": "HOST=a\n# no\n",
  });
  for (const key of ["PORT", "conf", "nginx.conf", "HOST"]) assert.deepEqual(findings(files(key)), [], key);
  assert.match(findings(files("PROT")).join(), /ConfigMap `shop` has no key `PROT`. Did you mean `PORT`\?/);
});

test("by the name that a kustomization gives it an object is spoken of as well", () => {
  const reads = pod(
    "",
    ", envFrom: [{ configMapRef: { name: shop-settings } }, { configMapRef: { name: shop-made } }]",
  );
  const files = (prefix: string) => ({
    "kustomization.yaml": `resources: [a.yaml]\nnamePrefix: ${prefix}\nconfigMapGenerator:\n- name: made\n  literals: [A=1]\n`,
    "a.yaml": reads + config("settings"),
  });
  assert.deepEqual(findings(files("shop-")), []);
  assert.equal(findings(files("till-")).length, 2);
});

test("images that no runtime takes, and an address as an external name", () => {
  const said = (image: string) =>
    findings({ "a.yaml": pod("").replace("image: web", `image: "${image}"`) }).map((line) =>
      line.replace(/^[^`]*`[^`]*` for an image: | \[.*/g, ""),
    );
  assert.deepEqual(said("example.org/Shop:1"), ["names of repositories have no capital letters."]);
  assert.deepEqual(said("https://example.org/shop:1"), ["it has no `://` before the registry."]);
  assert.deepEqual(said("shop:"), ["nothing stands behind the last `:`."]);
  assert.deepEqual(said("shop:1:2"), ["it has one tag."]);
  assert.deepEqual(said("shop web:1"), ["there are no blanks in it."]);
  assert.deepEqual(said("shop@sha256:abc"), ["a digest is `sha256:` and 64 hexadecimal digits."]);
  for (const fine of [
    "shop",
    "Example.org:5000/shop/web__x:V1.2_b",
    "localhost/a-b.c",
    "ko://example.org/cmd/Shop",
    "IMAGE",
    "REPLACE_ME/shop",
    `shop@sha256:${"a1".repeat(32)}`,
    "$(IMAGE)",
  ]) {
    assert.deepEqual(said(fine), [], fine);
  }
  const service =
    "apiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { type: ExternalName, externalName: 10.9.8.7 }\n";
  assert.match(
    findings({ "a.yaml": service }).join(),
    /4:43: warning: `10.9.8.7` is an address, .* \[external-name-is-address\]/,
  );
  assert.equal(inFolder({ "a.yaml": service.replace("10.9.8.7", "db.example.org") }, "check", "FOLDER/a.yaml").code, 0);
});
