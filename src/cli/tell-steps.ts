import { inLine } from '../index.ts';
import { type DoneStep, onStep } from '../node/steps.ts';
import { paint, say } from './terminal.ts';

/** Tells from now on what the run does, and how long each step of it takes; at its end, how long it took. */
export function tellSteps(words: readonly string[], version: string): void {
  tellDebug(`rulecast ${version}, Node ${process.versions.node}: ${inLine(words.join(' '))}`);
  const seen = new Set<string>();
  onStep((done) => {
    // Rules of one file may be asked for again and again, by those of others.
    const text = textOf(done);
    const key = `${done.what} ${done.path}`;
    if (!seen.has(key) || done.what !== 'read') tellDebug(text);
    seen.add(key);
  });
  process.on('exit', () => tellDebug(`done after ${milliseconds(performance.now())}`));
}

export function tellDebug(text: string): void {
  say(paint(`debug: ${text}`, 'dim'), 'debug');
}

function textOf({ what, path, bytes, milliseconds: time }: DoneStep): string {
  const size = bytes === undefined ? '' : ` (${bytes} bytes)`;
  return `${what} ${inLine(path)}${size} in ${milliseconds(time)}`;
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`;
}
