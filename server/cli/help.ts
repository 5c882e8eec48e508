/** What `--help` prints. */
export const help = `Seatrial: what the API server would say about a Kubernetes workload, and what the controllers would do.

  seatrial check [OPTIONS] FILE|FOLDER|GLOB… | -
      --format text|json|sarif|github   how findings are printed (text); json: one array, an object for each document
      --against FILE|FOLDER             the version now applied: what of the change is refused or takes no effect is found
      --as apply|replace|server-side    how it is changed (apply)
      --kubernetes-version VERSION      1.34, 1.35, 1.36 or 1.37 (1.37)
      --explain-files                   what each document is taken for, and why
      --render                          what your own helm, kustomize or kubectl makes of the chart or kustomization around
      --threads N                       on how many cores (all)
      --stdin-filename NAME             what standard input is called
      --lang en|ko                      language of the messages; also SEATRIAL_LANGUAGE
  seatrial simulate [OPTIONS] FILE | NAME.seatrial.yaml | -
      --format text|json                a table over time, or the whole record (text)
      --against FILE|FOLDER             what is applied first: the change from it to FILE is played
      --as apply|replace|server-side    how it is changed (apply)
      --seed N                          what chance follows (1)
      --render                          as above
      --for TIME                        how long the run is: 90s, 1h30m, 7d (until what is interesting has happened)
      --kubernetes-version VERSION      as above
                                        NAME.seatrial.yaml: a scenario with its steps, and whether the run is as it expects
  seatrial serve [OPTIONS] [FILE|FOLDER|GLOB… | -]
                                        a simulated cluster for your own kubectl, helm or another client, with the files applied
      --speed N|step                    how many times as fast as the wall clock time passes, or only when told (1)
      --port N                          where on 127.0.0.1 it answers (any that is free)
      --kubeconfig FILE                 where its kubeconfig goes (a temporary file)
      --save FILE                       where the trial is kept when it ends
      --resume FILE                     a trial that was kept, to go on with
      --seed N, --kubernetes-version VERSION, --lang en|ko
                                        as above
  seatrial kubectl [OPTIONS] [-c LINE | KUBECTL-WORDS…]
                                        kubectl on a simulated cluster, with a shell around it: a line, a script on standard input, or a prompt
      --trial FILE                      where what is done is kept, to go on with
      --seed N, --kubernetes-version VERSION, --lang en|ko
                                        as above
  seatrial explain [--lang en|ko] [CODE]
                                        what a code means, with an example; without one: all codes
  seatrial mcp                          tools for agents (Model Context Protocol) on standard streams; they only read
  seatrial --help | --version

\`-\` reads standard input. Exit code: 0 nothing wrong, 1 problems found or a run that does not finish, 2 could not read or run.
`;

/** The same in Korean. */
export const helpKo = `Seatrial: 쿠버네티스 워크로드에 API 서버가 무엇이라 할지, 컨트롤러가 무엇을 할지 알려 줍니다.

  seatrial check [옵션] 파일|폴더|글롭… | -
      --format text|json|sarif|github   결과의 형식(text). json: 오브젝트마다 하나씩 담은 배열 하나
      --against 파일|폴더               지금 적용된 버전. 변경에서 거부되거나 효과가 없는 것을 찾습니다
      --as apply|replace|server-side    변경하는 방법(apply)
      --kubernetes-version 버전         1.34, 1.35, 1.36, 1.37 중 하나(1.37)
      --explain-files                   각 문서를 무엇으로 보았는지와 그 이유
      --render                          이 차트나 kustomization을 설치된 helm, kustomize, kubectl로 렌더링한 결과
      --stdin-filename 이름             표준 입력을 부르는 이름
      --lang en|ko                      메시지의 언어. SEATRIAL_LANGUAGE로도 정합니다
  seatrial simulate [옵션] 파일 | -
      --format text|json                시간에 따른 표, 또는 전체 기록(text)
      --against 파일|폴더               먼저 적용할 버전. 그것에서 파일로 바뀌는 과정을 봅니다
      --seed N                          무작위 값의 출발점(1)
      --render                          위와 같음
      --for 시간                        실행할 길이: 90s, 1h30m, 7d(볼 만한 일이 끝날 때까지)
      --kubernetes-version 버전         위와 같음
  seatrial explain [--lang en|ko] [코드]
                                        코드의 뜻과 예. 코드가 없으면 모든 코드
  seatrial serve [옵션] [파일|폴더|글롭… | -]
                                        시뮬레이션한 클러스터를 실제 kubectl, helm 같은 도구에 제공합니다. 자세히: serve --help
  seatrial kubectl [옵션] [-c 줄 | kubectl 단어…]
                                        시뮬레이션한 클러스터의 kubectl과 셸. 한 줄, 표준 입력의 스크립트, 또는 프롬프트
      --trial 파일                      한 일을 저장하고 이어서 할 파일
      --seed N, --kubernetes-version 버전, --lang en|ko
                                        위와 같음
  seatrial mcp                          에이전트를 위한 도구(Model Context Protocol). 표준 입출력을 쓰며 읽기만 합니다
  seatrial --help | --version

\`-\`는 표준 입력을 읽습니다. 종료 코드: 0 문제 없음, 1 문제가 있거나 끝나지 않는 실행, 2 읽거나 실행할 수 없음.
`;
