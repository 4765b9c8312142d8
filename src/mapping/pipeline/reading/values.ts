import type { MapNode, Node, ScalarNode } from '../../../languages/sigma/node.ts';
import { type Json, objectOf } from '../../../rule/json.ts';
import type { Names, Scalar } from '../pipeline.ts';
import { hint, mistake, type Reader, together } from './given.ts';

/** Values as the text of a pipeline has them, each read as one kind of thing. */

const kinds = { map: 'a map', list: 'a list', scalar: 'a value' } as const;

function wanted(what: string, { kind, span }: Node): never {
  throw mistake(`Here ${what} is needed, and this is ${kinds[kind]}`, span);
}

export const map: Reader<MapNode> = (node) => (node.kind === 'map' ? node : wanted('a map', node));

const scalarNode: Reader<ScalarNode> = (node) => (node.kind === 'scalar' ? node : wanted('a value', node));

export const scalar: Reader<Scalar> = (node) => scalarNode(node).value;

/** A text; a number or a truth value that stands for one is taken as it is written. */
export const text: Reader<string> = (node) => {
  const { value, text, span } = scalarNode(node);
  if (value !== null) return text;
  throw mistake('Here a text is needed, and there is none', span);
};

export const textOrNumber: Reader<string | number> = (node) => {
  const { value } = scalarNode(node);
  return typeof value === 'number' ? value : text(node);
};

export const flag: Reader<boolean> = (node) => {
  const { value, text, quoted, span } = scalarNode(node);
  if (typeof value === 'boolean') return value;
  if (!quoted && /^(?:yes|on|no|off)$/i.test(text)) return /^(?:yes|on)$/i.test(text);
  throw mistake('Here true or false is needed', span);
};

export const wholeNumber: Reader<number> = (node) => {
  const { value, span } = scalarNode(node);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw mistake('Here a whole number is needed', span);
};

export const nodes: Reader<readonly Node[]> = (node) =>
  node.kind === 'list' ? node.of : wanted('a list', node);

export function list<T>(read: Reader<T>): Reader<readonly T[]> {
  return (node) => together(nodes(node).map((part) => () => read(part)));
}

export const texts: Reader<readonly string[]> = list(text);

export const textOrTexts: Reader<readonly string[]> = (node) =>
  node.kind === 'list' ? texts(node) : [text(node)];

export function oneOf<const T extends string>(words: readonly T[]): Reader<T> {
  return (node) => {
    const given = text(node);
    const word = words.find((one) => one === given);
    if (word !== undefined) return word;
    throw mistake(`"${given}" is none of ${words.join(', ')}${hint(given, words)}`, node.span);
  };
}

/** Names and what they become. */
export const names: Reader<Names> = (node) =>
  new Map(
    map(node).entries.map(({ keyNode, value }) => [
      keyNode.value === null ? null : keyNode.text,
      textOrTexts(value),
    ]),
  );

export const textMap: Reader<ReadonlyMap<string, readonly string[]>> = (node) =>
  new Map(map(node).entries.map(({ key, value }) => [key, textOrTexts(value)]));

/** Anything at all. */
export const anything: Reader<Json> = (node) => {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.of.map(anything);
    case 'map':
      return objectOf(node.entries.map(({ key, value }) => [key, anything(value)]));
    default:
      return node satisfies never;
  }
};
