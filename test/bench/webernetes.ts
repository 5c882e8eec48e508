/** How long `@ngrok/webernetes` takes to create a Deployment and to roll it out, in milliseconds of the wall clock. */
import { bundled } from "./foreign.ts";

interface PodLike {
  readonly metadata: { readonly name: string };
  readonly spec: { readonly containers: readonly { readonly image: string }[] };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
interface ClusterLike {
  init(): Promise<void>;
  registerImage(image: unknown): void;
  apply(resources: readonly unknown[]): Promise<unknown>;
  informer(kind: "pods", callback: (type: string, object: PodLike) => void, options: { namespace: string }): unknown;
  close(): Promise<void>;
}
interface Library {
  readonly Cluster: new (options: { nodes: number }) => ClusterLike;
  readonly BaseImage: new () => object;
}

/** Milliseconds; `late` when it was not done within the limit. */
export type Rollout = { readonly create: number; readonly roll: number } | "late";

/** `null` when the package cannot be had; it is given `limit` milliseconds. */
export async function webernetesRollout(replicas: number, nodes: number, limit: number): Promise<Rollout | null> {
  const file = await bundled("@ngrok/webernetes");
  if (file === null) return null;
  const { Cluster, BaseImage } = (await import(file)) as Library;
  class Server extends BaseImage {
    static readonly imageName: string = "app";
    static readonly imageVersion: string = "1.0";
    readonly defaultCommand = ["server"];
    exec(context: { waitUntilKilled(): Promise<number> }): Promise<number> {
      return context.waitUntilKilled();
    }
  }
  class NextServer extends Server {
    static override readonly imageVersion = "2.0";
  }
  const cluster = new Cluster({ nodes });
  cluster.registerImage(Server);
  cluster.registerImage(NextServer);
  await cluster.init();
  let rolledOut = (): void => {};
  let wanted = "";
  /** The pods there are, by name: the image of those that are ready, else nothing. */
  const pods = new Map<string, string>();
  cluster.informer(
    "pods",
    (type, { metadata, spec, status }) => {
      const ready = status?.conditions?.some((one) => one.type === "Ready" && one.status === "True");
      if (type === "delete") pods.delete(metadata.name);
      else pods.set(metadata.name, ready ? (spec.containers[0]?.image ?? "") : "");
      if (pods.size === replicas && [...pods.values()].every((image) => image === wanted)) rolledOut();
    },
    { namespace: "default" },
  );
  const apply = async (image: string): Promise<number> => {
    const begin = performance.now();
    const done = new Promise<void>((resolve) => {
      rolledOut = resolve;
    });
    wanted = image;
    await cluster.apply([
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web" },
        spec: {
          replicas,
          selector: { matchLabels: { app: "web" } },
          template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image }] } },
        },
      },
    ]);
    await done;
    return performance.now() - begin;
  };
  const work = async () => ({ create: await apply("app:1.0"), roll: await apply("app:2.0") });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), limit);
  });
  const figures = await Promise.race([work(), late]);
  clearTimeout(timer);
  void cluster.close();
  return figures;
}
