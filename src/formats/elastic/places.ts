import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Report } from '../../diagnostic/diagnostic.ts';
import type { Detection, QueryText } from '../../rule/rule.ts';
import { placeOf } from './locate.ts';
import { below, type Pointer } from './pointer.ts';
import { isString, startOfText } from './scan.ts';
import type { Toml } from './toml.ts';

/** Gives a place to findings about a field. */
export function placing({ places }: Toml, report: Report): Report {
  return (found) => {
    if (found.path === undefined || found.span) return report(found);
    const pointer = found.path.split('.').reduce<Pointer>(below, '');
    report({ ...found, span: placeOf(places(), pointer) });
  };
}

/** What fails in the work on a value fails at its place. */
export function failingAt<T>(pointer: Pointer, { places }: Toml, work: () => T): T {
  const outcome = attempt(work);
  if (outcome.ok) return outcome.value;
  const span = placeOf(places(), pointer);
  throw new Failure(...outcome.diagnostics.map((found) => ({ ...found, span })));
}

/** Says of the queries where they stand, if they stand there letter for letter. */
export function withPlaces(detection: Detection, toml: Toml, text: string): Detection {
  if (!('query' in detection) || detection.query === undefined) return detection;
  const query = withPlace(detection.query, '/rule/query', toml, text);
  if (detection.kind !== 'indicator-match' || detection.indicatorQuery === undefined) {
    return { ...detection, query };
  }
  const indicatorQuery = withPlace(detection.indicatorQuery, '/rule/threat_query', toml, text);
  return { ...detection, query, indicatorQuery };
}

function withPlace(query: QueryText, pointer: Pointer, { places }: Toml, text: string): QueryText {
  const usual = usualPlace(query.text, pointer, text);
  if (usual !== undefined) return { ...query, span: { start: usual, end: usual + query.text.length } };
  const value = places().entries.get(pointer)?.value;
  if (value === undefined || !isString(text, value.start)) return query;
  const start = startOfText(text, value.start);
  if (!text.startsWith(query.text, start)) return query;
  return { ...query, span: { start, end: start + query.text.length } };
}

const openings = ["'''\n", '"""\n', '"'];

/**
 * Where a query stands, if it stands in the file once, behind its key, as house style has it. So the whole
 * file need not be gone through to find it.
 */
function usualPlace(query: string, pointer: Pointer, text: string): number | undefined {
  const start = text.indexOf(query);
  if (query === '' || start < 0 || text.indexOf(query, start + 1) >= 0) return undefined;
  const key = pointer.slice(pointer.lastIndexOf('/') + 1);
  const before = openings.map((opening) => `\n${key} = ${opening}`);
  return before.some((opening) => text.startsWith(opening, start - opening.length)) ? start : undefined;
}
