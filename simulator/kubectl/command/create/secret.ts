/** `kubectl create secret`. Models kubectl/pkg/cmd/create/create_secret*.go. */

import { base64Of } from "../../../api/base64.ts";
import type { JsonObject } from "../../../api/json.ts";
import { compactJson } from "../../print/json-text.ts";
import type { Command } from "../command.ts";
import { text } from "../flag.ts";
import { flag, values, wasGiven } from "../words.ts";
import { type Maker, makerCommand } from "./maker.ts";
import { entriesOf, sourceFlags } from "./sources.ts";

type Data = Readonly<Record<string, string>>;

function secretOf(data: Data | undefined, type: string): { readonly object: JsonObject } {
  const encoded = Object.entries(data ?? {}).map(([key, value]) => [key, base64Of(value)] as const);
  return {
    object: {
      metadata: {},
      ...(data === undefined ? {} : { data: Object.fromEntries(encoded) }),
      ...(type === "" ? {} : { type }),
    },
  };
}

const generic: Maker = {
  name: "generic",
  kind: "Secret",
  says: "Create a Secret from files, folders or values",
  usage: "NAME [--type=TYPE] [--from-file=[KEY=]SOURCE] [--from-literal=KEY=VALUE]",
  flags: [...sourceFlags, text("type", "the type of the Secret")],
  refused: "failed to create secret",
  make(context, name, words) {
    const entries = entriesOf(context, words, { kind: "Secret", name });
    return "failure" in entries ? entries : secretOf(entries.data, flag(words, "type"));
  },
};

const dockerRegistry: Maker = {
  name: "docker-registry",
  kind: "Secret",
  says: "Create a Secret to pull images with",
  usage: "NAME --docker-username=USER --docker-password=PASSWORD --docker-email=EMAIL [--docker-server=SERVER]",
  flags: [
    ...sourceFlags.filter(({ name }) => name === "append-hash" || name === "from-file"),
    text("docker-email", "email address at the registry"),
    text("docker-password", "password for the registry"),
    text("docker-server", "address of the registry", { value: "https://index.docker.io/v1/" }),
    text("docker-username", "user name at the registry"),
  ],
  refused: "failed to create secret",
  make(context, name, words) {
    const type = "kubernetes.io/dockerconfigjson";
    if (values(words, "from-file").length > 0) {
      const entries = entriesOf(context, words, { kind: "Secret", name });
      return "failure" in entries ? entries : secretOf(entries.data, type);
    }
    const [username, password, email, server] = ["username", "password", "email", "server"].map((one) =>
      flag(words, `docker-${one}`),
    );
    if (username === "" || password === "" || server === "") {
      const wanted =
        "either --from-file or the combination of --docker-username, --docker-password and --docker-server is required";
      return { failure: wanted };
    }
    const auth = base64Of(`${username}:${password}`);
    // The order in which docker's own file has them.
    const login = `{"username":${compactJson(username!)},"password":${compactJson(password!)}${email === "" ? "" : `,"email":${compactJson(email!)}`},"auth":"${auth}"}`;
    return secretOf({ ".dockerconfigjson": `{"auths":{${compactJson(server!)}:${login}}}` }, type);
  },
};

const tls: Maker = {
  name: "tls",
  kind: "Secret",
  says: "Create a Secret with a certificate and its key",
  usage: "NAME --cert=FILE --key=FILE",
  flags: [
    ...sourceFlags.filter(({ name }) => name === "append-hash"),
    text("cert", "file of the certificate"),
    text("key", "file of its private key"),
  ],
  refused: "failed to create secret",
  make({ files }, _, words) {
    const paths = [flag(words, "cert"), flag(words, "key")];
    if (!wasGiven(words, "cert") || !wasGiven(words, "key")) return { failure: "key and cert must be specified" };
    const texts: string[] = [];
    for (const path of paths) {
      const read = files.read(path);
      if (read === undefined) return { failure: `Cannot read file ${path}, open ${path}: no such file or directory` };
      texts.push(read);
    }
    const [cert = "", key = ""] = texts;
    const fault = pemFault(cert, key);
    return fault === undefined
      ? secretOf({ "tls.crt": cert, "tls.key": key }, "kubernetes.io/tls")
      : { failure: fault };
  },
};

/** What is wrong with the two files as far as their headings say. */
function pemFault(cert: string, key: string): string | undefined {
  const [isCert, isKey] = [/-----BEGIN CERTIFICATE-----/, /-----BEGIN (?:\w+ )?PRIVATE KEY-----/];
  const missing = "tls: failed to find any PEM data in ";
  if (!cert.includes("-----BEGIN ")) return `${missing}certificate input`;
  if (!isCert.test(cert)) {
    return isKey.test(cert)
      ? "tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched"
      : "tls: failed to find certificate PEM data in certificate input";
  }
  if (!key.includes("-----BEGIN ")) return `${missing}key input`;
  if (isKey.test(key)) return undefined;
  return "tls: found a certificate rather than a key in the PEM for the private key";
}

export const secret: Command = {
  name: "secret",
  says: "Create a Secret",
  usage: "(docker-registry | generic | tls)",
  commands: [dockerRegistry, generic, tls].map(makerCommand),
};
