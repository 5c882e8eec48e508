/** The table of kubectl's commands. Whoever adds a command adds a line here. */

import { annotate } from "./annotate.ts";
import { apiResources, apiVersions } from "./api-resources.ts";
import { apply } from "./apply/apply.ts";
import { auth } from "./auth.ts";
import { autoscale } from "./autoscale.ts";
import type { Command } from "./command.ts";
import { config } from "./config.ts";
import { create } from "./create/create.ts";
import { remove } from "./delete.ts";
import { describe } from "./describe.ts";
import { diff } from "./diff.ts";
import { cordon, drain, uncordon } from "./drain.ts";
import { edit } from "./edit.ts";
import { events } from "./events.ts";
import { exec } from "./exec.ts";
import { explain } from "./explain.ts";
import { expose } from "./expose.ts";
import { get } from "./get.ts";
import { label } from "./label.ts";
import { logs } from "./logs.ts";
import { patch } from "./patch.ts";
import { replace } from "./replace.ts";
import { rollout } from "./rollout.ts";
import { runPod } from "./run-pod.ts";
import { scale } from "./scale.ts";
import { setEnv } from "./set/env.ts";
import { setImage } from "./set/image.ts";
import { setResources } from "./set/resources.ts";
import { setSelector } from "./set/selector.ts";
import { setServiceAccount } from "./set/service-account.ts";
import { setSubject } from "./set/subject.ts";
import { taint } from "./taint.ts";
import { top } from "./top.ts";
import { alpha, unavailable } from "./unavailable.ts";
import { clusterInfo, completion, options, version } from "./version.ts";
import { wait } from "./wait.ts";

/** Commands in the order in which kubectl lists them. */
const commands: readonly Command[] = [
  create,
  expose,
  runPod,
  {
    name: "set",
    says: "Set parts of objects",
    commands: [setEnv, setImage, setResources, setSelector, setServiceAccount, setSubject],
  },
  explain,
  get,
  edit,
  remove,
  rollout,
  scale,
  autoscale,
  clusterInfo,
  top,
  cordon,
  uncordon,
  drain,
  taint,
  describe,
  logs,
  exec,
  auth,
  events,
  diff,
  apply,
  patch,
  replace,
  wait,
  label,
  annotate,
  completion,
  apiResources,
  apiVersions,
  config,
  version,
  options,
  alpha,
  ...unavailable,
];

/** What everything else is below. */
export const kubectl: Command = { name: "kubectl", says: "Controls a Kubernetes cluster", commands };
