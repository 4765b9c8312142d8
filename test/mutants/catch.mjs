import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { referencesAmong, referencesTo, partsFor, partsOfOthers } from '../../dist/convert/references.js';
import { castFiltered } from '../../dist/convert/cast.js';
import { convert } from '../../dist/convert/convert.js';
import { formatNamed } from '../../dist/convert/find-format.js';
import { proofOf } from '../../dist/convert/prove/proof-of.js';
import { attackFor, mappingOf } from '../../dist/convert/tables.js';

/**
 * Reads `{ faults, rules }` as JSON and writes a line for each fault: which rule shows it, and by which events. A fault has a
 * number of texts to be shown by; a text that it changes is held against what the healthy program says was asked.
 */
const { faults, files, numbers } = JSON.parse(readFileSync(0, 'utf8'));
/** Twice each: as it is, and as it would write what its own check of the text throws away. */
const unchecked = {
  file: 'convert/print.js',
  text: 'if (again.ok && isSame(again.value, said, meaning))',
  instead: 'if (true)',
};
const changes = faults.flatMap(({ file, text, instead }) => {
  const own = file === undefined ? [] : [{ file, text, instead }];
  return [{ changes: own }, { changes: [...own, unchecked] }];
});
register('./inject.mjs', import.meta.url, { data: changes });

const texts = new Map(files.map((path) => [path, readFileSync(path, 'utf8')]));


async function caught(number) {
  const { file, table, asked, hint, among, most = 120 } = faults[number];
  const options = { ...asked, from: among.from };
  const other = table ? { ...options, mappings: [table] } : options;
  const blind = file === undefined ? convert : await programWith(2 * number + 1);
  const fits = new RegExp(hint, 'm');
  const count = { tried: 0, changed: 0, unknown: 0, unlike: [] };
  for (const [path, text] of texts) {
    if (!path.endsWith(among.from === 'sigma' ? '.yml' : '.toml')) continue;
    if (among.has && !text.includes(among.has)) continue;
    if (!fits.test(text) || text.length > 6000) continue;
    if (++count.tried > most) break;
    const healthy = healthyOf(path, text, options);
    if (healthy === undefined || healthy.proof.relation === 'unknown') continue;
    const written = writtenBy(blind, text, other, healthy.index);
    if (written === undefined || written === healthy.text) continue;
    count.changed++;
    const proof = proofOf(healthy.asked, written, healthy.casting);
    if (proof.relation === 'unknown') count.unknown++;
    if (count.unlike.length < 2) count.unlike.push([path, proof.relation, proof.because, healthy.proof.relation]);
    if (proof.relation === healthy.proof.relation || !proof.shown) continue;
    const full = file === undefined ? convert : await programWith(2 * number);
    const own = ownProof(full, text, other, healthy.index);
    return { ...count, path, relation: proof.relation, was: healthy.proof.relation, shown: proof.shown, own };
  }
  return count;
}

async function programWith(number) {
  return (await import(`../../dist/convert/convert.js?fault=${number}`)).convert;
}

function writtenBy(program, text, options, index) {
  try {
    const outcome = program(text, { ...options, prove: false });
    const written = outcome.ok ? outcome.value.rules[index]?.text : undefined;
    return written === '' ? undefined : written;
  } catch (error) {
    return undefined;
  }
}

/** What the faulty program itself makes of it. */
function ownProof(program, text, options, index) {
  try {
    const outcome = program(text, options);
    const rule = outcome.ok ? outcome.value.rules[index] : undefined;
    if (!rule) return { fidelity: 'none' };
    return { fidelity: rule.fidelity, codes: rule.diagnostics.map(({ code }) => code), proof: rule.proof };
  } catch (error) {
    return { fidelity: 'thrown' };
  }
}

const known = new Map();

/** What a text asks, and what the program without a fault writes for it; undefined where it writes nothing. */
function healthyOf(path, text, options) {
  const key = `${path} ${JSON.stringify(options)}`;
  if (!known.has(key)) known.set(key, castWell(text, options));
  return known.get(key);
}

function castWell(text, options) {
  const target = formatNamed(options.to);
  const pack = formatNamed(options.from).read(text);
  if (!pack.ok) return undefined;
  const casting = {
    target,
    foreign: true,
    mapping: mappingOf(options),
    attack: attackFor(target, options),
    options,
  };
  const { rules } = pack.value;
  const references = referencesTo(rules, referencesAmong(undefined));
  const parts = partsOfOthers(pack.value, references, casting);
  const index = rules.findIndex((rule) => !parts.has(rule));
  const rule = rules[index];
  if (rule === undefined) return undefined;
  const { asked } = castFiltered({ rule, parts: partsFor(rule, references, casting) }, [], casting);
  const written = writtenBy(convert, text, options, index);
  if (asked === undefined || written === undefined) return undefined;
  return { asked, casting, index, text: written, proof: proofOf(asked, written, casting) };
}

for (const number of numbers) {
  const start = performance.now();
  const found = await caught(number).catch((error) => ({ error: String(error) }));
  console.log(JSON.stringify({ number, ms: Math.round(performance.now() - start), ...found }));
}
