/** Pods by revision: rows with names, thin rows, or a strip of counts. */
import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { countLine } from "../../../simulator/insight/lines.ts";
import { spanAt } from "../../../simulator/insight/lives.ts";
import type { Rollout } from "../../../simulator/insight/rollout.ts";
import { say } from "../messages/words.ts";
import { areaPolygon } from "../picture/curve.ts";
import { type Density, densityOf, type Group, groupsOf } from "../picture/rows.ts";
import * as model from "../state/model.ts";
import { isOpen, setOpen } from "../state/trying.ts";
import { Bars } from "./bars.tsx";
import { Row } from "./grid.tsx";
import { Icon } from "./icon.tsx";
import { groupMenu, podMenu } from "./menus.tsx";
import { PodRow } from "./pod-row.tsx";
import { type Frame, mostRows, rowKeys, stop } from "./row-frame.ts";

/** Pods of a group that are too many for names: as thin as they have to be. */
function DenseRows({ group, density, scale, from }: Frame & { readonly group: Group; readonly density: Density }) {
  const alive = useComputed(() => group.lives.filter((life) => spanAt(life, from + model.time.value) !== null).length);
  const bars = useMemo(
    () =>
      group.lives.map((life) => (
        <Row
          key={life.uid}
          kind={density}
          data-pod={life.name}
          title={life.name}
          onContextMenu={(event: MouseEvent) => podMenu(event, life)}
          track={<Bars life={life} scale={scale} from={from} old={!group.isNew} />}
        />
      )),
    [group, density, scale, from],
  );
  return (
    <div class="crowd">
      <small class="beside">{say("nOf", { n: alive.value, all: group.lives.length })}</small>
      {bars}
    </div>
  );
}

/** A crowd as one strip of counts: ready, starting, pulling, with those that stop above. */
function Strip({ group, scale, from, tall }: Frame & { readonly group: Group; readonly tall: boolean }) {
  const { lives } = group;
  const end = from + scale.end;
  const layers = useMemo(() => {
    const count = (stages: readonly string[]) => countLine(lives, end, ({ stage }) => stages.includes(stage));
    const ready = count(["ready"]);
    const starting = count(["ready", "starting", "unready"]);
    const coming = count([
      "ready",
      "starting",
      "unready",
      "creating",
      "pulling",
      "pending",
      "failing",
      "backoff",
      "unknown",
    ]);
    const all = count([
      "ready",
      "starting",
      "unready",
      "creating",
      "pulling",
      "pending",
      "failing",
      "backoff",
      "unknown",
      "stopping",
    ]);
    const top = Math.max(1, ...all.map(({ value }) => value));
    return [
      ["stopping", areaPolygon(all, scale, from, top, coming)],
      ["pulling", areaPolygon(coming, scale, from, top, starting)],
      ["starting", areaPolygon(starting, scale, from, top, ready)],
      [group.isNew ? "new" : "old", areaPolygon(ready, scale, from, top)],
    ] as const;
  }, [lives, scale, from, end, group.isNew]);
  const alive = useComputed(() => lives.filter((life) => spanAt(life, from + model.time.value) !== null).length);
  return (
    <Row
      kind={`strip${tall ? " tall" : ""}`}
      label={<small>{say("nOf", { n: alive.value, all: lives.length })}</small>}
      track={layers.map(
        ([name, clipPath]) => clipPath !== "" && <i key={name} class={`layer ${name}`} style={{ clipPath }} />,
      )}
    />
  );
}

function RevisionGroup({
  group,
  scale,
  from,
  first,
  only,
}: Frame & { readonly group: Group; readonly first: boolean; readonly only: boolean }) {
  const key = `group-${group.key}`;
  const density = densityOf(group.lives.length);
  const opens = density === "strip" ? isOpen(key, false) : isOpen(key, true);
  const ready = useComputed(
    () => group.lives.filter((life) => spanAt(life, from + model.time.value)?.stage === "ready").length,
  );
  const toggle = () => setOpen(key, !opens);
  const title = group.revision === null ? group.maker : say("revision", { n: group.revision });
  return (
    <>
      <div
        class="row group"
        data-row={group.key}
        data-revision={group.revision ?? ""}
        role="row"
        {...stop(first)}
        aria-label={`${title}, ${group.images.join(", ")}`}
        onContextMenu={(event) => groupMenu(event, group)}
        onKeyDown={rowKeys((event) => groupMenu(event, group))}
        onDblClick={toggle}
      >
        <div class="label" role="rowheader">
          <span class="back">
            <button
              type="button"
              class="fold-group"
              aria-expanded={opens}
              aria-label={title}
              tabIndex={-1}
              onClick={toggle}
            >
              <Icon name={opens ? "down" : "right"} class="chevron" />
            </button>
            <i class={`swatch${group.isNew ? "" : " old"}`} />
            <b>{title}</b>
            {!only && <span class="tag">{say(group.isNew ? "isNew" : "isOld")}</span>}
            <small>{group.images.join(", ")}</small>
            <small class="maker">{group.maker}</small>
          </span>
          <button
            type="button"
            class="dots"
            tabIndex={-1}
            aria-hidden="true"
            onClick={(event) => groupMenu(event, group)}
          >
            …
          </button>
        </div>
        <div class="state" role="gridcell">
          {say("nReady", { n: ready.value })}
        </div>
      </div>
      {(density === "strip" || !opens) && (
        <Strip group={group} scale={scale} from={from} tall={group.lives.length >= 100} />
      )}
      {opens &&
        density === "rows" &&
        group.lives.map((life) => (
          <PodRow key={life.uid} life={life} old={!group.isNew} scale={scale} from={from} first={false} />
        ))}
      {opens && (density === "dense" || density === "hair") && (
        <DenseRows group={group} density={density} scale={scale} from={from} />
      )}
      {opens && density === "strip" && (
        <div class="scrolled" role="group" aria-label={title}>
          {group.lives.slice(0, mostRows).map((life) => (
            <PodRow key={life.uid} life={life} old={!group.isNew} scale={scale} from={from} first={false} />
          ))}
          {group.lives.length > mostRows && <small>{say("andMore", { n: group.lives.length - mostRows })}</small>}
        </div>
      )}
    </>
  );
}

/** A Deployment or ReplicaSet: pods by revision, the new one first. */
export function RevisionRows({ rollout, scale, from }: Frame & { readonly rollout: Rollout }) {
  const [found, name] = [model.result.value, model.target.value];
  const groups = useMemo(
    () => (found && name ? groupsOf(found.trace, name, rollout.lives, rollout.newest) : []),
    [found, name, rollout],
  );
  return (
    <>
      {groups.map((group, index) => (
        <RevisionGroup
          key={group.key}
          group={group}
          scale={scale}
          from={from}
          first={index === 0}
          only={groups.length === 1}
        />
      ))}
    </>
  );
}
