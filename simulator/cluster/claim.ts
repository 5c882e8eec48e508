/**
 * Which objects without a controller a controller may take, and which it has to let go. Models
 * pkg/controller/controller_ref_manager.go.
 */

import { controllerOf, type LiveObject } from "./objects.ts";
import { controllerReference } from "./pods.ts";
import type { Store } from "./store.ts";

/** Makes `owner` the controller of an object that has none. */
export function adopt(store: Store, owner: LiveObject, object: LiveObject): void {
  store.update(object as never, { owners: [...object.owners, controllerReference(owner)] } as never);
}

/** Takes `owner` off the owners of an object whose labels no longer match. */
export function release(store: Store, owner: LiveObject, object: LiveObject): void {
  store.update(object as never, { owners: object.owners.filter((one) => one.uid !== owner.uid) } as never);
}

/**
 * Claims one object for `owner`: lets it go when it is owned but does not match, takes it when nobody controls it and it
 * matches. Nothing changes while either is being deleted, except that a deleted object may be let go.
 */
export function claim(store: Store, owner: LiveObject, object: LiveObject, matches: boolean): void {
  const controller = controllerOf(object);
  if (controller) {
    if (controller.uid === owner.uid && !matches && owner.deleted === null) release(store, owner, object);
  } else if (matches && owner.deleted === null && object.deleted === null && object.namespace === owner.namespace) {
    adopt(store, owner, object);
  }
}
