/** What is said of objects that pods need by name, of images and of addresses, in English and Korean. */
import type { Params } from "../../simulator/api/problem.ts";
import type { AdviceCode } from "./codes.ts";

type Codes = Extract<
  AdviceCode,
  "counterpart-missing" | "key-missing" | "image-unreadable" | "external-name-is-address" | "template-value-missing"
>;
type Sentences = Readonly<Record<Codes, (params: Params) => string>>;

const list = (value: Params[string] | undefined) =>
  (Array.isArray(value) ? value : []).map((one) => `\`${one}\``).join(", ");

const imageEn: Readonly<Record<string, string>> = {
  scheme: "it has no `://` before the registry",
  capitals: "names of repositories have no capital letters",
  blank: "there are no blanks in it",
  "tag-empty": "nothing stands behind the last `:`",
  "tag-twice": "it has one tag",
  tag: "a tag is up to 128 letters, digits, `_`, `.` and `-`",
  digest: "a digest is `sha256:` and 64 hexadecimal digits",
  characters: "only lower case letters, digits and `.`, `_`, `-`, `/` may stand in it",
};

export const counterpartsEn: Sentences = {
  "template-value-missing": (p) => `\`${p["value"]}\`: a template had no value here, and wrote that instead.`,
  "counterpart-missing": (p) =>
    `No ${p["kind"]} \`${p["name"]}\` is installed with this.${p["counterpart"] === undefined ? " Unless it is made elsewhere, the pods do not start." : ` Did you mean \`${p["counterpart"]}\`?`}`,
  "key-missing": (p) =>
    `${p["kind"]} \`${p["name"]}\` has no key \`${p["key"]}\`.${p["counterpart"] === undefined ? ` It has ${list(p["keys"])}.` : ` Did you mean \`${p["counterpart"]}\`?`}`,
  "image-unreadable": (p) => `No runtime takes \`${p["image"]}\` for an image: ${imageEn[String(p["why"])]}.`,
  "external-name-is-address": (p) =>
    `\`${p["value"]}\` is an address, but the answer of DNS would be a name: nothing is found under it. Use a Service without a selector and an EndpointSlice.`,
};

const imageKo: Readonly<Record<string, string>> = {
  scheme: "레지스트리 앞에 `://`가 올 수 없습니다",
  capitals: "저장소 이름에는 대문자를 쓸 수 없습니다",
  blank: "공백이 들어갈 수 없습니다",
  "tag-empty": "마지막 `:` 뒤에 아무것도 없습니다",
  "tag-twice": "태그는 하나뿐입니다",
  tag: "태그는 문자, 숫자, `_`, `.`, `-`로 128자까지입니다",
  digest: "다이제스트는 `sha256:`과 16진수 64자리입니다",
  characters: "소문자, 숫자와 `.`, `_`, `-`, `/`만 쓸 수 있습니다",
};

export const counterpartsKo: Sentences = {
  "template-value-missing": (p) => `\`${p["value"]}\`: 템플릿에 값이 없어 대신 이렇게 썼습니다.`,
  "counterpart-missing": (p) =>
    `함께 설치되는 ${p["kind"]} \`${p["name"]}\`이(가) 없습니다.${p["counterpart"] === undefined ? " 다른 곳에서 만들지 않으면 파드가 시작되지 않습니다." : ` \`${p["counterpart"]}\`을(를) 뜻했나요?`}`,
  "key-missing": (p) =>
    `${p["kind"]} \`${p["name"]}\`에 키 \`${p["key"]}\`이(가) 없습니다.${p["counterpart"] === undefined ? ` 있는 키: ${list(p["keys"])}.` : ` \`${p["counterpart"]}\`을(를) 뜻했나요?`}`,
  "image-unreadable": (p) =>
    `\`${p["image"]}\`을(를) 이미지로 받아들이는 런타임은 없습니다. ${imageKo[String(p["why"])]}.`,
  "external-name-is-address": (p) =>
    `\`${p["value"]}\`은(는) 주소이지만 DNS는 이름으로 답하므로 아무것도 찾지 못합니다. 셀렉터 없는 Service와 EndpointSlice를 쓰세요.`,
};

export const whyCounterpartsEn: Readonly<Record<Codes, string>> = {
  "template-value-missing":
    "Go templates print `<no value>` or `<nil>` for what nobody has given, and go on. The API server takes that for a text like any other. Give the value, or let the template ask for it with `required` or `default`.",
  "counterpart-missing":
    "The API server takes pods whatever they refer to. A pod whose ConfigMap, Secret or claim is not there waits until it is; one whose ServiceAccount or PriorityClass is not there is not made. It may be made by something that is not in these files, so this is only information, and said only where others of the kind are installed with it.",
  "key-missing":
    "A container that takes a variable from a key that is not there does not start (`CreateContainerConfigError`), and a volume that names one is not mounted. With `optional: true` both go without it.",
  "image-unreadable":
    "The API server takes any text for an image. The node reads it as a reference (registry, repository, tag, digest) and answers `InvalidImageName` where it is none; the pod never starts.",
  "external-name-is-address":
    "An ExternalName is answered as a CNAME, an alias of a name. `10.0.0.1` is taken for a name of four labels that nobody has.",
};

export const whyCounterpartsKo: Readonly<Record<Codes, string>> = {
  "template-value-missing":
    "Go 템플릿은 주어지지 않은 값 자리에 `<no value>`나 `<nil>`을 쓰고 계속합니다. API 서버는 이를 다른 텍스트처럼 받아들입니다. 값을 주거나, 템플릿이 `required`나 `default`를 쓰게 하세요.",
  "counterpart-missing":
    "API 서버는 파드가 무엇을 참조하든 받아들입니다. ConfigMap, Secret, 클레임이 없는 파드는 생길 때까지 기다리고, ServiceAccount나 PriorityClass가 없으면 파드가 만들어지지 않습니다. 이 파일들 밖에서 만들 수도 있으므로 정보로만, 같은 종류의 다른 오브젝트가 함께 설치될 때만 알립니다.",
  "key-missing":
    "없는 키에서 변수를 가져오는 컨테이너는 시작되지 않고(`CreateContainerConfigError`), 없는 키를 지정한 볼륨은 마운트되지 않습니다. `optional: true`이면 둘 다 없이 진행합니다.",
  "image-unreadable":
    "API 서버는 어떤 텍스트든 이미지로 받아들입니다. 노드는 이를 참조(레지스트리, 저장소, 태그, 다이제스트)로 읽고, 참조가 아니면 `InvalidImageName`으로 답하며 파드는 시작되지 않습니다.",
  "external-name-is-address":
    "ExternalName은 이름의 별칭인 CNAME으로 답합니다. `10.0.0.1`은 아무도 가지지 않은, 네 부분으로 된 이름으로 읽힙니다.",
};
