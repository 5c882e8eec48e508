/** What a person takes out of the panel: the picture, words for a pull request, the trial as a scenario file. */
import { yamlText } from "../../../simulator/kubectl/print/yaml-text.ts";
import { say } from "../messages/words.ts";
import { shownMarks } from "../parts/steps.tsx";
import { attemptRows, groupsOf, nodeRows, ordinalRows } from "../picture/rows.ts";
import { tell } from "../state/host.ts";
import * as model from "../state/model.ts";
import { playOf } from "../state/play.ts";
import { cronSentence } from "../verdict/cron.ts";
import { verdictSentence } from "../verdict/sentence.ts";
import { ending } from "../verdict/step-words.ts";
import { markdownOf } from "./markdown.ts";
import { scenarioFile } from "./scenario-file.ts";
import { darkPalette, lightPalette, type SvgPicture, type SvgRow, svgOf } from "./svg.ts";

const row = (name: string, where: string, lives: SvgRow["lives"]): SvgRow => ({ name, where, lives, isHeading: false });

function rowsNow(): readonly SvgRow[] {
  const [found, name, rollout, run] = [model.result.value, model.target.value, model.rollout.value, model.jobRun.value];
  if (!found || !name) return [];
  if (run)
    return attemptRows(run.lives, run.indexed).map((one) =>
      row(say(run.indexed ? "index" : "slot", { n: one.index ?? 0 }), "", one.lives),
    );
  if (!rollout) return [];
  if (name.kind === "StatefulSet") return ordinalRows(rollout.lives).map((one) => row(one.name, "", one.lives));
  if (name.kind === "DaemonSet") return nodeRows(found.trace, rollout.lives).map((one) => row(one.name, "", one.lives));
  return groupsOf(found.trace, name, rollout.lives, rollout.newest).flatMap((group): SvgRow[] => [
    {
      name: group.revision === null ? group.maker : say("revision", { n: group.revision }),
      where: group.images.join(", "),
      lives: [],
      isHeading: true,
    },
    ...group.lives.map((life) => row(ending(life.name), life.node, [life])),
  ]);
}

/** The verdict of what is shown, as one sentence. */
export function verdictText(): string {
  const [about, calendar] = [model.verdict.value, model.cronRuns.value];
  if (!about) return "";
  const { word, text } =
    about.code === "cron" && calendar
      ? cronSentence(calendar, model.readerZone.value)
      : verdictSentence(about, model.plainTakes.value);
  return `${word} ${text}`;
}

/** What is shown now, to be drawn elsewhere; null while there is nothing. */
export function pictureNow(): SvgPicture | null {
  const [found, one, about] = [model.result.value, model.shown.value, model.verdict.value];
  if (!found || !one || !about) return null;
  return {
    title: `${one.kind} ${one.name}`,
    verdict: verdictText().replaceAll("`", ""),
    tone: about.tone,
    figures: model.figures.value.map(({ label, value, of, note }) => ({ label, value: `${value} ${of}`.trim(), note })),
    marks: shownMarks().map(({ time, text, end }) => ({ time, text, end })),
    rollout: model.rollout.value,
    rows: rowsNow(),
    newest: model.rollout.value?.newest ?? null,
    scale: model.scale.value,
    from: found.from,
    time: model.time.value,
  };
}

const isDark = (): boolean =>
  document.body.classList.contains("vscode-dark") ||
  (document.body.classList.contains("vscode-high-contrast") &&
    !document.body.classList.contains("vscode-high-contrast-light"));
const fileName = (): string => `${model.shown.value?.name || "trial"}-${model.mode.value}`;

export function shareSvg(): void {
  const picture = pictureNow();
  if (picture)
    tell({
      type: "save",
      name: fileName(),
      format: "svg",
      content: svgOf(picture, isDark() ? darkPalette : lightPalette),
    });
}

export async function sharePng(): Promise<void> {
  const picture = pictureNow();
  if (!picture) return;
  const text = svgOf(picture, isDark() ? darkPalette : lightPalette);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.width * 2;
  canvas.height = image.height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  tell({ type: "save", name: fileName(), format: "png", content: canvas.toDataURL("image/png").split(",")[1] ?? "" });
}

export function shareMarkdown(): void {
  const one = model.shown.value;
  if (!one) return;
  const figures = model.figures.value.map(({ label, value, of, note }) => ({
    label,
    value: `${value} ${of}`.trim(),
    note,
  }));
  tell({ type: "copy", text: markdownOf(`${one.kind} ${one.name}`, verdictText(), figures) });
}

/** The trial as a file beside the manifest, which opens again here and on the command line. */
export function keepScenario(): void {
  const [wanted, manifest] = [model.result.value?.wanted, model.manifest.value];
  if (!wanted || !manifest) return;
  const file = scenarioFile(playOf(wanted), manifest.title, manifest.before?.is === "HEAD");
  tell({ type: "save", name: fileName(), format: "yaml", content: yamlText(file) });
}
