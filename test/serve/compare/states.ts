/** States of clusters that command lines are played on: what was applied, how long ago, and what was done since. */
import type { Action } from "../../../simulator/scenario/scenario.ts";

export interface State {
  readonly manifests?: string;
  /** Since then time has passed. */
  readonly seconds?: number;
  /** What is done after that, and how long ago. */
  readonly after?: readonly Action[];
  readonly later?: number;
}

const container = (image: string, more = ""): string =>
  `{name: app, image: "${image}"${more === "" ? "" : `, ${more}`}}`;

const pod = (name: string, image: string, more = "", spec = ""): string => `
apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: ${name}}}
spec: {${spec}containers: [${container(image, more)}]}
`;

function workload(kind: string, name: string, image: string, more = "", spec = ""): string {
  return `
apiVersion: apps/v1
kind: ${kind}
metadata: {name: ${name}, labels: {app: ${name}}}
spec:
  selector: {matchLabels: {app: ${name}}}
${more === "" ? "" : `  ${more}\n`}  template:
    metadata: {labels: {app: ${name}}}
    spec: {${spec}containers: [${container(image, "ports: [{containerPort: 80}], resources: {requests: {cpu: 100m, memory: 64Mi}, limits: {memory: 128Mi}}")}]}
`;
}

const job = (name: string, more = "", container_ = 'command: ["sh", "-c", "date"]'): string => `
apiVersion: batch/v1
kind: Job
metadata: {name: ${name}}
spec:
${more === "" ? "" : `  ${more}\n`}  template: {spec: {restartPolicy: Never, containers: [${container("busybox:1.36", container_)}]}}
`;

const cronJob = (name: string, schedule: string, more = ""): string => `
apiVersion: batch/v1
kind: CronJob
metadata: {name: ${name}}
spec:
  schedule: "${schedule}"
${more === "" ? "" : `  ${more}\n`}  jobTemplate: {spec: {template: {spec: {restartPolicy: OnFailure, containers: [${container("busybox:1.36")}]}}}}
`;

const service = (name: string, more = "selector: {app: web}, ports: [{port: 80}]"): string => `
apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {${more}}
`;

const statefulSet = `${service("db", "clusterIP: None, selector: {app: db}, ports: [{port: 3306, name: mysql}]")}---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 3
  serviceName: db
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: mysql, image: "mysql:8.4", ports: [{containerPort: 3306}], volumeMounts: [{name: data, mountPath: /var/lib/mysql}]}]}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
`;

const probes = `readinessProbe: {httpGet: {path: /ready, port: 80}, periodSeconds: 5}, livenessProbe: {tcpSocket: {port: 80}}, startupProbe: {exec: {command: [cat, /tmp/up]}}`;

const configuration = `
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, labels: {app: web}}
data: {colour: blue, "app.properties": "a=1\\nb=2\\n"}
---
apiVersion: v1
kind: Secret
metadata: {name: key}
type: Opaque
stringData: {password: secret}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: robot}
---
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: shop}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {colour: red}
`;

const policy = `
apiVersion: v1
kind: ResourceQuota
metadata: {name: room}
spec: {hard: {pods: "10", requests.cpu: "2"}}
---
apiVersion: v1
kind: LimitRange
metadata: {name: limits}
spec: {limits: [{type: Container, default: {cpu: 200m}, defaultRequest: {cpu: 100m}}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
spec: {minAvailable: 3, selector: {matchLabels: {app: web}}}
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: {name: high}
value: 1000
description: for what matters
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: reader}
rules: [{apiGroups: [""], resources: [pods], verbs: [get, list]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
subjects: [{kind: ServiceAccount, name: default}]
`;

const network = `${service("web")}---${service("outside", "type: NodePort, selector: {app: web}, ports: [{port: 80, nodePort: 30080}]")}---${service("far", "type: ExternalName, externalName: example.com")}---${service("balanced", "type: LoadBalancer, selector: {app: web}, ports: [{port: 443, name: https}, {port: 80, name: http}]")}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web}
spec: {rules: [{host: web.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: closed}
spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Ingress]}
`;

const storage = `
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast, annotations: {storageclass.kubernetes.io/is-default-class: "true"}}
provisioner: example.com/fast
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: disk}
spec: {capacity: {storage: 1Gi}, accessModes: [ReadWriteMany], hostPath: {path: /data}, storageClassName: slow}
`;

const web = workload("Deployment", "web", "nginx:1.27", "replicas: 3");
const of = { kind: "Deployment", name: "web" } as const;
const image = (name: string): Action => ({ do: "setImage", ...of, container: "app", image: name });

/** By name. */
export const states: Readonly<Record<string, State>> = {
  empty: {},
  web: { manifests: web, seconds: 90 },
  fresh: { manifests: web },
  rolled: { manifests: web, seconds: 60, after: [image("nginx:1.28"), image("nginx:1.29")], later: 90 },
  rolling: { manifests: web, seconds: 60, after: [image("nginx:1.28")], later: 4 },
  paused: { manifests: web, seconds: 60, after: [{ do: "pause", ...of }, image("nginx:1.28")], later: 30 },
  scaledToZero: { manifests: web, seconds: 60, after: [{ do: "scale", ...of, replicas: 0 }], later: 60 },
  badImage: {
    manifests: web,
    seconds: 60,
    after: [{ do: "fault", fault: { on: { image: "nginx:nope" }, fault: { type: "imagePull" } } }, image("nginx:nope")],
    later: 120,
  },
  crashing: {
    manifests: workload("Deployment", "web", "app:bad", "replicas: 2"),
    after: [{ do: "fault", fault: { on: {}, fault: { type: "crash", after: 1000, exitCode: 3 } } }],
    later: 300,
  },
  neverReady: {
    manifests: workload("Deployment", "web", "app:1", "replicas: 2"),
    after: [{ do: "fault", fault: { on: {}, fault: { type: "neverReady" } } }],
    later: 60,
  },
  overdue: {
    manifests: workload("Deployment", "web", "app:1", "progressDeadlineSeconds: 20"),
    after: [{ do: "fault", fault: { on: {}, fault: { type: "neverReady" } } }],
    later: 60,
  },
  tooLarge: {
    manifests: pod("large", "app:1", 'resources: {requests: {cpu: "64"}}'),
    seconds: 30,
  },
  pod: { manifests: pod("alone", "nginx:1.27", probes), seconds: 60 },
  sidecar: {
    manifests:
      pod(
        "many",
        "app:1",
        "env: [{name: COLOUR, valueFrom: {configMapKeyRef: {name: settings, key: colour}}}, {name: A, value: b}], volumeMounts: [{name: cache, mountPath: /cache}]",
        'initContainers: [{name: prepare, image: "busybox:1.36"}], volumes: [{name: cache, emptyDir: {}}], ',
      ) + `---${configuration}`,
    seconds: 60,
  },
  missingConfig: {
    manifests: pod("alone", "app:1", "envFrom: [{configMapRef: {name: nowhere}}]"),
    seconds: 30,
  },
  twoContainers: {
    manifests: `
apiVersion: v1
kind: Pod
metadata: {name: pair, labels: {app: pair}}
spec: {containers: [{name: first, image: "app:1"}, {name: second, image: "app:2"}]}
`,
    seconds: 30,
  },
  replicaSet: { manifests: workload("ReplicaSet", "front", "nginx:1.27", "replicas: 2"), seconds: 60 },
  statefulSet: { manifests: statefulSet, seconds: 120 },
  statefulSetScaled: {
    manifests: statefulSet,
    seconds: 120,
    after: [{ do: "scale", kind: "StatefulSet", name: "db", replicas: 1 }],
    later: 60,
  },
  statefulSetUpdated: {
    manifests: statefulSet,
    seconds: 120,
    after: [{ do: "setImage", kind: "StatefulSet", name: "db", container: "mysql", image: "mysql:9" }],
    later: 120,
  },
  daemonSet: { manifests: workload("DaemonSet", "agent", "agent:1"), seconds: 60 },
  daemonSetUpdated: {
    manifests: workload("DaemonSet", "agent", "agent:1"),
    seconds: 60,
    after: [{ do: "setImage", kind: "DaemonSet", name: "agent", container: "app", image: "agent:2" }],
    later: 90,
  },
  jobRunning: { manifests: job("once"), seconds: 10 },
  jobDone: { manifests: job("once"), seconds: 90 },
  jobParallel: { manifests: job("many", "completions: 5\n  parallelism: 2\n  completionMode: Indexed"), seconds: 60 },
  jobFailed: {
    manifests: job("once", "backoffLimit: 1"),
    after: [{ do: "fault", fault: { on: {}, fault: { type: "exit", code: 1, after: 1000 } } }],
    later: 200,
  },
  jobSuspended: { manifests: job("once", "suspend: true"), seconds: 30 },
  cronJob: { manifests: cronJob("often", "* * * * *"), seconds: 200 },
  cronJobSuspended: { manifests: cronJob("often", "*/5 * * * *", "suspend: true"), seconds: 60 },
  configuration: { manifests: configuration, seconds: 30 },
  policy: { manifests: `${policy}---${web}`, seconds: 60 },
  network: { manifests: `${network}---${web}`, seconds: 60 },
  storage: { manifests: storage, seconds: 30 },
  cordoned: { manifests: web, seconds: 60, after: [{ do: "cordon", name: "worker-1" }], later: 10 },
  tainted: {
    manifests: web,
    seconds: 60,
    after: [{ do: "taint", name: "worker-2", key: "team", value: "a", effect: "NoSchedule" }],
    later: 10,
  },
  nodeLost: { manifests: web, seconds: 60, after: [{ do: "nodeLost", name: "worker-1" }], later: 120 },
  autoscaled: {
    manifests: `${web}---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  minReplicas: 2
  maxReplicas: 6
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 50}}}]
`,
    seconds: 60,
    after: [{ do: "load", load: { of, cpu: "90m", memory: "40Mi" } as never }],
    later: 90,
  },
  everything: {
    manifests: [
      web,
      statefulSet,
      workload("DaemonSet", "agent", "agent:1"),
      job("once"),
      cronJob("often", "* * * * *"),
      network,
    ].join("---"),
    seconds: 150,
  },
};
