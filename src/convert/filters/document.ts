import { Failure, need } from '../../diagnostic/attempt.ts';
import { sigma } from '../../languages/sigma/index.ts';
import type { Node } from '../../languages/sigma/node.ts';
import { readYaml } from '../../languages/sigma/yaml.ts';
import { filter } from '../../query/build.ts';
import { normalPredicate, spell } from '../../query/normal.ts';
import type { Predicate } from '../../query/query.ts';
import { isObject, type Json, type JsonObject, objectOf } from '../../rule/json.ts';
import { digest } from '../../source/digest.ts';
import { printQuery } from '../print.ts';

/** The condition of a Sigma filter over its searches. JSON is YAML, so the language reads it as it stands. */
export function conditionOf(body: JsonObject): Predicate {
  const { rules: _, ...detection } = isObject(body['filter']) ? body['filter'] : {};
  const { find } = need(sigma.parse(JSON.stringify(detection)), () => {});
  if (find.kind === 'filter') return find.where;
  throw new Failure({ code: 'loss/filter', message: 'The filter asks for more than one event.' });
}

/** Searches and a condition that say this, proved to be read back as it. */
export function searchesFor(condition: Predicate): JsonObject {
  const { text } = printQuery(filter(condition), sigma, { to: 'sigma' }, () => {});
  const searches = jsonOf(readYaml(text, undefined));
  return isObject(searches) ? searches : {};
}

/** Equal for filters that say the same, however they are written. */
export function fingerprintOf(body: JsonObject): string {
  return digest(spell(normalPredicate(conditionOf(body))));
}

function jsonOf(node: Node): Json {
  switch (node.kind) {
    case 'map':
      return objectOf(node.entries.map(({ key, value }) => [key, jsonOf(value)]));
    case 'list':
      return node.of.map(jsonOf);
    case 'scalar':
      return node.value;
    default:
      return node satisfies never;
  }
}
