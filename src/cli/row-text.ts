import type { Change, Direction, FieldRow, LogSourceRow, Scope } from '../index.ts';

/** `<->`, or the one way in which a row is read. */
export function arrowOf({ direction = 'both' }: { readonly direction?: Direction }): string {
  switch (direction) {
    case 'both':
      return '<->';
    case 'to-ecs':
      return '->';
    case 'to-sigma':
      return '<-';
    default:
      return direction satisfies never;
  }
}

/** `process_creation/windows` */
export function nameOf({ category, product, service }: LogSourceRow['sigma']): string {
  return [category, product, service].filter((word) => word !== undefined).join('/') || 'without a name';
}

/** `file-name, separator \` */
export function changeText({ kind, ...rest }: Change): string {
  const said = Object.entries(rest).map(([key, value]) => `${key} ${valueText(value)}`);
  return (kind === 'words' ? said : [kind, ...said]).join(', ').replace(/closed true$/, 'and no others');
}

function valueText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return value === '' ? 'nothing' : String(value);
  const pairs = Object.entries(value).map(([sigma, ecs]) => `${sigma} = ${ecs}`);
  return some(pairs, 6);
}

/** `category file_event or file_delete; product windows; beside EventID: 4624` */
export function scopeText({ beside = {}, ...keys }: Scope): string {
  const said = Object.entries(keys).map(([key, words]) => `${key} ${some([words].flat(), 4)}`);
  const others = Object.entries(beside).map(([field, values]) =>
    values.length === 0 ? field : `${field}: ${values.join(', ')}`,
  );
  return (
    [...said, ...(others.length > 0 ? [`beside ${others.join(' or ')}`] : [])].join('; ') ||
    'every log source'
  );
}

/** `narrower going to ECS` */
export function effectText(effect: NonNullable<FieldRow['effect']>): string {
  return [
    effect.toEcs && `${effect.toEcs} going to ECS`,
    effect.toSigma && `${effect.toSigma} going to Sigma`,
  ]
    .filter((text) => text !== undefined)
    .join(', ');
}

/** The first of many. */
export function some(texts: readonly string[], most: number): string {
  const more = texts.length - most;
  return more > 0 ? `${texts.slice(0, most).join(', ')} and ${more} more` : texts.join(', ');
}

/** What stands below a row: a word and what it says, aligned. */
export type Note = readonly [label: string, text: string];

export function noteLines(notes: readonly Note[], indent: number, paint: (label: string) => string): string {
  return notes.map(([label, text]) => `${' '.repeat(indent)}${paint(label.padEnd(9))} ${text}\n`).join('');
}
