import type { ExplainedCode } from "./codes.ts";

/** 각 진단이 왜 중요한지: 설명 페이지의 둘째 단락. */
export const why: Readonly<Record<ExplainedCode, string>> = {
  "selector-overlap":
    "컨트롤러는 셀렉터와 맞고 소유자가 없는 파드를 모두 자기 것으로 셉니다. 셀렉터가 겹치면 서로의 파드를 가져가거나 그만큼 줄입니다.",
  "service-missing":
    "StatefulSet 파드의 DNS 이름은 헤드리스 Service 아래에만 생깁니다. Service가 다른 파일이나 클러스터에 이미 있을 수 있으므로 정보로만 알립니다.",
  "service-not-headless":
    "자체 주소가 있는 Service는 그 주소 하나로만 응답합니다. 파드별 이름은 `clusterIP: None`인 Service 아래에만 생깁니다.",
  "service-selects-others":
    "Service가 선택하는 파드에만 이름이 생깁니다. 템플릿의 레이블에 셀렉터 전체가 있어야 합니다.",
  "service-selects-nothing":
    "Service는 셀렉터의 레이블을 모두 가진 파드로 보냅니다. 선택하는 파드가 없는 Service도 받아들여지지만 엔드포인트가 없어, 이유를 알리지 않은 채 연결이 실패합니다.",
  "node-port-outside-range":
    "API 서버는 한 범위의 노드 포트만 내주며, 다르게 시작하지 않았다면 30000-32767입니다. 범위 밖의 포트를 요청하는 Service는 거부됩니다.",
  "object-repeated":
    "오브젝트는 종류, 네임스페이스, 이름으로 구별됩니다. 파일의 문서는 차례로 적용되므로 뒤의 것이 적용되면 앞의 내용은 사라집니다. 대개 복사한 문서의 이름을 바꾸지 않은 것입니다.",
  "target-port-unnamed":
    "포트 이름은 선택된 파드마다 찾습니다. 선언한 컨테이너가 없으면 그 포트에는 엔드포인트가 없고, 아무도 알려 주지 않습니다.",
  "target-port-undeclared":
    "포트 선언은 선택 사항이지만, 다른 포트는 선언하고 이 포트만 없다면 오타일 가능성이 큽니다.",
  "pods-refused":
    "파드에는 템플릿에 없는 규칙이 있습니다. 이미지 앞뒤에 공백이 없어야 하고, 레이블과 호스트 이름은 63자까지이며, 같은 키가 `matchLabelKeys`와 셀렉터에 함께 있으면 안 됩니다. 워크로드는 저장되지만 컨트롤러가 파드를 만들지 못하며, `FailedCreate` 이벤트로만 알 수 있습니다.",
  "probe-port-unnamed":
    "kubelet은 같은 컨테이너의 포트에서 이름을 찾습니다. 없는 이름이면 프로브가 매번 실패하지만 API 서버는 아무 말도 하지 않습니다.",
  "volume-unused": "볼륨은 컨테이너가 시작되기 전에 모두 준비되며, 준비되지 못한 볼륨은 파드를 붙잡아 둡니다.",
  "schedule-never":
    "API 서버는 스케줄의 형식만 검사하고 그런 날짜가 있는지는 보지 않습니다. 컨트롤러는 5년까지 찾다가 포기하고 잡을 시작하지 않습니다.",
  "rollout-downtime":
    "`maxUnavailable`이 레플리카 수만큼 크거나 전략이 `Recreate`이면 새 파드가 준비되기 전에 기존 파드가 모두 종료됩니다. 시간은 기본 소요 시간으로 시뮬레이션한 값이며 패널에서 보고 바꿀 수 있습니다.",
  "rollout-past-deadline":
    "`progressDeadlineSeconds` 동안 진행이 없으면 Deployment는 실패로 표시되고 `kubectl rollout status`도 오류로 끝납니다. 파드는 첫 프로브를 기다릴 뿐입니다. 기한을 늘리거나 startupProbe로 기다리게 하세요.",
  "daemon-nowhere":
    "DaemonSet은 노드 셀렉터와 어피니티에 맞고 테인트를 허용하는 노드마다 파드를 실행합니다. 기본 클러스터의 노드는 평범한 Linux 워커이며, 실제 클러스터에는 그 레이블이 있을 수 있습니다.",
  "job-past-deadline":
    "`activeDeadlineSeconds`는 재시도와 대기를 포함한 잡 전체의 시간입니다. 지나면 모든 파드가 종료되고 잡은 실패합니다. 파드가 일하는 시간은 가정이며 패널에서 바꿀 수 있습니다.",
  "schedule-overlap":
    "`Allow`면 끝나지 않은 잡이 쌓이고, `Forbid`면 예정된 실행을 건너뛰며, `Replace`면 어느 것도 끝나지 못합니다. 파드가 일하는 시간은 가정이며 패널에서 바꿀 수 있습니다.",
  "schedule-twice":
    "스케줄은 현지 시계를 따릅니다. 시계가 뒤로 가면 같은 시각이 두 번 오고 실행도 두 번 됩니다. 바뀌는 시간대 밖의 시각이나 UTC를 쓰면 피할 수 있습니다.",
  "schedule-skipped":
    "스케줄은 현지 시계를 따릅니다. 시계가 앞으로 가면 그 사이의 시각은 오지 않고 실행도 되지 않습니다. 바뀌는 시간대 밖의 시각이나 UTC를 쓰면 피할 수 있습니다.",
  "removed-api-version":
    "API 서버는 `no matches for kind`라고 답합니다. 오브젝트는 새 버전에서 그대로 쓸 수 있지만, 기본값이 있던 필드 일부가 필수가 되었습니다.",
  "unserved-kind": "API 서버는 종류마다 정해진 그룹과 버전만 알고, 그 밖의 것은 거부합니다.",
  "unknown-field":
    "`kubectl apply`는 API 서버에 엄격한 필드 검사를 요청합니다. 모르는 필드는 대개 오타이거나 들여쓰기가 잘못된 것이어서, 조용히 버리는 대신 거부합니다.",
  "selector-mismatch":
    "컨트롤러는 레이블로 파드를 찾습니다. 템플릿의 레이블이 셀렉터와 맞지 않으면 파드를 끝없이 만들게 됩니다.",
  "both-bounds-zero":
    "롤링 업데이트에는 여유가 필요합니다. 하나 더 만들거나 하나 덜 둘 수 있어야 합니다. 둘 다 0이면 파드를 하나도 교체할 수 없습니다.",
  "restart-policy-missing":
    "잡의 파드는 끝나야 합니다. restartPolicy를 생략하면 `Always`가 되는데 잡에서는 쓸 수 없습니다.",
  "invalid-quantity":
    "수량은 숫자 바로 뒤에 접미사를 붙입니다. 10의 거듭제곱은 `m`, `k`, `M`, `G` …, 1024의 거듭제곱은 `Ki`, `Mi`, `Gi` …입니다. 사이에 공백이 없고, 바이트를 뜻하는 `B`도 없습니다.",
  "schedule-field-count":
    "스케줄은 다섯 필드입니다. 분(0-59), 시(0-23), 일(1-31), 월(1-12), 요일(0-6, 일요일은 0). 또는 `@hourly`, `@daily`, `@every 90m` 같은 표현을 씁니다.",
  "not-an-object":
    "파일의 문서와 List의 항목은 모두 apiVersion과 kind가 있는 맵입니다. 그렇지 않은 것에서 `kubectl`은 오류로 끝나며, 앞의 문서는 이미 보낸 뒤입니다.",
  "list-in-list":
    "`kubectl`은 List를 한 번만 풀어냅니다. 그 안에서 다시 `items`를 가진 것은 보낼 수 없으며 다른 항목도 함께 보내지 않습니다.",
  "namespace-with-slash": "네임스페이스는 요청 주소의 일부이므로 슬래시가 있으면 그런 주소가 없습니다.",
  "yaml-syntax":
    "읽을 수 없는 문서는 적용할 수 없습니다. `kubectl`은 아무것도 보내기 전에 이런 곳에서 멈춥니다. 문서의 나머지는 뜻을 알 수 있는 데까지 계속 살펴봅니다.",
  "yaml-bad-separator":
    "`kubectl`은 파일을 읽기 전에 `---`로 시작하는 줄마다 자릅니다. 그 줄의 값이나 태그, 더 많은 대시는 다른 도구에는 YAML이지만 `kubectl`은 거기서 오류로 끝납니다.",
  "yaml-duplicate-key":
    "맵에는 같은 키가 한 번만 있어야 합니다. `kubectl`은 `--validate=strict`에서도 아무 말 없이 마지막 것만 남기므로, 읽는 사람은 첫 번째 값이 쓰인다고 오해할 수 있습니다. `<<`로 병합하는 것은 앞에 적힌 키를 덮어쓰므로 맨 앞에 두세요.",
  "yaml-ignored-text":
    "문서는 하나의 값입니다. 완성된 `{…}`나 `...` 줄 뒤의 내용은 매니페스트 전체라 해도 다음 `---`까지 건너뜁니다. 앞에 `---`를 넣거나 지우세요.",
  "yaml-key-without-text":
    "오브젝트는 JSON으로 API 서버에 전달되며 JSON의 키는 텍스트입니다. null과 63비트를 넘는 정수는 텍스트가 될 수 없으니 키를 따옴표로 감싸세요.",
  "yaml-unreadable-key":
    "오브젝트는 JSON으로 API 서버에 전달되며 JSON의 키는 텍스트입니다. 리스트나 맵은 키가 될 수 없습니다.",
  "yaml-unreadable-number":
    "오브젝트는 JSON으로 API 서버에 전달되는데, JSON은 무한대나 숫자가 아닌 값을 적을 수 없습니다. 텍스트라면 따옴표로 감싸세요.",
  "yaml-unknown-anchor":
    "별칭(`*name`)은 같은 문서의 위쪽에 있는 앵커 `&name`의 내용을 되풀이합니다. 다른 문서의 앵커는 해당하지 않습니다. `*`로 시작하는 텍스트에는 따옴표가 필요합니다.",
  "yaml-cyclic-anchor": "자기 앵커 안의 별칭은 끝없이 펼쳐집니다.",
  "yaml-too-many-aliases":
    "별칭의 별칭은 거듭제곱으로 늘어나므로 몇 줄만으로도 메모리를 넘칠 수 있습니다. API 서버도 이런 문서를 거부합니다.",
  "yaml-tag-mismatch":
    "`!!int` 같은 태그는 값을 무엇으로 읽을지 정합니다. 이 값은 그렇게 읽을 수 없으니 태그를 지우거나 값을 바꾸세요.",
  "yaml-merge-without-map":
    "`<<`는 맵(대개 별칭)의 항목을 적힌 항목 옆에 더합니다. 맵이나 맵의 리스트가 아니면 더할 것이 없습니다.",
  "yaml-unprintable":
    "제어 문자나 글자의 반쪽 같은 것은 따옴표 안에서도 YAML이 아닙니다. 큰따옴표 안에 `\\u0007`처럼 이스케이프로 적으세요.",
  "yaml-too-large":
    "API 서버는 3MiB까지의 요청만 읽으며, 저장되는 것은 더 작아야 합니다. 큰 데이터는 볼륨이나 이미지에 넣으세요.",
  "yaml-too-deep": "쿠버네티스에는 이렇게 깊이 중첩된 오브젝트가 없으므로 더 읽지 않습니다.",
  "json-syntax":
    "중괄호로 시작하는 텍스트는 JSON 오브젝트가 이어진 것으로 읽고, 그렇지 않은 곳부터는 YAML로 읽습니다. 오브젝트가 두 개 나온 뒤에는 끝까지 JSON이어야 합니다.",
  "json-number-too-large":
    "JSON의 숫자는 약 1.8e308까지입니다. 쿠버네티스의 어떤 필드도 64비트를 넘는 숫자를 담지 않습니다.",
};
