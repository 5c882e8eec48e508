import type { ShellWords } from "./shell.ts";

/** The shell in Korean. */
export const shellKo: ShellWords = {
  unknown: (name) =>
    `${name}: 없는 명령입니다. 이 컴퓨터의 프로그램은 실행하지 않습니다. 'help'로 쓸 수 있는 명령을 볼 수 있습니다.`,
  noDuration: (text) => `'${text}': 시간 길이가 아닙니다. +30s, +5m, +1h30m처럼 적어 주십시오`,
  noSpeed: (text) => `'${text}': 속도가 아닙니다. 1, 10 같은 숫자나 max, pause를 적어 주십시오`,
  speed: (speed) => {
    if (speed === "pause") return "명령 사이에는 시간이 멈춰 있고, 기다리는 명령은 시간을 곧바로 흘려보냅니다.";
    if (speed === "max") return "기다리는 명령은 시간을 곧바로 흘려보냅니다.";
    return speed === 1
      ? "시간이 실제 시계와 같은 속도로 흐릅니다."
      : `시간이 실제 시계보다 ${speed}배 빠르게 흐릅니다.`;
  },
  next: (duration) => `${duration} 뒤에 다음 변화`,
  earlier: (count) => `… 앞선 ${count}건`,
  notRead: (file, why) => `${file}: 이어서 할 수 있는 시험이 아닙니다 (${why})`,
  notKept: (file, why) => `${file}: 시험을 저장하지 못했습니다 (${why})`,
  incomplete: "줄이 끝나지 않았습니다. 따옴표, 히어 도큐먼트, 반복문이 열려 있습니다",
  nothingNext: "저절로 일어날 일이 더 없습니다",
  neverReady: "한 시간 안에 모두 준비되지 않습니다",
  timeUsage: "사용법: time [+30s | next | until ready | speed 1|10|max|pause | 명령]",
  awk: "여기서 이해하지 못하는 프로그램입니다. 조건, print, 변수의 합, BEGIN과 END를 쓸 수 있습니다",
  sed: "여기서 이해하지 못하는 스크립트입니다. s/패턴/글/g, p, d와 그 앞의 줄 번호나 /패턴/을 쓸 수 있습니다",
  over: "시험이 너무 길어져 더 진행할 수 없습니다",
  help: {
    begin:
      "시뮬레이션한 클러스터에서 kubectl을 씁니다. 이 컴퓨터의 프로그램은 실행하지 않으며 실제 클러스터에 닿지 않습니다.",
    end: "파이프, && || ;, > >> <, 히어 도큐먼트, $VAR, $(…), 따옴표, for, while, if를 셸에서처럼 쓸 수 있습니다. Tab은 자동 완성, Ctrl+R은 검색, Ctrl+C는 중단입니다.",
  },
  commands: {
    kubectl: "클러스터. 'kubectl --help'로 명령을 볼 수 있습니다",
    time: "클러스터의 시간을 보거나 흘려보내거나 속도를 바꿉니다",
    sleep: "시간을 흘려보냅니다",
    watch: "명령이 출력하는 것을 되풀이해 보여 줍니다",
    date: "클러스터의 날짜",
    cat: "파일 내용. 저장하지 않은 변경도 포함합니다",
    ls: "작업 공간의 파일",
    pwd: "현재 폴더",
    cd: "폴더를 옮깁니다",
    code: "파일을 편집기에서 엽니다",
    tee: "읽은 것을 출력하고 파일에도 씁니다",
    grep: "패턴이 있는 줄",
    awk: "줄의 필드",
    sed: "줄을 바꾸거나 고릅니다",
    head: "처음 몇 줄",
    tail: "마지막 몇 줄",
    wc: "줄, 단어, 바이트 수를 셉니다",
    sort: "줄을 정렬합니다",
    uniq: "되풀이되는 줄을 한 번만",
    cut: "줄의 일부",
    tr: "문자를 바꿉니다",
    echo: "글을 출력합니다",
    printf: "형식에 맞춰 출력합니다",
    export: "명령이 볼 변수를 정합니다",
    unset: "변수를 지웁니다",
    env: "명령이 보는 변수",
    alias: "명령의 다른 이름",
    unalias: "별칭을 지웁니다",
    seq: "차례로 이어지는 숫자",
    test: "조건",
    true: "성공으로 끝납니다",
    false: "실패로 끝납니다",
    xargs: "읽은 것으로 명령을 실행합니다",
    history: "입력한 기록",
    clear: "화면을 비웁니다",
    reset: "빈 클러스터로 다시 시작합니다",
    help: "이 목록",
    exit: "터미널을 닫습니다",
  },
};
