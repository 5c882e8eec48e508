/** What `seatrial serve` says, in English. */
import type { ServeWords } from "./serve.ts";

export const serveWordsEn: ServeWords = {
  ready: ({ version, address, setting }) =>
    `The simulated cluster (Kubernetes ${version}) answers at ${address}. In another terminal:\n\n` +
    `    ${setting}\n    kubectl get nodes\n`,
  time: (speed) =>
    speed === 0
      ? "Time passes only when told: POST /seatrial/time."
      : speed === 1
        ? "Time passes as fast as the wall clock."
        : `Time passes ${speed} times as fast as the wall clock.`,
  howToEnd: "Ctrl+C ends it.",
  kubeconfigTaken: (path) => `${path} is there already and was not written by \`seatrial serve\`; name another file`,
  kubeconfigFailed: (path, why) => `${path} could not be written (${why})`,
  portFailed: (port, why) => `port ${port} could not be had (${why})`,
  notApplied: (file, why) => `${file}: not applied: ${why}`,
  unreadable: (file, why) => `${file}: ${why}`,
  noTrial: (file, why) => `${file} holds no trial that could go on: ${why}`,
  saved: (path, steps) =>
    `The trial is kept in ${path} (${steps === 1 ? "1 step" : `${steps} steps`}); --resume goes on with it.`,
  saveFailed: (path, why) => `the trial could not be kept in ${path} (${why})`,
};
