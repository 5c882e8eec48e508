/** What the server says of names and other texts that have not the form they must have, by the rule that they break. */

const characters = (what: string, of: string, examples: readonly string[], regex: string): string =>
  `${what} must consist of ${of} (e.g. ${examples.map((one) => `'${one}'`).join(",  or ")}, regex used for validation is '${regex}')`;

const qualifiedCharacters = characters(
  "name part",
  "alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  ["MyName", "my.name", "123-abc"],
  "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]",
);
const subdomainCharacters = characters(
  "a lowercase RFC 1123 subdomain",
  "lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  ["example.com"],
  "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
);

const texts: Readonly<Record<string, string>> = {
  "name-not-empty": "name part must be non-empty",
  "name-max-63-characters": "name part must be no more than 63 bytes",
  "name-characters": qualifiedCharacters,
  "qualified-name-characters": qualifiedCharacters,
  "prefix-not-empty": "prefix part must be non-empty",
  "dns-subdomain-characters": subdomainCharacters,
  "dns-label-characters": characters(
    "a lowercase RFC 1123 label",
    "lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
    ["my-name", "123-abc"],
    "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
  ),
  "dns-1035-label-characters": characters(
    "a DNS-1035 label",
    "lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
    ["my-name", "abc-123"],
    "[a-z]([-a-z0-9]*[a-z0-9])?",
  ),
  "label-value-characters":
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
  "config-key-characters":
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
  "port-name-characters": "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
  "one-letter": "must contain at least one letter (a-z)",
  "printable-ascii-without-equals":
    "a valid environment variable name must consist only of printable ASCII characters other than '='",
  "no-leading-zeros": "must not have leading 0s",
  "ip-address": "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)",
  cidr: "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
  "no-bits-beyond-prefix": "must not have bits set beyond the prefix length",
  "max-63-characters": "must be no more than 63 bytes",
  "max-253-characters": "must be no more than 253 characters",
  "max-15-characters": "must be no more than 15 characters",
  "no-outer-hyphen": "must not begin or end with a hyphen",
};

/** The words of a rule, one text for each way in which the server says it. */
export function ruleTexts(rule: string): readonly string[] {
  const text = Object.hasOwn(texts, rule) ? texts[rule] : undefined;
  if (text === undefined) return [];
  // An empty name is no name of the right characters either.
  return rule === "name-not-empty" ? [text, qualifiedCharacters] : [text];
}
