import { Failure } from '../../diagnostic/attempt.ts';
import type { Code } from '../../diagnostic/codes.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Call, CallOperand, Compare, LiteralOperand, Operand, Predicate } from '../../query/query.ts';
import { signatureOf, takes } from './functions.ts';
import { type Doc, join, lineIn, list, negated, plain } from './layout.ts';
import { printNumber, quote, quoteRegex } from './literal.ts';
import { printField } from './name.ts';
import { binding, listWordNamed, negation, signNamed } from './operators.ts';
import {
  printCidr,
  printEquals,
  printExists,
  printList,
  printRange,
  printRegex,
  printUnequal,
} from './print-test.ts';

/** Where findings go that do not stop the rest of the query from being looked at. */
export type Losses = Diagnostic[];

/** A condition as a doc. What cannot be said leaves a loss, and a doc that nobody will see. */
export function printPredicate(node: Predicate, losses: Losses): Doc {
  switch (node.kind) {
    case 'and':
    case 'or':
      return join(
        node.kind,
        node.of.map((part) => printPredicate(part, losses)),
      );
    case 'not':
      return printNot(node.of, losses);
    default:
      return orLose(node, losses, () => printLeaf(node, losses));
  }
}

/** EQL has words for some negations: `f != "x"`, `f == null`. */
function printNot(of: Predicate, losses: Losses): Doc {
  switch (of.kind) {
    case 'exists':
      return orLose(of, losses, () => printExists(of, '=='));
    case 'equals':
      return orLose(of, losses, () => printUnequal(of) ?? negated(printEquals(of)));
    default:
      return negated(printPredicate(of, losses));
  }
}

/** A failure becomes a loss, at the place of the leaf, so that the others are looked at too. */
function orLose(leaf: Predicate | Operand, losses: Losses, work: () => Doc): Doc {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const place = 'span' in leaf && leaf.span ? { span: leaf.span } : {};
    losses.push(...error.diagnostics.map((found) => ({ ...place, ...found })));
    return plain('', binding.primary);
  }
}

function printLeaf(node: Exclude<Predicate, { kind: 'and' | 'or' | 'not' }>, losses: Losses): Doc {
  switch (node.kind) {
    case 'equals':
      return printEquals(node);
    case 'range':
      return printRange(node);
    case 'regex':
      return printRegex(node);
    case 'cidr':
      return printCidr(node);
    case 'exists':
      return printExists(node, '!=');
    case 'compare':
      return printCompare(node, losses);
    case 'call':
      return printCall(node, losses);
    case 'constant':
      return plain(String(node.value), binding.primary);
    case 'opaque':
      if (node.language === 'eql') return plain(node.text, 0);
      throw loss('loss/language', `This part is text of ${node.language}, which EQL cannot hold.`);
    case 'free-text':
      throw loss(
        'loss/free-text',
        'EQL tests fields by name, so a search in every field cannot be said in it.',
      );
    case 'nested':
      throw loss(
        'loss/nested',
        `EQL has no search within one element of "${node.path}", so this cannot be said in it.`,
      );
    default:
      return node satisfies never;
  }
}

/** A join key is a field. */
export function printKey(key: Operand, losses: Losses): string {
  return orLose(key, losses, () => {
    if (key.kind === 'field') return printOperand(key, losses);
    throw loss('loss/join-key', 'EQL joins events by fields, so this value cannot be said in it.');
  }).line;
}

function printCompare({ left, operator, right }: Compare, losses: Losses): Doc {
  const [one, other] = [left, right].map((side) => lineIn(printOperand(side, losses), binding.sum));
  return plain(`${one} ${operator} ${other}`, binding.comparison);
}

function printOperand(operand: Operand, losses: Losses): Doc {
  switch (operand.kind) {
    case 'field':
      return plain(printField(operand.field, operand.optional), binding.primary);
    case 'literal':
      return printLiteral(operand);
    case 'call':
      return printCall(operand, losses);
    case 'test':
      return printPredicate(operand.of, losses);
    default:
      return operand satisfies never;
  }
}

function printLiteral({ value }: LiteralOperand): Doc {
  if (typeof value === 'string') return plain(quote(value), binding.primary);
  if (typeof value !== 'number') return plain(String(value), binding.primary);
  return plain(printNumber(value), value < 0 ? binding.sign : binding.primary);
}

/** A function, or the sign or word that says the same. */
function printCall(node: Call | CallOperand, losses: Losses): Doc {
  const sign = signNamed(node.name);
  const [left, right, ...more] = node.arguments;
  if (sign && left && right && more.length === 0) {
    const one = lineIn(printOperand(left, losses), sign.binding);
    const other = lineIn(printOperand(right, losses), sign.binding + 1);
    return plain(`${one} ${sign.sign} ${other}`, sign.binding);
  }
  if (node.name === negation && left && !right) {
    return plain(`-${lineIn(printOperand(left, losses), binding.sign)}`, binding.sign);
  }
  return printListed(node, losses) ?? printFunction(node, losses);
}

/** `substring(f, 5) in ("a", "b")`, `length(f) : 5` */
function printListed(
  { name, caseSensitive, arguments: all }: Call | CallOperand,
  losses: Losses,
): Doc | undefined {
  const word = listWordNamed(name, caseSensitive);
  const [left, ...values] = all;
  if (!word || !left || values.length === 0) return undefined;
  const head = `${lineIn(printOperand(left, losses), binding.primary)} ${word.word}`;
  if (name === 'in') {
    const printed = values.map((value) => printOperand(value, losses).line);
    return list(`${head} (`, printed, binding.list);
  }
  return printList(
    head,
    values.map((value) => printConstant(value, name)),
  );
}

/** `:`, `like` and `regex` take what is written there and nothing else, and a minus is no part of a number. */
function printConstant(value: Operand, name: string): string {
  const isConstant = value.kind === 'literal' && !(typeof value.value === 'number' && value.value < 0);
  if (!isConstant)
    throw loss('loss/function', `EQL takes literals after "${name}", and this is something else.`);
  return name === 'regex' && typeof value.value === 'string'
    ? quoteRegex(value.value)
    : printLiteral(value).line;
}

function printFunction({ name, caseSensitive, arguments: all }: Call | CallOperand, losses: Losses): Doc {
  const signature = signatureOf(name);
  if (signature === undefined || !takes(signature, all.length)) {
    throw loss(
      'loss/function',
      `EQL has no function "${name}" of ${all.length} values, so it cannot be said in it.`,
    );
  }
  if (!caseSensitive && !signature.tilde) {
    throw loss('loss/function', `EQL has no "${signature.name}" that leaves case out of account.`);
  }
  const printed = all.map((value) => printOperand(value, losses).line);
  return list(`${signature.name}${caseSensitive ? '' : '~'}(`, printed, binding.primary);
}

function loss(code: Code, message: string): Failure {
  return new Failure({ code, message });
}
