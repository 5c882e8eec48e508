/**
 * Projections of trust bundles and of certificates made for the pod. Models the parts of validateProjectionSources about
 * them, ValidateSignerName and ValidateClusterTrustBundleName of pkg/apis/core/validation.
 */
import { checkFormat } from "../check-format.ts";
import { type FieldPath, invalid, notSupported, required } from "../field-path.ts";
import { dnsLabel, dnsSubdomain } from "../formats.ts";
import { type JsonObject, numberAt, objectAt, stringAt } from "../json.ts";
import { validateLabelSelector } from "../label-selector.ts";
import { validateAnnotations } from "../metadata.ts";
import type { Problem } from "../problem.ts";
import { checkRequired } from "./check.ts";
import { checkUserPath } from "./paths.ts";

export function validateTrustBundle(bundle: JsonObject, path: FieldPath, found: Problem[]): void {
  const hasName = typeof bundle["name"] === "string";
  const hasSigner = typeof bundle["signerName"] === "string";
  if (hasName && hasSigner) found.push(invalid("trust-bundle-twice", path));
  else if (hasName) {
    checkBundleName(checkRequired(bundle, "name", path, found), path.child("name"), found);
    if (objectAt(bundle, "labelSelector") !== undefined) {
      found.push(invalid("trust-bundle-selector", path.child("labelSelector")));
    }
  } else if (hasSigner) {
    checkSigner(bundle, path, found);
    found.push(...validateLabelSelector(objectAt(bundle, "labelSelector"), path.child("labelSelector")));
  } else found.push(required("trust-bundle-missing", path));
  checkUserPath(checkRequired(bundle, "path", path, found), path.child("path"), found);
}

/** The name of a bundle that a signer owns begins with the signer's, its slash a colon. */
function checkBundleName(name: string, path: FieldPath, found: Problem[]): void {
  const colon = name.lastIndexOf(":");
  if (name.slice(0, Math.max(0, colon)).includes("/")) found.push(invalid("trust-bundle-name", path, { value: name }));
  else checkFormat("invalid-dns-subdomain", name.slice(colon + 1), path, found);
}

/** `example.com/name`, the domain of at least two labels. */
function checkSigner(owner: JsonObject, path: FieldPath, found: Problem[]): void {
  const name = checkRequired(owner, "signerName", path, found);
  if (name === "") return;
  const at = path.child("signerName");
  const [domain = "", rest = "", ...more] = name.split("/");
  const labels = domain.split(".");
  const isFine =
    name.includes("/") &&
    more.length === 0 &&
    labels.length > 1 &&
    labels.every((label) => dnsLabel(label).length === 0) &&
    rest.split(".").every((part) => dnsSubdomain(part).length === 0);
  if (!isFine) found.push(invalid("signer-name", at, { value: name }));
}

const keyTypes = ["RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519"];
/** An hour and 91 days; Kubernetes' own signers give a day at most. */
const shortest = 3600;
const longest = 91 * 86_400;
const longestOfKubernetes = 86_400;

/** Where the parts of the certificate are written; one at least. */
export const certificatePaths = ["credentialBundlePath", "keyPath", "certificateChainPath"] as const;

export function validatePodCertificate(certificate: JsonObject, path: FieldPath, found: Problem[]): void {
  checkSigner(certificate, path, found);
  const keyType = stringAt(certificate, "keyType");
  if (!keyTypes.includes(keyType)) {
    found.push(notSupported("value-not-supported", path.child("keyType"), keyType, keyTypes));
  }
  const seconds = numberAt(certificate, "maxExpirationSeconds");
  const max = stringAt(certificate, "signerName").startsWith("kubernetes.io/") ? longestOfKubernetes : longest;
  if (seconds !== undefined && (seconds < shortest || seconds > max)) {
    const params = { value: seconds, min: shortest, max };
    found.push(invalid("out-of-range", path.child("maxExpirationSeconds"), params));
  }
  const given = certificatePaths.filter((key) => stringAt(certificate, key) !== "");
  if (given.length === 0) found.push(required("certificate-path-missing", path, { allowed: [...certificatePaths] }));
  for (const key of given) checkUserPath(stringAt(certificate, key), path.child(key), found);
  checkUserAnnotations(certificate, path.child("userAnnotations"), found);
}

/** They are annotations whose keys all have a domain. */
function checkUserAnnotations(certificate: JsonObject, path: FieldPath, found: Problem[]): void {
  const annotations = objectAt(certificate, "userAnnotations");
  found.push(...validateAnnotations(annotations, path));
  for (const key of Object.keys(annotations ?? {})) {
    if (!key.includes("/")) found.push(invalid("annotation-without-domain", path.silent(key), { value: key }));
  }
}
