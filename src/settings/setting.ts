/** An option of a command, as a file may say it. */
export interface Setting {
  readonly holds: 'truth' | 'text' | 'path';
  readonly isList: boolean;
  /** The only values there are. */
  readonly choices?: readonly (string | number)[];
  /** Values that are usually said. Others may be. */
  readonly suggests?: readonly string[];
  readonly describe: string;
}

export type Settings = { readonly [option: string]: Setting };

/** What may stand in a file: options of all commands at its top, and those of each in a section of its name. */
export interface Layout {
  readonly shared: Settings;
  readonly sections: { readonly [command: string]: Settings };
}
