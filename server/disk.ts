/** What is asked of a file system. */

/** The file system as far as it is needed; browsers have none. */
export interface Disk {
  /** One name for a file, whatever its URI is written like; null for what is no file. */
  keyOf(uri: string): string | null;
  /** Whether a file would be listed below one of the folders. */
  concerns(key: string, folders: readonly string[]): boolean;
  /** The manifests below a folder, the nearest first. */
  list(folder: string): AsyncIterable<string>;
  /** Null for what is not there, cannot be read or is too large. */
  read(key: string): Promise<{ readonly uri: string; readonly text: string } | null>;
}
