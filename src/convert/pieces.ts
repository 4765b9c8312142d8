import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { isList } from '../rule/json.ts';
import type { LogSource, Rule } from '../rule/rule.ts';
import { uuid5 } from '../source/digest.ts';
import type { References } from './references.ts';

/**
 * A rule that was written as several, one for each log source, is one again where it comes home: the rule itself
 * names the others in what it carries (`was.pieces`), and together they have the fingerprint of what was written.
 */

/** The ids of the rules that another says it was written as beside itself. */
export function piecesNamed({ carry, detection }: Rule): readonly (string | undefined)[] {
  const names = carry['was']?.['pieces'];
  if (detection.kind !== 'query' || !isList(names)) return [];
  return names.map((name) => (typeof name === 'string' ? name : undefined));
}

/** The rules that another was written as beside itself; none where one is gone. */
export function piecesOf(rule: Rule, known: References): readonly Rule[] {
  const pieces = piecesNamed(rule).map((name) => (name === undefined ? undefined : known(name)));
  return pieces.every((piece) => piece !== undefined) ? pieces : [];
}

/** A rule for one of the log sources: its words, under an id and a title that follow from the rule. */
export function pieceOf(rule: Rule, logSource: LogSource, detection: Rule['detection']): Rule {
  const { carry: _, name: _name, origin: _origin, related = [], ...words } = rule;
  const named = spoken(logSource);
  return {
    ...words,
    id: uuid5(namespace, `${rule.id ?? rule.title ?? ''} ${named}`),
    title: `${rule.title ?? 'Rule'} - ${named}`,
    ...((rule.id !== undefined || related.length > 0) && {
      related: [...related, ...(rule.id === undefined ? [] : [{ id: rule.id, type: 'similar' }])],
    }),
    logSource,
    detection,
    carry: {},
  };
}

const namespace = '6f0c8a52-7d0e-4c0b-9c53-1d3a3f6e2b90';

/** `Network Connection, Linux` */
function spoken({ category, product, service }: LogSource): string {
  const words = [category, product, service].filter((word) => word !== undefined);
  return words.map((word) => word.split(/[_-]/).map(capital).join(' ')).join(', ');
}

const capitals: Readonly<Record<string, string>> = { aws: 'AWS', dns: 'DNS', gcp: 'GCP', macos: 'macOS' };

function capital(word: string): string {
  return Object.hasOwn(capitals, word) ? capitals[word]! : word.charAt(0).toUpperCase() + word.slice(1);
}

/** The rule, which names its pieces, so that they become one again. */
export function withPieces(rule: Rule, pieces: readonly Rule[]): Rule {
  const was = { ...rule.carry['was'], pieces: pieces.map(({ id = '' }) => id) };
  return { ...rule, carry: { ...rule.carry, was } };
}

export function writtenApart(sources: readonly LogSource[]): Diagnostic {
  const message = `The rule asks for events of ${sources.length} log sources, and a rule of Sigma has one; it is written as ${sources.length} rules: ${sources.map(spoken).join('; ')}.`;
  return { code: 'convert/apart', message };
}
