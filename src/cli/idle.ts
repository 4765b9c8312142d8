/** What a run was asked for. */
export interface Choosing {
  readonly given: Readonly<Record<string, unknown>>;
  /** Whether an option stands on the command line itself. */
  readonly isSaid: (option: string) => boolean;
}

/**
 * Options that have nothing to say in this run, or go without others that were said. A file says them for other runs, so they are
 * passed over where they come from there; on the command line, they are what they always were.
 */
export type IdleOptions = (choosing: Choosing) => readonly string[];
