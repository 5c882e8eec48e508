/** The panel: a function of what the model knows. */
import { render } from "preact";
import { duration, say, sayProblem } from "./messages/words.ts";
import { Changes } from "./parts/changes.tsx";
import { Chart } from "./parts/chart.tsx";
import { Cluster } from "./parts/cluster.tsx";
import { Events } from "./parts/events.tsx";
import { History } from "./parts/history.tsx";
import { Identity, Jobs, Table } from "./parts/identity.tsx";
import { Summary } from "./parts/summary.tsx";
import { onKey, Transport } from "./parts/transport.tsx";
import { begin, choose, reveal } from "./state/actions.ts";
import { refusal, refusedSteps, running, shown, title, trace, workloads } from "./state/model.ts";

function Header() {
  const one = shown.value;
  return (
    <header>
      <h1>{title.value || "Seatrial"}</h1>
      {workloads.value.length > 1 ? (
        <select
          aria-label={say("workload")}
          data-part="workload"
          value={one ? workloads.value.indexOf(one) : 0}
          onChange={(event) => choose(Number(event.currentTarget.value))}
        >
          {workloads.value.map((each, index) => (
            <option key={each.index} value={index}>
              {each.kind} {each.name}
            </option>
          ))}
        </select>
      ) : (
        one && (
          <button type="button" class="link" onClick={reveal}>
            {one.kind} {one.name}
          </button>
        )
      )}
      <span class="quiet" role="status" data-part="status">
        {running.value ? say("running") : ""}
      </span>
    </header>
  );
}

function Notices() {
  const one = shown.value;
  if (!one) return <p class="notice">{say("nothing")}</p>;
  return (
    <>
      {one.object === null && (
        <p class="notice" data-part="invalid">
          {say(trace.value ? "invalid" : "invalidFirst", one.kind, one.name)}
        </p>
      )}
      {refusal.value !== null && (
        <p class="notice" data-part="refused">
          {say("refused", refusal.value)}
        </p>
      )}
      {refusedSteps.value.map(({ index, time, problem, output }) => (
        <p key={index} class="notice" data-part="step-refused">
          {say("stepRefused", duration(time), problem ? sayProblem(problem) : (output ?? ""))}
        </p>
      ))}
    </>
  );
}

function Panel() {
  return (
    <main>
      <Header />
      <Notices />
      {shown.value && trace.value && (
        <>
          <Transport />
          <div class="columns">
            <div>
              <Chart />
              <Cluster />
              <Identity />
              <Jobs />
              <Table />
            </div>
            <div>
              <Summary />
              <Changes />
              <History />
              <Events />
            </div>
          </div>
        </>
      )}
    </main>
  );
}

const root = document.getElementById("panel");
if (root) {
  render(<Panel />, root);
  addEventListener("keydown", onKey);
  begin();
}
