/** Whole objects that a person begins with: what they cannot do without, names and labels that change together. */
import type { SnippetName } from "../../../messages/completion.ts";
import type { DraftMap } from "../draft.ts";

const name = "${1:web}";
const labels = { app: name };
const container = (image: string, more: DraftMap = {}): DraftMap => ({
  name,
  image,
  ...more,
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } },
});
const pods = (spec: DraftMap): DraftMap => ({ metadata: { labels }, spec });
const object = (apiVersion: string, kind: string, rest: DraftMap): DraftMap => ({
  apiVersion,
  kind,
  metadata: { name },
  ...rest,
});
const web = container("${3:nginx:1.27}", { ports: [{ name: "http", containerPort: "${4:80}" }] });
const selected = { selector: { matchLabels: labels } };
const job: DraftMap = {
  backoffLimit: "${2:3}",
  template: {
    spec: {
      restartPolicy: "OnFailure",
      containers: [container("${3:busybox:1.37}", { command: '["sh", "-c", "${4:true}"]' })],
    },
  },
};

/** The documents of each; `---` stands between them. */
export const wholes: Readonly<Partial<Record<SnippetName, readonly DraftMap[]>>> = {
  Deployment: [
    object("apps/v1", "Deployment", {
      spec: { replicas: "${2:3}", ...selected, template: pods({ containers: [web] }) },
    }),
  ],
  StatefulSet: [
    object("v1", "Service", {
      spec: { clusterIP: "None", selector: labels, ports: [{ name: "http", port: "${4:80}" }] },
    }),
    object("apps/v1", "StatefulSet", {
      spec: {
        serviceName: name,
        replicas: "${2:3}",
        ...selected,
        template: pods({
          containers: [{ ...web, volumeMounts: [{ name: "data", mountPath: "${5:/data}" }] }],
        }),
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "${6:1Gi}" } } },
          },
        ],
      },
    }),
  ],
  DaemonSet: [
    object("apps/v1", "DaemonSet", {
      spec: {
        ...selected,
        template: pods({
          containers: [container("${2:busybox:1.37}", { command: '["sh", "-c", "${3:sleep infinity}"]' })],
        }),
      },
    }),
  ],
  ReplicaSet: [
    object("apps/v1", "ReplicaSet", {
      spec: { replicas: "${2:3}", ...selected, template: pods({ containers: [web] }) },
    }),
  ],
  Job: [object("batch/v1", "Job", { spec: job })],
  CronJob: [
    object("batch/v1", "CronJob", {
      spec: { schedule: '"${5:0 3 * * *}"', concurrencyPolicy: "${6:Forbid}", jobTemplate: { spec: job } },
    }),
  ],
  Pod: [object("v1", "Pod", { metadata: { name, labels }, spec: { containers: [web] } })],
  Service: [
    object("v1", "Service", {
      spec: { selector: labels, ports: [{ name: "http", port: "${2:80}", targetPort: "${3:80}" }] },
    }),
  ],
  ConfigMap: [object("v1", "ConfigMap", { data: { "${2:key}": '"${3:value}"' } })],
  Secret: [object("v1", "Secret", { type: "Opaque", stringData: { "${2:key}": '"${3:value}"' } })],
  PersistentVolumeClaim: [
    object("v1", "PersistentVolumeClaim", {
      spec: { accessModes: ["${2:ReadWriteOnce}"], resources: { requests: { storage: "${3:1Gi}" } } },
    }),
  ],
  PodDisruptionBudget: [
    object("policy/v1", "PodDisruptionBudget", { spec: { maxUnavailable: "${2:1}", ...selected } }),
  ],
  HorizontalPodAutoscaler: [
    object("autoscaling/v2", "HorizontalPodAutoscaler", {
      spec: {
        scaleTargetRef: { apiVersion: "apps/v1", kind: "${2:Deployment}", name },
        minReplicas: "${3:2}",
        maxReplicas: "${4:10}",
        metrics: [
          {
            type: "Resource",
            resource: { name: "cpu", target: { type: "Utilization", averageUtilization: "${5:80}" } },
          },
        ],
      },
    }),
  ],
  ServiceAccount: [object("v1", "ServiceAccount", {})],
  Namespace: [object("v1", "Namespace", {})],
};

/** The document that a kustomization file begins with. */
export const kustomization: DraftMap = {
  apiVersion: "kustomize.config.k8s.io/v1beta1",
  kind: "Kustomization",
  resources: ["${1:deployment.yaml}"],
};
