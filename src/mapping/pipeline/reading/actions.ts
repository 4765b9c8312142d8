import { attempt, Failure } from '../../../diagnostic/attempt.ts';
import type { Entry } from '../../../languages/sigma/node.ts';
import { Allowance, readLine } from '../../../languages/sigma/read-line.ts';
import { groupNames, readReplacement } from '../expression/expression.ts';
import type { Action, Chosen, ExtractFields, Names, ReplaceString, Scalar } from '../pipeline.ts';
import { expression, placedIn } from './conditions.ts';
import { type Given, mistake, type Reader } from './given.ts';
import { logSource } from './log-source.ts';
import { anything, flag, map, names, oneOf, scalar, text, textMap, textOrTexts, texts } from './values.ts';

/** Each transformation by its type: what it is given, but for `nest`, which holds others. */
export const actions: { readonly [Kind in Exclude<Action['kind'], 'nest'>]: (given: Given) => Action } = {
  field_name_mapping: (given) => ({ kind: 'field_name_mapping', mapping: given.need('mapping', names) }),
  field_name_prefix_mapping: (given) => ({
    kind: 'field_name_prefix_mapping',
    mapping: given.need('mapping', prefixes),
  }),
  field_name_prefix: (given) => ({ kind: 'field_name_prefix', prefix: given.need('prefix', text) }),
  field_name_suffix: (given) => ({ kind: 'field_name_suffix', suffix: given.need('suffix', text) }),
  drop_detection_item: () => ({ kind: 'drop_detection_item' }),
  hashes_fields: (given) => ({
    kind: 'hashes_fields',
    algorithms: given.need('valid_hash_algos', texts),
    prefix: given.may('field_prefix', text) ?? '',
    dropAlgorithm: given.may('drop_algo_prefix', flag) ?? false,
    fields: given.may('field_to_parse', textOrTexts) ?? ['Hashes', 'Hash'],
  }),
  extract_fields: readExtraction,
  wildcard_placeholders: (given) => ({ kind: 'wildcard_placeholders', only: readChosen(given) }),
  value_placeholders: (given) => ({ kind: 'value_placeholders', only: readChosen(given) }),
  add_condition: readAddition,
  change_logsource: (given) => ({ kind: 'change_logsource', logSource: logSource(given) }),
  add_field: (given) => ({ kind: 'add_field', fields: given.need('field', textOrTexts) }),
  remove_field: (given) => ({ kind: 'remove_field', fields: given.need('field', textOrTexts) }),
  set_field: (given) => ({ kind: 'set_field', fields: given.need('fields', texts) }),
  replace_string: readReplacing,
  map_string: (given) => ({ kind: 'map_string', mapping: given.need('mapping', textMap) }),
  set_state: (given) => ({
    kind: 'set_state',
    key: given.need('key', text),
    value: given.need('val', anything),
  }),
  regex: (given) => ({
    kind: 'regex',
    ignoresCase: (given.may('method', oneOf(methods)) ?? 'ignore_case_brackets') !== 'plain',
  }),
  set_value: (given) => ({ kind: 'set_value', value: readValue(given) }),
  convert_type: (given) => ({ kind: 'convert_type', to: given.need('target_type', oneOf(['str', 'num'])) }),
  case: (given) => ({
    kind: 'case',
    method: given.may('method', oneOf(['lower', 'upper', 'snake_case'])) ?? 'lower',
  }),
  rule_failure: (given) => ({ kind: 'rule_failure', message: given.need('message', reason) }),
  detection_item_failure: (given) => ({
    kind: 'detection_item_failure',
    message: given.need('message', reason),
  }),
  strict_field_mapping_failure: () => ({ kind: 'strict_field_mapping_failure' }),
  set_custom_attribute: (given) => ({
    kind: 'set_custom_attribute',
    attribute: given.need('attribute', text),
    value: given.need('value', anything),
  }),
};

const methods = ['plain', 'ignore_case_flag', 'ignore_case_brackets'] as const;

/** A search in all fields has no name that could begin with anything. */
const prefixes: Reader<Names> = (node) => {
  const read = names(node);
  if (!read.has(null)) return read;
  throw mistake('A search in all fields has no name with a prefix', node.span);
};

const longestReason = 300;

/** Why a rule is refused, in the words of the pipeline. */
const reason: Reader<string> = (node) => text(node).trim().slice(0, longestReason);

function readChosen(given: Given): Chosen {
  const include = given.may('include', texts);
  const exclude = given.may('exclude', texts);
  if (include && exclude) throw mistake('"include" and "exclude" can not both be said', given.at('exclude'));
  return include ? { include } : { exclude: exclude ?? [] };
}

function readAddition(given: Given): Action {
  const lines = given.need('conditions', map).entries;
  const name = given.may('name', text);
  const template = given.may('template', flag) ?? false;
  const negated = given.may('negated', flag) ?? false;
  if (lines.length === 0)
    throw mistake('Nothing is asked by the conditions that are added', given.at('conditions'));
  tryOut(lines);
  return { kind: 'add_condition', lines, template, negated, ...(name !== undefined && { name }) };
}

/** What the language of Sigma has against lines of a detection, it has against the pipeline. */
function tryOut(lines: readonly Entry[]): void {
  const tried = attempt(() => lines.forEach((line) => readLine(line, new Allowance())));
  if (tried.ok) return;
  throw new Failure(tried.diagnostics);
}

function readExtraction(given: Given): ExtractFields {
  const regex = given.need('regex', (node) => {
    const read = expression(node);
    if (groupNames(read).length > 0) return read;
    throw mistake('The expression has no group with a name, so it extracts nothing', node.span);
  });
  const fields = given.may('field_to_parse', textOrTexts);
  return {
    kind: 'extract_fields',
    regex,
    prefix: given.may('field_prefix', text) ?? '',
    preserveUnmatched: given.may('preserve_unmatched', flag) ?? false,
    ...(fields && { fields }),
  };
}

function readReplacing(given: Given): ReplaceString {
  const regex = given.need('regex', expression);
  const replacement = given.need('replacement', (node) => {
    const read = text(node);
    const tried = attempt(() => readReplacement(read, regex));
    if (!tried.ok) throw placedIn(node, new Failure(tried.diagnostics));
    return read;
  });
  return {
    kind: 'replace_string',
    regex,
    replacement,
    skipSpecial: given.may('skip_special', flag) ?? false,
    interpretSpecial: given.may('interpret_special', flag) ?? false,
  };
}

function readValue(given: Given): Scalar {
  const type = given.may('force_type', oneOf(['str', 'num']));
  return given.need('value', (node) => {
    const value = scalar(node);
    if (type === undefined) return value;
    if (value === null) throw mistake('No value can not be made a text or a number', node.span);
    if (type === 'str') return text(node);
    const number = Number(value);
    if (!Number.isFinite(number) || String(value).trim() === '')
      throw mistake(`"${value}" is no number`, node.span);
    return number;
  });
}
