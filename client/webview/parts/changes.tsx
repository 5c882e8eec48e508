/** Changes to try from here: each becomes a step at the playhead. */
import { useState } from "preact/hooks";
import type { WhatIf } from "../../../simulator/scenario/presets.ts";
import { duration, say } from "../messages/words.ts";
import { act, rerun, startOver } from "../state/actions.ts";
import { added, shown, whatIf } from "../state/model.ts";

const presets = [
  ["none", "none"],
  ["image-pull", "wImagePull"],
  ["never-ready", "wNeverReady"],
  ["crash-loop", "wCrashLoop"],
  ["slow-start", "wSlowStart"],
  ["node-lost", "wNodeLost"],
  ["node-drained", "wNodeDrained"],
] as const;

export function Changes() {
  const [replicas, setReplicas] = useState("5");
  const [image, setImage] = useState("");
  const object = shown.value;
  const container = object?.object ? object.containers[0] : undefined;
  if (!object || !container) return null;
  const { kind, name, namespace, actions } = object;
  const submit = (work: () => void) => (event: Event) => {
    event.preventDefault();
    work();
  };
  return (
    <section class="changes" aria-labelledby="act-title">
      <h2 id="act-title">{say("act")}</h2>
      {actions.includes("scale") && (
        <form onSubmit={submit(() => act({ do: "scale", kind, name, namespace, replicas: Number(replicas) }))}>
          <label for="replicas">{say("replicas")}</label>
          <input
            id="replicas"
            type="number"
            min="0"
            max="100000"
            required
            value={replicas}
            data-part="replicas"
            onInput={(event) => setReplicas(event.currentTarget.value)}
          />
          <button type="submit">{say("scale")}</button>
        </form>
      )}
      {actions.includes("setImage") && (
        <form
          onSubmit={submit(() => {
            if (image) act({ do: "setImage", kind, name, namespace, container: container.name, image });
          })}
        >
          <label for="image">{say("image")}</label>
          <input
            id="image"
            type="text"
            pattern="\S+"
            placeholder={container.image}
            value={image}
            data-part="image"
            onInput={(event) => setImage(event.currentTarget.value)}
          />
          <button type="submit">{say("setImage")}</button>
        </form>
      )}
      <div class="choice">
        <label for="what-if">{say("whatIf")}</label>
        <select
          id="what-if"
          value={whatIf.value}
          onChange={(event) => {
            whatIf.value = event.currentTarget.value as WhatIf["id"] | "none";
            void rerun();
          }}
        >
          {presets.map(([id, word]) => (
            <option key={id} value={id}>
              {say(word)}
            </option>
          ))}
        </select>
      </div>
      {(added.value.length > 0 || whatIf.value !== "none") && (
        <p class="steps">
          {added.value.map(({ at, action }) => (
            <span key={at} class="step">
              {duration(at)}:{" "}
              {action.do === "scale"
                ? `${say("scale")} ${action.replicas}`
                : action.do === "setImage"
                  ? action.image
                  : say("undo")}
            </span>
          ))}
          <button type="button" onClick={startOver}>
            {say("clear")}
          </button>
        </p>
      )}
    </section>
  );
}
