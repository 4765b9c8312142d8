import { isList, type Json } from '../../rule/json.ts';

export function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function number(value: Json | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

export function list(value: Json | undefined): readonly Json[] | undefined {
  return isList(value) ? value : undefined;
}

export function texts(value: Json | undefined): readonly string[] | undefined {
  if (!isList(value)) return undefined;
  return value.every((part) => typeof part === 'string') ? value : undefined;
}
