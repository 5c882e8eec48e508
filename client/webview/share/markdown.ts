/** Verdict and figures as Markdown for a pull request. Pure. */

interface Told {
  readonly label: string;
  readonly value: string;
  readonly note: string;
}

/** What would end a cell of a table or begin something of its own. */
const plain = (text: string): string =>
  text.replace(/[|\\*_<>[\]]/g, (character) => `\\${character}`).replace(/\s+/g, " ");

/** A heading, the verdict's sentence, and a table of the figures. */
export function markdownOf(title: string, verdict: string, figures: readonly Told[]): string {
  const cells = (read: (one: Told) => string) => `| ${figures.map((one) => plain(read(one))).join(" | ")} |`;
  const table =
    figures.length === 0
      ? []
      : [
          cells(({ label }) => label),
          `|${figures.map(() => " --- |").join("")}`,
          cells(({ value }) => value),
          cells(({ note }) => note),
        ];
  return [`### ${plain(title)}`, "", verdict, "", ...table, ""].join("\n");
}
