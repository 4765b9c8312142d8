import type { Command, Expression, Options } from './syntax.ts';

/** What stands directly within an expression. */
export function partsOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'and':
    case 'or':
      return node.of;
    case 'not':
    case 'sign':
      return [node.of];
    case 'compare':
    case 'arithmetic':
      return [node.left, node.right];
    case 'in':
      return [node.value, ...node.of];
    case 'like':
    case 'rlike':
      return [node.value, ...node.patterns];
    case 'match':
      return [node.field, node.query];
    case 'in-subquery':
    case 'is-null':
    case 'cast':
      return [node.value];
    case 'call':
    case 'dynamic-call':
      return [...node.arguments, ...(node.options === undefined ? [] : constantsOf(node.options))];
    case 'list':
      return node.values;
    case 'string':
    case 'integer':
    case 'decimal':
    case 'boolean':
    case 'null':
    case 'timespan':
    case 'parameter':
    case 'column':
    case 'dynamic-name':
    case 'star':
      return [];
    default:
      return node satisfies never;
  }
}

function constantsOf(options: Options): readonly Expression[] {
  return options.entries.flatMap(({ value }) => (value.kind === 'options' ? constantsOf(value) : [value]));
}

/** Every expression that stands directly in a command, those of its subqueries too. Names that it makes are none. */
export function expressionsOf(command: Command): readonly Expression[] {
  switch (command.kind) {
    case 'row':
    case 'eval':
      return command.fields.map(({ value }) => value);
    case 'where':
      return [command.condition];
    case 'stats': {
      const counted = command.aggregates.flatMap(({ value, where }) => (where ? [value, where] : [value]));
      return [...counted, ...command.by.map(({ value }) => value)];
    }
    case 'sort':
      return command.keys.map(({ value }) => value);
    case 'limit':
      return [command.count, ...command.by];
    case 'grok':
      return [command.input, ...command.patterns];
    case 'dissect':
      return [command.input, command.pattern];
    case 'mv-expand':
      return [command.name];
    case 'lookup-join':
      return command.on;
    case 'completion':
      return [command.prompt];
    case 'rerank':
      return [command.query, ...command.on.map(({ value }) => value)];
    case 'sample':
      return [command.probability];
    case 'change-point':
      return [command.value, ...(command.on ? [command.on] : []), ...command.by];
    case 'fuse':
      return command.key.map(({ value }) => value);
    case 'from':
      return command.sources.flatMap((source) => (source.kind === 'subquery' ? allOf(source.commands) : []));
    case 'fork':
      return command.branches.flatMap(({ commands }) => allOf(commands));
    case 'show':
    case 'keep':
    case 'drop':
    case 'rename':
    case 'enrich':
    case 'other':
      return [];
    default:
      return command satisfies never;
  }
}

function allOf(commands: readonly Command[]): readonly Expression[] {
  return commands.flatMap(expressionsOf);
}
