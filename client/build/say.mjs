/** Words on the terminal: one line per thing being done, with what it took. */
const color = process.stdout.isTTY && !process.env["NO_COLOR"];

/** @type {(code: string, text: string) => string} */
const paint = (code, text) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);

/** @type {(text: string) => void} */
export const say = (text) => console.log(`${paint("36", "seatrial")} ${text}`);
/** @type {(text: string) => void} */
export const warn = (text) => console.log(`${paint("33", "seatrial")} ${text}`);

/**
 * Tells what is being done, and every ten seconds that it still is, until `work` is over.
 *
 * @template T
 * @param {string} text
 * @param {() => Promise<T>} work
 */
export async function during(text, work) {
  const begin = performance.now();
  say(`${text} …`);
  const seconds = () => `${((performance.now() - begin) / 1000).toFixed(1)} s`;
  const reminder = setInterval(() => say(`${text}: still at it after ${seconds()}`), 10_000);
  try {
    const result = await work();
    say(`${text}: done in ${seconds()}`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}

/** A failure that is explained in full by its message: printed without a stack. */
export class Explained extends Error {}

/**
 * Runs a script's main function; what it throws ends the process with exit code 1.
 *
 * @param {() => Promise<void>} work
 */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Explained ? `\nseatrial: ${error.message}` : error);
    process.exit(1);
  }
}
