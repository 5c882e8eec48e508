/** What a cluster has to give to its Services. */

export interface ServiceRanges {
  /** Whether the cluster is known: of another one nothing is said about families and node ports that it may not have. */
  readonly isKnown: boolean;
  /** `IPv4` and `IPv6`, the default one first. */
  readonly families: readonly string[];
  readonly nodePorts: { readonly min: number; readonly max: number };
  /** Whether another Service has the address. */
  readonly isTaken: (address: string) => boolean;
  /** A free address. */
  readonly address: (family: string) => string;
  /** A free node port other than these. */
  readonly nodePort: (taken: readonly number[]) => number;
}

const documentation: Readonly<Record<string, string>> = { IPv4: "192.0.2.1", IPv6: "2001:db8::1" };
const nodePorts = { min: 30_000, max: 32_767 };

/** Any cluster: its addresses stand for those that a real one would choose. */
export const anyCluster: ServiceRanges = {
  isKnown: false,
  families: ["IPv4"],
  nodePorts,
  isTaken: () => false,
  address: (family) => documentation[family] ?? "",
  nodePort(taken) {
    let port = nodePorts.min;
    while (taken.includes(port)) port++;
    return port;
  },
};
