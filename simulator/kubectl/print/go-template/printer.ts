/** `-o go-template`. Models GoTemplatePrinter of cli-runtime. */
import type { ObjectPrinter } from "../shown.ts";
import { execute } from "./execute.ts";
import { parseGoTemplate, TemplateFault } from "./parse.ts";

/** A printer of what the template makes of an object, or what is wrong with the template. */
export function goTemplatePrinter(template: string): ObjectPrinter | { readonly error: string } {
  const parts = attempt(() => parseGoTemplate(template));
  if ("error" in parts) return { error: `error parsing template ${template}, template: output:1: ${parts.error}` };
  return (object) => {
    const made = attempt(() => execute(parts.value, object));
    if ("value" in made) return { text: made.value };
    const why = `template: output: ${made.error}`;
    return { error: `error executing template ${JSON.stringify(template)}: ${why}` };
  };
}

function attempt<T>(act: () => T): { readonly value: T } | { readonly error: string } {
  try {
    return { value: act() };
  } catch (fault) {
    if (fault instanceof TemplateFault) return { error: fault.message };
    throw fault;
  }
}
