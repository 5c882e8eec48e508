/** Examples of what the API server itself finds, one for every code. */
import type { Example } from "./rule.ts";
import { appsExamples } from "./server-examples/apps.ts";
import { changeExamples } from "./server-examples/changes.ts";
import { configExamples } from "./server-examples/config.ts";
import { configurationExamples } from "./server-examples/configuration.ts";
import { containerExamples } from "./server-examples/containers.ts";
import { jobExamples } from "./server-examples/jobs.ts";
import { type Table, whole } from "./server-examples/lay.ts";
import { metadataExamples } from "./server-examples/metadata.ts";
import { resourceExamples, securityExamples } from "./server-examples/resources.ts";
import { scalingExamples } from "./server-examples/scaling.ts";
import { schedulingExamples } from "./server-examples/scheduling.ts";
import { serviceExamples } from "./server-examples/services.ts";
import { valueExamples } from "./server-examples/values.ts";
import { volumeExamples } from "./server-examples/volumes.ts";
import { yamlExamples } from "./server-examples/yaml.ts";

const tables: Table = {
  ...yamlExamples,
  ...valueExamples,
  ...metadataExamples,
  ...containerExamples,
  ...volumeExamples,
  ...resourceExamples,
  ...securityExamples,
  ...schedulingExamples,
  ...appsExamples,
  ...jobExamples,
  ...serviceExamples,
  ...scalingExamples,
  ...configExamples,
  ...changeExamples,
  ...configurationExamples,
};

export const serverExampleCodes: readonly string[] = Object.keys(tables);

/** The example of a code of the API server; undefined when it has none. */
export function serverExample(code: string): Example | undefined {
  const entry = Object.hasOwn(tables, code) ? tables[code as keyof Table] : undefined;
  return entry && whole(entry);
}
