/** The panel: a function of what the model knows. */
import { render } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { say, speak } from "./messages/words.ts";
import { Ask } from "./parts/ask.tsx";
import { Bands, Broken, Empty, LeftOutKinds, Refused, Skeleton } from "./parts/bands.tsx";
import { Card } from "./parts/card.tsx";
import { Headline } from "./parts/headline.tsx";
import { onKey } from "./parts/keys.ts";
import { Lead } from "./parts/lead.tsx";
import { Events, NextTimes, PodsTable, Revisions } from "./parts/lists.tsx";
import { Menu } from "./parts/menu.tsx";
import { Nodes } from "./parts/nodes.tsx";
import { Picture } from "./parts/picture.tsx";
import { WhatIfColumn } from "./parts/what-if.tsx";
import * as model from "./state/model.ts";
import { begin } from "./state/receive.ts";

/** What is shown where there is nothing to play. */
function Nothing() {
  const other = model.manifest.value?.objects[0];
  if (!other) return <Empty icon="file" title={say("nothingTitle")} text={say("nothingText")} />;
  return <Empty icon="info" title={say("otherTitle", { kind: other.kind })} text={say("otherText")} />;
}

function Body() {
  const one = model.shown.value;
  if (!model.manifest.value) return null;
  if (!one) return <Nothing />;
  const hasResult = model.result.value !== null && model.verdict.value !== null;
  if (model.broken.value !== null && !hasResult) {
    return (
      <>
        <Headline one={one} />
        <Broken />
      </>
    );
  }
  if (!hasResult) {
    return (
      <>
        <Headline one={one} />
        <Bands />
        {one.object === null ? <Refused /> : model.refusal.value === null && <Skeleton />}
      </>
    );
  }
  const isCron = one.kind === "CronJob";
  return (
    <>
      <Headline one={one} />
      <Bands />
      <div class="left">
        <Lead />
        {!isCron && <WhatIfColumn />}
      </div>
      <Picture />
      <div class="below">
        {isCron ? (
          <NextTimes />
        ) : (
          <>
            {one.kind !== "DaemonSet" && <Nodes />}
            <Revisions />
            <PodsTable />
          </>
        )}
        <LeftOutKinds />
      </div>
      <div class="right">
        <Events />
      </div>
    </>
  );
}

function Panel() {
  const page = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const measure = (): void => {
      const element = page.current;
      if (!element) return;
      model.width.value = element.clientWidth;
      model.centre.value = element.querySelector(".centre")?.clientWidth ?? element.clientWidth;
    };
    measure();
    const observer = new ResizeObserver(measure);
    if (page.current) observer.observe(page.current);
    return () => observer.disconnect();
  }, [model.result.value === null]);
  return (
    <main
      ref={page}
      class={`page${model.isStale.value ? " stale" : ""}`}
      data-state={model.working.value ? "working" : "ready"}
    >
      <a class="to-picture" href="#picture">
        {say("toPicture")}
      </a>
      {model.working.value && <i class="progress" role="progressbar" aria-label={say("workingOut")} />}
      <Body />
      <Card />
      <Menu />
      <Ask />
    </main>
  );
}

const root = document.getElementById("panel");
if (root) {
  speak(document.documentElement.lang);
  render(<Panel />, root);
  addEventListener("keydown", onKey);
  begin(JSON.parse(document.body.dataset["settings"] ?? '{"uri":"","seed":1}') as { uri: string; seed: number });
}
