// The built command, kept running for the pages of the manual: a line of theirs costs no start. Asked through two
// pipes of a folder: a number comes in by `asked`, its words stand in `words.N` and its standard input in `in.N`; what
// was written goes into `reply.N`, a piece of shell that writes it again, in its order.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

const [folder, main] = process.argv.slice(2);
const realWriteSync = fs.writeSync;
const realOpenSync = fs.openSync;
let written = [];

const keep = (stream) => (text) => {
  written.push([stream, Buffer.from(text)]);
  return true;
};
process.stdout.write = keep(1);
process.stderr.write = keep(2);
fs.writeSync = (to, text, from = 0, ...rest) => {
  if (to !== 1) return realWriteSync(to, text, from, ...rest);
  const bytes = Buffer.from(text).subarray(from);
  keep(1)(bytes);
  return bytes.length;
};
syncBuiltinESMExports();

for (;;) {
  const number = fs.readFileSync(join(folder, 'asked'), 'utf8').trim();
  if (number === 'end') process.exit(0);
  await run(number);
  fs.writeFileSync(join(folder, 'done'), 'done\n');
}

async function run(number) {
  const [place, ...words] = fs
    .readFileSync(join(folder, `words.${number}`), 'utf8')
    .split('\0')
    .slice(0, -1);
  written = [];
  process.stdout.removeAllListeners('error');
  process.exitCode = 0;
  process.argv = [process.execPath, main, ...words];
  process.chdir(place);
  fs.closeSync(0);
  realOpenSync(join(folder, `in.${number}`), 'r');
  try {
    await import(`${main}?${number}`);
  } catch (error) {
    keep(2)(`${error.stack}\n`);
    process.exitCode = 1;
  }
  fs.writeFileSync(join(folder, `reply.${number}`), replyOf(number));
}

/** What was written, each piece a file, and the lines that write them to where the shell wants them. */
function replyOf(number) {
  const lines = written.map(([stream, bytes], place) => {
    const file = join(folder, `piece.${number}.${place}`);
    fs.writeFileSync(file, bytes);
    return `cat '${file}' >&${stream}`;
  });
  return `${[...lines, `return ${process.exitCode ?? 0}`].join('\n')}\n`;
}
