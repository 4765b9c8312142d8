// How fast, and how large: the start, whole rule packs beside parsing them alone and beside other programs, the proof,
// the package. The packs are those below the folder that CORPUS names. `npm run bench` takes some minutes.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, foldersOf } from './bench/packs.mjs';
import { peers, versionOf } from './bench/peers.mjs';
import { freshFolder, medians, timed, timedNode } from './bench/process.mjs';

const main = join(import.meta.dirname, '../dist/cli/main.js');
const times = Number(process.env.TIMES ?? 5);
const runs = (run) => medians(Array.from({ length: times }, run));
const say = (name, text) => console.log(`${name.padEnd(11)} ${text}`);

say('figures', `medians of ${times} whole processes; Node ${process.version}, ${process.arch}`);
sizes();
start(['--version']);
start(['convert', 'rules/certutil-download/sigma.yml', '--to', 'elastic']);
start(['convert', 'rules/shell-after-connection/elastic.toml', '--to', 'sigma']);
if (foldersOf('sigma').length === 0 || foldersOf('elastic').length === 0) {
  say('whole packs', 'skipped; set CORPUS to a folder with rule packs under elastic/ and sigma/.');
} else {
  for (const from of ['sigma', 'elastic']) packs(from);
  await proofs();
}

/** What is published, packed and unpacked. */
function sizes() {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json'], { encoding: 'utf8' });
  const [{ size, unpackedSize, entryCount }] = JSON.parse(stdout);
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
  say('package', `${megabytes(size)} packed, ${megabytes(unpackedSize)} in ${entryCount} files`);
}

function start(args) {
  const { seconds, memory } = runs(() => timedNode([main, ...args]));
  say('start', `${(seconds * 1000).toFixed(0)} ms, ${memory.toFixed(0)} MB: rulecast ${args.join(' ')}`);
}

/** All rules of a format, parsed alone, and cast into each other format. */
function packs(from) {
  const folders = foldersOf(from);
  const count = filesBelow(folders).length;
  const language = from === 'sigma' ? 'yaml' : 'toml';
  const parsing = runs(() => timedNode([join(import.meta.dirname, 'bench/parse.mjs'), language, ...folders]));
  say(
    from,
    `${count} files, parsed alone by ${language === 'yaml' ? 'yaml' : 'smol-toml'}: ${figures(parsing)}`,
  );
  const others = ['sigma', 'elastic', 'kibana'].filter((to) => to !== from);
  for (const to of others) {
    for (const proof of [[], ['--no-prove']]) {
      const cast = () =>
        timedNode([main, 'convert', ...folders, '--to', to, ...proof, '--out', freshFolder()]);
      tell(`${from} to ${to}${proof.length > 0 ? ', no proof' : ''}`, runs(cast), parsing, count);
    }
  }
  if (from === 'sigma') beside(folders, parsing, count);
}

/** The same rules into the same language by this program and by others. */
function beside(folders, parsing, count) {
  const args = ['convert', ...folders, '--to', 'elastic', '--language', 'eql', '--no-prove', '--out'];
  const own = runs(() => timedNode([main, ...args, freshFolder()]));
  tell('sigma to EQL, no proof', own, parsing, count);
  for (const peer of peers) {
    const version = versionOf(peer);
    if (version === undefined) {
      say(peer.name, 'skipped; it is not installed.');
      continue;
    }
    const { seconds } = runs(() => ({ seconds: timed(peer.program, peer.args(folders, freshFolder())) }));
    const ratio = (seconds / own.seconds).toFixed(1);
    say(peer.name, `${version}: ${seconds.toFixed(2)} s, ${ratio} times as long as rulecast`);
  }
}

function tell(name, cast, parsing, count) {
  const speed = (count / cast.seconds).toFixed(0);
  const ratio = (cast.cpu / parsing.cpu).toFixed(1);
  console.log(`  ${name.padEnd(28)} ${figures(cast)}; ${speed} files a second, ${ratio} times the parsing`);
}

function figures({ seconds, cpu, memory }) {
  return `${seconds.toFixed(2)} s (processor ${cpu.toFixed(2)} s), ${memory.toFixed(0)} MB`;
}

/** What the proof of one file takes beside its conversion, once all code is warm. */
async function proofs() {
  const { convert } = await import('../dist/index.js');
  for (const [from, to] of [
    ['elastic', 'sigma'],
    ['sigma', 'elastic'],
  ]) {
    const took = (text, prove) => {
      const before = performance.now();
      convert(text, { to, prove });
      return performance.now() - before;
    };
    // The better of three: a rule is done in a millisecond or two, and the machine has other things to do.
    const best = (text, prove) => Math.min(...[1, 2, 3].map(() => took(text, prove)));
    const texts = filesBelow(foldersOf(from)).map((path) => readFileSync(path, 'utf8'));
    const each = texts.map((text) => {
      const plain = best(text, false);
      return { plain, proof: best(text, true) - plain };
    });
    const { plain, proof } = medians(each);
    const most = Math.max(...each.map((one) => one.proof)).toFixed(0);
    const median = `median ${proof.toFixed(2)} ms a file, beside ${plain.toFixed(2)} ms for the conversion`;
    say('proof', `${from} to ${to}: ${median}; at most ${most} ms`);
  }
}
