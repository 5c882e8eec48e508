import { largestRendering, renderPatience, spelt } from "../service/rendering.ts";
import type { Standing } from "../service/standing/decide.ts";
import type { RunWords } from "./run-words.ts";
import { listed } from "./words.ts";

const reasons: Readonly<Record<string, string>> = {
  missing: "그런 파일이나 폴더가 없습니다",
  "none-found": "맞는 파일이 없습니다",
  EACCES: "읽을 권한이 없습니다",
  ERR_STRING_TOO_LONG: "너무 커서 읽을 수 없습니다",
};

const standings: RunWords["standings"] = {
  applied: "그대로 적용",
  patch: "패치",
  base: "kustomize 베이스",
  template: "템플릿(값에 달려 있지 않은 것만 판단)",
  assertion: "어설션",
  export: "내보낸 오브젝트",
  data: "데이터",
};

export const runWordsKo: RunWords = {
  leftOut: (count) => `… ${count}줄 생략, 전체는 --format json …`,
  took: (seconds) => `${seconds}초 걸림`,
  runs: (count, until) => `${until}까지 실행 ${count}회`,
  most: (pods) => `동시에 최대 파드 ${pods}개(종료 중인 파드 포함)`,
  fewest: (pods, change) => `${change ? "변경 이후" : "모두 사용 가능해진 뒤로"} 사용 가능한 파드 최소 ${pods}개`,
  downtime: (seconds) => `사용 가능한 파드가 없던 시간 ${seconds}초`,
  unfinished: {
    unschedulable: (p) => `끝나지 않음: 파드 ${p["pod"]}을(를) 받을 노드가 없음: ${p["message"]}`,
    "image-pull": (p) => `끝나지 않음: 파드 ${p["pod"]}의 이미지를 가져올 수 없음 (${p["status"]})`,
    "crash-loop": (p) => `끝나지 않음: 파드 ${p["pod"]}이(가) 계속 종료됨 (${p["status"]}, 재시작 ${p["restarts"]}회)`,
    "never-ready": (p) => `끝나지 않음: 파드 ${p["pod"]}이(가) 준비되지 않음`,
    "progress-deadline": (p) =>
      `끝나지 않음: 진행 기한이 지났고 파드 ${p["desired"]}개 중 ${p["available"]}개만 사용 가능`,
    "pods-refused": (p) => `끝나지 않음: API 서버가 파드를 거부함: ${p["message"]}`,
    paused: () => "끝나지 않음: Deployment가 일시 중지됨",
    suspended: () => "끝나지 않음: Job이 중단됨",
    "job-failed": (p) => `끝나지 않음: Job이 실패함 (${p["reason"]}, 실패한 파드: ${p["failed"]})`,
    "no-nodes": (p) => `끝나지 않음: 노드 ${p["nodes"]}개 중 맞는 것이 없음`,
    "on-delete": (p) =>
      `끝나지 않음: 파드 ${p["desired"]}개 중 ${p["updated"]}개만 업데이트됨. OnDelete에서는 나머지 파드를 직접 삭제해야 함`,
    "too-few-pods": (p) => `끝나지 않음: 파드 ${p["desired"]}개 중 ${p["available"]}개만 사용 가능`,
    "still-running": (p) => `끝나지 않음: 아직 실행 중 (활성 ${p["active"]}, 성공 ${p["succeeded"]})`,
  },
  cutShort: "도중에 끊김: 기록할 수 있는 것보다 많은 일이 일어남",
  refused: (object, command) => `${object}은(는) 거부됩니다. \`${command}\`가 이유를 알려 줍니다`,
  noWorkload: (file) => `${file}에 워크로드가 없습니다`,
  scenario: {
    "scenario-object-expected": () => "오브젝트가 필요합니다",
    "scenario-list-expected": () => "리스트가 필요합니다",
    "scenario-number-expected": (p) =>
      p["max"] === undefined
        ? `${p["min"]} 이상의 숫자가 필요합니다`
        : `${p["min"]}에서 ${p["max"]}까지의 숫자가 필요합니다`,
    "scenario-text-expected": () => "텍스트가 필요합니다",
    "scenario-choice-unknown": (p) => `\`${p["value"]}\`은(는) ${listed(p["allowed"])} 중 하나가 아닙니다`,
    "scenario-distribution-unknown": () => "지속 시간은 숫자이거나 uniform, normal, exponential입니다",
    "scenario-quantity-expected": () => "`4`나 `16Gi` 같은 수량이 필요합니다",
    "scenario-fault-unknown": (p) => `장애는 ${listed(p["allowed"])} 중 하나입니다`,
    "scenario-action-unknown": (p) => `동작 \`${p["value"]}\`은(는) 없습니다. ${listed(p["allowed"])}이(가) 있습니다`,
    "scenario-too-many-pods": (p) => `파드 ${p["value"]}개는 실행할 수 없습니다. 최대 ${p["max"]}개입니다`,
    "scenario-kind-unknown": (p) => `${p["value"]}은(는) 실행할 수 없습니다`,
    "scenario-node-repeated": (p) => `이름이 \`${p["value"]}\`인 노드가 둘 있습니다`,
  },
  template: (command) => `템플릿입니다. 먼저 렌더링하세요. 예: \`helm template . | seatrial ${command} -\``,
  unreadable: (why) => reasons[why] ?? why,
  notRendered: ({ plan, why }, command) => {
    switch (why.is) {
      case "none-around":
        return "이 폴더와 상위 폴더에 `Chart.yaml`도 `kustomization.yaml`도 없습니다. `--render` 없이 실행하면 그대로 읽습니다";
      case "no-tool":
        return plan?.tool === "helm"
          ? "PATH에 `helm`이 없습니다. 이 차트를 렌더링하려면 설치하세요"
          : "PATH에 `kustomize`도 `kubectl`도 없습니다. 이 kustomization을 렌더링하려면 하나를 설치하세요";
      case "time-out":
        return `\`${spelt(why.command)}\`이(가) ${renderPatience / 1000}초가 지나 중단되었습니다. 직접 실행하여 결과를 \`seatrial ${command} -\`에 넘기세요`;
      case "too-large":
        return `\`${spelt(why.command)}\`의 결과가 ${largestRendering / 1024 / 1024}MiB를 넘습니다. 일부만 확인하세요`;
      case "failed":
        return `\`${spelt(why.command)}\`이(가) 실패했습니다: ${why.words}\n다른 옵션이 필요하면 직접 실행하여 결과를 \`seatrial ${command} -\`에 넘기세요`;
    }
  },
  renderedFrom: (file) => `(${file}에서 옴)`,
  oneFile: "파일 하나가 필요합니다",
  documentsTaken: (counts, passedOver) => {
    const took = Object.entries(counts).map(([standing, count]) => `${standings[standing as Standing]} ${count}개`);
    const over = passedOver === 0 ? "" : ` 해당하는 종류가 없어 건너뛴 파일 ${passedOver}개.`;
    return `문서 구분: ${took.join(", ") || "없음"}.${over}`;
  },
  standings,
  whyStanding: {
    "nothing-else": () => "달리 볼 이유가 없습니다",
    "named-as-patch": (file) => `${file}이(가) 패치로 지정합니다`,
    "called-patch": () => "이름이 패치이고, 패치에만 없어도 되는 것이 없습니다",
    "patch-directive": (key) => `\`${key}\`이(가) 있습니다`,
    "named-as-resource": (file) => `${file}이(가) 내용을 더합니다`,
    "template-expressions": () => "아직 렌더링하지 않은 표현식이 있습니다",
    placeholders: (text) => `자리 표시자 \`${text}\`이(가) 있습니다`,
    encrypted: () => "SOPS로 암호화했습니다",
    "assertion-file": (tool) => `이름이나 ${tool} 테스트로 알 수 있습니다`,
    "assertion-keys": (key) => `\`${key}\`은(는) 표현식입니다`,
    "status-only": () => "상태만 있습니다",
    "server-fields": (key) => `\`metadata.${key}\`이(가) 있습니다`,
    "edit-buffer": () => "`kubectl edit`이 쓴 것입니다",
    "named-as-data": (file) => `${file}이(가) 데이터로 읽습니다`,
  },
  noCounterpart: (objects) =>
    `비교한 것이 없습니다: 오브젝트 ${objects}개와 종류, 네임스페이스, 이름이 같은 것이 없습니다`,
  checked: (findings, objects, files) => {
    const of = `파일 ${files}개, 오브젝트 ${objects}개`;
    return findings === 0 ? `문제 없음: ${of}.` : `진단 ${findings}건: ${of}.`;
  },
  noPage: (code, meant) =>
    `\`${code}\`에 대한 페이지가 없습니다. ${meant === null ? "`seatrial explain`이 모든 코드를 보여 줍니다" : `\`${meant}\`을(를) 찾으셨나요?`}`,
};
