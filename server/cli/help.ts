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
      --lang en|ko                      language of the messages
  seatrial simulate [OPTIONS] FILE | NAME.seatrial.yaml | -
      --format text|json                a table over time, or the whole record (text)
      --against FILE|FOLDER             what is applied first: the change from it to FILE is played
      --seed N                          what chance follows (1)
      --render                          as above
      --for TIME                        how long the run is: 90s, 1h30m, 7d (until what is interesting has happened)
      --kubernetes-version VERSION      as above
                                        NAME.seatrial.yaml: a scenario with its steps, and whether the run is as it expects
  seatrial serve [OPTIONS] [FILE|FOLDER|GLOB… | -]
                                        a simulated cluster for your own kubectl, helm or k9s, with the files applied
      --speed N|step                    how many times as fast as the wall clock time passes, or only when told (1)
      --port N                          where on 127.0.0.1 it answers (any that is free)
      --kubeconfig FILE                 where its kubeconfig goes (a temporary file)
      --save FILE                       where the trial is kept when it ends
      --resume FILE                     a trial that was kept, to go on with
      --seed N, --kubernetes-version VERSION, --lang en|ko
                                        as above
  seatrial explain [--lang en|ko] [CODE]
                                        what a code means, with an example; without one: all codes
  seatrial --help | --version

\`-\` reads standard input. Exit code: 0 nothing wrong, 1 problems found or a run that does not finish, 2 could not read or run.
`;
