import { Failure } from '../../../diagnostic/attempt.ts';
import type { Predicate } from '../../../query/query.ts';
import type { Formula, RuleCondition, Transformation } from '../pipeline.ts';
import { addCondition, namesSource } from './addition.ts';
import { isForLeaf, isForRule } from './conditions.ts';
import { type Change, changed, fieldOf, leavesOf } from './leaf.ts';
import { lost, marked } from './marks.ts';
import { rename, renamerOf } from './names.ts';
import { type Run, refused, spend } from './run.ts';
import { changeOf } from './test-changes.ts';

/** Applies a transformation, if it is for the rule. `about` is whether an outer condition asks for its log source. */
export function take(transformation: Transformation, run: Run, about: boolean): void {
  spend(run, 1);
  if (!isForRule(transformation, run)) return;
  const asks = transformation.ofRule !== undefined && asksSource(transformation.ofRule);
  const before = run.where;
  act(transformation, run, about || asks);
  if (run.where && run.where !== before) refuseDepth(run.where);
  if (transformation.id !== undefined) run.applied.add(transformation.id);
}

/** A log source, or what another transformation did about one. */
function asksSource(formula: Formula<RuleCondition>): boolean {
  switch (formula.kind) {
    case 'is':
      return ['logsource', 'processing_item_applied', 'processing_state'].includes(formula.condition.kind);
    case 'not':
      return asksSource(formula.of);
    default:
      return formula.of.some(asksSource);
  }
}

function act(transformation: Transformation, run: Run, about: boolean): void {
  const { does } = transformation;
  switch (does.kind) {
    case 'field_name_mapping':
    case 'field_name_prefix_mapping':
    case 'field_name_prefix':
    case 'field_name_suffix':
      rename(transformation, renamerOf(does), run);
      break;
    case 'add_condition':
      run.saysSource ||= !run.isCorrelation && (about || namesSource(does));
      addCondition(does, transformation, run);
      break;
    case 'change_logsource':
      run.logSource = does.logSource;
      break;
    case 'add_field':
      run.fields = [...run.fields, ...does.fields];
      break;
    case 'remove_field':
      run.fields = run.fields.filter((field) => !does.fields.includes(field));
      break;
    case 'set_field':
      run.fields = does.fields;
      break;
    case 'set_state':
      run.state.set(does.key, does.value);
      break;
    case 'set_custom_attribute':
      run.attributes.set(does.attribute, does.value);
      break;
    case 'rule_failure':
      throw refused(transformation, does.message);
    case 'strict_field_mapping_failure':
      refuseUnmapped(transformation, run);
      break;
    case 'nest':
      for (const one of does.transformations) take(one, run, about);
      break;
    default:
      change(transformation, changeOf(does, transformation, run), run);
  }
}

/** The tests that a transformation is for, changed. */
function change(transformation: Transformation, by: Change, run: Run): void {
  if (run.where === undefined) return;
  run.where = changed(
    run.where,
    (leaf, positive) => {
      spend(run, 1);
      if (fieldOf(leaf) === undefined || !isForLeaf(transformation, leaf, run)) return undefined;
      const made = by(leaf, positive);
      return made && marked(made, leaf, transformation, run);
    },
    lost(run, transformation),
  );
}

function refuseUnmapped(transformation: Transformation, run: Run): void {
  const fields = run.where ? [...leavesOf(run.where)].map(fieldOf) : [];
  const unmapped = new Set(
    fields.filter((field) => typeof field === 'string' && !run.named.has(field) && !run.mapped.has(field)),
  );
  if (unmapped.size > 0) throw refused(transformation, `it says no name for ${[...unmapped].join(', ')}`);
}

const deepest = 250;

/** Alternatives of what is joined of alternatives, step by step, would nest past what can be written. */
function refuseDepth(where: Predicate, depth = 0): void {
  if (depth > deepest) {
    const message = `The pipelines nest the rule more than ${deepest} levels deep; it was not written.`;
    throw new Failure({ code: 'parse/too-deep', message });
  }
  if (where.kind === 'and' || where.kind === 'or') for (const part of where.of) refuseDepth(part, depth + 1);
  else if (where.kind === 'not') refuseDepth(where.of, depth + 1);
}
