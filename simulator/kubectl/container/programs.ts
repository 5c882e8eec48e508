/** The programs that simulated containers have: what is used to look around in a cluster, as BusyBox and curl have it. */
import { stringAt } from "../../api/json.ts";
import { filesOf } from "./files.ts";
import { filters } from "./filters.ts";
import { hostname, type Inside, type Run } from "./inside.ts";
import { curl, nslookup, wget } from "./look-around.ts";

type Program = (inside: Inside, args: readonly string[], input: string) => Run;

function* print(text: string, code = 0): Run {
  yield { out: text };
  return code;
}

const plain =
  (text: (inside: Inside, args: readonly string[]) => string): Program =>
  (inside, args) =>
    print(text(inside, args));

function* cat(inside: Inside, paths: readonly string[], input: string): Run {
  const files = filesOf(inside);
  let code = 0;
  if (paths.length === 0) yield { out: input };
  for (const path of paths) {
    const text = path === "-" ? input : files.get(path.replace(/\/{2,}/g, "/"));
    if (text !== undefined) yield { out: text };
    else {
      yield { err: `cat: can't open '${path}': No such file or directory\n` };
      code = 1;
    }
  }
  return code;
}

function* ls(inside: Inside, args: readonly string[]): Run {
  const paths = args.filter((one) => !one.startsWith("-"));
  const files = [...filesOf(inside).keys()];
  let code = 0;
  for (const path of paths.length === 0 ? ["/"] : paths) {
    const folder = `${path.replace(/\/+$/, "")}/`;
    const names = files.flatMap((one) =>
      one.startsWith(folder) ? [one.slice(folder.length).split("/")[0] ?? ""] : [],
    );
    if (files.includes(path)) yield { out: `${path}\n` };
    else if (names.length > 0) yield { out: `${[...new Set(names)].sort().join("\n")}\n` };
    else {
      yield { err: `ls: ${path}: No such file or directory\n` };
      code = 1;
    }
  }
  return code;
}

function* sleep({ door }: Inside, args: readonly string[]): Run {
  const units: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600, d: 86_400 };
  let seconds = 0;
  for (const arg of args) {
    const [, number, unit = ""] = /^([0-9.]+)([smhd]?)$/.exec(arg) ?? [];
    if (number === undefined && arg !== "infinity") {
      yield { err: `sleep: invalid number '${arg}'\n` };
      return 1;
    }
    seconds += number === undefined ? Number.POSITIVE_INFINITY : Number(number) * (units[unit] ?? 1);
  }
  const end = door.now() + seconds * 1000;
  while (door.now() < end) yield { pass: end - door.now() };
  return 0;
}

function echo(args: readonly string[]): string {
  const flags = /^-[neE]+$/.exec(args[0] ?? "")?.[0] ?? "";
  const text = (flags === "" ? args : args.slice(1)).join(" ");
  const shown = flags.includes("e") ? text.replaceAll("\\n", "\n").replaceAll("\\t", "\t") : text;
  return flags.includes("n") ? shown : `${shown}\n`;
}

function printf([format = "", ...args]: readonly string[]): string {
  const rest = [...args];
  const text = format.replace(/%([sd%])/g, (_, kind: string) => (kind === "%" ? "%" : (rest.shift() ?? "")));
  return text.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
}

const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function dateText(now: number, format: string | undefined): string {
  const date = new Date(now);
  const [day, clock] = [date.toISOString().slice(0, 10), date.toISOString().slice(11, 19)];
  if (format?.startsWith("+")) {
    const fields: Readonly<Record<string, string>> = {
      F: day,
      T: clock,
      s: String(Math.trunc(now / 1000)),
      H: clock.slice(0, 2),
      M: clock.slice(3, 5),
      S: clock.slice(6),
    };
    return `${format.slice(1).replace(/%([FTsHMS])/g, (whole, one: string) => fields[one] ?? whole)}\n`;
  }
  const of = String(date.getUTCDate()).padStart(2, " ");
  return `${days[date.getUTCDay()]} ${months[date.getUTCMonth()]} ${of} ${clock} UTC ${date.getUTCFullYear()}\n`;
}

const environment = ({ variables }: Inside): string =>
  [...variables].map(([key, value]) => `${key}=${value}\n`).join("");

const programs: Readonly<Record<string, Program>> = {
  cat,
  curl,
  date: plain(({ door }, [format]) => dateText(door.now(), format)),
  echo: plain((_, args) => echo(args)),
  env: plain(environment),
  false: () => print("", 1),
  hostname: plain((inside) => `${hostname(inside)}\n`),
  id: plain(() => "uid=0(root) gid=0(root) groups=0(root)\n"),
  ls,
  nslookup,
  printenv: (inside, [name]) => {
    if (name === undefined) return print(environment(inside));
    const value = inside.variables.get(name);
    return value === undefined ? print("", 1) : print(`${value}\n`);
  },
  printf: plain((_, args) => printf(args)),
  pwd: plain(() => "/\n"),
  sleep,
  true: () => print(""),
  uname: plain((inside, args) => (args.includes("-n") ? `${hostname(inside)}\n` : "Linux\n")),
  wget,
  whoami: plain(() => "root\n"),
};

/** Runs a program by its name; one that there is not says which there are. */
export function* runProgram(inside: Inside, name: string, args: readonly string[], input: string): Run {
  const filter = Object.hasOwn(filters, name) ? filters[name] : undefined;
  if (filter) {
    const { text, code } = filter(args, input);
    yield { out: text };
    return code;
  }
  const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
  if (program) return yield* program(inside, args, input);
  const all = [...Object.keys(programs), ...Object.keys(filters), "sh"].sort().join(", ");
  const image = stringAt(inside.container, "image");
  yield { err: `${name}: not simulated in ${image}; what can be run: ${all}\n` };
  return 127;
}
