/** What the server says of itself at `/version`. Models version.Info of apimachinery. */
import type { Target } from "../api/target.ts";

export interface VersionInfo {
  readonly major: string;
  readonly minor: string;
  readonly gitVersion: string;
  readonly gitCommit: string;
  readonly gitTreeState: string;
  readonly buildDate: string;
  readonly goVersion: string;
  readonly compiler: string;
  readonly platform: string;
}

/** The first release of a version: which of its patches is simulated makes no difference. */
export function versionInfo(target: Target): VersionInfo {
  const [major = "", minor = ""] = target.split(".");
  return {
    major,
    minor,
    gitVersion: `v${target}.0`,
    gitCommit: "",
    gitTreeState: "",
    buildDate: "",
    goVersion: "",
    compiler: "",
    platform: "linux/amd64",
  };
}
