/** The ordinals of a StatefulSet. */
import { useComputed } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { StatefulSetSpec } from "../../../simulator/api/objects.ts";
import { spanAt } from "../../../simulator/insight/lives.ts";
import type { Rollout } from "../../../simulator/insight/rollout.ts";
import { say } from "../messages/words.ts";
import { ordinalRows, type Row as RowModel } from "../picture/rows.ts";
import * as model from "../state/model.ts";
import { Bars } from "./bars.tsx";
import { hideCard, showCard } from "./card.tsx";
import { Row } from "./grid.tsx";
import { Icon } from "./icon.tsx";
import { podMenu } from "./menus.tsx";
import { GlyphNow, WordNow } from "./now.tsx";
import { type Frame, rowKeys, stagesInWords, stop } from "./row-frame.ts";

/** A StatefulSet: a row for each ordinal, with its DNS name and the claim that stays. */
export function OrdinalRows({ rollout, scale, from }: Frame & { readonly rollout: Rollout }) {
  const { name, namespace } = model.target.value ?? { name: "", namespace: "" };
  const spec = model.spec.value as StatefulSetSpec;
  const partition = spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  const service = spec.serviceName ?? "";
  const exists = model.hasService(service, namespace);
  const rows = useMemo(() => ordinalRows(rollout.lives), [rollout]);
  const claims = model.now.value?.PersistentVolumeClaim ?? [];
  return (
    <>
      {rows.map((row, index) => {
        const pod = `${name}-${row.index}`;
        const claim = spec.volumeClaimTemplates
          ?.map((one) => `${one.metadata.name}-${pod}`)
          .find((one) => claims.some((each) => each.name === one));
        return (
          <div key={row.key}>
            <OrdinalRow
              row={row}
              pod={pod}
              dns={exists ? `${pod}.${service}` : ""}
              service={service}
              claim={claim ?? ""}
              rollout={rollout}
              scale={scale}
              from={from}
              first={index === 0}
            />
            {partition > 0 && row.index === partition && (
              <p class="cut">
                <span>{say("partitionCut", { n: partition })}</span>
              </p>
            )}
          </div>
        );
      })}
    </>
  );
}

interface OrdinalProps extends Frame {
  readonly row: RowModel;
  readonly pod: string;
  readonly dns: string;
  readonly service: string;
  readonly claim: string;
  readonly rollout: Rollout;
  readonly first: boolean;
}

function OrdinalRow({ row, pod, dns, service, claim, rollout, scale, from, first }: OrdinalProps) {
  const bars = useMemo(
    () =>
      row.lives.map((life) => (
        <Bars key={life.uid} life={life} scale={scale} from={from} old={life.revision !== rollout.newest} />
      )),
    [row, scale, from, rollout],
  );
  const current = useComputed(
    () => row.lives.findLast((life) => spanAt(life, from + model.time.value) !== null) ?? null,
  );
  const open = (event: MouseEvent | KeyboardEvent) => podMenu(event, current.value ?? row.lives.at(-1)!);
  const hover = (event: PointerEvent | FocusEvent) => showCard(event, current.value ?? row.lives.at(-1)!);
  const isNew =
    current.value !== null &&
    current.value.revision === rollout.newest &&
    rollout.lives.some((life) => life.revision !== rollout.newest);
  return (
    <Row
      kind="ordinal"
      role="row"
      {...stop(first)}
      data-row={pod}
      data-pod={pod}
      aria-label={`${pod}. ${row.lives.map((life) => stagesInWords(life, from)).join("; ")}`}
      onContextMenu={open}
      onKeyDown={rowKeys(open)}
      onPointerEnter={hover}
      onPointerLeave={hideCard}
      onFocus={hover}
      onBlur={hideCard}
      label={
        <>
          <span class="line">
            <GlyphNow lives={row.lives} />
            <span class="name">{pod}</span>
            {isNew && <span class="tag">{say("isNew")}</span>}
          </span>
          <small class="dns" title={dns || say("noService", { name: service })}>
            {dns || say("noService", { name: service })}
          </small>
        </>
      }
      track={
        <>
          <div class="pods">{bars}</div>
          {claim !== "" && <i class="claim" />}
        </>
      }
      state={
        <>
          <span>
            <WordNow lives={row.lives} />
          </span>
          {claim !== "" && (
            <small title={claim}>
              <Icon name="disk" />
              {claim}
            </small>
          )}
        </>
      }
    />
  );
}
