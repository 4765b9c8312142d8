import { isList, type Json } from '../../../rule/json.ts';
import type { Rule } from '../../../rule/rule.ts';
import type { Relation, RuleAttribute } from '../pipeline.ts';
import { dates, orders } from '../reading/attribute.ts';
import type { Run } from './run.ts';

/** Whether an attribute of the rule, as Sigma calls it, is what a condition asks for. */
export function attributeHolds({ attribute, value, op }: RuleAttribute, run: Run): boolean {
  const found = attributeOf(attribute, run);
  if (found === undefined || found === null) return isBuiltIn(attribute) && (op === 'ne' || op === 'not_in');
  if (isList(found)) {
    if (op === 'in' || op === 'not_in') return found.some((one) => one === value) === (op === 'in');
    return op === 'ne';
  }
  if (op === 'in' || op === 'not_in' || typeof found === 'object') return false;
  const words = orders.get(attribute);
  if (words) return compares(op, words.indexOf(String(found)), words.indexOf(String(value).toLowerCase()));
  if (typeof found === 'number') return compares(op, found, Number(value));
  if (dates.includes(attribute)) return compares(op, dayOf(found), dayOf(value));
  return (op === 'eq' && String(found) === String(value)) || (op === 'ne' && String(found) !== String(value));
}

/** `2024/1/5` is a day, too. */
function dayOf(date: Json): string {
  const [year = '', month = '', day = ''] = String(date).slice(0, 10).split(/[-/]/);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Numbers and texts in their order; what has no order with the other is neither more nor less. */
export function compares<T extends number | string>(op: Relation, one: T, other: T): boolean {
  switch (op) {
    case 'eq':
      return one === other;
    case 'ne':
      return one !== other;
    case 'gt':
      return one > other;
    case 'gte':
      return one >= other;
    case 'lt':
      return one < other;
    case 'lte':
      return one <= other;
    default:
      return op satisfies never;
  }
}

const builtIn = {
  title: ({ title }) => title,
  id: ({ id }) => id,
  name: ({ name }) => name,
  description: ({ description }) => description,
  author: ({ authors }) => authors?.join(', '),
  license: ({ license }) => license,
  level: ({ severity }) => severity,
  status: ({ status }) => status,
  date: ({ created }) => created,
  modified: ({ modified }) => modified,
  references: ({ references }) => references,
  falsepositives: ({ falsePositives }) => falsePositives,
  tags: ({ tags }) => tags,
  taxonomy: ({ taxonomy }) => taxonomy,
} as const satisfies Record<string, (rule: Rule) => Json | undefined>;

function isBuiltIn(attribute: string): attribute is keyof typeof builtIn {
  return Object.hasOwn(builtIn, attribute);
}

function attributeOf(attribute: string, { rule, attributes, fields }: Run): Json | undefined {
  if (attribute === 'fields') return fields;
  if (isBuiltIn(attribute)) return rule && builtIn[attribute](rule);
  const carried = rule?.carry['sigma'];
  const own = carried && Object.hasOwn(carried, attribute) ? carried[attribute] : undefined;
  return attributes.get(attribute) ?? own;
}
