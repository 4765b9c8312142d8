import { Failure } from '../../../diagnostic/attempt.ts';
import { parseStatement } from '../parse-statement.ts';
import { printCommand } from '../print-command.ts';
import { printInLine } from '../print-statement.ts';
import type * as syntax from '../syntax.ts';
import { Loss } from './loss.ts';

/** What is not understood, as text on one line, and the way back. */
export const expressionText = printInLine;

export function commandsText(commands: readonly syntax.Command[]): string {
  return commands.map((command) => printCommand(command).line).join(' | ');
}

export function aggregatesText(aggregates: readonly syntax.Aggregate[]): string {
  return printCommand({ kind: 'stats', inline: false, aggregates, by: [] }).line.slice('stats '.length);
}

export function readExpression(text: string): syntax.Expression {
  const [where, ...more] = readCommands(`where ${text}`);
  if (where?.kind !== 'where' || more.length > 0) throw unreadable(text);
  return where.condition;
}

export function readCommands(text: string): readonly syntax.Command[] {
  return read(`from a | ${text}`, text).slice(1);
}

export function readAggregates(text: string): readonly syntax.Aggregate[] {
  const [stats] = readCommands(`stats ${text}`);
  if (stats?.kind !== 'stats') throw unreadable(text);
  return stats.aggregates;
}

function read(whole: string, text: string): readonly syntax.Command[] {
  try {
    return parseStatement(whole).commands;
  } catch (error) {
    if (error instanceof Failure) throw unreadable(text);
    throw error;
  }
}

function unreadable(text: string): Loss {
  return new Loss('loss/language', `"${text.slice(0, 80)}" is no ES|QL`);
}
