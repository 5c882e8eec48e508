/** What stands beside a completion, in English and Korean. */

export interface CompletionWords {
  /** How many pods a bound comes to. */
  readonly pods: (count: number, of: number) => string;
  /** Where a name was found. */
  readonly inThisPod: string;
  readonly portOf: (container: string) => string;
  readonly labelOf: (kind: string, name: string) => string;
  readonly notSelected: string;
  readonly image: string;
  readonly yourZone: string;
  readonly fromFile: (kind: string) => string;
  readonly fromInstallation: (kind: string) => string;
  /** What a snippet writes. */
  readonly snippets: Readonly<Record<SnippetName, string>>;
}

export type SnippetName =
  | "Deployment"
  | "StatefulSet"
  | "DaemonSet"
  | "ReplicaSet"
  | "Job"
  | "CronJob"
  | "Pod"
  | "Service"
  | "ConfigMap"
  | "Secret"
  | "PersistentVolumeClaim"
  | "PodDisruptionBudget"
  | "HorizontalPodAutoscaler"
  | "ServiceAccount"
  | "Namespace"
  | "Kustomization"
  | "container"
  | "sidecar"
  | "httpProbe"
  | "tcpProbe"
  | "execProbe"
  | "envFromConfigMap"
  | "envFromSecret"
  | "envSecretKey"
  | "emptyDirVolume"
  | "requestsAndLimits"
  | "restrictedContainer"
  | "restrictedPod"
  | "zoneSpread"
  | "noDowntime"
  | "ignoreDisruptions";

export const completionEn: CompletionWords = {
  pods: (count, of) => `${count} of ${of} ${of === 1 ? "pod" : "pods"}`,
  inThisPod: "a volume of this pod",
  portOf: (container) => `a port of ${container}`,
  labelOf: (kind, name) => `a label of the pods of ${kind} ${name}`,
  notSelected: "what the selector asks for",
  image: "an image of this file",
  yourZone: "your time zone",
  fromFile: (kind) => `${kind} of this file`,
  fromInstallation: (kind) => `${kind} of another file`,
  snippets: {
    Deployment: "A whole Deployment",
    StatefulSet: "A whole StatefulSet with a claim for each pod",
    DaemonSet: "A whole DaemonSet",
    ReplicaSet: "A whole ReplicaSet",
    Job: "A whole Job",
    CronJob: "A whole CronJob",
    Pod: "A whole Pod",
    Service: "A whole Service",
    ConfigMap: "A whole ConfigMap",
    Secret: "A whole Secret",
    PersistentVolumeClaim: "A whole PersistentVolumeClaim",
    PodDisruptionBudget: "A whole PodDisruptionBudget",
    HorizontalPodAutoscaler: "A whole HorizontalPodAutoscaler by CPU",
    ServiceAccount: "A whole ServiceAccount",
    Namespace: "A whole Namespace",
    Kustomization: "A whole kustomization",
    container: "A container with requests and limits",
    sidecar: "A sidecar: an init container that keeps running",
    httpProbe: "A probe by HTTP",
    tcpProbe: "A probe that opens a port",
    execProbe: "A probe by a command",
    envFromConfigMap: "All keys of a ConfigMap as variables",
    envFromSecret: "All keys of a Secret as variables",
    envSecretKey: "One key of a Secret as a variable",
    emptyDirVolume: "An empty volume and its mount",
    requestsAndLimits: "Requests, and a limit of memory",
    restrictedContainer: "What the Pod Security Standard “restricted” asks of a container",
    restrictedPod: "What the Pod Security Standard “restricted” asks of a pod",
    zoneSpread: "Spread over zones",
    noDowntime: "A rolling update that never has fewer pods",
    ignoreDisruptions: "Do not count pods that a disruption ended",
  },
};

export const completionKo: CompletionWords = {
  pods: (count, of) => `파드 ${of}개 중 ${count}개`,
  inThisPod: "이 파드의 볼륨",
  portOf: (container) => `${container}의 포트`,
  labelOf: (kind, name) => `${kind} ${name}의 파드 레이블`,
  notSelected: "셀렉터가 찾는 레이블",
  image: "이 파일에서 쓰는 이미지",
  yourZone: "현재 사용하는 시간대",
  fromFile: (kind) => `이 파일의 ${kind}`,
  fromInstallation: (kind) => `다른 파일의 ${kind}`,
  snippets: {
    Deployment: "Deployment 전체",
    StatefulSet: "파드마다 볼륨 클레임이 있는 StatefulSet 전체",
    DaemonSet: "DaemonSet 전체",
    ReplicaSet: "ReplicaSet 전체",
    Job: "Job 전체",
    CronJob: "CronJob 전체",
    Pod: "Pod 전체",
    Service: "Service 전체",
    ConfigMap: "ConfigMap 전체",
    Secret: "Secret 전체",
    PersistentVolumeClaim: "PersistentVolumeClaim 전체",
    PodDisruptionBudget: "PodDisruptionBudget 전체",
    HorizontalPodAutoscaler: "CPU 사용률을 따르는 HorizontalPodAutoscaler 전체",
    ServiceAccount: "ServiceAccount 전체",
    Namespace: "Namespace 전체",
    Kustomization: "kustomization 전체",
    container: "리소스 요청과 제한이 있는 컨테이너",
    sidecar: "사이드카: 계속 실행되는 초기화 컨테이너",
    httpProbe: "HTTP 프로브",
    tcpProbe: "포트를 열어 보는 프로브",
    execProbe: "명령을 실행하는 프로브",
    envFromConfigMap: "ConfigMap의 모든 키를 환경 변수로",
    envFromSecret: "Secret의 모든 키를 환경 변수로",
    envSecretKey: "Secret의 키 하나를 환경 변수로",
    emptyDirVolume: "빈 볼륨과 마운트",
    requestsAndLimits: "리소스 요청과 메모리 제한",
    restrictedContainer: "파드 보안 표준 restricted가 컨테이너에 요구하는 설정",
    restrictedPod: "파드 보안 표준 restricted가 파드에 요구하는 설정",
    zoneSpread: "가용 영역에 고르게 배치",
    noDowntime: "파드가 줄지 않는 롤링 업데이트",
    ignoreDisruptions: "중단으로 끝난 파드를 세지 않기",
  },
};
