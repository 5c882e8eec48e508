/** Volumes of a pod as `kubectl describe` shows them. Models describeVolumes of kubectl/pkg/describe/describe.go. */
import { asObject, type JsonObject, stringAt } from "../../api/json.ts";
import { nestedClaimLines } from "./claims.ts";
import { sourceLines } from "./volume-sources.ts";
import { line, row } from "./writer.ts";

function ephemeral(source: JsonObject): string {
  const what = "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)";
  const template = source["volumeClaimTemplate"];
  return row("Type", what, 2) + (template ? nestedClaimLines(asObject(template)) : "");
}

/** The volumes below their heading, each with what it comes from. */
export function volumesText(volumes: readonly JsonObject[], space: string): string {
  if (volumes.length === 0) return `${space}Volumes:\t<none>\n`;
  const each = volumes.map((volume) => {
    const text = volume["ephemeral"] ? ephemeral(asObject(volume["ephemeral"])) : sourceLines(volume);
    return line(1, `${space === "" ? "" : " "}${stringAt(volume, "name")}:`) + (text ?? line(1, "<unknown>"));
  });
  return `${space}Volumes:\n${each.join("")}`;
}
