/** The public names that run anywhere, a browser included. */
export type { ChangelogOptions } from './convert/changes/changelog.ts';
export { changelog } from './convert/changes/changelog.ts';
export type { RuleChange } from './convert/changes/rule-change.ts';
export type { CheckTextOptions, RuleCheck } from './convert/check.ts';
export { check, checkRules } from './convert/check.ts';
export type { Comparable, CompareOptions, Comparison, RulesToCompare } from './convert/compare/compare.ts';
export { compare } from './convert/compare/compare.ts';
export type { Conditions } from './convert/compare/conditions.ts';
export type { Difference } from './convert/compare/envelope.ts';
export type { ComparePacksOptions, PackComparison, Pair } from './convert/compare/packs.ts';
export { comparePacks } from './convert/compare/packs.ts';
export type { NamedCounterexample } from './convert/compare/relate-rules.ts';
export type { Conversion, ConvertedRule } from './convert/conversion.ts';
export { convert, read, write } from './convert/convert.ts';
export { withTwin } from './convert/duplicates.ts';
export type { ExampleOptions } from './convert/examples.ts';
export { examplesOf } from './convert/examples.ts';
export type { Acceptable, Fidelity } from './convert/fidelity.ts';
export { acceptable, fidelities } from './convert/fidelity.ts';
export { concerned } from './convert/filters/concern.ts';
export type { InPartsOptions } from './convert/in-parts.ts';
export { ConversionInParts } from './convert/in-parts.ts';
export type { Stage } from './convert/inspect.ts';
export { inspect, inspectMapping, stages } from './convert/inspect.ts';
export type { ConvertedFile } from './convert/ledger/file.ts';
export type { AppliedRow, Becoming, Construct, LedgerEntry, Subject } from './convert/ledger/ledger.ts';
export { becomings } from './convert/ledger/ledger.ts';
export { ledgerOf } from './convert/ledger/ledger-of.ts';
export type { FieldSeen, LogSourceSeen, MappingSeen, PartSeen } from './convert/mapping-seen.ts';
export type { Found, ReportMatch } from './convert/match.ts';
export { match, matchAll } from './convert/match.ts';
export type { Matchable, Matcher, MatchOptions } from './convert/matcher.ts';
export { matcher } from './convert/matcher.ts';
export type { Conflict } from './convert/merge/conflict.ts';
export type { Merged, MergeOptions } from './convert/merge/merge.ts';
export { merge } from './convert/merge/merge.ts';
export type { ConvertOptions } from './convert/options.ts';
export { partsAmong } from './convert/parts-among.ts';
export { piecesNamed } from './convert/pieces.ts';
export type { Placeholders } from './convert/placeholders.ts';
export { readPlaceholders } from './convert/placeholders.ts';
export { readFields } from './convert/preflight/read-fields.ts';
export type { Proof, Shown } from './convert/proof.ts';
export type { ReadEvent } from './convert/read-events.ts';
export { readEvents } from './convert/read-events.ts';
export { tidy } from './convert/tidy.ts';
export type { TranslateOptions, Translation } from './convert/translate.ts';
export { translate } from './convert/translate.ts';
export type { Code, Level } from './diagnostic/codes.ts';
export { codes } from './diagnostic/codes.ts';
export type { Diagnostic, Effect, Outcome } from './diagnostic/diagnostic.ts';
export type {
  CheckOptions,
  Format,
  FormatId,
  InParts,
  Stack,
  TaxonomyId,
  WriteOptions,
} from './formats/format.ts';
export { formats } from './formats/index.ts';
export { languages } from './languages/index.ts';
export type { Language, LanguageId } from './languages/language.ts';
export { languageNamed } from './languages/named.ts';
export type { IndexField, IndexFields, KnownFields } from './mapping/index-fields/model.ts';
export { loadMapping } from './mapping/load.ts';
export type { Pipeline } from './mapping/pipeline/pipeline.ts';
export type { Reason } from './mapping/reasons.ts';
export { shippedTables } from './mapping/shipped.ts';
export type { Change, Direction, FieldRow, LogSourceRow, Scope, Table, UnnamedRow } from './mapping/table.ts';
export type { Event } from './match/event.ts';
export type { Match } from './match/match.ts';
export type { Counterexample, Relation } from './proof/relation.ts';
export { relations } from './proof/relation.ts';
export type { Example, ExampleKind } from './proof/scene.ts';
export type { FieldFacts, FieldType } from './query/facts.ts';
export type {
  Aggregate,
  And,
  Bound,
  Call,
  Cidr,
  Compare,
  Constant,
  Correlation,
  CorrelationPart,
  Equals,
  Exists,
  FieldTest,
  Filter,
  FreeText,
  Keep,
  Limit,
  Measure,
  Measured,
  Nested,
  Not,
  Opaque,
  Operand,
  Or,
  PartTest,
  Pattern,
  Placeholder,
  Predicate,
  Presence,
  Query,
  Range,
  Regex,
  Sample,
  Sequence,
  Sort,
  Step,
  Value,
  Wildcard,
} from './query/query.ts';
export type { Baseline } from './report/baseline.ts';
export { baselineGate, goneSince, printBaseline, readBaseline } from './report/baseline.ts';
export type { ReportForm } from './report/forms/forms.ts';
export { formOfFile, reportForms } from './report/forms/forms.ts';
export type { Gate, MaxLoss, Stop } from './report/gates.ts';
export { maxLossGate, passing } from './report/gates.ts';
export type { Graded } from './report/losses.ts';
export type { ExclusionsReport, Finding, Place, RuleReport, Summary } from './report/report.ts';
export { findingOf, reportOf, summarize } from './report/report.ts';
export { ruleLedger } from './report/rule-ledger.ts';
export type {
  Excerpt,
  FileReport,
  LedgerLine,
  Range as LedgerRange,
  RuleLedger,
  Run,
  Said,
} from './report/run.ts';
export type { Json, JsonObject } from './rule/json.ts';
export type * from './rule/rule.ts';
export { frame } from './source/frame.ts';
export type { Versions } from './source/merge-pieces.ts';
export { nearby, nearest } from './source/near.ts';
export type { Position, Source, Span } from './source/source.ts';
export { offsetAt, positionAt, positions, shift } from './source/source.ts';
export { inLine, visibleJson } from './source/visible.ts';
