import { binding, clause, type Doc, list, pipes, plain, row, wrapped } from './layout.ts';
import { printNamePart, printPolicy, printSource } from './literal.ts';
import { printAnyName, printConstant, printExpression, printOptions } from './print-expression.ts';
import type {
  Aggregate,
  ChangePoint,
  Command,
  Completion,
  Dissect,
  Enrich,
  Expression,
  Field,
  From,
  Fuse,
  Grok,
  Limit,
  LookupJoin,
  NamePattern,
  Options,
  Rerank,
  SortKey,
  Source,
  Stats,
  Subquery,
} from './syntax.ts';

/** A command without the pipe in front. */
export function printCommand(node: Command): Doc {
  switch (node.kind) {
    case 'from':
      return printFrom(node);
    case 'row':
    case 'eval':
      return clause(node.kind, node.fields.map(printField));
    case 'show':
      return plain(`show ${printNamePart(node.what)}`);
    case 'where':
      return clause('where', [printExpression(node.condition)]);
    case 'stats':
      return printStats(node);
    case 'keep':
    case 'drop':
      return clause(node.kind, node.patterns.map(printAnyName));
    case 'rename':
      return clause(
        'rename',
        node.pairs.map(({ from, to }) => between(from, ' as ', to)),
      );
    case 'sort':
      return clause('sort', node.keys.map(printSortKey));
    case 'limit':
      return printLimit(node);
    case 'grok':
      return printGrok(node);
    case 'dissect':
      return printDissect(node);
    case 'mv-expand':
      return clause('mv_expand', [printAnyName(node.name)]);
    case 'enrich':
      return printEnrich(node);
    case 'lookup-join':
      return printLookupJoin(node);
    case 'fork':
      return pipes([plain('fork'), ...node.branches.map(printSubquery)], '');
    case 'completion':
      return printCompletion(node);
    case 'rerank':
      return printRerank(node);
    case 'sample':
      return clause('sample', [printConstant(node.probability)]);
    case 'change-point':
      return printChangePoint(node);
    case 'fuse':
      return printFuse(node);
    case 'other':
      return plain(node.text === '' ? node.word : `${node.word} ${node.text}`);
    default:
      return node satisfies never;
  }
}

/** `(from a | where b)` */
export function printSubquery({ commands }: Subquery): Doc {
  return list('(', [pipes(commands.map(printCommand), '|')]);
}

/** Parts of one value side by side. */
function beside(...parts: readonly Doc[]): Doc {
  return row(parts, binding.primary);
}

function printField({ name, value }: Field): Doc {
  const doc = printExpression(value);
  return name === undefined ? doc : beside(printAnyName(name), plain(' = '), doc);
}

function printAggregate(node: Aggregate): Doc {
  const field = printField(node);
  return node.where === undefined ? field : beside(field, plain(' where '), printExpression(node.where));
}

/** Index patterns, and the metadata on a line of its own if there is no room for both. */
function printFrom({ series, sources, metadata }: From): Doc {
  const named = sources.map((source) =>
    source.kind === 'source' ? printIndex(source) : printSubquery(source),
  );
  const first = clause(series ? 'ts' : 'from', named);
  return metadata.length === 0
    ? first
    : pipes(
        [
          first,
          clause(
            'metadata',
            metadata.map((name) => plain(name)),
          ),
        ],
        '',
      );
}

function printIndex({ pattern }: Source): Doc {
  return plain(printSource(pattern));
}

function printStats({ inline, aggregates, by }: Stats): Doc {
  const word = inline ? 'inline stats' : 'stats';
  const groups = by.length === 0 ? [] : [clause('by', by.map(printField))];
  const parts =
    aggregates.length === 0 && groups.length > 0
      ? [plain(word)]
      : [clause(word, aggregates.map(printAggregate))];
  return pipes([...parts, ...groups], '');
}

function between(from: NamePattern, word: string, to: NamePattern): Doc {
  return beside(printAnyName(from), plain(word), printAnyName(to));
}

function printSortKey({ value, order, nulls }: SortKey): Doc {
  const direction = order === undefined ? '' : ` ${order}`;
  return beside(printExpression(value), plain(`${direction}${nulls === undefined ? '' : ` nulls ${nulls}`}`));
}

function printLimit({ count, by }: Limit): Doc {
  const first = clause('limit', [printConstant(count)]);
  return by.length === 0 ? first : pipes([first, clause('by', by.map(printExpression))], '');
}

function printGrok({ input, patterns }: Grok): Doc {
  const [first, ...rest] = patterns.map(printConstant);
  const start = first === undefined ? printPrimary(input) : beside(printPrimary(input), plain(' '), first);
  return clause('grok', [start, ...rest]);
}

/** Where a value ends is plain from its own shape here, so that all but the plainest are wrapped. */
function printPrimary(node: Expression): Doc {
  return wrapped(printExpression(node), binding.primary);
}

function printDissect({ input, pattern, options }: Dissect): Doc {
  const first = beside(printPrimary(input), plain(' '), printConstant(pattern));
  const rest = options.map(({ name, value }) =>
    beside(plain(`${printNamePart(name)} = `), printConstant(value)),
  );
  return clause('dissect', [
    rest.length === 0 ? first : beside(first, plain(' '), rest[0]!),
    ...rest.slice(1),
  ]);
}

function printEnrich({ policy, on, with: fields }: Enrich): Doc {
  const matched = on === undefined ? [] : [clause('on', [printAnyName(on)])];
  const taken = fields.map(({ name, field }) =>
    name === undefined ? printAnyName(field) : between(name, ' = ', field),
  );
  const given = taken.length === 0 ? [] : [clause('with', taken)];
  return pipes([plain(`enrich ${printPolicy(policy)}`), ...matched, ...given], '');
}

function printLookupJoin({ source, alias, on }: LookupJoin): Doc {
  const named = alias === undefined ? '' : ` as ${alias}`;
  const first = plain(`lookup join ${printSource(source.pattern)}${named}`);
  return pipes([first, clause('on', on.map(printExpression))], '');
}

function printWith(options: Options | undefined): readonly Doc[] {
  return options === undefined ? [] : [clause('with', [printOptions(options)])];
}

function printCompletion({ name, prompt, options }: Completion): Doc {
  const target = name === undefined ? [] : [printAnyName(name), plain(' = ')];
  return pipes([clause('completion', [beside(...target, printPrimary(prompt))]), ...printWith(options)], '');
}

function printRerank({ name, query, on, options }: Rerank): Doc {
  const target = name === undefined ? [] : [printAnyName(name), plain(' = ')];
  const first = clause('rerank', [beside(...target, printConstant(query))]);
  return pipes([first, clause('on', on.map(printField)), ...printWith(options)], '');
}

function printChangePoint({ value, on, as, by }: ChangePoint): Doc {
  const parts = [clause('change_point', [printAnyName(value)])];
  if (on !== undefined) parts.push(clause('on', [printAnyName(on)]));
  if (as !== undefined) parts.push(clause('as', as.map(printAnyName)));
  if (by.length > 0) parts.push(clause('by', by.map(printExpression)));
  return pipes(parts, '');
}

function printFuse({ method, score, group, key, options }: Fuse): Doc {
  const parts = [plain(method === undefined ? 'fuse' : `fuse ${printNamePart(method)}`)];
  if (score !== undefined) parts.push(clause('score by', [printAnyName(score)]));
  if (group !== undefined) parts.push(clause('group by', [printAnyName(group)]));
  if (key.length > 0) parts.push(clause('key by', key.map(printField)));
  return pipes([...parts, ...printWith(options)], '');
}
