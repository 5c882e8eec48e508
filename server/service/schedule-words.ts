/** A schedule as a sentence. The library that knows the sentences is loaded when the first one is asked for. */

export type ScheduleWords = (schedule: string) => string | null;

interface Library {
  toString(schedule: string, options: Readonly<Record<string, unknown>>): string;
}

let library: Promise<Library | null> | null = null;

async function load(): Promise<Library | null> {
  try {
    const loaded = (await import("cronstrue")) as unknown as { readonly default: Library & { default?: Library } };
    // English is in the library itself.
    await import("cronstrue/locales/ko.js");
    return loaded.default.default ?? loaded.default;
  } catch {
    // Sentences are a comfort; hovers do without them.
    return null;
  }
}

/** Sentences in a language; null for schedules that have none (`@every`, mistakes). */
export async function scheduleWords(language: "en" | "ko"): Promise<ScheduleWords> {
  library ??= load();
  const known = await library;
  return (schedule) => {
    if (known === null || schedule.startsWith("@every")) return null;
    try {
      return known.toString(schedule, { locale: language, use24HourTimeFormat: true });
    } catch {
      return null;
    }
  };
}
