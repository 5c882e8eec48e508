/** Times and speeds as people write them. */

/** Milliseconds of days, hours, minutes and seconds, in this order: `1d12h`, `1.5s`. Undefined when it is something else. */
export function timeOf(text: string): number | undefined {
  const parts = /^(?:(\d{1,5})d)?(?:(\d{1,6})h)?(?:(\d{1,7})m)?(?:(\d{1,9}(?:\.\d{1,3})?)s)?$/.exec(text);
  if (!parts || text === "") return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map((one) => Number(one ?? 0));
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}

/** How many times as fast as the wall clock; `step` is 0. Undefined when it is something else. */
export function speedOf(text: string): number | undefined {
  if (text === "step") return 0;
  const speed = /^\d{1,6}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  return speed > 0 ? speed : undefined;
}
