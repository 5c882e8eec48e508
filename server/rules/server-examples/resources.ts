/** Amounts of resources, claims of devices and security. */
import { along, on, type Table, web } from "./lay.ts";

const resources = (fields: string) => `resources: { ${fields} }`;
const gpu = "resourceClaims: [{ name: gpu, resourceClaimName: gpu }]";
const pages = "cpu: 1, hugepages-2Mi: 2Mi";
const half = `resources: { limits: { ${pages} }, requests: { cpu: 500m } }`;
const two = web(half, `{ name: side, image: "envoy:1.36", ${half} }`);
const windows = (fields: string) => `windowsOptions: { ${fields} }`;
const profile = (fields: string) => `securityContext: { seccompProfile: { ${fields} } }`;
const sysctls = (...list: string[]) => `securityContext:\n  sysctls:\n${list.map((one) => `    - ${one}`).join("\n")}`;
const hostProcess = "hostNetwork: true\nsecurityContext: { windowsOptions: { hostProcess: true } }";
const annotated = (type: string) => `annotations:\n  seccomp.security.alpha.kubernetes.io/pod: ${type}`;

export const resourceExamples: Table = {
  "resource-unknown": on("container", resources("limits: { gpu: 1 }"), resources("limits: { example.com/gpu: 1 }")),
  "resource-not-for-containers": on("container", resources("limits: { pods: 1 }"), resources('limits: { cpu: "1" }')),
  "resource-not-for-pods": on(
    "pod",
    resources("limits: { ephemeral-storage: 1Gi }"),
    resources("limits: { memory: 1Gi }"),
  ),
  "extended-resource-name": on(
    "container",
    resources("limits: { requests.example.com/gpu: 1 }"),
    resources("limits: { example.com/gpu: 1 }"),
  ),
  "huge-pages-alone": on(
    "container",
    resources("limits: { hugepages-2Mi: 4Mi }"),
    resources("limits: { hugepages-2Mi: 4Mi, memory: 1Gi }"),
  ),
  "huge-pages-not-divisible": on(
    "container",
    resources("limits: { hugepages-2Mi: 3Mi, memory: 1Gi }"),
    resources("limits: { hugepages-2Mi: 4Mi, memory: 1Gi }"),
  ),
  "limit-missing": on(
    "container",
    resources("requests: { example.com/gpu: 1 }"),
    resources("limits: { example.com/gpu: 1 }"),
  ),
  "request-above-limit": on(
    "container",
    resources("requests: { memory: 2Gi }, limits: { memory: 1Gi }"),
    resources("requests: { memory: 1Gi }, limits: { memory: 2Gi }"),
  ),
  "request-not-limit": on(
    "container",
    resources("requests: { example.com/gpu: 1 }, limits: { example.com/gpu: 2 }"),
    resources("requests: { example.com/gpu: 2 }, limits: { example.com/gpu: 2 }"),
  ),
  "claims-at-pod-level": on(
    "pod",
    `${gpu}\n${resources("limits: { cpu: 1 }, claims: [{ name: gpu }]")}`,
    `${gpu}\n${web("resources: { claims: [{ name: gpu }] }")}`,
  ),
  "pod-request-below-containers": on(
    "pod",
    `${resources("requests: { cpu: 1 }")}\n${web("resources: { requests: { cpu: 2 } }")}`,
    `${resources("requests: { cpu: 2 }")}\n${web("resources: { requests: { cpu: 2 } }")}`,
  ),
  "pod-limit-below-containers": along(
    on(
      "pod",
      `resources: { limits: { ${pages} }, requests: { cpu: 1 } }\n${two}`,
      `resources: { limits: { cpu: 2, hugepages-2Mi: 4Mi } }\n${two}`,
    ),
    "request-not-limit",
  ),
  "container-limit-above-pod": on(
    "pod",
    `${resources("limits: { cpu: 1 }")}\n${web("resources: { limits: { cpu: 2 }, requests: { cpu: 1 } }")}`,
    `${resources("limits: { cpu: 2 }")}\n${web("resources: { limits: { cpu: 2 }, requests: { cpu: 1 } }")}`,
  ),
  "claim-not-found": on(
    "pod",
    `resourceClaims: [{ name: accelerator, resourceClaimName: gpu }]\n${web("resources: { claims: [{ name: gpu }] }")}`,
    `resourceClaims: [{ name: gpu, resourceClaimName: gpu }]\n${web("resources: { claims: [{ name: gpu }] }")}`,
  ),
  "duplicate-claim": on(
    "pod",
    "resourceClaims: [{ name: gpu, resourceClaimName: a }, { name: gpu, resourceClaimName: b }]",
    "resourceClaims: [{ name: gpu, resourceClaimName: a }]",
  ),
  "claim-source-missing": on(
    "pod",
    "resourceClaims: [{ name: gpu }]",
    "resourceClaims: [{ name: gpu, resourceClaimName: a }]",
  ),
  "claim-sources-exclusive": on(
    "pod",
    "resourceClaims: [{ name: gpu, resourceClaimName: a, resourceClaimTemplateName: b }]",
    "resourceClaims: [{ name: gpu, resourceClaimName: a }]",
  ),
};

export const securityExamples: Table = {
  "profile-missing": on("pod", profile("type: Localhost"), profile("type: Localhost, localhostProfile: web.json")),
  "profile-not-localhost": on(
    "pod",
    profile("type: RuntimeDefault, localhostProfile: web.json"),
    profile("type: RuntimeDefault"),
  ),
  "profile-padded": on(
    "pod",
    'securityContext: { appArmorProfile: { type: Localhost, localhostProfile: " web" } }',
    "securityContext: { appArmorProfile: { type: Localhost, localhostProfile: web } }",
  ),
  "profile-type-missing": on(
    "pod",
    "securityContext: { appArmorProfile: {} }",
    "securityContext: { appArmorProfile: { type: RuntimeDefault } }",
  ),
  "profile-annotation-differs": {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
  ${annotated("unconfined").replaceAll("\n", "\n  ")}
spec:
  securityContext: { seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: web
      image: nginx:1.29
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext: { seccompProfile: { type: RuntimeDefault } }
  containers:
    - name: web
      image: nginx:1.29
`,
  },
  "escalation-and-privileged": on(
    "container",
    "securityContext: { privileged: true, allowPrivilegeEscalation: false }",
    "securityContext: { allowPrivilegeEscalation: false }",
  ),
  "escalation-and-sys-admin": on(
    "container",
    "securityContext:\n  allowPrivilegeEscalation: false\n  capabilities: { add: [CAP_SYS_ADMIN] }",
    "securityContext:\n  allowPrivilegeEscalation: false\n  capabilities: { add: [NET_ADMIN] }",
  ),
  "unmasked-needs-user-namespace": on(
    "pod",
    web("securityContext: { procMount: Unmasked }"),
    `hostUsers: false\n${web("securityContext: { procMount: Unmasked }")}`,
  ),
  "share-process-and-host-pid": on("pod", "shareProcessNamespace: true\nhostPID: true", "shareProcessNamespace: true"),
  "host-namespace-with-user-namespace": on("pod", "hostUsers: false\nhostPID: true", "hostUsers: false"),
  "duplicate-sysctl": on(
    "pod",
    sysctls('{ name: net.ipv4.tcp_syncookies, value: "1" }', '{ name: net.ipv4.tcp_syncookies, value: "0" }'),
    sysctls('{ name: net.ipv4.tcp_syncookies, value: "1" }'),
  ),
  "sysctl-name": on(
    "pod",
    sysctls('{ name: net.ipv4., value: "1" }'),
    sysctls('{ name: net.ipv4.tcp_syncookies, value: "1" }'),
  ),
  "sysctl-of-host": on(
    "pod",
    `hostIPC: true\n${sysctls('{ name: kernel.shmmax, value: "65536" }')}`,
    sysctls('{ name: kernel.shmmax, value: "65536" }'),
  ),
  "windows-user-invalid": on(
    "container",
    `securityContext: { ${windows("runAsUserName: 'shop\\web\\app'")} }`,
    `securityContext: { ${windows("runAsUserName: 'shop\\web'")} }`,
  ),
  "host-process-differs": on(
    "pod",
    `${hostProcess}\n${web("securityContext: { windowsOptions: { hostProcess: false } }")}`,
    hostProcess,
  ),
  "host-process-mixed": on(
    "pod",
    `hostNetwork: true\n${web("securityContext: { windowsOptions: { hostProcess: true } }", '{ name: side, image: "envoy:1.36" }')}`,
    `${hostProcess}\n${web("ports: []", '{ name: side, image: "envoy:1.36" }')}`,
  ),
  "host-process-network": on("pod", "securityContext: { windowsOptions: { hostProcess: true } }", hostProcess),
  "not-for-linux": on(
    "pod",
    "os: { name: linux }\nsecurityContext: { windowsOptions: { runAsUserName: web } }",
    "os: { name: linux }\nsecurityContext: { runAsUser: 1000 }",
  ),
  "not-for-windows": on(
    "pod",
    "os: { name: windows }\nsecurityContext: { runAsUser: 1000 }",
    "os: { name: windows }\nsecurityContext: { windowsOptions: { runAsUserName: web } }",
  ),
};
