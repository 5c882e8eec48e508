/** nslookup, wget and curl in the simulated cluster. Models the words of BusyBox 1.36 and curl 8. */
import { stringAt } from "../../api/json.ts";
import { type Inside, namespaceOf, type Run } from "./inside.ts";
import { nameServer, podAddress, resolve } from "./names.ts";
import { type Reply, request } from "./network.ts";

/** BusyBox up to 1.28 writes otherwise, and is what many examples ask for. */
const isOld = ({ container }: Inside): boolean =>
  /busybox:1\.(?:[0-9]|1[0-9]|2[0-8])(?:\.|$)/.test(stringAt(container, "image"));

/** Asks the name server. */
export function* nslookup(inside: Inside, args: readonly string[]): Run {
  const [name] = args.filter((one) => !one.startsWith("-"));
  if (name === undefined) {
    yield { err: "Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n" };
    return 1;
  }
  const found = resolve(inside.look, namespaceOf(inside), name);
  const old = isOld(inside);
  yield {
    out: old
      ? `Server:    ${nameServer}\nAddress 1: ${nameServer} kube-dns.kube-system.svc.cluster.local\n\n`
      : `Server:\t\t${nameServer}\nAddress:\t${nameServer}:53\n\n`,
  };
  if (!found) {
    if (old) yield { err: `nslookup: can't resolve '${name}'\n` };
    else yield { out: `** server can't find ${name}: NXDOMAIN\n\n` };
    return 1;
  }
  const { addresses, pods } = found;
  if (old) {
    const hosts = addresses.map((address, index) => {
      const pod = pods.find((one) => podAddress(one) === address);
      const host = pod ? `${stringAt(pod.metadata, "name")}.${found.name}` : found.name;
      return `Address ${index + 1}: ${address} ${pods.length > 1 ? host : found.name}\n`;
    });
    yield { out: `Name:      ${name}\n${hosts.join("")}` };
  } else {
    yield { out: `${addresses.map((address) => `Name:\t${found.name}\nAddress: ${address}\n`).join("")}\n` };
  }
  return 0;
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** The place of an address of the web; undefined for one that is none. */
function placeOf(url: string): Place | undefined {
  const match = /^(?:(https?):\/\/)?([^/:?#\s]+)(?::(\d+))?([/?][^#\s]*)?$/.exec(url);
  if (!match) return undefined;
  const [, scheme = "http", host = "", port, path = "/"] = match;
  return {
    host,
    port: port === undefined ? (scheme === "https" ? 443 : 80) : Number(port),
    path: path.startsWith("/") ? path : `/${path}`,
  };
}

function ask(inside: Inside, { host, port, path }: Place): Reply {
  return request(inside.look, namespaceOf(inside), host, port, path, inside.made.connections++);
}

/** Fetches a page as BusyBox does. */
export function* wget(inside: Inside, args: readonly string[]): Run {
  const { flags, rest } = parted(args, "OTPU");
  const [url] = rest;
  const place = url === undefined ? undefined : placeOf(url);
  if (!place) {
    yield { err: url === undefined ? "wget: missing URL\n" : `wget: bad address '${url}'\n` };
    return 1;
  }
  const isQuiet = flags.has("q");
  const reply = ask(inside, place);
  if (reply.is === "unknown") {
    yield { err: `wget: bad address '${place.host}${place.port === 80 ? "" : `:${place.port}`}'\n` };
    return 1;
  }
  const { host, port } = place;
  if (!isQuiet) yield { err: `Connecting to ${host}${port === 80 ? "" : `:${port}`} (${reply.address}:${port})\n` };
  if (reply.is === "refused") {
    yield { err: `wget: can't connect to remote host (${reply.address}): Connection refused\n` };
    return 1;
  }
  if (reply.status !== 200) {
    yield { err: `wget: server returned error: HTTP/1.1 ${reply.status} Not Found\n` };
    return 1;
  }
  if (flags.has("spider")) {
    if (!isQuiet) yield { err: "remote file exists\n" };
    return 0;
  }
  const file = flags.get("O");
  if (file === "-") {
    if (!isQuiet) yield { err: "writing to stdout\n" };
    yield { out: reply.body };
    if (!isQuiet) yield { err: "written to stdout\n" };
  } else if (file !== "/dev/null" && !isQuiet)
    yield { err: `saving to '${file ?? "index.html"}'\n'${file ?? "index.html"}' saved\n` };
  return 0;
}

/** Fetches a page as curl does. */
export function* curl(inside: Inside, args: readonly string[]): Run {
  const { flags, rest } = parted(args, "owmXHdA", [
    "max-time",
    "connect-timeout",
    "request",
    "header",
    "data",
    "output",
    "write-out",
  ]);
  const [url] = rest;
  const place = url === undefined ? undefined : placeOf(url);
  if (!place) {
    yield {
      err:
        url === undefined
          ? "curl: (2) no URL specified\n"
          : "curl: (3) URL rejected: Malformed input to a URL function\n",
    };
    return url === undefined ? 2 : 3;
  }
  const isSilent = flags.has("s") && !flags.has("S");
  const reply = ask(inside, place);
  if (reply.is === "unknown") {
    if (!isSilent) yield { err: `curl: (6) Could not resolve host: ${place.host}\n` };
    return 6;
  }
  if (reply.is === "refused") {
    const why = `Failed to connect to ${place.host} port ${place.port} after 0 ms: Could not connect to server`;
    if (!isSilent) yield { err: `curl: (7) ${why}\n` };
    return 7;
  }
  if (flags.has("f") && reply.status >= 400) {
    if (!isSilent) yield { err: `curl: (22) The requested URL returned error: ${reply.status}\n` };
    return 22;
  }
  const file = flags.get("o") ?? flags.get("output");
  if (flags.has("I") || flags.has("i"))
    yield { out: `HTTP/1.1 ${reply.status} ${reply.status === 200 ? "OK" : "Not Found"}\r\n\r\n` };
  if (file === undefined && !flags.has("I")) yield { out: reply.body };
  const format = flags.get("w") ?? flags.get("write-out");
  if (format !== undefined)
    yield { out: format.replaceAll("%{http_code}", String(reply.status)).replaceAll("\\n", "\n") };
  return 0;
}

interface Parted {
  readonly flags: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
}

/** Flags and what is left; the letters and names that are given take a value. */
function parted(args: readonly string[], letters: string, names: readonly string[] = []): Parted {
  const flags = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (!arg.startsWith("-") || arg === "-") rest.push(arg);
    else if (arg.startsWith("--")) {
      const [name = "", value] = arg.slice(2).split("=");
      flags.set(name, value ?? (names.includes(name) ? (args[++at] ?? "") : ""));
    } else {
      for (let rests = arg.slice(1); rests !== ""; rests = rests.slice(1)) {
        const [letter = ""] = rests;
        if (!letters.includes(letter)) {
          flags.set(letter, "");
          continue;
        }
        flags.set(letter, rests.length > 1 ? rests.slice(1) : (args[++at] ?? ""));
        break;
      }
    }
  }
  return { flags, rest };
}
