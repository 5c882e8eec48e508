/** `kubectl create deployment`. Models kubectl/pkg/cmd/create/create_deployment.go. */
import { count, list } from "../flag.ts";
import { numberOf, values } from "../words.ts";
import { container, type Maker } from "./maker.ts";

export const deployment: Maker = {
  name: "deployment",
  aliases: ["deploy"],
  kind: "Deployment",
  says: "Create a Deployment that runs images",
  usage: "NAME --image=IMAGE [-- COMMAND ARGS...]",
  flags: [
    list("image", "image names, one for each container", { required: true }),
    count("port", "port that the first container listens on", { value: "-1" }),
    count("replicas", "how many pods", { short: "r", value: "1" }),
  ],
  refused: "failed to create deployment:",
  takesRest: true,
  make(_, name, words) {
    const images = values(words, "image");
    if (images.length > 1 && words.rest.length > 0) {
      return { failure: "cannot specify multiple --image options and command" };
    }
    const port = numberOf(words, "port");
    const ports = port >= 0 ? { ports: [{ containerPort: port }] } : {};
    const labels = { app: name };
    const containers = images.map((image, index) =>
      container(containerName(image), image, words, index === 0 ? ports : {}),
    );
    return {
      object: {
        metadata: { labels },
        spec: {
          replicas: numberOf(words, "replicas"),
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers } },
          strategy: {},
        },
        status: {},
      },
    };
  },
};

/** The image without registry, tag and digest. */
function containerName(image: string): string {
  const last = image.split("/").at(-1) ?? "";
  return (last.split(":")[0] ?? "").split("@")[0] ?? "";
}
