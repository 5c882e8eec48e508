/** `kubectl version`, `cluster-info`, `options` and `completion`. Models kubectl/pkg/cmd/version and its neighbours. */
import type { JsonObject } from "../../api/json.ts";
import { asObject, listAt, stringAt } from "../../api/json.ts";
import { jsonText } from "../print/json-text.ts";
import { yamlText } from "../print/yaml-text.ts";
import type { Command } from "./command.ts";
import { fail, misused } from "./failure.ts";
import { text, toggle } from "./flag.ts";
import { optionsText } from "./help.ts";
import { flag, isOn } from "./words.ts";

/** The kubectl whose words these are. */
const client = { minor: "36", gitVersion: "v1.36.3", kustomize: "v5.8.1" };

function versionOf(minor: string, gitVersion: string): JsonObject {
  const unknown = { gitCommit: "", gitTreeState: "", buildDate: "", goVersion: "", compiler: "" };
  return { major: "1", minor, gitVersion, ...unknown, platform: "linux/amd64" };
}

export const version: Command = {
  name: "version",
  says: "Show the versions of client and server",
  flags: [toggle("client", "only that of the client"), text("output", "json or yaml", { short: "o" })],
  *run({ door }, words) {
    const output = flag(words, "output");
    if (output !== "" && output !== "json" && output !== "yaml")
      return yield* fail("--output must be 'yaml' or 'json'");
    const minor = door.target.split(".")[1] ?? "";
    const server = `v${door.target}.0`;
    const withServer = !isOn(words, "client");
    if (output === "") {
      const both = withServer ? `Server Version: ${server}\n` : "";
      yield { out: `Client Version: ${client.gitVersion}\nKustomize Version: ${client.kustomize}\n${both}` };
      return 0;
    }
    const versions: JsonObject = {
      clientVersion: versionOf(client.minor, client.gitVersion),
      kustomizeVersion: client.kustomize,
      ...(withServer ? { serverVersion: versionOf(minor, server) } : {}),
    };
    yield {
      out:
        output === "yaml"
          ? yamlText(versions)
          : `${jsonText(versions).replace(/^( {4})+/gm, (all) => all.slice(0, all.length / 2))}\n`,
    };
    return 0;
  },
};

export const clusterInfo: Command = {
  name: "cluster-info",
  says: "Show where the cluster is",
  commands: [
    {
      name: "dump",
      says: "Print everything about the cluster",
      anyFlags: true,
      run: () => fail("cluster-info dump is not available here: 'kubectl get' shows each kind"),
    },
  ],
  *run({ config }) {
    const name = stringAt(config, "current-context");
    const context = asObject(
      asObject(
        listAt(config, "contexts")
          .map(asObject)
          .find((one) => one["name"] === name),
      )["context"],
    );
    const cluster = listAt(config, "clusters")
      .map(asObject)
      .find((one) => one["name"] === context["cluster"]);
    const server = stringAt(asObject(cluster?.["cluster"]), "server");
    yield {
      out: `Kubernetes control plane is running at ${server}\n\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n`,
    };
    return 0;
  },
};

export const options: Command = {
  name: "options",
  says: "Show the flags that every command takes",
  *run() {
    yield { out: optionsText() };
    return 0;
  },
};

export const completion: Command = {
  name: "completion",
  says: "Print code with which a shell completes commands",
  usage: "SHELL",
  *run(_, words) {
    const [shell, ...more] = words.args;
    if (shell === undefined) return yield* misused(words, "Shell not specified.");
    if (more.length > 0) return yield* misused(words, "Too many arguments. Expected only the shell type.");
    if (!["bash", "zsh", "fish", "powershell"].includes(shell)) {
      return yield* misused(words, `Unsupported shell type ${JSON.stringify(shell)}.`);
    }
    return yield* fail("completion is not available here: the terminal completes commands itself");
  },
};
