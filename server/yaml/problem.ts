/** What can be wrong with a text before anybody asks what it means. */
export type YamlCode =
  | "yaml-syntax"
  | "yaml-bad-separator"
  | "yaml-duplicate-key"
  | "yaml-ignored-text"
  | "yaml-key-without-text"
  | "yaml-unreadable-key"
  | "yaml-unreadable-number"
  | "yaml-unknown-anchor"
  | "yaml-cyclic-anchor"
  | "yaml-too-many-aliases"
  | "yaml-tag-mismatch"
  | "yaml-merge-without-map"
  | "yaml-unprintable"
  | "yaml-too-large"
  | "yaml-too-deep"
  | "json-syntax"
  | "json-number-too-large";

/** One mistake; `start` and `end` are offsets in the text that was parsed. */
export interface YamlProblem {
  readonly code: YamlCode;
  /** The parser's own words for a `yaml-syntax` problem, else empty. */
  readonly message: string;
  readonly start: number;
  readonly end: number;
  /** The key, anchor, tag or text in question. */
  readonly key?: string;
  /** For a repeated key: the 1-based line that the API server names. */
  readonly line?: number;
  /** For a repeated key: written twice, overwritten by a map that is merged after it, or itself meant to override one. */
  readonly repeats?: "key" | "merged" | "override";
  readonly limit?: number;
}
