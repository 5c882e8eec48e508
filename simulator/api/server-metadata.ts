/** Metadata that only the server writes; what a text says of it does not count. In the order of ObjectMeta in apimachinery/pkg/apis/meta/v1. */
export const serverMetadata: readonly string[] = [
  "selfLink",
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
];
