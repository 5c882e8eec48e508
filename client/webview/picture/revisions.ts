/** The revisions of a workload as `kubectl rollout history` lists them, newest first. */
import type { View, WorkloadName } from "../../../simulator/view.ts";
import type { RevisionChoice } from "../../protocol.ts";

/** The revisions that a workload has in a view; the current one is that of the template that is wanted. */
export function revisionsOf(seen: View, workload: WorkloadName): readonly RevisionChoice[] {
  const owner = `${workload.kind}/${workload.name}`;
  const mine = <T extends { readonly namespace: string; readonly state: { readonly owner: string } }>(
    one: T,
  ): boolean => one.namespace === workload.namespace && one.state.owner === owner;
  const found =
    workload.kind === "Deployment"
      ? seen.ReplicaSet.filter(mine).map(({ state }) => ({ ...state, revision: Number(state.revision) }))
      : seen.ControllerRevision.filter(mine).map(({ state }) => state);
  const newest = Math.max(...found.map((one) => one.revision));
  return found
    .sort((a, b) => b.revision - a.revision)
    .map(({ revision, images, changeCause }) => ({ revision, images, changeCause, current: revision === newest }));
}
