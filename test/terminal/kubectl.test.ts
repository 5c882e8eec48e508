import assert from "node:assert/strict";
import { test } from "node:test";
import { shell } from "./shell.ts";

test("what is typed happens to a cluster, and commands that wait let time pass", async () => {
  const one = shell();
  assert.equal(
    await one.type("kubectl create deployment web --image=nginx:1.27 --replicas=3"),
    "deployment.apps/web created\n",
  );
  assert.match(await one.type("k get pods"), /^NAME +READY +STATUS +RESTARTS +AGE\n(web-\S+ +0\/1 +\S+ +0 +0s\n){3}$/);
  assert.match(
    await one.type("kubectl rollout status deploy/web"),
    /^Waiting for deployment "web" rollout to finish: 0 of 3 updated replicas are available...\n[\s\S]*deployment "web" successfully rolled out\n$/,
  );
  assert.equal(await one.type("k get pods --no-headers | grep -c Running"), "3\n");
  assert.match(await one.type("time"), /^\+\ds {2}2026-01-05 10:00:0\d UTC {2}next change in 9m\d\ds\n$/);
});

test("a manifest may come from a file, from standard input or from another command", async () => {
  const manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: NAME }\n";
  const one = shell({
    files: { "a.yaml": manifest.replace("NAME", "from-file"), "all/b.yaml": manifest.replace("NAME", "of-folder") },
  });
  assert.equal(await one.type("kubectl create -f a.yaml"), "configmap/from-file created\n");
  assert.equal(await one.type("kubectl create -f all"), "configmap/of-folder created\n");
  assert.equal(
    await one.type(`kubectl create -f - <<EOF\n${manifest.replace("NAME", "here")}EOF`),
    "configmap/here created\n",
  );
  assert.equal(await one.type("sed s/from-file/piped/ a.yaml | kubectl create -f -"), "configmap/piped created\n");
  assert.match(await one.type("kubectl create -f none.yaml"), /^error: the path "none.yaml" does not exist\n$/);
  assert.match(
    await one.type("kubectl create -f - <<< 'a: [b'"),
    /^error: error parsing STDIN: error converting YAML to JSON: yaml: line \d: /,
  );
});

test("an object is changed by a file and in an editor, and changes are watched", async () => {
  const manifest = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { mode: slow }\n";
  const edit = (_: string, text: string) => text.replace("mode: slow", "mode: fast");
  const one = shell({ files: { "c.yaml": manifest }, edit });
  assert.equal(await one.type("k apply -f c.yaml; k apply -f c.yaml"), "configmap/c created\nconfigmap/c unchanged\n");
  assert.equal(await one.type("k edit cm c; k get cm c -o jsonpath='{.data.mode}'"), "configmap/c edited\nfast");
  const watched = await one.type("k create deploy web --image=nginx; k get pods -w --no-headers");
  assert.match(watched, /Pending[\s\S]*ContainerCreating[\s\S]*1\/1 +Running/);
});

test("a generated manifest goes into a file and from there into the cluster", async () => {
  const one = shell();
  assert.equal(
    await one.type(
      "k create deployment web --image=nginx --dry-run=client -o yaml > web.yaml && sed -i 's/replicas: 1/replicas: 2/' web.yaml && k create -f web.yaml",
    ),
    "deployment.apps/web created\n",
  );
  assert.match(await one.type("k get deploy --no-headers"), /^web +0\/2/);
});

test("time stands, goes by what is asked, to the next change and until all is ready", async () => {
  const one = shell();
  await one.type("k create deployment web --image=nginx --replicas=2");
  assert.equal(await one.type("date +%T"), "10:00:00\n");
  assert.match(await one.type("time next"), /^\+0s {2}Normal {2}Scheduled {2}pod\/web-/m);
  assert.match(await one.type("time until ready"), /^\+\ds {2}2026-01-05/m);
  const before = one.trial.session.now();
  assert.match(await one.type("time +1m30s"), /^\+1m\d\ds {2}/m);
  assert.equal(await one.type("sleep 2.5"), "");
  assert.equal(one.trial.session.now() - before, 92_500);
  assert.equal(await one.type("time speed 10"), "Time passes 10 times as fast as on the wall.\n");
  assert.match(await one.type("time +1x"), /no length of time/);
  assert.match(await one.type("k create deployment bad --image=x --replicas=0; time sleep 3"), /real\t3s/);
});

test("watch shows a command anew until it is interrupted", async () => {
  const one = shell({ attended: true });
  await one.type("k create deployment web --image=nginx");
  one.interruptAfter(6);
  const shown = await one.type("watch -n 1 kubectl get deploy --no-headers");
  assert.match(shown, /^⌫Every 1.0s: kubectl get deploy --no-headers\n\nweb +0\/1 +1 +0 +0s\n⌫Every/);
  assert.equal(await one.code("true"), 0);
});

test("at a speed, a command that waits takes as long on the wall", async () => {
  const one = shell({ speed: 10, attended: true });
  await one.type("k create deployment web --image=nginx");
  assert.match(await one.type("k rollout status deploy/web"), /successfully rolled out\n$/);
  assert.ok(one.trial.session.now() > one.trial.session.server.start + 3000);
});

test("what was typed is kept, and played again to the same cluster and shell", async () => {
  const first = shell();
  await first.type(
    "k create deployment web --image=nginx --replicas=2; time until ready; k scale deploy web --replicas=3; A=1; alias p='k get pods'",
  );
  await first.type("time +5s");
  const kept = JSON.parse(JSON.stringify(first.kept()));
  const second = shell({ kept });
  for (const line of ["p", "time", "echo $A", "k get events"])
    assert.equal(await second.type(line), await first.type(line), line);
});
