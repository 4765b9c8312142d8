import { type Event, isScalar, type Scalar } from '../match/event.ts';
import { type Casing, casedAs } from './casing.ts';
import type { Moment } from './judge.ts';

/** More values than these are left as they are. */
const mostValues = 1200;

/**
 * The same stream with values that people know, where they do as well: a name for what may be any text, the whole of a path whose end
 * is asked for, letters in the case in which they are asked for. `does` says what the stream has to go on doing.
 */
export function lifelike(
  stream: readonly Moment[],
  does: (stream: readonly Moment[]) => boolean,
  casing: Casing = new Map(),
): readonly Moment[] {
  const cased = eachField(stream, does, (field) => [(value) => casedAs(value, casing.get(field) ?? [])]);
  return eachField(cased, does, (field, left) => {
    const isUnix = isOfUnix(left);
    const plain = plainFor(field, isUnix);
    // What was made so once stays as it is.
    const isPlain = plain.some((change) => numbered(left, field, change).every(([from, to]) => from === to));
    return isPlain ? [] : [...plain, ...wholePaths(field, isUnix)];
  });
}

/** The stream with the first change of each field with which it goes on doing what it has to. */
function eachField(
  stream: readonly Moment[],
  does: (stream: readonly Moment[]) => boolean,
  changesOf: (field: string, left: readonly Moment[]) => readonly Change[],
): readonly Moment[] {
  const fields = [...new Set(stream.flatMap(({ event }) => Object.keys(event)))];
  return fields.reduce((left, field) => {
    for (const change of changesOf(field, left)) {
      const changed = numbered(left, field, change);
      const isOther = changed.some(([from, to]) => from !== to);
      if (!isOther || changed.length > mostValues) continue;
      if (new Set(changed.map(([, to]) => to)).size < changed.length) continue;
      const other = withValues(left, field, new Map(changed));
      if (does(other)) return other;
    }
    return left;
  }, stream);
}

/** The values of a field, and what becomes of them. */
function numbered(
  stream: readonly Moment[],
  field: string,
  change: Change,
): readonly (readonly [Scalar, Scalar])[] {
  const values = [...new Set(stream.map(({ event }) => event[field]).filter(isScalar))];
  return values.map((value, at) => [value, change(value, at + 1)]);
}

/** An event that was one with others stays one with them. */
export function withValues(
  stream: readonly Moment[],
  field: string,
  changed: ReadonlyMap<Scalar, unknown>,
): readonly Moment[] {
  const known = new Map<Event, Event>();
  return stream.map(({ event, time }) => {
    const value = event[field];
    if (!isScalar(value) || !changed.has(value)) return { event, time };
    const other = known.get(event) ?? { ...event, [field]: changed.get(value) };
    known.set(event, other);
    return { event: other, time };
  });
}

type Change = (value: Scalar, number: number) => Scalar;

function plainFor(field: string, isUnix: boolean): readonly Change[] {
  const plain = [...(isUnix ? unix : []), ...known].filter(([name]) => name.test(field));
  return plain.map(
    ([, value]): Change =>
      (_, number) =>
        value(number),
  );
}

/** Whether events are of a system whose paths have no drives. */
function isOfUnix(stream: readonly Moment[]): boolean {
  return stream.some(({ event }) =>
    Object.entries(event).some(([field, value]) =>
      field === 'host.os.type' ? value === 'linux' || value === 'macos' : /^\/\w/.test(String(value)),
    ),
  );
}

const names = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'];

type Known = readonly (readonly [name: RegExp, value: (number: number) => Scalar])[];

const executable = /(executable|image|process_?path)$/i;
const filePath = /file\.path$|target_?filename$/i;
const processName = /process(\.parent)?\.name$/i;
const commandLine = /command_?line$/i;
const address = /(^|[._])ip$|ip_?address$|(source|destination|src|dst|client)[._]?(ip|address)$/i;

const unix: Known = [
  [executable, (n) => `/opt/example/app-${n}`],
  [filePath, (n) => `/home/alice/file-${n}.txt`],
  [processName, (n) => `app-${n}`],
  [commandLine, (n) => `app --number ${n}`],
];

/** What fields hold that are called so: the first that does. */
const known: Known = [
  [address, (n) => `192.0.2.${n}`],
  // Rules leave out the addresses of examples, and those of networks at home.
  [address, (n) => `81.2.69.${n}`],
  [address, (n) => `10.20.30.${n}`],
  [/sha256$/i, (n) => String(n).padStart(64, '0')],
  [/sha1$/i, (n) => String(n).padStart(40, '0')],
  [/(md5|imphash)$/i, (n) => String(n).padStart(32, '0')],
  [/(^|[._])pid$|process_?id$/i, (n) => 4000 + n],
  [/port$/i, (n) => 49_151 + n],
  [/email|userprincipalname/i, (n) => `${nameAt(n)}@example.com`],
  [/(url|uri)([._](full|original))?$/i, (n) => `https://example.com/${n}`],
  [/question\.name$|queryname$|domain$|destinationhostname$/i, (n) => `host-${n}.example.com`],
  [/(host\.(name|hostname)|computer(_?name)?|hostname|workstation(name)?|agent\.name)$/i, (n) => `host-${n}`],
  [/user(\.name|name)?$|account_?name$/i, nameAt],
  [commandLine, (n) => `app.exe --number ${n}`],
  [executable, (n) => `C:\\Program Files\\Example\\app-${n}.exe`],
  [filePath, (n) => `C:\\Users\\alice\\file-${n}.txt`],
  [processName, (n) => `app-${n}.exe`],
  [/file\.name$/i, (n) => `file-${n}.txt`],
];

function nameAt(number: number): string {
  return names[number - 1] ?? `user-${number}`;
}

/** What ends so may be a whole path, or a whole command. */
function wholePaths(field: string, isUnix: boolean): readonly Change[] {
  if (/registry|targetobject/i.test(field)) return [before('\\', 'HKLM')];
  if (!/image|executable|path|file|director|command_?line|process/i.test(field)) return [];
  const program = isUnix ? 'app' : 'app.exe';
  const ways = [
    before('\\', 'C:\\Windows\\System32'),
    before('\\', 'C:'),
    before('/', '/usr/bin'),
    before(' ', program),
  ];
  return commandLine.test(field) ? [...ways, before('-', `${program} `), before('/', `${program} `)] : ways;
}

function before(start: string, text: string): Change {
  const isWhole = (value: string) => start === '/' && value.indexOf('/', 1) > 0;
  return (value) =>
    typeof value === 'string' && value.startsWith(start) && !isWhole(value) ? `${text}${value}` : value;
}
