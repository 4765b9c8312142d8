import { printNetwork, readNetwork, withoutHost } from '../../query/network.ts';
import type { Cidr, Equals, FreeText, Regex } from '../../query/query.ts';
import { faultOf } from './expression.ts';
import { loss } from './failure.ts';
import { fieldOf, isExact, type Line, type Lines, one, refuseEmpty } from './line.ts';
import { shapesOf } from './shape.ts';

/** Values of several shapes are several lines. */
export function valueLines(field: string, leaf: Equals | FreeText): Lines {
  const { values, quantifier, caseSensitive } = leaf;
  refuseEmpty(values, leaf);
  const wrong = values.find((value) => (value === null && field === '') || !isExact(value));
  if (wrong !== undefined) {
    throw loss(
      'loss/value-type',
      `Sigma cannot ask for the value ${wrong} here, so it was not written.`,
      leaf,
    );
  }
  const lines = shapesOf(values, caseSensitive).map(
    ({ modifiers, values: written }): Line => ({
      field,
      modifiers,
      values: written,
      quantifier: written.length > 1 ? quantifier : 'any',
      joins: written.includes(null) ? 'nothing' : 'any and all',
    }),
  );
  return { link: quantifier === 'all' ? 'and' : 'or', lines };
}

export function regexLine(leaf: Regex): Lines {
  const { patterns, quantifier, flavour, caseSensitive, flags = '' } = leaf;
  if (flavour !== 'pcre') {
    throw loss(
      'loss/regex-flavour',
      'Sigma searches with another flavour of regular expressions, so this one was not written.',
      leaf,
    );
  }
  refuseEmpty(patterns, leaf);
  const fault = patterns.map(faultOf).find((found) => found !== undefined);
  if (fault !== undefined) {
    throw loss(
      'loss/regex-flavour',
      `The regular expression does not hold together (${fault}), so it was not written.`,
      leaf,
    );
  }
  const modifiers = ['re', ...(caseSensitive ? [] : ['i']), ...flags];
  return one({
    field: fieldOf(leaf),
    modifiers,
    values: patterns,
    quantifier: patterns.length > 1 ? quantifier : 'any',
    joins: 'any and all',
  });
}

export function cidrLine(leaf: Cidr): Lines {
  refuseEmpty(leaf.networks, leaf);
  const values = leaf.networks.map((text) => {
    const network = readNetwork(text);
    if (!network) throw loss('loss/value-type', `"${text}" is no network that Sigma can ask for.`, leaf);
    const bare = withoutHost(network);
    return bare.address === network.address ? text : printNetwork(bare);
  });
  return one({ field: fieldOf(leaf), modifiers: ['cidr'], values, quantifier: 'any', joins: 'any' });
}
