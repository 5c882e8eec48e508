/** How many cases a property test draws: `usual` in `npm test`, FUZZ times as many in `npm run fuzz`. */
export function runs(usual: number): number {
  return usual * Number(process.env["FUZZ"] ?? 1);
}
