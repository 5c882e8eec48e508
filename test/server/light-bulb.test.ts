// What the light bulb offers at a finding, by title, and the text that it leaves: text in, text out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { openManifest } from "../../server/service/manifest.ts";
import { codeAction } from "../../server/service/requests/code-action.ts";
import { published } from "../../server/service/requests/diagnostic.ts";
import { scheduleFixes } from "../../server/service/schedule-fix.ts";
import { createService } from "../../server/service/service.ts";
import { defaultSettings } from "../../server/service/settings.ts";
import { lonePlace } from "../../server/service/standing/place.ts";
import { applyEdits, type TextEdit } from "../../server/service/text.ts";

const uri = "file:///a.yaml";

interface Action {
  readonly title: string;
  readonly kind: string;
  readonly edit?: { readonly documentChanges: readonly { readonly edits: readonly TextEdit[] }[] };
  readonly command?: { readonly command: string; readonly arguments: readonly unknown[] };
}

/** The actions at the first finding of a code; or, with `only`, for the file as a whole. */
function actionsAt(
  text: string,
  code: string,
  { old, only, simulates = false }: { old?: string; only?: string; simulates?: boolean } = {},
) {
  const service = createService(
    { docs: {}, now: () => 0, pause: () => Promise.resolve(), beyond: () => undefined, placeOf: () => lonePlace },
    {
      settings: defaultSettings,
      words: en,
      timeZone: "UTC",
      structureElsewhere: false,
      pages: "seatrial-code:/",
      simulates,
      waits: false,
    },
  );
  service.open({ manifest: openManifest(uri, "yaml", text), version: 1 });
  if (old !== undefined) service.compare(uri, openManifest(uri, "yaml", old));
  const all = service.diagnoses(uri);
  const found = all.find((one) => one.code === code);
  assert.ok(found, `${code} among ${all.map((one) => one.code).join()}`);
  const context = {
    diagnostics: only === undefined ? [published(uri, found, service.preferences())] : [],
    ...(only && { only: [only] }),
  };
  const range =
    only === undefined ? found.range : { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
  return codeAction.answer(service, { textDocument: { uri }, range, context }, () => false) as readonly Action[];
}

/** Titles of the fixes. */
function titles(actions: readonly Action[]): readonly string[] {
  return actions.map(({ title }) => title).filter((title) => !/^(Ignore|Explain) /.test(title));
}

/** The text after the action of that title. */
function after(text: string, actions: readonly Action[], title: string): string {
  const action = actions.find((one) => one.title === title);
  assert.ok(action, `${title} among ${titles(actions).join("; ")}`);
  return applyEdits(text, action.edit?.documentChanges[0]?.edits ?? []);
}

const shop = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
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
          image: shop:1 # ours
          ports:
            - name: http
              containerPort: 8080
          livenessProbe:
            httpGet:
              path: /
              port: http
          volumeMounts:
            - name: data
              mountPath: /data
      volumes:
        - name: data
          emptyDir: {}
`;

/** What is wrong becomes right by the fix of that title, and nothing else changes. */
function puts(code: string, title: string, right: string, wrong: string, text = shop, old?: string): void {
  const broken = text.replace(right, wrong);
  assert.notEqual(broken, text);
  assert.equal(after(broken, actionsAt(broken, code, old === undefined ? {} : { old }), title), text);
}

test("a port of a probe that is nearly the name of one", () => {
  puts("probe-port-unnamed", "Change port to http", "port: http", "port: htpp");
  // Where nothing is near, each of the few there are may be meant.
  puts("probe-port-unnamed", "Change port to http", "port: http", "port: metrics");
});

test("a mount of a volume that is nearly called so", () => {
  puts(
    "volume-not-found",
    "Change name to data",
    "- name: data\n              mountPath",
    "- name: dat\n              mountPath",
  );
});

test("a volume that nobody mounts goes with its lines, the last one with the list", () => {
  puts(
    "volume-unused",
    "Remove cache",
    "      volumes:\n",
    "      volumes:\n        - name: cache\n          emptyDir: {}\n",
  );
  const without = shop.replace(/ {10}volumeMounts:[\s\S]*\/data\n/, "").replace(/ {6}volumes:[\s\S]*/, "");
  const unused = `${without}      volumes:\n        - name: cache\n          emptyDir: {}\n`;
  assert.equal(after(unused, actionsAt(unused, "volume-unused"), "Remove cache"), without);
});

test("leftovers of another strategy", () => {
  const recreate = shop.replace("  selector:", "  strategy:\n    type: Recreate\n  selector:");
  puts(
    "rolling-update-with-recreate",
    "Remove rollingUpdate",
    "type: Recreate\n",
    "type: Recreate\n    rollingUpdate:\n      maxSurge: 1\n",
    recreate,
  );
});

test("a key that stands twice: the one that does not count goes, with its lines", () => {
  const image = "          image: shop:1 # ours\n";
  puts("yaml-duplicate-key", "Remove image", image, `          image: shop:0\n${image}`);
  const earlier = "  selector:\n    matchLabels:\n      app: old\n\n      tier: old\n";
  const commented = shop.replace("  selector:", "\n  # the pods\n  selector:");
  puts("yaml-duplicate-key", "Remove selector", "\n  # the pods\n", `${earlier}\n  # the pods\n`, commented);
});

test("what cannot be changed comes back as it is committed", () => {
  puts(
    "immutable",
    "Restore app to shop as committed",
    "matchLabels:\n      app: shop",
    "matchLabels:\n      app: shop2",
    shop,
    shop,
  );
});

test("an image that no runtime takes", () => {
  puts("image-unreadable", "Change image to shop:1", "image: shop:1", "image: https://shop:1");
  puts("image-unreadable", "Change image to shop:1", "image: shop:1", "image: Shop:1");
});

test("names of a ConfigMap and its keys that are nearly right, and a target port", () => {
  const settings = "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  PORT: '1'\n";
  const reads =
    shop.replace(
      "          ports:",
      "          env:\n            - name: PORT\n              valueFrom:\n                configMapKeyRef:\n                  name: settings\n                  key: PORT\n          ports:",
    ) + settings;
  puts(
    "counterpart-missing",
    "Change name to settings",
    "                  name: settings",
    "                  name: setings",
    reads,
  );
  puts("key-missing", "Change key to PORT", "key: PORT", "key: PROT", reads);
  const service =
    "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  selector:\n    app: shop\n  ports:\n    - port: 80\n      targetPort: http\n";
  puts("target-port-unnamed", "Change targetPort to http", "targetPort: http", "targetPort: htp", shop + service);
});

test("all of a kind in a file, and all that is clear in it", () => {
  const two = `${shop}---\n${shop.replaceAll("shop", "till")}`;
  const broken = two.replaceAll("containerPort", "containerport").replaceAll("port: http", "port: htpp");
  const actions = actionsAt(broken, "unknown-field");
  assert.deepEqual(titles(actions), [
    "Change containerport to containerPort",
    "Fix all 2 `unknown-field` in this file",
  ]);
  assert.equal(
    after(broken, actions, "Fix all 2 `unknown-field` in this file"),
    two.replaceAll("port: http", "port: htpp"),
  );
  const everything = actionsAt(broken, "unknown-field", { only: "source.fixAll" });
  assert.deepEqual(
    everything.map(({ kind }) => kind),
    ["source.fixAll.seatrial"],
  );
  // What a rule advises, a person has to want.
  assert.equal(after(broken, everything, "Fix 2 findings of Seatrial"), two.replaceAll("port: http", "port: htpp"));
  // Of several ways out a person has to choose one.
  const unclear = two.replaceAll("containerPort: 8080", "containerPort: 8080\n              protocol: HTTP");
  assert.deepEqual(
    titles(actionsAt(unclear, "value-not-supported")).filter((title) => title.startsWith("Fix all")),
    [],
  );
  assert.deepEqual(actionsAt(unclear, "value-not-supported", { only: "source.fixAll" }), []);
});

test("a client that shows pages is offered the one of the code", () => {
  const broken = shop.replace("containerPort", "containerport");
  const explain = actionsAt(broken, "unknown-field", { simulates: true }).find(
    ({ title }) => title === "Explain unknown-field",
  );
  assert.deepEqual(explain?.command?.arguments, ["unknown-field"]);
  assert.ok(!actionsAt(broken, "unknown-field").some(({ title }) => title.startsWith("Explain")));
});

test("schedules as people mistake them", () => {
  for (const [wrong, right] of [
    ["0 2 * * 7", "0 2 * * 0"],
    ["0 2 * * 5-7", "0 2 * * 5-6,0"],
    ["0 2 * * 1-7", "0 2 * * 0-6"],
    ["0 24 * * *", "0 0 * * *"],
    ["60 2 * * *", "0 2 * * *"],
    ["0 22-4 * * *", "0 22-23,0-4 * * *"],
    ["0 0 0 * *", "0 0 1 * *"],
    ["0 2 * * MONDAY-FRIDAY", "0 2 * * MON-FRI"],
    ["0 2 * january *", "0 2 * jan *"],
    ["*/0 * * * *", "* * * * *"],
    ["0 0 2 * * *", "0 2 * * *"],
    ["0 0 2 * * ? *", "0 2 * * ?"],
    ["-5 2 * * *", "5 2 * * *"],
    ["@dayly", "@daily"],
  ] as const) {
    assert.deepEqual(scheduleFixes(`"${wrong}"`), [`"${right}"`], wrong);
  }
  for (const unclear of ["0 2 * *", "x y z", "0 99 * * *", "1-2-3 * * * *", "*/5/2 * * * *", "@every"]) {
    assert.deepEqual(scheduleFixes(unclear), [], unclear);
  }
});
