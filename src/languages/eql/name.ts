import { Failure } from '../../diagnostic/attempt.ts';
import { isKeyword } from './lexer.ts';
import { quote } from './literal.ts';

/** A piece of a name: `process`, `@timestamp`; in back-quotes anything, with a back-quote written twice. */
export function readName(text: string): string {
  return text.startsWith('`') ? text.slice(1, -1).replaceAll('``', '`') : text;
}

/** The way back, for a whole field name; the `?` in front says that the index may not know the field. */
export function printField(field: string, optional?: true): string {
  if (field === '' || field.includes('*')) throw unspeakable(field);
  const name = field.split('.').every(isPlain) ? field : `\`${field.replaceAll('`', '``')}\``;
  return optional ? `?${name}` : name;
}

/** An event category is a plain name or a string; back-quotes are for fields alone. */
export function printCategory(category: string | undefined): string {
  if (category === undefined) return 'any';
  return isPlain(category) ? category : quote(category);
}

function isPlain(name: string): boolean {
  return /^[A-Za-z_@][A-Za-z0-9_]*$/.test(name) && !isKeyword(name);
}

function unspeakable(field: string): Failure {
  const message =
    field === ''
      ? 'EQL has no field without a name, so a test of one cannot be said in it.'
      : `EQL tests one field at a time, so "${field}" with its wildcard cannot be said in it.`;
  return new Failure({ code: 'loss/field-name', message });
}
