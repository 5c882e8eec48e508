/** Runs plays away from the page, so that scrubbing stays smooth. */
import { type Play, type Playing, runPlay } from "../../simulator/played.ts";

export interface RunRequest {
  readonly id: number;
  readonly play: Play;
}
export interface RunAnswer {
  readonly id: number;
  readonly result: Playing;
}

const scope = self as unknown as {
  onmessage: (event: MessageEvent<RunRequest>) => void;
  postMessage(answer: RunAnswer): void;
};
scope.onmessage = ({ data }) => scope.postMessage({ id: data.id, result: runPlay(data.play) });
