/** All rules. */
import { daemonNowhere } from "./daemon-nowhere.ts";
import { externalName } from "./external-name.ts";
import { fieldDropped } from "./field-dropped.ts";
import { imageReference } from "./image-reference.ts";
import { jobDeadline } from "./job-deadline.ts";
import { missingCounterparts } from "./missing-counterparts.ts";
import { nodePortRange } from "./node-port-range.ts";
import { objectRepeated } from "./object-repeated.ts";
import { overlappingSelectors } from "./overlapping-selectors.ts";
import { podsRefused } from "./pods-refused.ts";
import { probePort } from "./probe-port.ts";
import { resourceVersion } from "./resource-version.ts";
import { rolloutDeadline } from "./rollout-deadline.ts";
import { rolloutDowntime } from "./rollout-downtime.ts";
import type { NeighbourRule, ObjectRule, RunRule } from "./rule.ts";
import { scheduleClockChange } from "./schedule-clock-change.ts";
import { scheduleNever } from "./schedule-never.ts";
import { scheduleOverlap } from "./schedule-overlap.ts";
import { serviceSelectsNothing } from "./service-selects-nothing.ts";
import { serviceTargetPort } from "./service-target-port.ts";
import { statefulService } from "./stateful-service.ts";
import { templateValue } from "./template-value.ts";
import { unusedVolume } from "./unused-volume.ts";

export const objectRules: readonly ObjectRule[] = [
  podsRefused,
  probePort,
  unusedVolume,
  scheduleNever,
  nodePortRange,
  fieldDropped,
  resourceVersion,
  imageReference,
  externalName,
  templateValue,
];
export const neighbourRules: readonly NeighbourRule[] = [
  overlappingSelectors,
  statefulService,
  serviceTargetPort,
  serviceSelectsNothing,
  objectRepeated,
  missingCounterparts,
];
/** Slow ones, asked when there is time. */
export const runRules: readonly RunRule[] = [
  rolloutDowntime,
  rolloutDeadline,
  daemonNowhere,
  jobDeadline,
  scheduleOverlap,
  scheduleClockChange,
];
