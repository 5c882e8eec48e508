/** What `seatrial serve` says, in Korean. */
import type { ServeWords } from "./serve.ts";

export const serveWordsKo: ServeWords = {
  ready: ({ version, address, setting }) =>
    `시뮬레이션 클러스터(Kubernetes ${version})가 ${address} 주소에서 응답합니다. 다른 터미널에서 다음을 실행합니다.\n\n` +
    `    ${setting}\n    kubectl get nodes\n`,
  time: (speed) =>
    speed === 0
      ? "시간은 지시할 때만 흐릅니다: POST /seatrial/time."
      : speed === 1
        ? "시간은 실제 시계와 같은 빠르기로 흐릅니다."
        : `시간은 실제 시계보다 ${speed}배 빠르게 흐릅니다.`,
  howToEnd: "Ctrl+C를 누르면 끝납니다.",
  kubeconfigTaken: (path) => `${path} 파일이 이미 있으며 \`seatrial serve\`가 쓴 것이 아닙니다. 다른 파일을 지정하세요`,
  kubeconfigFailed: (path, why) => `${path} 파일을 쓸 수 없습니다(${why})`,
  portFailed: (port, why) => `포트 ${port}번을 사용할 수 없습니다(${why})`,
  notApplied: (file, why) => `${file}: 적용하지 않았습니다: ${why}`,
  unreadable: (file, why) => `${file}: ${why}`,
  noTrial: (file, why) => `${file} 파일에는 이어서 진행할 수 있는 시뮬레이션이 없습니다: ${why}`,
  saved: (path, steps) =>
    `시뮬레이션을 ${path} 파일에 저장했습니다(단계 ${steps}개). --resume으로 이어서 진행할 수 있습니다.`,
  saveFailed: (path, why) => `시뮬레이션을 ${path} 파일에 저장할 수 없습니다(${why})`,
};
