import { attempt, Failure } from '../../diagnostic/attempt.ts';
import type { Diagnostic, Outcome } from '../../diagnostic/diagnostic.ts';
import type { Predicate, Query, Stage } from '../../query/query.ts';
import { predicates } from '../../query/walk.ts';
import { withCategory } from '../as-test.ts';
import { arrange, type Plan, type Search } from './arrange.ts';
import { compose } from './compose.ts';
import { indent, printLine, printList, printMap, printMaps } from './layout.ts';
import { linesOf } from './lines.ts';
import { namesOf } from './names.ts';
import { printCondition } from './print-condition.ts';
import { written } from './written.ts';

/** Writes a query as the text of a detection in the style of SigmaHQ, or says all that it can not say. */
export function print(query: Query): Outcome<string> {
  return attempt(() => {
    const { searches, condition } = compose(planOf(predicateOf(query)));
    const names = namesOf(searches);
    const lines = searches.flatMap(({ search }, index) => [
      `${names[index]}:`,
      ...printSearch(search).map(indent),
    ]);
    return [...lines, `condition: ${printCondition(condition, names)}`].join('\n');
  });
}

function predicateOf({ from, find, stages }: Query): Predicate {
  const losses = [...outside(from, find), ...stages.map(stageLoss)];
  const where = find.kind === 'filter' ? withCategory(find) : undefined;
  if (where && losses.length > 0) losses.push(...lossesOf(where));
  if (losses.length > 0 || where === undefined) throw new Failure(losses);
  return where;
}

/** Fails at the first test that can not be said; then all of them are looked for. */
function planOf(where: Predicate): Plan {
  const outcome = attempt(() => arrange(where));
  if (outcome.ok) return outcome.value;
  const losses = lossesOf(where);
  throw new Failure(losses.length > 0 ? losses : outcome.diagnostics);
}

function outside(from: Query['from'], find: Query['find']): Diagnostic[] {
  const place = find.span && { span: find.span };
  const losses: Diagnostic[] = [];
  if (from.length > 0) {
    const message =
      'The log source of a Sigma rule says where it looks, so no index can be named in its detection.';
    losses.push({ code: 'loss/log-source', message, ...place });
  }
  if (find.kind === 'sequence' || find.kind === 'sample' || find.kind === 'correlation') {
    const message = `A Sigma detection is about one event, so a ${find.kind} of several cannot be said in it.`;
    losses.push({ code: `loss/${find.kind}`, message, ...place });
  }
  if (find.kind === 'opaque') {
    const message = `This is text of ${find.language} alone, so it cannot be said in Sigma.`;
    losses.push({ code: 'loss/language', message, ...place });
  }
  return losses;
}

function stageLoss(stage: Stage): Diagnostic {
  const place = stage.span && { span: stage.span };
  return stage.kind === 'aggregate'
    ? {
        code: 'loss/aggregation',
        message: 'A Sigma detection counts nothing, so this cannot be said in it.',
        ...place,
      }
    : {
        code: 'loss/pipe',
        message: 'A Sigma detection has no pipes, so this cannot be said in it.',
        ...place,
      };
}

/** Everything in a predicate that can not be said, not only the first. */
function lossesOf(where: Predicate): readonly Diagnostic[] {
  return [...predicates(where)].flatMap((node) => {
    if (node.kind === 'and' || node.kind === 'or' || node.kind === 'not') return [];
    const outcome = attempt(() => linesOf(node));
    return outcome.ok ? [] : outcome.diagnostics;
  });
}

function printSearch(search: Search): readonly string[] {
  switch (search.kind) {
    case 'maps': {
      const maps = search.maps.map((map) => map.map(written));
      const [only, ...more] = maps;
      return only !== undefined && more.length === 0 ? printMap(only) : printMaps(maps);
    }
    case 'keywords': {
      const { key, values } = written(search.line);
      return key === '' ? printList(values) : printLine(key, values);
    }
    case 'text':
      return search.text.split('\n');
    default:
      return search satisfies never;
  }
}
