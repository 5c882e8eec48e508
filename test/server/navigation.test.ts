// Names are followed to where they come from and to wherever they are used, and changed together.
import assert from "node:assert/strict";
import { test } from "node:test";
import { en } from "../../server/messages/en.ts";
import { ko } from "../../server/messages/ko.ts";
import { definition } from "../../server/service/requests/definition.ts";
import { documentHighlight } from "../../server/service/requests/document-highlight.ts";
import { linkedEditingRange } from "../../server/service/requests/linked-editing-range.ts";
import { references } from "../../server/service/requests/references.ts";
import { prepareRename, rename } from "../../server/service/requests/rename.ts";
import { isRefused } from "../../server/service/requests/request.ts";
import { type Around, after, ask, linesAt, mark, opened } from "./lib/asked.ts";

const workload = `apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec:
  serviceName: db-headless
  selector:
    matchLabels:
      app: db # of the pods
  template:
    metadata:
      labels:
        app: db
        tier: back
    spec:
      serviceAccountName: keeper
      containers:
        - name: main
          image: postgres:17
          ports: [{ name: sql, containerPort: 5432 }]
          readinessProbe: { tcpSocket: { port: sql } }
          env:
            - name: LEVEL
              valueFrom: { configMapKeyRef: { name: settings, key: level } }
          volumeMounts:
            - { name: data, mountPath: /data }
            - { name: 'conf', mountPath: /conf }
      volumes:
        - name: conf
          configMap: { name: settings }
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;
const service = `apiVersion: v1
kind: Service
metadata: { name: db-headless }
spec:
  clusterIP: None
  selector: { app: db }
  ports: [{ name: sql, port: 5432, targetPort: sql }]
`;
const others = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data:
  level: debug
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: keeper }
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: db }
spec: { minAvailable: 1, selector: { matchLabels: { app: db } } }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: db }
spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: apps/v1, kind: StatefulSet, name: db } }
`;
const beside = { "service.yaml": service, "others.yaml": others };

/** Puts the cursor behind the first letters of a name. */
function at(before: string, text = workload): string {
  const start = text.indexOf(before);
  assert.notEqual(start, -1, before);
  return text.slice(0, start + before.length) + mark + text.slice(start + before.length);
}

async function goes(marked: string, around: Around = { beside }): Promise<readonly string[]> {
  const asked = opened(marked, around);
  return linesAt(await ask(definition, asked), { ...around.beside, "a.yaml": asked.text });
}

async function used(marked: string): Promise<readonly string[]> {
  const asked = opened(marked, { beside });
  const found = await ask(references, asked, { context: { includeDeclaration: true } });
  return linesAt(found, { ...beside, "a.yaml": asked.text });
}

test("every name leads to where it comes from, in the file or beside it", async () => {
  assert.deepEqual(await goes(at("serviceName: db-")), ["service.yaml:3 metadata: { name: [db-headless] }"]);
  assert.deepEqual(await goes(at("serviceAccountName: k")), ["others.yaml:9 metadata: { name: [keeper] }"]);
  assert.deepEqual(await goes(at("configMapKeyRef: { name: se")), ["others.yaml:3 metadata: { name: [settings] }"]);
  assert.deepEqual(await goes(at("key: le")), ["others.yaml:5 [level]: debug"]);
  assert.deepEqual(await goes(at("{ name: 'co")), ["a.yaml:28 - name: [conf]"]);
  assert.deepEqual(await goes(at("- { name: da")), ["a.yaml:31 - metadata: { name: [data] }"]);
  assert.deepEqual(await goes(at("tcpSocket: { port: s")), ["a.yaml:19 ports: [{ name: [sql], containerPort: 5432 }]"]);
  assert.deepEqual(await goes(at("matchLabels:\n      app: d")), ["a.yaml:12 app: [db]"]);
});

test("a Service, a budget and an autoscaler lead to the workload", async () => {
  const around = { beside: { "db.yaml": workload } };
  assert.deepEqual(await goes(at("selector: { app: d", service), around), ["db.yaml:12 app: [db]"]);
  assert.deepEqual(await goes(at("selector: { a", service), around), ["db.yaml:12 app: [db]"]);
  assert.deepEqual(await goes(at("targetPort: s", service), around), [
    "db.yaml:19 ports: [{ name: [sql], containerPort: 5432 }]",
  ]);
  assert.deepEqual(await goes(at("matchLabels: { app: d", others), around), ["db.yaml:12 app: [db]"]);
  assert.deepEqual(await goes(at("kind: StatefulSet, name: d", others), around), [
    "db.yaml:3 metadata: { name: [db] }",
  ]);
});

test("what is installed apart, or of another namespace, is no neighbour", async () => {
  const elsewhere = { "service.yaml": service.replace("name: db-headless", "name: db-headless, namespace: other") };
  assert.deepEqual(await goes(at("serviceName: db-"), { beside: elsewhere }), []);
});

test("where a name stands that means nothing elsewhere, nothing is offered", async () => {
  for (const place of ["image: post", "mountPath: /da", "kind: Stat", "# of the p"])
    assert.deepEqual(await goes(at(place)), []);
});

test("half-written text is followed as far as it can be read", async () => {
  for (const rest of ["  sel\n", "  template:\n", ""]) {
    const half = `${service}---\napiVersion: apps/v1\nkind: StatefulSet\nspec:\n  serviceName: db-${mark}headless\n${rest}`;
    assert.deepEqual(await goes(half, {}), ["a.yaml:3 metadata: { name: [db-headless] }"]);
  }
});

test("every use of a label is found, and of a ConfigMap and its key", async () => {
  assert.deepEqual(await used(at("matchLabels:\n      app: d")), [
    "a.yaml:8 app: [db] # of the pods",
    "a.yaml:12 app: [db]",
    "service.yaml:6 selector: { app: [db] }",
    "others.yaml:14 spec: { minAvailable: 1, selector: { matchLabels: { app: [db] } } }",
  ]);
  assert.deepEqual(await used(at("configMap: { name: s")), [
    "a.yaml:23 valueFrom: { configMapKeyRef: { name: [settings], key: level } }",
    "a.yaml:29 configMap: { name: [settings] }",
    "others.yaml:3 metadata: { name: [settings] }",
  ]);
});

test("the uses of a name in the file are lit up as the cursor rests on it", async () => {
  const asked = opened(at("name: 'co"));
  const lit = await ask(documentHighlight, asked);
  assert.deepEqual(
    lit.map(({ range, kind }) => [range.start.line + 1, range.start.character, kind]),
    [
      [26, 23, 2],
      [28, 16, 3],
    ],
  );
});

async function renamed(
  marked: string,
  name: string,
  around: Around = { beside },
): Promise<Readonly<Record<string, string>> | string> {
  const asked = opened(marked, around);
  const edit = await ask(rename, asked, { newName: name });
  if (isRefused(edit)) return edit.refused;
  return after(edit?.documentChanges ?? [], { ...around.beside, "a.yaml": asked.text });
}

test("a new name goes wherever the old one stood, and not a byte else changes", async () => {
  assert.deepEqual(await renamed(at("matchLabels:\n      app: d"), "store"), {
    "a.yaml": workload.replaceAll("app: db", "app: store"),
    "service.yaml": service.replace("app: db", "app: store"),
    "others.yaml": others.replace("app: db", "app: store"),
  });
  assert.deepEqual(await renamed(at("matchLabels:\n      ap"), "what"), {
    "a.yaml": workload.replaceAll("app: db", "what: db"),
    "service.yaml": service.replace("app: db", "what: db"),
    "others.yaml": others.replace("app: db", "what: db"),
  });
  assert.deepEqual(await renamed(at("{ name: 'co"), "etc"), {
    ...beside,
    "a.yaml": workload.replace("'conf'", "'etc'").replace("name: conf", "name: etc"),
  });
  assert.deepEqual(await renamed(at("ports: [{ name: s"), "pg"), {
    ...beside,
    "a.yaml": workload.replace("name: sql", "name: pg").replace("port: sql", "port: pg"),
    "service.yaml": service.replace("targetPort: sql", "targetPort: pg"),
  });
  assert.deepEqual(await renamed(at("key: le"), "verbosity"), {
    ...beside,
    "a.yaml": workload.replace("key: level", "key: verbosity"),
    "others.yaml": others.replace("level:", "verbosity:"),
  });
});

test("a name that would not be a text is put into quotes", async () => {
  assert.deepEqual(await renamed(at("- metadata: { name: da"), "1"), {
    ...beside,
    "a.yaml": workload.replace("{ name: data, m", '{ name: "1", m').replace("{ name: data }", '{ name: "1" }'),
  });
});

test("what the server would not take is refused with its reason", async () => {
  assert.match(String(await renamed(at("{ name: 'co"), "Not A Name")), /name/);
  assert.match(String(await renamed(at("ports: [{ name: s"), "much-too-long-a-name")), /15/);
});

test("a selector that is applied cannot change, which is said before a name is asked for", async () => {
  const head = workload;
  for (const [words, reason] of [
    [en, /^`spec\.selector\.matchLabels\.app` cannot be changed on the existing StatefulSet `db`\. Way out: /],
    [ko, /StatefulSet/],
  ] as const) {
    const asked = opened(at("matchLabels:\n      app: d"), { beside, head, words });
    const answer = await ask(prepareRename, asked);
    assert.match(isRefused(answer) ? answer.refused : "", reason);
    assert.match(String(await renamed(at("matchLabels:\n      app: d"), "store", { beside, head, words })), reason);
  }
  assert.deepEqual(await ask(prepareRename, opened(at("{ name: 'co"), { head })), {
    range: { start: { line: 25, character: 23 }, end: { line: 25, character: 27 } },
    placeholder: "conf",
  });
  assert.equal(await ask(prepareRename, opened(at("image: post"))), null);
  assert.equal(await ask(prepareRename, opened(at("containerPort: 54"))), null);
});

test("the two sides of a pair are typed at once, unless the selector is applied", async () => {
  const linked = await ask(linkedEditingRange, opened(at("matchLabels:\n      app: d")));
  assert.deepEqual(
    linked?.ranges.map(({ start }) => start.line + 1),
    [8, 12],
  );
  assert.equal(await ask(linkedEditingRange, opened(at("matchLabels:\n      app: d"), { head: workload })), null);
  assert.equal(await ask(linkedEditingRange, opened(at("tier: b"))), null);
});
