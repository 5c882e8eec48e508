/** Points in time as the server reads them. Models time.Parse of Go with the layout RFC3339. */

const shape =
  /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]?\d|2[0-3]):[0-5]\d:[0-5]\d(?:[.,]\d+)?(?:Z|[-+](\d\d):[0-5]\d)$/;

/** Days of each month of a year that is no leap year. */
const days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the text is a point in time: a day that the calendar has, an offset of at most a day. */
export function isTime(text: string): boolean {
  const found = shape.exec(text);
  if (found === null) return false;
  const [year, month, day] = [found[1], found[2], found[3]].map(Number) as [number, number, number];
  const isLeap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (days[month - 1] ?? 0) + (isLeap ? 1 : 0) && Number(found[5] ?? 0) <= 24;
}
