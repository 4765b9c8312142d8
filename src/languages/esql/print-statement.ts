import { lay } from './layout.ts';
import { printNamePart } from './literal.ts';
import { printCommand } from './print-command.ts';
import { printConstant, printExpression, printOptions } from './print-expression.ts';
import type { Expression, Setting, Statement } from './syntax.ts';

/** A tree as text, in the style of Elastic's rules: a command a line, and as much on it as 120 columns hold. */
export function printStatement({ settings, commands }: Statement): string {
  const lines = commands.map((command, index) => {
    const lead = index === 0 ? '' : '| ';
    return lead + lay(printCommand(command), { column: lead.length, indent: 2, after: 0 });
  });
  return [...settings.map(printSetting), ...lines].join('\n');
}

function printSetting({ name, value }: Setting): string {
  const doc = value.kind === 'options' ? printOptions(value) : printConstant(value);
  return `set ${printNamePart(name)} = ${doc.line};`;
}

/** An expression by itself, on one line. */
export function printInLine(node: Expression): string {
  return printExpression(node).line;
}
