import type { Level } from '../../diagnostic/codes.ts';
import { visible } from '../../source/visible.ts';
import type { Finding } from '../report.ts';
import type { Run } from '../run.ts';
import { rulesOf } from '../totals.ts';
import { sentenceOf, tellsApart } from '../verdict.ts';

/** What GitHub calls the levels of findings. */
const commands = { error: 'error', warning: 'warning', note: 'notice' } as const satisfies Record<
  Level,
  string
>;

/** Lines that GitHub Actions shows at the lines of the files, where a step prints them. Notes are left out. */
export function asAnnotations(run: Run): string {
  const findings = [
    ...run.files.flatMap((file) => file.findings),
    ...rulesOf(run).flatMap(({ diagnostics, read: { line } }) =>
      diagnostics.map((found) => ({ line, ...found })),
    ),
  ];
  const told = findings.filter(({ level }) => level !== 'note').map(annotation);
  const verdicts = rulesOf(run).flatMap(({ proof, path, title, read: { line } }) => {
    if (!tellsApart(proof)) return [];
    const properties = { file: path, line, title: `verdict: ${proof.relation}` };
    return [command('warning', properties, `${title}: ${sentenceOf(proof)}`)];
  });
  const stops = run.gates.flatMap(({ asked, stops }) =>
    stops.map(({ path, title, message }) =>
      command(
        'error',
        { ...(path !== undefined && { file: path }), title: asked },
        title ? `${title}: ${message}` : message,
      ),
    ),
  );
  return [...told, ...verdicts, ...stops].map((line) => `${visible(line)}\n`).join('');
}

function annotation({ level, path, line, column, code, message }: Finding): string {
  const place = { ...(line !== undefined && { line }), ...(column !== undefined && { col: column }) };
  return command(commands[level], { file: path, ...place, title: code }, message);
}

function command(
  name: string,
  properties: Readonly<Record<string, string | number>>,
  message: string,
): string {
  const said = Object.entries(properties).map(([key, value]) => `${key}=${escapedProperty(String(value))}`);
  return `::${name} ${said.join(',')}::${escaped(message)}`;
}

/** No text may end the command, or begin another. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
