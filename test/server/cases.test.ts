// What people have in public repositories, made small, and what is right to say of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { check, inFolder } from "./folder.ts";

const pod = (name: string) => `
      containers:
      - name: ${name}
        image: example.org/${name}:1
`;
const service = `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  externalName: shop.example.org
  selector: { app: shop }
  ports: [{ port: 80 }]
`;
const job = (name: string, more = "", labels = "") => `apiVersion: batch/v1
kind: Job
metadata:
  name: ${name}
spec:${more}
  template:${labels}
    spec:
      restartPolicy: Never${pod(name)}`;

/** The path of each finding in JSON. */
function paths(text: string): readonly string[] {
  const { out } = inFolder({ "a.yaml": text }, "check", "--format", "json", "FOLDER/a.yaml");
  return (JSON.parse(out) as { problems: { path: string }[] }[]).flatMap(({ problems }) =>
    problems.map(({ path }) => path),
  );
}

test("a path is a path, also where the server's warning is a sentence", () => {
  assert.deepEqual(paths(service), ["spec.externalName"]);
  const annotated =
    "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: a\n  annotations: { volume.beta.kubernetes.io/storage-class: fast }\nspec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }\n";
  assert.deepEqual(paths(annotated), ["metadata.annotations[volume.beta.kubernetes.io/storage-class]"]);
});

test("a CronJob of every minute is shown as a few runs and a summary", () => {
  const sweep = `apiVersion: batch/v1
kind: CronJob
metadata: { name: sweep }
spec:
  schedule: "* * * * *"
  jobTemplate: { spec: { template: { spec: { restartPolicy: Never, containers: [{ name: sweep, image: "sweep:1" }] } } } }
`;
  assert.deepEqual(check({ "a.yaml": sweep }), []);
  const { code, out } = inFolder({ "a.yaml": sweep }, "simulate", "FOLDER/a.yaml");
  assert.equal(code, 0);
  assert.ok(out.split("\n").length <= 21, out);
  assert.match(out, /… \d+ more lines, .*\n[\s\S]*\d+ runs until /);
});

test("nobody knows how long a Job works, so a short deadline is neither a finding nor a failure", () => {
  const ping = job("ping", "\n  activeDeadlineSeconds: 30");
  assert.deepEqual(check({ "a.yaml": ping }), []);
  const { code, out } = inFolder({ "a.yaml": ping }, "simulate", "FOLDER/a.yaml");
  assert.deepEqual([code, /unfinished/.test(out)], [0, false]);
  // The time that pods need to start at all is known well enough.
  assert.match(check({ "a.yaml": job("ping", "\n  activeDeadlineSeconds: 5") }).join("\n"), /job-past-deadline/);
});

test("an exported Job with the selector of another uid is refused", () => {
  const label = "batch.kubernetes.io/controller-uid: 4be5b9b5-0d3f-4b43-9d8e-1e6b1f6b7a11";
  const exported = job(
    "once",
    `\n  selector: { matchLabels: { ${label} } }`,
    `\n    metadata: { labels: { ${label}, batch.kubernetes.io/job-name: once } }`,
  );
  assert.deepEqual(
    check({ "a.yaml": exported }).map((line) => line.replace(/: error:.*\[(.*)\]/, " $1")),
    ["a.yaml:6:3 selector-not-generated", "a.yaml:8:63 generated-label-changed"],
  );
  assert.equal(inFolder({ "a.yaml": exported }, "simulate", "FOLDER/a.yaml").code, 1);
});

test("a file of a Pod alone cannot be simulated, and is right all the same", () => {
  const shell =
    "apiVersion: v1\nkind: Pod\nmetadata: { name: shell }\nspec: { containers: [{ name: shell, image: shell }] }\n";
  assert.deepEqual(check({ "a.yaml": shell }), []);
  const { code, err } = inFolder({ "a.yaml": shell }, "simulate", "FOLDER/a.yaml");
  assert.deepEqual([code, err], [2, "seatrial: a.yaml holds no workload\n"]);
});

test("a rendered file with braces in another object is accepted and played", () => {
  const shop = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:${pod("shop")}---
apiVersion: policies.example.org/v1
kind: Policy
metadata: { name: owner }
spec: { label: "{{ request.userInfo.username }}" }
`;
  assert.equal(inFolder({ "a.yaml": shop }, "check", "FOLDER/a.yaml").code, 0);
  const { code, out } = inFolder({ "a.yaml": shop }, "simulate", "FOLDER/a.yaml");
  assert.deepEqual([code, out.startsWith("Deployment shop\n")], [0, true]);
});

test("a budget that selects the pods of a workload is no rival of it", () => {
  const shop = `apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:${pod("shop")}---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: shop }
spec: { minAvailable: 1, selector: { matchLabels: { app: shop } } }
`;
  assert.deepEqual(check({ "a.yaml": shop }), []);
});
