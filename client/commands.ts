/** The commands; each acts on the workload at the cursor, or on the one that the active panel shows. */
import * as vscode from "vscode";
import type { Language } from "./language.ts";
import { type ManifestObjects, objectAt } from "./objects.ts";
import type { Panels } from "./panel/panels.ts";
import { write } from "./panel/take-out.ts";
import type { DocumentObject, RevisionChoice, SimulateArgument } from "./protocol.ts";
import { t } from "./say.ts";
import { canScale, canSetImage, focusOf, hasHistory, placeOfContainer, replicasOf, runs, tagOf } from "./workload.ts";

interface Target {
  readonly uri: vscode.Uri;
  readonly object: DocumentObject;
}

/** Registers all commands but that of the pages of codes. */
export function registerCommands(objects: ManifestObjects, panels: Panels, language: Language): vscode.Disposable {
  /**
   * The workload meant, when it fits; otherwise says so and gives nothing. With `orFirst` the first of the file that fits will
   * do: to look at another one than that at the cursor harms nobody, to change it would.
   */
  async function target(fits: (object: DocumentObject) => boolean, orFirst = false): Promise<Target | undefined> {
    const editor = vscode.window.activeTextEditor;
    const panel = editor ? undefined : panels.active();
    const uri = editor?.document.uri ?? panel?.uri;
    if (uri) {
      const found = (await objects.of(uri)).objects;
      const object = editor ? objectAt(found, editor.selection.active.line) : panel?.focused(found);
      if (object && fits(object)) return { uri, object };
      const other = orFirst ? found.find(fits) : undefined;
      if (other) return { uri, object: other };
    }
    void vscode.window.showInformationMessage(t("There is no workload here that this can be done to."));
    return undefined;
  }

  /** From a menu the argument is what VS Code gives there, which says no more than the cursor does. */
  async function simulate(argument?: unknown): Promise<void> {
    if (isSimulateArgument(argument)) {
      const { uri, kind, name, namespace, time } = argument;
      return panels.show(vscode.Uri.parse(uri), { kind, name, namespace }, time === undefined ? {} : { time });
    }
    const found = await target(runs, true);
    if (found) await panels.show(found.uri, focusOf(found.object));
  }

  async function scale(): Promise<void> {
    const found = await target(canScale);
    if (!found) return;
    const focus = focusOf(found.object);
    const answer = await vscode.window.showInputBox({
      title: t("Scale {0} {1}", focus.kind, focus.name),
      prompt: t("Number of replicas, in the simulation"),
      value: String(replicasOf(found.object)),
      validateInput: (text) => (/^\d{1,9}$/.test(text) ? undefined : t("A whole number, zero or more")),
    });
    if (answer === undefined) return;
    const replicas = Number(answer);
    await panels.act(found.uri, { do: "scale", ...focus, replicas });
    void offerToWrite(found, ["spec", "replicas"], replicas);
  }

  async function setImage(): Promise<void> {
    const found = await target(canSetImage);
    if (!found) return;
    const focus = focusOf(found.object);
    const { containers } = found.object;
    const title = t("Set the image of {0} {1}", focus.kind, focus.name);
    const picked =
      containers.length === 1
        ? containers[0]
        : (
            await vscode.window.showQuickPick(
              containers.map((one) => ({ label: one.name, description: one.image, one })),
              { title, placeHolder: t("Container") },
            )
          )?.one;
    if (!picked) return;
    const image = await vscode.window.showInputBox({
      title,
      prompt: t("New image of container {0}, in the simulation", picked.name),
      value: picked.image,
      valueSelection: [...tagOf(picked.image)],
      validateInput: (text) => (/^\S+$/.test(text) ? undefined : t("An image without spaces")),
    });
    if (!image) return;
    await panels.act(found.uri, { do: "setImage", ...focus, container: picked.name, image });
    const place = placeOfContainer(found.object, picked.name);
    if (place) void offerToWrite(found, [...place, "image"], image);
  }

  /** What was done is done in the simulation only; the manifest is changed when a person wants that. */
  async function offerToWrite(
    { uri, object }: Target,
    path: readonly (string | number)[],
    value: unknown,
  ): Promise<void> {
    const yes = t("Write into the Manifest");
    const answer = await vscode.window.showInformationMessage(t("Done in the simulation only."), yes);
    if (answer === yes) await write(uri, { type: "write", focus: focusOf(object), path, value }, objects);
  }

  async function rollBack(): Promise<void> {
    const found = await target(hasHistory);
    if (!found) return;
    const focus = focusOf(found.object);
    const choices = panels.revisions(found.uri, focus).filter((one) => !one.current);
    if (choices.length === 0) {
      void vscode.window.showInformationMessage(t("{0} {1} has no earlier revision yet.", focus.kind, focus.name));
      return;
    }
    const picked = await vscode.window.showQuickPick(choices.map(revisionItem), {
      title: t("Roll back {0} {1}", focus.kind, focus.name),
      placeHolder: t("Revision to go back to"),
    });
    if (picked) await panels.act(found.uri, { do: "undo", ...focus, toRevision: picked.revision });
  }

  async function showHistory(): Promise<void> {
    const found = await target(hasHistory);
    if (found) await panels.show(found.uri, focusOf(found.object), { section: "history" });
  }

  const commands = { simulate, scale, setImage, rollBack, showHistory, restartServer: () => language.restart() };
  return vscode.Disposable.from(
    ...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`seatrial.${name}`, run)),
  );
}

function isSimulateArgument(value: unknown): value is SimulateArgument {
  const { uri, kind, name, namespace, time } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    [uri, kind, name, namespace].every((one) => typeof one === "string") &&
    (time === undefined || (typeof time === "number" && time >= 0))
  );
}

function revisionItem(choice: RevisionChoice): vscode.QuickPickItem & { readonly revision: number } {
  return {
    label: t("Revision {0}", choice.revision),
    description: choice.images.join(", "),
    ...(choice.changeCause ? { detail: choice.changeCause } : {}),
    revision: choice.revision,
  };
}
