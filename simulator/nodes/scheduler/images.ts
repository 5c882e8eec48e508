/** How much of a pod's images the nodes have already. Models plugins/imagelocality/image_locality.go of pkg/scheduler/framework. */
import type { PodSpec } from "../../api/objects.ts";
import type { NodeImage } from "../../cluster/objects.ts";

const mebibyte = 1024 * 1024;
const least = 23 * mebibyte;
const mostPerContainer = 1000 * mebibyte;

/** The name with `:latest` where it has neither tag nor digest; the colon of a port is none of a tag. */
function withTag(name: string): string {
  return name.lastIndexOf(":") > name.lastIndexOf("/") ? name : `${name}:latest`;
}

function imagesOf({ containers, initContainers = [], volumes = [] }: PodSpec): readonly string[] {
  const mounted = volumes.map(({ image }) => (image as { reference?: string } | undefined)?.reference);
  const names = [...initContainers.map(({ image }) => image), ...containers.map(({ image }) => image), ...mounted];
  return names.filter((name) => name !== undefined && name !== "").map(withTag as (name: string | undefined) => string);
}

/**
 * Per node 0..100 for what it has of the pod's images: an image of 640 MiB on half of the nodes counts as 320 MiB. Null when
 * no node has enough of them to count.
 */
export function imageScores(
  spec: PodSpec,
  nodes: readonly { readonly images?: readonly NodeImage[] }[],
): Int32Array | null {
  if (nodes.every(({ images }) => images === undefined)) return null;
  const wanted = imagesOf(spec);
  const holders = new Map(wanted.map((name) => [name, { size: 0, nodes: new Set<number>() }]));
  nodes.forEach(({ images = [] }, index) => {
    for (const { names, sizeBytes } of images)
      for (const name of names) {
        const held = holders.get(name);
        if (!held) continue;
        // The size is that of the node that was known first to have it.
        if (held.nodes.size === 0) held.size = sizeBytes;
        held.nodes.add(index);
      }
  });
  const most = mostPerContainer * (spec.containers.length + (spec.initContainers?.length ?? 0));
  const scores = Int32Array.from(nodes, (_, index) => {
    let sum = 0;
    for (const name of wanted) {
      const held = holders.get(name)!;
      if (held.nodes.has(index)) sum += Math.trunc(held.size * (held.nodes.size / nodes.length));
    }
    const kept = Math.min(Math.max(sum, least), most);
    return Math.trunc((100 * (kept - least)) / (most - least));
  });
  return scores.some((score) => score > 0) ? scores : null;
}
