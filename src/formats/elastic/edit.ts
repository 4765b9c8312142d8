import { objectOf, sameJson } from '../../rule/json.ts';
import { type Document, print } from './print.ts';
export function editDocument(text: string, before: Document, after: Document): string {
  if (sameJson(before.table, after.table) && sameJson(objectOf(before.literals), objectOf(after.literals)))
    return text;
  return print(after);
}
