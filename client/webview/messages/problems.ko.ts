/** 실행이나 단계가 왜 안 되는지: 코드별 문장. */
import type { ProblemSentences } from "./problems.en.ts";

export const problemsKo: ProblemSentences = {
  "scenario-object-expected": "{path}에는 객체가 와야 합니다.",
  "scenario-list-expected": "{path}에는 목록이 와야 합니다.",
  "scenario-number-expected": "{path}에는 {min} 이상의 숫자가 와야 합니다.",
  "scenario-number-between-expected": "{path}에는 {min}에서 {max} 사이의 숫자가 와야 합니다.",
  "scenario-text-expected": "{path}에는 비어 있지 않은 문자열이 와야 합니다.",
  "scenario-choice-unknown": "{path}에는 {value} 값을 쓸 수 없습니다. 가능한 값: {allowed}.",
  "scenario-distribution-unknown": "{path}에는 uniform, normal, exponential 중 하나가 와야 합니다.",
  "scenario-quantity-expected": "{path}에는 500m, 2Gi 같은 수량이 와야 합니다.",
  "scenario-fault-unknown": "{path}: 알 수 없는 장애입니다. 가능한 값: {allowed}.",
  "scenario-action-unknown": "{path}: {value}(이)라는 동작은 없습니다. 가능한 값: {allowed}.",
  "scenario-kind-unknown": "{path}: {value} 종류의 객체는 실행할 수 없습니다.",
  "scenario-node-repeated": "이름이 {value}인 노드가 둘 있습니다.",
  "scenario-too-many-pods":
    "{path}에서 파드 {value}개를 요청하지만, 한 번의 실행에는 최대 {max}개까지 담을 수 있습니다.",
  "bad-replicas": "레플리카 수는 {replicas}일 수 없습니다.",
  "not-scalable": "{kind} {name}은(는) 스케일을 바꿀 수 없습니다.",
  "image-required": "이미지가 필요합니다.",
  "no-such-container": "{kind} {name}에는 컨테이너 {container}이(가) 없습니다.",
  "run-over": "실행이 끝나서 더는 아무것도 할 수 없습니다.",
  "no-such-object": "그 시각에는 {kind} {name}이(가) 없습니다.",
  "no-such-taint": "노드 {node}에는 테인트 {key}이(가) 없습니다.",
  "bad-patch": "패치를 {kind} {name}에 적용할 수 없습니다.",
  "not-a-workload": "{kind} {name}은(는) 워크로드가 아닙니다.",
  refused: "API 서버가 {kind} {name}을(를) 거부합니다: {message}",
  "request-refused": "API 서버가 요청을 거부합니다: {message}",
  "already-exists": "{kind} {name}이(가) 이미 있습니다.",
  "name-required": "{kind}에 이름이 없습니다.",
  "unknown-kind": "{kind} 종류는 여기에서 알 수 없습니다.",
  other: "API 서버가 {path}을(를) 받아들이지 않습니다({code}).",
};
