/** Rollout history as kubectl lists it, with a way back to each revision. */
import { say } from "../messages/words.ts";
import { act } from "../state/actions.ts";
import { history, shown } from "../state/model.ts";

export function History() {
  const object = shown.value;
  if (!object?.actions.includes("undo")) return null;
  const { kind, name, namespace } = object;
  return (
    <section id="history" aria-labelledby="history-title">
      <h2 id="history-title">{say("history")}</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{say("revision")}</th>
              <th scope="col">{say("images")}</th>
              <th scope="col">{say("cause")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {history.value.map((one) => (
              <tr key={one.revision} data-revision={one.revision} class={one.current ? "current" : ""}>
                <th scope="row">{one.revision}</th>
                <td>{one.images.join(", ")}</td>
                <td>{one.changeCause || "–"}</td>
                <td>
                  {one.current ? (
                    say("current")
                  ) : (
                    <button
                      type="button"
                      onClick={() => act({ do: "undo", kind, name, namespace, toRevision: one.revision })}
                    >
                      {say("undo")}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
