import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { castFiltered } from '../../build/convert/cast.js';
import { convert } from '../../build/convert/convert.js';
import { formatNamed } from '../../build/convert/find-format.js';
import { proofOf } from '../../build/convert/prove/proof-of.js';
import { partsFor, partsOfOthers, referencesTo } from '../../build/convert/references.js';
import { attackFor, mappingOf } from '../../build/convert/tables.js';

/**
 * Reads `{ faults, numbers, rules }` as JSON, and writes a line for each of the faults with these numbers: the rule that shows
 * it, and the events. What the faulty program writes is held by the program without a fault against what was asked.
 */
const { faults, numbers, rules } = JSON.parse(readFileSync(0, 'utf8'));

/** The program's own check of what it prints, which would throw a text away that is to be looked at here. */
const unchecked = {
  file: 'convert/print.js',
  text: 'if (again.ok && isSame(again.value, said, meaning))',
  instead: 'if (true)',
};
/** Each fault is there twice: with that check and without. */
const programs = faults.flatMap(({ file, text, instead }) => {
  const own = file === undefined ? [] : [{ file, text, instead }];
  return [own, [...own, unchecked]];
});
register('./inject.mjs', import.meta.url, { data: programs });

/** Real rules that are looked at for a fault; of ours all are. */
const most = 60;
const longest = 8000;
const known = new Map();

for (const number of numbers) {
  const start = performance.now();
  const found = await caught(number);
  console.log(JSON.stringify({ number, ms: Math.round(performance.now() - start), ...found }));
}

async function caught(number) {
  const { hint, among } = faults[number];
  const options = healthyOptions(number);
  const count = { tried: 0, changed: 0, unknown: 0 };
  for (const rule of rulesFor(among, new RegExp(hint, 'm'))) {
    count.tried += 1;
    const healthy = healthyOf(rule, options);
    if (healthy === undefined || healthy.proof.relation === 'unknown') continue;
    const found = faults[number].told
      ? await toldWrong(number, rule, healthy)
      : await writtenWrong(number, rule, healthy, count);
    if (found) return { ...count, rule: rule.name, ...found };
  }
  return count;
}

/** What the faulty program writes is not as the program without a fault would have it, and events show that. */
async function writtenWrong(number, { text }, healthy, count) {
  const written = writtenBy(await programWith(number, true), text, optionsOf(number), healthy.index);
  if (written === undefined || written === healthy.text) return undefined;
  count.changed += 1;
  const proof = healthy.proofOf(written);
  if (proof.relation === 'unknown') count.unknown += 1;
  if (proof.relation === 'unknown' || proof.relation === healthy.proof.relation || !proof.shown)
    return undefined;
  const own = resultOf(await programWith(number), text, optionsOf(number), healthy.index);
  return { relation: proof.relation, shown: proof.shown, itself: isOwnFault(own) };
}

/** The faulty program finds that its text loses something that it does not tell of, which the other program tells of. */
async function toldWrong(number, { text }, { index, text: meant, proof }) {
  const own = resultOf(await programWith(number), text, optionsOf(number), index);
  const well = resultOf(convert, text, healthyOptions(number), index);
  const isSame = own.proof?.relation === proof.relation && well.text === meant;
  if (!isSame || !isOwnFault(own) || well.fidelity === 'failed') return undefined;
  return { relation: proof.relation, shown: proof.shown, itself: true };
}

/** The program says of itself that it is wrong, and shows by which events. */
function isOwnFault({ fidelity, proof }) {
  return fidelity === 'failed' && proof?.shown !== undefined;
}

function healthyOptions(number) {
  const { asked, among } = faults[number];
  return { ...asked, from: among.from };
}

function optionsOf(number) {
  const { table } = faults[number];
  return { ...healthyOptions(number), ...(table && { mappings: [table] }) };
}

function* rulesFor({ from, has = '' }, hint) {
  let left = most;
  for (const rule of rules) {
    const { text } = rule;
    const fits = rule.from === from && text.length < longest && text.includes(has) && hint.test(text);
    if (fits && (rule.isOwn || left-- > 0)) yield rule;
  }
}

/** The program with a fault, and with its check of what it prints, or without. */
async function programWith(number, isUnchecked = false) {
  if (faults[number].file === undefined) return convert;
  const program = 2 * number + (isUnchecked ? 1 : 0);
  return (await import(`../../build/convert/convert.js?fault=${program}`)).convert;
}

function writtenBy(program, text, options, index) {
  return resultOf(program, text, { ...options, prove: false }, index).text || undefined;
}

/** What a program makes of a rule; a program with a fault may come to no end that can be told. */
function resultOf(program, text, options, index) {
  try {
    const outcome = program(text, options);
    const {
      fidelity = 'refused',
      proof,
      text: written = '',
    } = (outcome.ok && outcome.value.rules[index]) || {};
    return { fidelity, proof, text: written };
  } catch (error) {
    return { fidelity: 'failed', thrown: String(error), text: '' };
  }
}

/** What a rule asks, and what the program without a fault writes for it; undefined where it writes nothing. */
function healthyOf({ name, text }, options) {
  const key = `${name} ${JSON.stringify(options)}`;
  if (!known.has(key)) known.set(key, castWell(text, options));
  return known.get(key);
}

function castWell(text, options) {
  const target = formatNamed(options.to);
  const pack = formatNamed(options.from).read(text);
  if (!pack.ok) return undefined;
  const attack = attackFor(target, options);
  const casting = { target, foreign: true, mapping: mappingOf(options), attack, options };
  const references = referencesTo(pack.value.rules, () => undefined);
  const parts = partsOfOthers(pack.value, references, casting);
  const index = pack.value.rules.findIndex((rule) => !parts.has(rule));
  const rule = pack.value.rules[index];
  if (rule === undefined) return undefined;
  const cast = castFiltered({ rule, parts: partsFor(rule, references, casting) }, [], casting);
  const written = writtenBy(convert, text, options, index);
  if (written === undefined) return undefined;
  const proved = (text) => proofOrUnknown(() => proofOf(cast, text, casting));
  return { index, text: written, proof: proved(written), proofOf: proved };
}

/** A text that can not be read back is caught without an event, which is not what is looked for here. */
function proofOrUnknown(proof) {
  try {
    return proof();
  } catch {
    return { relation: 'unknown' };
  }
}
