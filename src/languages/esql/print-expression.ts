import { binding, type Doc, join, list, plain, row, wrapped } from './layout.ts';
import { printName, printNamePart, printPattern, quote } from './literal.ts';
import { printSubquery } from './print-command.ts';
import type {
  Arithmetic,
  Call,
  Constant,
  DynamicName,
  Expression,
  Like,
  NamePattern,
  Options,
  Parameter,
  Sign,
} from './syntax.ts';

/** An expression as a doc. Parentheses come from binding, and stand around an `and` within an `or`. */
export function printExpression(node: Expression): Doc {
  switch (node.kind) {
    case 'or':
    case 'and':
      return join(
        node.kind,
        node.of.map((part) => within(part, binding.not)),
      );
    case 'not':
      return row([plain('not '), within(node.of, binding.not)], binding.not);
    case 'is-null':
      return row([operand(node.value), plain(node.negated ? ' is not null' : ' is null')], binding.test);
    case 'in': {
      const items = node.of.map((item) => within(item, binding.comparison));
      return row([operand(node.value), list(`${not(node)} in (`, items)], binding.test);
    }
    case 'in-subquery':
      return row([operand(node.value), plain(`${not(node)} in `), printSubquery(node.query)], binding.test);
    case 'like':
    case 'rlike':
      return printLike(node);
    case 'match': {
      const type = node.type === undefined ? '' : `::${printNamePart(node.type)}`;
      return row([printAnyName(node.field), plain(`${type} : `), printConstant(node.query)], binding.test);
    }
    case 'compare':
      return row([operand(node.left), plain(` ${node.operator} `), operand(node.right)], binding.comparison);
    case 'arithmetic':
      return printArithmetic(node);
    case 'sign':
      return printSign(node);
    case 'cast':
      return row(
        [within(node.value, binding.primary), plain(`::${printNamePart(node.type)}`)],
        binding.primary,
      );
    case 'call':
      return printCall(printFunction(node.name), node);
    case 'dynamic-call':
      return printCall(node.name.text, node);
    case 'star':
      return plain('*');
    case 'column':
    case 'dynamic-name':
      return printAnyName(node);
    default:
      return printConstant(node);
  }
}

function within(node: Expression, place: number): Doc {
  return wrapped(printExpression(node), place);
}

function operand(node: Expression): Doc {
  return within(node, binding.sum);
}

function not({ negated }: { readonly negated: boolean }): string {
  return negated ? ' not' : '';
}

/** One pattern needs no list, unless it would be read as one. */
function printLike(node: Like): Doc {
  const word = `${not(node)} ${node.kind} `;
  const patterns = node.patterns.map(operand);
  const [only, ...rest] = patterns;
  const isOne = only !== undefined && rest.length === 0 && !only.line.startsWith('(');
  const right = isOne ? [plain(word), only] : [list(`${word}(`, patterns)];
  return row([operand(node.value), ...right], binding.test);
}

/** Signs of one kind are read from the left, so that a further one on the right is wrapped. */
function printArithmetic({ operator, left, right }: Arithmetic): Doc {
  const own = operator === '+' || operator === '-' ? binding.sum : binding.product;
  return row([within(left, own), plain(` ${operator} `), within(right, own + 1)], own);
}

/** A number behind a sign would take it for its own. */
function printSign({ sign, of }: Sign): Doc {
  const inner = within(of, binding.sign);
  const parts = /^[0-9.]/.test(inner.line) ? list('(', [inner]) : inner;
  return row([plain(sign), parts], binding.sign);
}

/** Functions of these names are none that have to be told from words. */
function printFunction(name: string): string {
  return /^(?:first|last)$/i.test(name) ? name : printNamePart(name);
}

function printCall(name: string, { arguments: values, options }: Pick<Call, 'arguments' | 'options'>): Doc {
  const all = /^case$/i.test(name) ? inPairs(values.map(printExpression)) : values.map(printExpression);
  return list(`${name}(`, options === undefined ? all : [...all, printOptions(options)]);
}

/** A condition and its value share a line. */
function inPairs(all: readonly Doc[]): readonly Doc[] {
  const pairs: Doc[] = [];
  for (let index = 0; index < all.length; index += 2) {
    const [condition, value] = all.slice(index, index + 2);
    pairs.push(value === undefined ? condition! : row([condition!, plain(', '), value], binding.primary));
  }
  return pairs;
}

export function printConstant(node: Constant): Doc {
  switch (node.kind) {
    case 'string':
      return plain(quote(node.value));
    case 'integer':
    case 'decimal':
    case 'parameter':
      return plain(node.text);
    case 'boolean':
      return plain(String(node.value));
    case 'null':
      return plain('null');
    case 'timespan':
      return plain(`${node.count} ${node.unit}`);
    case 'list':
      return list('[', node.values.map(printConstant), ']');
    default:
      return node satisfies never;
  }
}

export function printOptions({ entries }: Options): Doc {
  if (entries.length === 0) return plain('{}');
  const items = entries.map(({ key, value }) => {
    const inner = value.kind === 'options' ? printOptions(value) : printConstant(value);
    return row([plain(`${quote(key)}: `), inner], binding.primary);
  });
  return list('{ ', items, ' }');
}

export function printAnyName(node: NamePattern): Doc {
  switch (node.kind) {
    case 'column':
      return plain(printName(node.name));
    case 'wild-name':
      return plain(printPattern(node.texts));
    case 'dynamic-name':
      return plain(printDynamicName(node));
    default:
      return node satisfies never;
  }
}

function printDynamicName({ parts }: DynamicName): string {
  return parts
    .map((part: string | Parameter) => (typeof part === 'string' ? printName(part) : part.text))
    .join('.');
}
