/** All rules. */
import { overlappingSelectors } from "./overlapping-selectors.ts";
import { probePort } from "./probe-port.ts";
import type { NeighbourRule, ObjectRule } from "./rule.ts";
import { scheduleNever } from "./schedule-never.ts";
import { serviceTargetPort } from "./service-target-port.ts";
import { statefulService } from "./stateful-service.ts";
import { unusedVolume } from "./unused-volume.ts";

export const objectRules: readonly ObjectRule[] = [probePort, unusedVolume, scheduleNever];
export const neighbourRules: readonly NeighbourRule[] = [overlappingSelectors, statefulService, serviceTargetPort];
