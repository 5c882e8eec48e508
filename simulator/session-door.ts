/** A session as kubectl asks it. */
import { watch } from "./apiserver/change-log.ts";
import type { Door } from "./kubectl/command/command.ts";
import type { Session } from "./session.ts";

/** The door of what the function gives; a session may give way to another one. */
export function doorOf(session: () => Session): Door {
  return {
    get kinds() {
      return session().kinds;
    },
    get target() {
      return session().server.target;
    },
    now: () => session().now(),
    request: (request) => session().request(request),
    watch(place, version, options) {
      const { server, changes } = session();
      const watched = watch(server, changes, place, version, options);
      return watched.ok ? watched.object : { events: [], version: server.store.version() };
    },
  };
}
