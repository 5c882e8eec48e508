/**
 * UIDs. In the cluster they are short, as there are very many (`89abcdef-12`); the API shows them as the UUIDs that they stand
 * for, and each is found again from its UUID.
 */

const middle = "-0000-4000-8000-";

/** The UUID of an object's uid. */
export function uuidOf(uid: string): string {
  const dash = uid.indexOf("-");
  const number = Number(uid.slice(dash + 1));
  return dash === 8 && Number.isSafeInteger(number)
    ? uid.slice(0, 8) + middle + number.toString(16).padStart(12, "0")
    : uid;
}

/** The uid in the cluster that a UUID stands for; any other text stays as it is. */
export function uidOf(uuid: string): string {
  if (uuid.length !== 36 || uuid.slice(8, 24) !== middle) return uuid;
  return `${uuid.slice(0, 8)}-${Number.parseInt(uuid.slice(24), 16)}`;
}
