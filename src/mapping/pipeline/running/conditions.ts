import { readPattern } from '../../../languages/sigma/literal.ts';
import { isPattern, isWildcard } from '../../../query/pattern.ts';
import type { Value } from '../../../query/query.ts';
import { sameTree } from '../../../query/walk.ts';
import type { LogSource } from '../../../rule/rule.ts';
import { beginsWith } from '../expression/expression.ts';
import type {
  Anywhere,
  FieldCondition,
  LogSourceWords,
  RuleCondition,
  Scalar,
  TestCondition,
  Transformation,
} from '../pipeline.ts';
import { holds } from '../reading/formula.ts';
import { attributeHolds, compares } from './attributes.ts';
import { fieldOf, isValued, type Leaf, leavesOf, referenceOf } from './leaf.ts';
import { type Run, spend } from './run.ts';
import { shown } from './text.ts';

/** Whether a transformation is for the rule at all. */
export function isForRule({ ofRule }: Transformation, run: Run): boolean {
  return ofRule === undefined || holds(ofRule, (condition) => ruleHolds(condition, run));
}

/** Whether a transformation is for a test. */
export function isForLeaf({ ofTest, ofField }: Transformation, leaf: Leaf, run: Run): boolean {
  const names = [fieldOf(leaf) ?? null, referenceOf(leaf)].filter((name) => name !== undefined);
  return (
    (ofTest === undefined || holds(ofTest, (condition) => testHolds(condition, leaf, run))) &&
    (ofField === undefined ||
      holds(ofField, (condition) => names.some((name) => nameHolds(condition, name, leaf, run))))
  );
}

/** Whether a transformation of names is for this one, in a test or where names stand alone. */
export function isForName({ ofField }: Transformation, name: string | null, run: Run, leaf?: Leaf): boolean {
  return ofField === undefined || holds(ofField, (condition) => nameHolds(condition, name, leaf, run));
}

function ruleHolds(condition: RuleCondition, run: Run): boolean {
  switch (condition.kind) {
    case 'logsource':
      return (run.isCorrelation ? run.sources : [run.logSource]).some((one) =>
        isOf(condition.logSource, one),
      );
    case 'contains_field':
      return leavesIn(run).some((leaf) => fieldOf(leaf) === condition.field);
    case 'contains_detection_item':
      return leavesIn(run).some(
        (leaf) =>
          leaf.kind === 'equals' &&
          leaf.field === condition.field &&
          leaf.values.some((value) => isSame(value, condition.value)),
      );
    case 'is_sigma_rule':
      return !run.isCorrelation;
    case 'is_sigma_correlation_rule':
      return run.isCorrelation;
    case 'rule_attribute':
      return attributeHolds(condition, run);
    case 'tag':
      return run.rule?.tags?.some((tag) => tag.toLowerCase() === condition.tag.toLowerCase()) ?? false;
    case 'processing_item_applied':
      return run.applied.has(condition.id);
    case 'processing_state':
      return stateHolds(condition, run);
    default:
      return condition satisfies never;
  }
}

function leavesIn(run: Run): readonly Leaf[] {
  const leaves = run.where ? [...leavesOf(run.where)] : [];
  spend(run, leaves.length);
  return leaves;
}

/** Words that a condition leaves out may be any. */
function isOf({ category, product, service }: LogSourceWords, source: LogSource): boolean {
  const fits = (wanted: string | undefined, said: string | undefined) =>
    wanted === undefined || wanted === said;
  return fits(category, source.category) && fits(product, source.product) && fits(service, source.service);
}

/** Whether a value is the one that a pipeline names; stars and question marks of a text are wildcards in both. */
function isSame(value: Value, wanted: Scalar): boolean {
  if (value === null || !isPattern(value)) return value === wanted;
  return typeof wanted === 'string' && sameTree(value, readPattern(wanted));
}

function stateHolds({ key, value, op }: Extract<Anywhere, { kind: 'processing_state' }>, run: Run): boolean {
  const found = run.state.get(key);
  if (found === undefined) return false;
  if (op === 'eq') return found === value;
  if (op === 'ne') return found !== value;
  if (typeof found === 'number' && typeof value === 'number') return compares(op, found, value);
  return typeof found === 'string' && typeof value === 'string' && compares(op, found, value);
}

function testHolds(condition: TestCondition, leaf: Leaf, run: Run): boolean {
  switch (condition.kind) {
    case 'match_string':
      return share(condition.cond, leaf, (value) => {
        if (value === undefined || value === null || !isPattern(value)) return condition.negate;
        const text = shown(value);
        spend(run, text.length + 1);
        return beginsWith(condition.pattern, text) !== condition.negate;
      });
    case 'match_value':
      return share(condition.cond, leaf, (value) => value !== undefined && isSame(value, condition.value));
    case 'contains_wildcard':
      return share(condition.cond, leaf, (value) => value !== undefined && isWild(value));
    case 'is_null':
      return share(condition.cond, leaf, (value) => value === null);
    case 'processing_item_applied':
      return run.marks.get(leaf)?.has(condition.id) ?? false;
    case 'processing_state':
      return stateHolds(condition, run);
    default:
      return condition satisfies never;
  }
}

function isWild(value: Value): boolean {
  return value !== null && isPattern(value) && value.some(isWildcard);
}

/** Expressions, networks and the like are one value of another kind. */
function share(cond: 'any' | 'all', leaf: Leaf, test: (value: Value | undefined) => boolean): boolean {
  const values = isValued(leaf) ? leaf.values : [undefined];
  return cond === 'any' ? values.some(test) : values.every(test);
}

function nameHolds(
  condition: FieldCondition,
  name: string | null,
  leaf: Leaf | undefined,
  run: Run,
): boolean {
  switch (condition.kind) {
    case 'include_fields':
      return isAmong(condition, name, run);
    case 'exclude_fields':
      return !isAmong(condition, name, run);
    case 'processing_item_applied': {
      const marks = (leaf && run.marks.get(leaf)) ?? (name === null ? undefined : run.nameMarks.get(name));
      return marks?.has(condition.id) ?? false;
    }
    case 'processing_state':
      return stateHolds(condition, run);
    default:
      return condition satisfies never;
  }
}

type Listing = Extract<FieldCondition, { kind: 'include_fields' | 'exclude_fields' }>;

function isAmong({ fields, mode }: Listing, name: string | null, run: Run): boolean {
  if (name === null) return false;
  spend(run, fields.length);
  if (mode === 'plain') return fields.includes(name);
  return fields.some((regex) => beginsWith(regex, name));
}
