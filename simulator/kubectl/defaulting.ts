/** The API server's defaults for what the controllers read; admitted manifests already carry them. */

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function template(value: unknown, restartPolicy: string | undefined): Fields {
  const given = fields(value);
  const spec = fields(given["spec"]);
  const policy = restartPolicy === undefined ? {} : { restartPolicy };
  return { ...given, spec: { ...policy, terminationGracePeriodSeconds: 30, ...spec } };
}

function jobSpec(spec: Fields): Fields {
  const indexed = spec["completionMode"] === "Indexed";
  const alone = spec["completions"] === undefined && spec["parallelism"] === undefined;
  const limit = spec["backoffLimitPerIndex"] === undefined ? 6 : 2147483647;
  const replacement = spec["podFailurePolicy"] === undefined ? "TerminatingOrFailed" : "Failed";
  return {
    parallelism: 1,
    ...(alone && !indexed ? { completions: 1 } : {}),
    backoffLimit: limit,
    completionMode: "NonIndexed",
    suspend: false,
    podReplacementPolicy: replacement,
    ...spec,
    template: template(spec["template"], undefined),
  };
}

/** `strategy` of a Deployment and `updateStrategy` of a DaemonSet: the rolling update's bounds are filled in. */
function rolling(value: unknown, bounds: Fields): Fields {
  const strategy = { type: "RollingUpdate", ...fields(value) };
  if (strategy.type !== "RollingUpdate") return strategy;
  return { ...strategy, rollingUpdate: { ...bounds, ...fields((strategy as Fields)["rollingUpdate"]) } };
}

/** The spec with the defaults of its kind laid under it. Models pkg/apis/{apps,batch}/v1/defaults.go. */
export function defaultSpec(kind: string, spec: Fields): Fields {
  switch (kind) {
    case "Deployment":
      return {
        replicas: 1,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        ...spec,
        strategy: rolling(spec["strategy"], { maxSurge: "25%", maxUnavailable: "25%" }),
        template: template(spec["template"], "Always"),
      };
    case "ReplicaSet":
      return { replicas: 1, ...spec, template: template(spec["template"], "Always") };
    case "StatefulSet": {
      const given = fields(spec["updateStrategy"]);
      const updateStrategy =
        given["type"] === undefined || given["type"] === ""
          ? { ...given, type: "RollingUpdate", rollingUpdate: { partition: 0, ...fields(given["rollingUpdate"]) } }
          : given["rollingUpdate"] === undefined
            ? given
            : { ...given, rollingUpdate: { partition: 0, ...fields(given["rollingUpdate"]) } };
      return {
        replicas: 1,
        podManagementPolicy: "OrderedReady",
        revisionHistoryLimit: 10,
        ...spec,
        updateStrategy,
        persistentVolumeClaimRetentionPolicy: {
          whenDeleted: "Retain",
          whenScaled: "Retain",
          ...fields(spec["persistentVolumeClaimRetentionPolicy"]),
        },
        template: template(spec["template"], "Always"),
      };
    }
    case "DaemonSet":
      return {
        revisionHistoryLimit: 10,
        ...spec,
        updateStrategy: rolling(spec["updateStrategy"], { maxSurge: 0, maxUnavailable: 1 }),
        template: template(spec["template"], "Always"),
      };
    case "Job":
      return jobSpec(spec);
    case "CronJob": {
      const job = fields(spec["jobTemplate"]);
      return {
        concurrencyPolicy: "Allow",
        suspend: false,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 1,
        ...spec,
        jobTemplate: { ...job, spec: jobSpec(fields(job["spec"])) },
      };
    }
    default:
      return spec;
  }
}
