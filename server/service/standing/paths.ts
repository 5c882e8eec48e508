/** Paths of files with `/` between folders, wherever they come from. */

/** The folder of a file; empty for one without. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash) || "/";
}

/** A path as it is meant from a folder, without `.` and `..` where they can be resolved. */
export function joined(folder: string, name: string): string {
  const whole = name.startsWith("/") || folder === "" ? name : `${folder}/${name}`;
  const steps: string[] = [];
  for (const step of whole.split("/")) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else steps.push(step);
  }
  return (whole.startsWith("/") ? "/" : "") + steps.join("/");
}

const kustomizationNames = new Set(["kustomization.yaml", "kustomization.yml", "Kustomization"]);

/** Whether a file is named as kustomize wants it. */
export function isKustomization(path: string): boolean {
  return kustomizationNames.has(path.slice(path.lastIndexOf("/") + 1));
}
