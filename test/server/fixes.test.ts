import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { diagnose } from "../../server/service/diagnose.ts";
import { exampleOf, explainedCodes } from "../../server/service/explain.ts";
import { fixesAt } from "../../server/service/fixes.ts";
import { manifestText, openManifest } from "../../server/service/manifest.ts";
import { codeAction, titleOf } from "../../server/service/requests/code-action.ts";
import { published } from "../../server/service/requests/diagnostic.ts";
import { createService } from "../../server/service/service.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { lonePlace } from "../../server/service/standing/place.ts";
import { applyEdits, type TextEdit } from "../../server/service/text.ts";

const good = `# the shop
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  strategy:
    rollingUpdate: { maxSurge: 0, maxUnavailable: 1 }
  template:
    metadata: { labels: { app: shop } } # ours
    spec:
      containers:
        - name: shop
          image: shop:1
          imagePullPolicy: Always
          env: [{ name: PORT, value: "8080" }]
`;
const nightly = `apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec:
  schedule: "0 2 * * 0"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{ name: a, image: a }]
`;

const rolling = good.replace("  strategy:", "  replicas: 2\n  strategy:").replace("maxSurge: 0", "maxSurge: 1");
const mounted = good
  .replace(
    "          env:",
    "          resources: { limits: { cpu: 1, memory: 1126Mi } }\n" +
      "          volumeMounts: [{ mountPath: /data, name: data }]\n          env:",
  )
  .concat("      volumes: [{ name: data, emptyDir: {} }]\n");

const mistakes: readonly (readonly [name: string, text: string, right: string, wrong: string])[] = [
  ["a field that is nearly right", good, "imagePullPolicy", "imagePullPolcy"],
  ["a value that is nearly right", good, "imagePullPolicy: Always", "imagePullPolicy: always"],
  ["labels that the selector misses", good, "labels: { app: shop }", "labels: { app: shp }"],
  ["a number where a text belongs", good, 'value: "8080"', "value: 8080"],
  ["both bounds at zero", good, "maxUnavailable: 1", "maxUnavailable: 0"],
  ["a version that is gone", good, "apiVersion: apps/v1", "apiVersion: apps/v1beta2"],
  ["a schedule without quotes", nightly.replace("0 2 * * 0", "* 2 * * 0"), '"* 2 * * 0"', "* 2 * * 0"],
  ["a number in quotes where a name may stand", rolling, "maxSurge: 1", 'maxSurge: "1"'],
  ["a blank that is none", good, "image: shop:1", "image:\u00a0shop:1"],
  ["a mark that nobody sees in a key", good, "imagePullPolicy", "image\u200bPullPolicy"],
  ["a number below zero", rolling, "replicas: 2", "replicas: -2"],
  ["a volume under another name", mounted, "mountPath: /data, name: data", "mountPath: /data, name: dta"],
  ["cores by name", mounted, "cpu: 1", "cpu: 1 core"],
  ["parts of a byte", mounted, "memory: 1126Mi", "memory: 1.1Gi"],
  ["Sunday as 7", nightly, "0 2 * * 0", "0 2 * * 7"],
  ["seconds in a schedule", nightly, "0 2 * * 0", "0 0 2 * * 0"],
];

for (const [name, text, right, wrong] of mistakes) {
  test(`puts right ${name}, and nothing else`, () => {
    const manifest = openManifest("file:///a.yaml", "yaml", text.replace(right, wrong));
    const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
    const found = diagnose(manifest, context);
    assert.equal(found.length, 1, JSON.stringify(found));
    const [fix] = fixesAt(manifest, found[0]!.range);
    assert.ok(fix, `no fix for ${found[0]!.code}`);
    assert.equal(applyEdits(manifestText(manifest), fix.edits), text);
  });
}

const old = `# moved often
apiVersion: extensions/v1beta1 # the first
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 2
  rollbackTo: # undone once
    revision: 3
  template:
    metadata: { labels: { app: shop, tier: front } } # ours
    spec:
      containers: [{ name: shop, image: "shop:1" }]
`;
const daemon = `apiVersion: extensions/v1beta1
kind: DaemonSet
metadata: { name: agent }
spec:
  templateGeneration: 4
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec: { containers: [{ name: agent, image: "agent:1" }] }
`;
const moves: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    "Change to apps/v1, selector: { matchLabels: { app: shop, tier: front } }",
    old,
    old
      .replace("extensions/v1beta1", "apps/v1")
      .replace("  rollbackTo: # undone once\n    revision: 3\n", "")
      .replace("  replicas", "  selector: { matchLabels: { app: shop, tier: front } }\n  replicas"),
  ],
  [
    "Change to apps/v1, selector: { matchLabels: { app: shop, tier: front } }",
    old.replace("extensions", "apps").replace("  rollbackTo: # undone once\n    revision: 3\n", ""),
    old
      .replace("extensions/v1beta1", "apps/v1")
      .replace("  rollbackTo: # undone once\n    revision: 3\n", "")
      .replace("  replicas", "  selector: { matchLabels: { app: shop, tier: front } }\n  replicas"),
  ],
  [
    "Change to apps/v1",
    daemon,
    daemon.replace("extensions/v1beta1", "apps/v1").replace("  templateGeneration: 4\n", ""),
  ],
  ["Change to apps/v1", good.replace("apps/v1", "apps/v1beta2"), good],
  ["Change to batch/v1", nightly.replace("batch/v1", "batch/v1beta1"), nightly],
  ["Change to batch/v1", nightly.replace("batch/v1", "batch/v2alpha1"), nightly],
  ["Change to apps/v1", good.replace("apps/v1", "v1"), good],
  ["Change to Deployment", good.replace("Deployment", "Deploymnt"), good],
  ["Change to CronJob", nightly.replace("CronJob", "Cronjob"), nightly],
  ["Change to apps/v1, Deployment", good.replace("apps/v1", "app/v1").replace("Deployment", "deployment"), good],
  ["Add apiVersion: batch/v1", nightly.replace("apiVersion: batch/v1\n", ""), nightly],
];

for (const [title, before, after] of moves) {
  test(`${title}: ${before.split("\n").slice(0, 2).join("; ")}`, () => {
    const one = fixed(before);
    assert.deepEqual([one.title, one.text], [title, after]);
    assert.deepEqual(told(one.text), []);
  });
}

test("a version that is gone is moved although there are mistakes that only then are seen", () => {
  const wrong = old.replace("image: ", "imagee: ");
  const one = fixed(wrong);
  assert.match(one.text, /^apiVersion: apps\/v1 # the first$/m);
  assert.deepEqual(
    told(one.text).map(({ code }) => code),
    ["unknown-field"],
  );
});

const claim = `apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec:
  accessModes: [ReadWriteOnce]
  resources: { requests: { storage: 5Gi } } # grows
`;
const json = `{ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "a" },
  "spec": { "containers": [{ "name": "web", "image": "web:1" }] } }
`;

function told(text: string) {
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
  return diagnose(openManifest("file:///a.yaml", "yaml", text), context);
}

/** The text after the first fix at the first finding. */
function fixed(text: string): { title: string; text: string } {
  const manifest = openManifest("file:///a.yaml", "yaml", text);
  const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
  const [found] = diagnose(manifest, context).filter(({ severity }) => severity === "error");
  assert.ok(found, "no finding");
  const [fix] = fixesAt(manifest, found.range);
  assert.ok(fix, `no fix for ${found.code}`);
  const title = titleOf(fix, en);
  return { title, text: applyEdits(manifestText(manifest), fix.edits) };
}

for (const [wrong, right] of [
  ["5 Gi", "5Gi"],
  ["5GB", "5G"],
  ["100mb", "100M"],
  ["512MiB", "512Mi"],
  ["512mi", "512Mi"],
  ['"5 gb"', '"5G"'],
] as const) {
  test(`the unit of ${wrong}`, () => {
    assert.equal(fixed(claim.replace("5Gi", wrong)).text, claim.replace("5Gi", right));
  });
}

const added: readonly (readonly [title: string, text: string, before: string, after: string])[] = [
  ["Add image: shop", good, "          image: shop:1\n", ""],
  ["Add name: shop", good, "        - name: shop\n          image", "        - image"],
  ["Add name: deployment", good, "metadata: { name: shop }", "metadata: {}"],
  ["Add selector: { matchLabels: { app: shop } }", good, "  selector: { matchLabels: { app: shop } }\n", ""],
  ["Add labels: { app: shop }", good, "metadata: { labels: { app: shop } } # ours", "metadata: {}"],
  ['Add schedule: "0 0 * * *"', nightly, '  schedule: "0 2 * * 0"\n', ""],
  ["Add restartPolicy: OnFailure", nightly, "          restartPolicy: Never\n", ""],
  ["Add accessModes: [ReadWriteOnce]", claim, "  accessModes: [ReadWriteOnce]\n", ""],
  ["Add image: web", json, ', "image": "web:1"', ""],
];

for (const [title, text, before, after] of added) {
  test(`${title} where it is missing`, () => {
    const one = fixed(text.replace(before, after));
    assert.equal(one.title, title);
    const manifest = openManifest("file:///a.yaml", "yaml", one.text);
    const context = { settings: defaultSettings, words: en, structureElsewhere: false, others: [], now: 0 };
    assert.deepEqual(diagnose(manifest, context), []);
  });
}

test("fixes say what they change, remove and move", () => {
  const high = good.replace(
    "          imagePullPolicy: Always",
    "          hostNetwork: true # ours\n          nodeName: a",
  );
  const titles: readonly (readonly [title: string, text: string])[] = [
    ["Change label app to shop", good.replace("labels: { app: shop }", "labels: { app: shp }")],
    ["Change imagePullPolcy to imagePullPolicy", good.replace("imagePullPolicy", "imagePullPolcy")],
    ["Change storage to 5G", claim.replace("5Gi", "5GB")],
    ["Move hostNetwork, nodeName to spec.template.spec", high],
    ["Remove rollingUpdate", good.replace("strategy:\n", "strategy:\n    type: Recreate\n")],
    ["Remove U+200B ZERO WIDTH SPACE", good.replace("name: PORT", "na\u200bme: PORT")],
  ];
  for (const [title, text] of titles) {
    const one = fixed(text);
    assert.equal(one.title, title);
    assert.deepEqual(told(one.text), []);
  }
  assert.match(fixed(high).text, /^ {6}hostNetwork: true # ours\n {6}nodeName: a\n {6}containers:$/m);
});

test("a finding can be silenced where it stands, by a comment above its line", () => {
  const text = good.replace("shop:1", '"shop:1 "');
  const uri = "file:///a.yaml";
  const service = createService(
    { docs: {}, now: () => 0, pause: () => Promise.resolve(), beyond: () => undefined, placeOf: () => lonePlace },
    {
      settings: defaultSettings,
      words: en,
      timeZone: "UTC",
      structureElsewhere: false,
      pages: null,
      simulates: false,
      waits: false,
    },
  );
  service.open({ manifest: openManifest(uri, "yaml", text), version: 1 });
  const [found] = service.diagnoses(uri);
  assert.ok(found);
  const diagnostic = published(uri, found, service.preferences());
  const actions = codeAction.answer(
    service,
    { textDocument: { uri }, range: found.range, context: { diagnostics: [diagnostic] } },
    () => false,
  ) as readonly { title: string; edit?: { documentChanges: readonly { edits: readonly TextEdit[] }[] } }[];
  const ignore = actions.find(({ title }) => title === `Ignore ${found.code} here`);
  const silenced = applyEdits(text, ignore?.edit?.documentChanges[0]?.edits ?? []);
  assert.match(silenced, /^ {10}# seatrial-ignore pods-refused\n {10}image/m);
  assert.deepEqual(told(silenced), []);
});

test("a zone in a schedule becomes the field for it", () => {
  const one = fixed(nightly.replace("0 2 * * 0", "TZ=Asia/Seoul 0 2 * * 0"));
  assert.equal(one.text, nightly.replace("  schedule", "  timeZone: Asia/Seoul\n  schedule"));
  const both = nightly.replace('"0 2 * * 0"', '"CRON_TZ=Asia/Seoul 0 2 * * 0"\n  timeZone: Europe/Oslo');
  assert.equal(fixed(both).text, both.replace("CRON_TZ=Asia/Seoul ", ""));
});

/** Codes whose examples have a fix: it may go unnoticed that one is no longer offered. */
const fixable = new Set<string>();

for (const code of explainedCodes()) {
  const example = exampleOf(code);
  if (example === undefined || example.old !== undefined || example.long !== undefined) continue;
  const commented = `# before\n${example.bad.replace(/^spec:$/m, "spec: # here")}# after\n`;
  const manifest = openManifest("file:///a.yaml", "yaml", commented);
  for (const { range } of told(commented).filter((one) => one.code === code)) {
    for (const fix of fixesAt(manifest, range)) {
      if (fix.code !== code) continue;
      fixable.add(code);
      test(`after ${fix.does} ${fix.becomes} for ${code} the server takes it, comments as they were`, () => {
        const text = applyEdits(commented, fix.edits);
        assert.deepEqual(
          told(text).filter(({ severity }) => severity === "error"),
          [],
        );
        const comments = (one: string) => one.match(/#.*/g);
        assert.deepEqual(comments(text), comments(commented));
      });
    }
  }
}

test("the codes whose examples have a fix", () => {
  assert.deepEqual(
    [...fixable].join(" "),
    "both-bounds-zero daemon-bounds-zero divisor-not-supported image-padded invalid-percent invalid-quantity invisible-character negative node-field-unknown " +
      "pod-management-policy-invalid profile-padded removed-api-version restart-policy-missing " +
      "restart-policy-not-always restart-policy-not-supported restart-rules-without-policy " +
      "schedule-above-maximum schedule-below-minimum schedule-field-count schedule-range-reversed schedule-step-zero " +
      "schedule-tz-in-schedule selector-empty selector-mismatch " +
      "selector-operator-invalid unknown-container unknown-field unserved-kind value-not-supported wrong-type " +
      "yaml-duplicate-key",
  );
});

test("a line that is added to a file with CRLF ends as the others do", () => {
  const text = good.replace("  selector: { matchLabels: { app: shop } }\n", "").replaceAll("\n", "\r\n");
  const manifest = openManifest("file:///a.yaml", "yaml", text);
  const everywhere = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const [fix] = fixesAt(manifest, everywhere);
  assert.match(fix?.becomes ?? "", /selector/);
  assert.doesNotMatch(applyEdits(text, fix?.edits ?? []), /[^\r]\n/);
});
