/** The one door to the cluster for everything that is not a controller. */

import type { KindTable } from "../api/kind.ts";
import { servedKinds } from "../api/kind-rules.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { defaultAdmission } from "./admission/chain.ts";
import type { AdmissionStep, ApiServer } from "./types.ts";

export interface ApiServerOptions {
  /** Default: the kinds of Kubernetes. */
  readonly kinds?: KindTable;
  /** Default: what every server does. */
  readonly admission?: readonly AdmissionStep[];
}

/** The API server of a cluster; making one costs nothing and changes nothing. */
export function createApiServer(cluster: Cluster, options: ApiServerOptions = {}): ApiServer {
  return {
    cluster,
    store: cluster.store,
    start: cluster.start,
    target: cluster.target,
    kinds: options.kinds ?? servedKinds,
    admission: options.admission ?? defaultAdmission,
  };
}
