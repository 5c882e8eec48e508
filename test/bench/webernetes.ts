/** How long `@ngrok/webernetes` takes to create a Deployment and to roll it out, in milliseconds of the wall clock. */
import { bundled } from "./foreign.ts";

interface DeploymentLike {
  readonly metadata: { readonly generation?: number };
  readonly status?: Readonly<Record<string, number | undefined>>;
}
interface ClusterLike {
  init(): Promise<void>;
  registerImage(image: unknown): void;
  apply(resources: readonly unknown[]): Promise<unknown>;
  informer(kind: "deployments", callback: (type: string, object: DeploymentLike) => void): unknown;
  close(): Promise<void>;
}
interface Library {
  readonly Cluster: new (options: { nodes: number }) => ClusterLike;
  readonly BaseImage: new () => object;
}

/** `null` when the package cannot be had or does not finish in `limit` milliseconds. */
export async function webernetesRollout(
  replicas: number,
  nodes: number,
  limit: number,
): Promise<{ readonly create: number; readonly roll: number } | null> {
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
  cluster.informer("deployments", (_type, { metadata, status = {} }) => {
    const seen = status["observedGeneration"] === metadata.generation;
    const counts = [status["updatedReplicas"], status["availableReplicas"], status["replicas"]];
    if (seen && counts.every((count) => count === replicas)) rolledOut();
  });
  const apply = async (image: string): Promise<number> => {
    const begin = performance.now();
    const done = new Promise<void>((resolve) => {
      rolledOut = resolve;
    });
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
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), limit);
  });
  const figures = await Promise.race([work(), late]);
  clearTimeout(timer);
  void cluster.close();
  return figures;
}
