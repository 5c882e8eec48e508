import type { Params } from "../../simulator/api/problem.ts";
import { arithmeticKo } from "./arithmetic.ts";
import { completionKo } from "./completion.ts";
import { counterpartsKo } from "./counterparts.ts";
import { fieldTextsKo } from "./field-texts.ko.ts";
import { navigationKo } from "./navigation.ts";
import { reasonsKo } from "./reasons.ko.ts";
import { refactorKo } from "./refactor.ts";
import { scheduleMistakesKo } from "./schedule-mistakes.ts";
import { verdictsKo } from "./verdicts.ts";
import { why } from "./why.ko.ts";
import { listed, type Words } from "./words.ts";
import { wrongTypeKo } from "./wrong-type.ts";

const got = (params: Params) => (params["value"] === undefined ? "" : ` (현재 값: \`${params["value"]}\`)`);

/** What is not served, and what was meant. */
function unserved({ kind, apiVersion, meantKind, meantVersion, misspelt, kinds }: Params): string {
  const nothing = `Kubernetes는 apiVersion \`${apiVersion}\`에서 \`${kind}\`을(를) 제공하지 않습니다.`;
  if (meantKind !== undefined) {
    const version = meantVersion === undefined ? "" : `\`${meantVersion}\`의 `;
    return `${nothing} ${version}\`${meantKind}\`을(를) 의도하셨나요?`;
  }
  if (meantVersion !== undefined) {
    return misspelt === true
      ? `${nothing} \`${meantVersion}\`을(를) 의도하셨나요?`
      : `${kind}은(는) \`${apiVersion}\`이(가) 아니라 \`${meantVersion}\`에 있습니다.`;
  }
  return kinds === undefined ? nothing : `${nothing} 거기에 있는 워크로드: ${listed(kinds)}.`;
}

/** Amounts of a container, which a running pod can be given by a subresource only. */
const resources = /^spec\.(?:initContainers|containers)\[\d+\]\.resources\b/;

/** 어느 줄과도 맞지 않게 들여쓴 줄. */
function misindented({ indent, fits }: Params): string {
  const wanted = [...(fits as readonly string[])].sort((a, b) => Number(a) - Number(b));
  return wanted.length === 0
    ? "여기에 탭이 있습니다. YAML은 공백으로만 들여씁니다."
    : `이 줄은 ${indent}칸 들여썼지만, 이 줄이 속할 수 있는 곳은 ${wanted.join(", ").replace(/, (?=\d+$)/, " 또는 ")}칸입니다.`;
}

export const ko: Words = {
  language: "ko",
  advice: {
    "selector-overlap": (p) =>
      `이 셀렉터는 ${p["kind"]} \`${p["name"]}\`의 파드와도 맞습니다. 각자 자기 파드를 유지하지만, 이 셀렉터를 쓰는 것은 둘 다 고릅니다.`,
    "service-missing": (p) =>
      `Service \`${p["service"]}\`가 여기에 없습니다. 헤드리스 Service가 없으면 \`${p["name"]}\`의 파드는 DNS 이름을 얻지 못합니다.`,
    "service-not-headless": (p) =>
      `Service \`${p["service"]}\`는 헤드리스(\`clusterIP: None\`)가 아니어서 파드마다 DNS 이름이 생기지 않습니다.`,
    "service-selects-others": (p) =>
      `Service \`${p["service"]}\`는 \`${p["selector"]}\`를 선택하지만 \`${p["name"]}\`의 파드에는 그 레이블이 없습니다.`,
    "service-selects-nothing": (p) =>
      `여기에 이 셀렉터가 선택하는 파드가 없습니다. \`${p["label"]}\` 레이블까지 모두 가진 파드가 없습니다. ${p["kind"]} \`${p["name"]}\`의 파드에는 \`${p["meant"]}\` 레이블이 있습니다. 이것을 의도하셨나요?`,
    "node-port-outside-range": (p) =>
      `노드 포트 ${listed(p["port"])}은(는) 따로 설정하지 않은 클러스터의 범위 ${p["lowest"]}-${p["highest"]}를 벗어납니다.`,
    "object-repeated": (p) =>
      `${p["kind"]} \`${p["name"]}\`이(가) 이 파일의 앞에도 있습니다. 파일을 적용하면 뒤의 것이 앞의 것을 대체합니다.`,
    "target-port-unnamed": (p) =>
      `${p["kind"]} \`${p["name"]}\`의 컨테이너에 \`${listed(p["port"])}\`라는 포트가 없습니다${listed(p["names"]) ? ` (있는 포트: ${listed(p["names"])})` : ""}.`,
    "target-port-undeclared": (p) =>
      `${p["kind"]} \`${p["name"]}\`는 포트 ${listed(p["port"])}이(가) 아니라 ${listed(p["ports"])}을(를) 선언합니다.`,
    "pods-refused": (p) =>
      p["limit"] === undefined
        ? `API 서버가 이 템플릿은 받아들이지만 이것으로 만든 파드는 거부합니다: \`${p["answer"]}\``
        : `API 서버가 이 이름은 받아들이지만 파드는 거부할 수 있습니다. 이름에 최대 열 자의 해시를 붙인 레이블 \`controller-revision-hash\`가 63자를 넘을 수 있습니다. ${p["limit"]}자까지 안전하며 지금은 ${p["length"]}자입니다.`,
    "probe-port-unnamed": (p) =>
      `컨테이너 \`${p["container"]}\`에 \`${listed(p["port"])}\`라는 포트가 없어 프로브가 항상 실패합니다.`,
    "field-dropped": (p) =>
      `쿠버네티스 ${p["target"]}에서는 기능 게이트가 꺼져 있어 \`${p["field"]}\`을(를) 확인하지 않고 버립니다.` +
      (p["heeding"] === "" ? "" : ` ${p["heeding"]}에서 동작합니다.`),
    "volume-unused": (p) => `볼륨 \`${p["name"]}\`을(를) 마운트하는 컨테이너가 없습니다.`,
    "schedule-never": () => "이 스케줄은 실행되지 않습니다. 앞으로 5년 안에 맞는 날짜가 없습니다.",
    "rollout-downtime": (p) =>
      `새 버전을 배포하면 약 ${p["seconds"]}초 동안 사용 가능한 파드가 없습니다(기본 소요 시간으로 시뮬레이션).`,
    "rollout-past-deadline": (p) =>
      `모든 롤아웃이 ${p["deadline"]}초 후 실패로 표시됩니다. 파드의 첫 준비성 프로브가 ${p["wait"]}초 뒤에 실행됩니다.`,
    "daemon-nowhere": (p) =>
      `기본 클러스터의 노드 ${p["nodes"]}개 중 이 조건에 맞는 노드가 없어 파드가 실행되지 않습니다.`,
    "job-past-deadline": (p) =>
      `잡이 ${p["deadline"]}초 후 종료되지만, 파드가 각각 ${p["work"]}초 일한다면 약 ${p["needed"]}초가 필요합니다.`,
    "schedule-overlap": (p) =>
      `${p["skipsSome"] === true ? "잡 이름은 분 단위라 1분에 하나까지만 만들어집니다. " : ""}${p["gap"]}초 이내마다 실행되지만, 파드가 각각 ${p["work"]}초 일한다면 한 번에 약 ${p["needed"]}초가 걸립니다. ${p["policy"] === "Replace" ? "매번 끝나기 전에 교체됩니다" : p["policy"] === "Forbid" ? "예정된 실행을 건너뜁니다" : "실행이 쌓입니다"}.`,
    "schedule-twice": (p) =>
      `${p["date"]}에 ${p["timeZone"]}의 시계가 뒤로 가서 ${p["time"]}이 두 번 옵니다. 두 번 실행됩니다.`,
    "schedule-skipped": (p) =>
      `${p["date"]}에 ${p["timeZone"]}의 시계가 ${p["time"]}을 건너뛰어 그날은 실행되지 않습니다.`,
    ...counterpartsKo,
    "resource-version-given": (p) =>
      `생성할 때는 무시되지만, 오브젝트의 버전이 \`${p["value"]}\`이(가) 아니게 되면 나중의 적용이 충돌합니다.`,
    "invisible-character": (p) => `보이지 않는 문자(${listed(p["characters"])})가 여기에 있습니다. 지우세요.`,
    "not-an-object": () => "쿠버네티스 오브젝트가 아닙니다. kubectl은 여기서 멈추고 뒤의 내용을 읽지 않습니다.",
    "list-in-list": () => "List 안에 List가 있어 kubectl이 이 문서를 보내지 않습니다.",
    "namespace-with-slash": (p) =>
      `\`${p["value"]}\`은(는) 네임스페이스가 될 수 없어 kubectl이 이 문서를 보내지 않습니다.`,
    "removed-api-version": (p) =>
      `${p["kind"]}의 \`${p["apiVersion"]}\`은 Kubernetes ${p["removedIn"]}부터 제공되지 않습니다. \`${p["replacement"]}\`을(를) 사용하세요.`,
    "unserved-kind": (p) =>
      p["apiVersion"] === ""
        ? `\`apiVersion\`이 없으면 ${p["kind"]}을(를) 보낼 곳이 없습니다.`
        : p["kind"] === ""
          ? "`kind`가 없으면 보낼 곳이 없습니다."
          : unserved(p),
  },
  yaml: {
    "yaml-syntax": (p) =>
      p["fits"] !== undefined
        ? misindented(p)
        : p["quoted"] === undefined
          ? `YAML 문법이 아닙니다: ${p["message"]}`
          : `따옴표로 감싸세요. 값은 \`*\`로 시작할 수 없습니다 (\`${p["quoted"]}\`로 쓰세요).`,
    "yaml-bad-separator": () =>
      "`---` 뒤에는 주석만 올 수 있습니다. kubectl은 여기서 멈추며, 바로 앞의 문서도 보내지 않습니다.",
    "yaml-duplicate-key": (p) =>
      p["repeats"] === "merged"
        ? `여기서 병합하는 맵이 앞에 적힌 \`${p["key"]}\`을(를) 덮어씁니다.`
        : `\`${p["key"]}\`이(가) 두 번 이상 있습니다. 이 값만 쓰이고 앞의 값은 아무 말 없이 버려집니다.`,
    "yaml-ignored-text": () => "아무도 읽지 않는 부분입니다. 문서는 이 앞에서 끝났습니다.",
    "yaml-key-without-text": () => "텍스트가 아닌 키이며, JSON에서 텍스트가 될 수 없습니다.",
    "yaml-unreadable-key": () => "키는 텍스트여야 합니다.",
    "yaml-unreadable-number": (p) => `\`${p["key"]}\`은(는) JSON으로 읽을 수 없습니다.`,
    "yaml-unknown-anchor": (p) => `위에 앵커 \`${p["key"]}\`이(가) 없습니다.`,
    "yaml-cyclic-anchor": (p) => `앵커 \`${p["key"]}\`이(가) 자기 자신을 포함합니다.`,
    "yaml-too-many-aliases": (p) => `별칭을 펼치면 값이 ${p["limit"]}개를 넘습니다.`,
    "yaml-tag-mismatch": (p) => `\`${p["key"]}\` 형식이 아닙니다.`,
    "yaml-merge-without-map": () => "맵만 병합할 수 있습니다.",
    "yaml-unprintable": () => "YAML에서 허용되지 않는 문자입니다.",
    "yaml-too-large": (p) => `문서가 ${p["limit"]}자보다 깁니다. API 서버는 이런 요청을 읽지 않습니다.`,
    "yaml-too-deep": () => "문서의 중첩이 너무 깊습니다.",
    "json-syntax": () => "JSON도 YAML도 아닙니다. kubectl은 여기부터 아무것도 읽지 않습니다.",
    "json-number-too-large": () => "이렇게 큰 숫자는 없습니다.",
  },
  server: {
    FieldValueRequired: (field) => `\`${field}\`은(는) 필수입니다.`,
    FieldValueInvalid: (field, p) => `\`${field}\`의 값이 올바르지 않습니다${got(p)}.`,
    FieldValueNotSupported: (field, p) =>
      `\`${field}\`에서 지원하지 않는 값입니다${got(p)}${p["allowed"] ? `. 가능한 값: ${listed(p["allowed"])}` : ""}.`,
    FieldValueForbidden: (field) => `\`${field}\`은(는) 여기에서 허용되지 않습니다.`,
    FieldValueDuplicate: (field, p) => `\`${field}\`의 값이 중복됩니다${got(p)}.`,
    FieldValueNotFound: (field, p) => `\`${field}\`이(가) 가리키는 대상이 없습니다${got(p)}.`,
    FieldValueTooLong: (field) => `\`${field}\`이(가) 너무 깁니다.`,
    FieldValueTooMany: (field) => `\`${field}\`의 항목이 너무 많습니다.`,
    UnknownField: (field, p) =>
      p["belongs"] === undefined
        ? `알 수 없는 필드 \`${field}\`입니다.${p["nearest"] ? ` \`${p["nearest"]}\`을(를) 의도하셨나요?` : ""}`
        : p["fields"] === undefined
          ? `\`${p["name"]}\`의 자리는 \`${p["place"]}\`이(가) 아니라 \`${p["belongs"]}\`입니다.`
          : `다음 필드의 자리는 \`${p["place"]}\`이(가) 아니라 \`${p["belongs"]}\`입니다: ${listed(p["fields"])}.`,
    DuplicateField: (field) => `\`${field}\`이(가) 두 번 이상 있습니다.`,
    Malformed: (field, p) =>
      `\`${field}\`을(를) 읽을 수 없습니다${p["expected"] ? ` (필요한 형식: ${p["expected"]})` : ""}${got(p)}.`,
    FieldManagerConflict: (field, p) => `\`${field}\`은(는) ${p["manager"]}이(가) 관리합니다.`,
    Unserved: () => "API 서버가 제공하지 않는 종류입니다.",
    Refused: (field, p) =>
      field === "" ? "API 서버가 거부합니다." : `API 서버가 \`${field}\`을(를) 거부합니다${got(p)}.`,
    Warning: (field) => `API 서버가 \`${field}\`에 대해 경고합니다.`,
    Advice: (field) => `\`${field}\`을(를) 확인해 보세요.`,
  },
  reasons: { sentences: reasonsKo, language: 1 },
  change: (kind, name, field) => {
    const what = `이미 있는 ${kind} \`${name}\`의 \`${field}\`은(는) 바꿀 수 없습니다.`;
    switch (kind) {
      case "StatefulSet":
        return `${what} 방법: \`kubectl delete statefulset ${name} --cascade=orphan\` 후 다시 적용하세요. 파드와 클레임은 남습니다.`;
      case "Deployment":
      case "ReplicaSet":
      case "DaemonSet":
        return `${what} 방법: 다른 이름으로 새로 만들거나, \`kubectl delete ${kind.toLowerCase()} ${name}\` 후 다시 적용하세요.`;
      case "Job":
        return `${what} 방법: 새 실행에 다른 이름을 쓰거나, \`kubectl delete job ${name}\` 후 다시 적용하세요.`;
      case "PersistentVolumeClaim":
        return `${what} 바인딩된 클레임은 늘릴 수만 있습니다. 방법: 새 클레임을 만들고 데이터를 옮기세요.`;
      case "Pod":
        return resources.test(field)
          ? `${what} 방법: \`kubectl replace --subresource resize\`로 실행 중인 파드의 cpu와 memory를 바꾸세요.`
          : `${what} 방법: \`kubectl replace --force\`로 삭제하고 다시 만드세요.`;
      default:
        return `${what} 방법: \`kubectl replace --force\`로 삭제하고 다시 만드세요.`;
    }
  },
  why,
  page: {
    severity: { error: "오류", warning: "경고", information: "정보", hint: "힌트" },
    old: "지금 적용된 것",
    bad: "발견되는 예",
    good: "바로잡은 예",
    long: (characters) => `여기서 \`…\`는 글자 ${characters.toLocaleString("en")}개를 나타냅니다.`,
    silence: (code) =>
      `주석 \`# seatrial-ignore ${code}\`는 그 줄에서, 설정 \`seatrial.rules\`는 모든 곳에서 이 진단을 끕니다.`,
  },
  related: (kind, name) => `${kind} \`${name}\``,
  inFile: (file) => `(${file}에 있습니다)`,
  show: "시뮬레이션에서 보기",
  add: (what) => `${what} 추가`,
  fix: (becomes, what, labels) =>
    what === "" ? `${becomes}(으)로 변경` : `${labels ? "레이블 " : ""}${what}을(를) ${becomes}(으)로 변경`,
  ignore: (code) => `여기서 ${code} 무시`,
  fixAll: (code, count) => `이 파일의 \`${code}\` ${count}개 모두 수정`,
  fixEverything: (count) => `Seatrial이 찾은 것 ${count}개 수정`,
  restore: (what, becomes) => `${what}을(를) 커밋된 ${becomes === "" ? "값" : becomes}(으)로 되돌리기`,
  explain: (code) => `${code} 설명`,
  remove: (what) => `${what} 제거`,
  move: (what, place) => `${what}을(를) ${place}(으)로 이동`,
  amount: (p) => {
    const bytes = (count: string | undefined) => (count ? ` (${Number(count).toLocaleString("ko")}바이트)` : "");
    const meant = (p["meant"] as readonly string[]).map(
      (one, at) => `\`${one}\`${bytes((p["meantBytes"] as readonly string[])[at])}`,
    );
    return p["bytes"] === ""
      ? `\`${p["value"]}\`은(는) 수량이 아닙니다. ${meant.join(" 또는 ")}(으)로 쓰세요.`
      : `\`${p["value"]}\`은(는) ${Number(p["bytes"]).toLocaleString("ko")}바이트이며 1바이트보다 작은 양은 없습니다. ${meant.join(" 또는 ")}(으)로 쓰세요.`;
  },
  numberInQuotes: (field, p) =>
    `\`${field}\`: 따옴표 안의 ${p["written"]}은(는) 숫자가 아니라 텍스트입니다. 따옴표를 지우세요.`,
  particular: {
    "selector-mismatch": () => "셀렉터가 이 레이블과 맞지 않아 컨트롤러가 자기 파드를 찾지 못합니다.",
    "both-bounds-zero": () => "maxSurge와 maxUnavailable이 모두 0이면 어떤 파드도 교체할 수 없습니다.",
    "daemon-bounds-zero": () => "maxSurge와 maxUnavailable이 모두 0이면 어떤 파드도 교체할 수 없습니다.",
    "restart-policy-missing": () =>
      "Job의 파드에는 restartPolicy `OnFailure` 또는 `Never`가 필요합니다. 지정하지 않으면 `Always`입니다.",
    "restart-policy-not-always": () => "이 컨트롤러의 파드는 항상 다시 시작되므로 restartPolicy는 `Always`여야 합니다.",
    "text-dropped": (_, field) => `\`${field}\`은(는) 반영되지 않습니다. 서버가 아무 말 없이 버립니다.`,
    "text-overridden": (p, field) =>
      `\`${field}\`은(는) 반영되지 않습니다. 객체의 값은 그대로 \`${p["actual"]}\`입니다.`,
    "text-reordered": (_, field) => `\`${field}\`의 순서는 반영되지 않습니다. 객체는 원래 순서를 유지합니다.`,
    "kept-from-before": (p, field) => `텍스트에는 없지만 \`${field}\`은(는) \`${p["value"]}\`(으)로 남습니다.`,
    "wrong-type": wrongTypeKo,
    ...scheduleMistakesKo,
  },
  fields: fieldTextsKo,
  verdicts: verdictsKo,
  arithmetic: arithmeticKo,
  navigation: navigationKo,
  completion: completionKo,
  refactor: refactorKo,
  hover: {
    type: "형식",
    required: "필수",
    known: (versions, open) => (open ? `쿠버네티스 ${versions}부터 있습니다.` : `쿠버네티스 ${versions}에만 있습니다.`),
    dropped: (version) => `쿠버네티스 ${version}에서는 기능 게이트가 꺼져 있어 확인하지 않고 버립니다.`,
    defaultValue: (value) => `여기서의 값: \`${value}\``,
    bounds: (surge, unavailable, ceiling, floor) =>
      `여기서는 추가 ${surge}개, 사용 불가 ${unavailable}개: 파드는 최대 ${ceiling}개, 사용 가능한 파드는 최소 ${floor}개입니다.`,
    nextRuns: (zone) => `다음 실행 (${zone}):`,
    identity: (pods, dns) => `파드: ${pods}. DNS: \`${dns}\``,
    noRetries: "첫 실패로 끝나며 재시도하지 않습니다.",
    retries: (limit, waits, seconds) => `재시도 ${limit}회, 대기 시간 ${waits}. 모두 합해 ${seconds}초를 기다립니다.`,
    restarts: (waits) => `계속 종료되는 컨테이너는 ${waits} 후에 다시 시작되며, 최대 300초를 기다립니다.`,
    nodes: (fit, of, names) => `기본 클러스터의 노드 ${of}개 중 ${fit}개에 맞습니다${names ? `: ${names}` : ""}.`,
    claims: (names) => `클레임: ${names}`,
    suspended: "보류되어 있어 풀 때까지 실행하지 않습니다.",
    resource: {
      cpu: (cores) => `CPU 코어 ${cores}개입니다.`,
      bytes: (whose, bytes, other) =>
        `${{ memory: "메모리", storage: "스토리지", claim: "클레임 하나의 스토리지" }[whose]}: ${bytes}바이트, ${other}.`,
      count: (amount) => `수량 ${amount}입니다.`,
    },
    usedBy: (objects) => `사용하는 곳: ${objects}`,
    leadsTo: (objects) => `가리키는 곳: ${objects}`,
  },
};
