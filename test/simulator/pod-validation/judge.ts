/** Pod templates as text in, problems as text out. */
import assert from "node:assert/strict";
import { parse } from "yaml";
import { FieldPath } from "../../../simulator/api/field-path.ts";
import type { Json } from "../../../simulator/api/objects.ts";
import { podCodes } from "../../../simulator/api/pod/codes.ts";
import { podTemplateWarnings, validatePodTemplate } from "../../../simulator/api/pod/template.ts";
import type { Problem } from "../../../simulator/api/problem.ts";
import { recordedTarget } from "../../../simulator/api/target.ts";

const template = FieldPath.root.child("template");
type Fields = Record<string, Json>;

/** A pod spec with the defaults that the API server gives before it validates, as far as these tests need them. */
export function specOf(text: string): Fields {
  const spec = parse(text) as Fields;
  const containers = (spec["containers"] ?? [{ name: "app", image: "app" }]) as Fields[];
  const withDefaults = (container: Fields): Fields => ({
    terminationMessagePolicy: "File",
    imagePullPolicy: "IfNotPresent",
    ...container,
  });
  return {
    restartPolicy: "Always",
    dnsPolicy: "ClusterFirst",
    terminationGracePeriodSeconds: 30,
    ...spec,
    containers: containers.map(withDefaults),
    ...(spec["initContainers"] ? { initContainers: (spec["initContainers"] as Fields[]).map(withDefaults) } : {}),
  };
}

/** `reason path (code)` of every problem; `text` is the `spec` of a template. */
export function judge(text: string, annotations: Record<string, string> = {}, kind = "Deployment"): string[] {
  const problems = validatePodTemplate({ metadata: { annotations }, spec: specOf(text) }, template, {
    kind,
    target: recordedTarget,
  });
  checkCodes(problems);
  return problems.map(
    (problem) =>
      `${problem.reason.replace("FieldValue", "")} ${problem.path.replace(/^template\./, "")} (${problem.code})`,
  );
}

export function warnings(text: string, annotations: Record<string, string> = {}): string[] {
  const problems = podTemplateWarnings({ metadata: { annotations }, spec: specOf(text) }, template);
  checkCodes(problems);
  return problems.map((problem) => `${problem.path.replace(/^template\./, "")} (${problem.code})`);
}

/** Every code is known, with exactly its params. */
export function checkCodes(problems: readonly Problem[]): void {
  const codes: Readonly<Record<string, readonly string[]>> = podCodes;
  for (const problem of problems) {
    const params = codes[problem.code];
    assert.ok(params !== undefined, `unknown code ${problem.code}`);
    assert.deepEqual(Object.keys(problem.params).sort(), [...params].sort(), problem.code);
  }
}
