/** A schedule as the CronJob controller understands it, after parsing. */

/** The numbers of one field in ascending order, and whether the field had a plain `*` or `?` (the "star bit"). */
export interface Field {
  readonly values: readonly number[];
  readonly star: boolean;
}

/** Five fields of the calendar. Sunday is 0, January is 1. A field without values never matches. */
export interface CalendarSchedule {
  readonly kind: "calendar";
  readonly minute: Field;
  readonly hour: Field;
  readonly dayOfMonth: Field;
  readonly month: Field;
  readonly dayOfWeek: Field;
  /** Zone of a `TZ=` or `CRON_TZ=` prefix (empty text is UTC); null without a prefix. */
  readonly zone: string | null;
}

/** `@every`: a fixed number of whole seconds, at least one, counted from wherever the search starts. */
interface IntervalSchedule {
  readonly kind: "interval";
  readonly seconds: number;
}

export type Schedule = CalendarSchedule | IntervalSchedule;

export type FieldName = "minute" | "hour" | "dayOfMonth" | "month" | "dayOfWeek";

/** Why a text is no schedule. The parser stops at the first reason. */
export type ScheduleError =
  | { readonly code: "empty" }
  | { readonly code: "field-count"; readonly fields: readonly string[] }
  | { readonly code: "bad-number"; readonly text: string; readonly outOfRange: boolean; readonly where: Place }
  | { readonly code: "negative"; readonly value: string; readonly text: string; readonly where: Place }
  | ({ readonly code: "below-minimum" | "above-maximum"; readonly value: string; readonly bound: number } & Item)
  | ({ readonly code: "range-reversed"; readonly begin: string; readonly end: string } & Item)
  | ({ readonly code: "step-zero" | "too-many-slashes" | "too-many-hyphens" } & Item)
  | { readonly code: "bad-descriptor"; readonly text: string }
  | { readonly code: "bad-duration"; readonly text: string; readonly reason: DurationError }
  | { readonly code: "bad-location"; readonly zone: string }
  | { readonly code: "malformed-tz-prefix" };

/** Where in the schedule: the field and its position among the white-space separated words. */
export interface Place {
  readonly field: FieldName;
  readonly index: number;
}

/** A list item of a field, as written. */
interface Item {
  readonly item: string;
  readonly where: Place;
}

/** What Go's `time.ParseDuration` finds wrong. */
export type DurationError =
  | { readonly code: "invalid"; readonly text: string }
  | { readonly code: "missing-unit"; readonly text: string }
  | { readonly code: "unknown-unit"; readonly unit: string; readonly text: string };

export type Parsed =
  | { readonly schedule: Schedule; readonly error?: undefined }
  | { readonly error: ScheduleError; readonly schedule?: undefined };
