/** What a row shows of the playhead: its glyph and its word. Only these are drawn anew while time passes. */
import { useComputed } from "@preact/signals";
import { type Life, spanAt } from "../../../simulator/insight/lives.ts";
import { say, type WordKey } from "../messages/words.ts";
import { currentLife } from "../picture/rows.ts";
import { result, time } from "../state/model.ts";
import { Glyph, type GlyphName } from "./icon.tsx";

/** What the lives of a row show at a time of the scenario. */
export function doing(lives: readonly Life[], at: number): GlyphName {
  const life = currentLife(lives, at);
  if (!life) return "absent";
  if (at < life.created) return "absent";
  const span = spanAt(life, at);
  return span ? span.stage : "gone";
}

export const stageWord = (name: GlyphName): string => (name === "absent" ? "" : say(name satisfies WordKey));

interface Props {
  readonly lives: readonly Life[];
}
const useDoing = ({ lives }: Props) => useComputed(() => doing(lives, (result.value?.from ?? 0) + time.value)).value;

export function GlyphNow(props: Props) {
  return <Glyph name={useDoing(props)} />;
}

export function WordNow(props: Props & { readonly words?: Partial<Record<GlyphName, WordKey>> }) {
  const name = useDoing(props);
  const word = props.words?.[name];
  return <>{word ? say(word) : stageWord(name)}</>;
}
