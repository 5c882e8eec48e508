/** Parts that are written alike again and again, each for the one place where it belongs. */
import type { SnippetName } from "../../../messages/completion.ts";
import type { DraftMap } from "../draft.ts";

/** What a part may take from the object around it. */
export interface Surroundings {
  /** The labels of its pods, with what stands for them where there are none. */
  readonly labels: DraftMap;
  /** A name like the given one that no other container of its pod has. */
  readonly free: (name: string) => string;
}

export interface Part {
  readonly name: SnippetName;
  readonly draft: (around: Surroundings) => DraftMap;
}

const resources: DraftMap = { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } };
const times: DraftMap = { periodSeconds: "${3:10}" };

/** In an object of a type in which nothing is written yet. */
export const partsOfType: Readonly<Record<string, readonly Part[]>> = {
  Probe: [
    { name: "httpProbe", draft: () => ({ httpGet: { path: "${1:/}", port: "${2:80}" }, ...times }) },
    { name: "tcpProbe", draft: () => ({ tcpSocket: { port: "${2:80}" }, ...times }) },
    { name: "execProbe", draft: () => ({ exec: { command: '["sh", "-c", "${1:true}"]' }, ...times }) },
  ],
  ResourceRequirements: [
    {
      name: "requestsAndLimits",
      draft: () => ({
        requests: { cpu: "${1:100m}", memory: "${2:128Mi}" },
        limits: { memory: "${2:128Mi}" },
      }),
    },
  ],
  SecurityContext: [
    {
      name: "restrictedContainer",
      draft: () => ({
        allowPrivilegeEscalation: "false",
        runAsNonRoot: "true",
        capabilities: { drop: ["ALL"] },
        seccompProfile: { type: "RuntimeDefault" },
      }),
    },
  ],
  PodSecurityContext: [
    {
      name: "restrictedPod",
      draft: () => ({ runAsNonRoot: "true", runAsUser: "${1:1000}", seccompProfile: { type: "RuntimeDefault" } }),
    },
  ],
  DeploymentStrategy: [
    {
      name: "noDowntime",
      draft: () => ({ type: "RollingUpdate", rollingUpdate: { maxSurge: "${1:1}", maxUnavailable: "0" } }),
    },
  ],
  PodFailurePolicy: [
    {
      name: "ignoreDisruptions",
      draft: () => ({ rules: [{ action: "Ignore", onPodConditions: [{ type: "DisruptionTarget" }] }] }),
    },
  ],
};

/** As an entry of the list that a field is. */
export const partsOfList: Readonly<Record<string, readonly Part[]>> = {
  "PodSpec.containers": [
    { name: "container", draft: ({ free }) => ({ name: `\${1:${free("web")}}`, image: "${2:nginx:1.27}", resources }) },
  ],
  "PodSpec.initContainers": [
    {
      name: "sidecar",
      draft: ({ free }) => ({
        name: `\${1:${free("proxy")}}`,
        image: "${2:nginx:1.27}",
        restartPolicy: "Always",
        resources,
      }),
    },
  ],
  "Container.envFrom": [
    { name: "envFromConfigMap", draft: () => ({ configMapRef: { name: "${1:settings}" } }) },
    { name: "envFromSecret", draft: () => ({ secretRef: { name: "${1:credentials}" } }) },
  ],
  "Container.env": [
    {
      name: "envSecretKey",
      draft: () => ({
        name: "${1:PASSWORD}",
        valueFrom: { secretKeyRef: { name: "${2:credentials}", key: "${3:password}" } },
      }),
    },
  ],
  "PodSpec.topologySpreadConstraints": [
    {
      name: "zoneSpread",
      draft: ({ labels }) => ({
        maxSkew: "1",
        topologyKey: "topology.kubernetes.io/zone",
        whenUnsatisfiable: "ScheduleAnyway",
        labelSelector: { matchLabels: labels },
      }),
    },
  ],
};

/** A volume of a pod and its mount in a container. */
export const volumeWithMount = {
  volumes: [{ name: "data", emptyDir: "{}" }],
  volumeMounts: [{ name: "data", mountPath: "${1:/data}" }],
} as const;
