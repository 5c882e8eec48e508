/** Paths of files inside volumes and containers. */
import { type FieldPath, invalid } from "../field-path.ts";
import type { Problem } from "../problem.ts";

/** Whether an element of the path is `..`. */
export function hasBackstep(path: string): boolean {
  return path.includes("..") && path.split("/").includes("..");
}

export function checkNoBackstep(value: string, path: FieldPath, found: Problem[]): void {
  if (hasBackstep(value)) found.push(invalid("path-with-backstep", path, { value }));
}

/** A relative path without `..`. */
export function checkDescendingPath(value: string, path: FieldPath, found: Problem[]): void {
  if (value.startsWith("/")) found.push(invalid("path-not-relative", path, { value }));
  checkNoBackstep(value, path, found);
}

/** As `checkDescendingPath`, and not beginning with two dots (which the kubelet keeps for itself). */
export function checkUserPath(value: string, path: FieldPath, found: Problem[]): void {
  checkDescendingPath(value, path, found);
  if (value.startsWith("..") && !value.startsWith("../")) {
    found.push(invalid("path-with-leading-dots", path, { value }));
  }
}
