export const usage = `rulecast casts security detection rules from one format into another, and back.

  rulecast <command> [options]`;

/** Something the user asked for that can not be done: told in one line, exit code 2. */
export class UsageError extends Error {}
