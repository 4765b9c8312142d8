import { account, type Ecs, moved, processFields, type Step } from './ecs-event.ts';
import { filePath } from './ecs-parts.ts';

/** What Elastic's pipelines for both of PowerShell's channels do. */
export const powershellFields: Step = ({ code }, data) => {
  if (code === '4103') Object.assign(data, keysIn(data['ContextInfo'], '\n'));
  if (code === '400' || code === '600' || code === '800') Object.assign(data, keysIn(data['Data'], '\n'));
  const { HostApplication, User, Payload, ScriptName, Path } = data;
  const type = { 4105: 'start', 4106: 'end', 400: 'start', 403: 'end' }[code] ?? 'info';
  for (const name of ['HostApplication', 'User', 'Payload', 'ScriptName', 'Path', 'ContextInfo'])
    delete data[name];
  return {
    'event.module': 'powershell',
    'event.category': 'process',
    'event.type': type,
    ...account(User),
    ...processFields('process', undefined, HostApplication),
    ...filePath(ScriptName ?? Path),
    ...(Payload !== undefined && {
      'powershell.command.invocation_details': Payload.split('\n').map(detail),
    }),
    ...moved(data, {
      HostID: 'process.entity_id',
      HostName: 'process.title',
      HostVersion: 'powershell.process.executable_version',
      EngineVersion: 'powershell.engine.version',
      NewEngineState: 'powershell.engine.new_state',
      PreviousEngineState: 'powershell.engine.previous_state',
      ProviderName: 'powershell.provider.name',
      NewProviderState: 'powershell.provider.new_state',
      PipelineID: 'powershell.pipeline_id',
      RunspaceID: 'powershell.runspace_id',
      CommandLine: 'powershell.command.value',
      CommandPath: 'powershell.command.path',
      CommandName: 'powershell.command.name',
      CommandType: 'powershell.command.type',
      ScriptBlockId: 'powershell.file.script_block_id',
      ScriptBlockText: 'powershell.file.script_block_text',
    }),
  };
};

/** `Host Application = powershell.exe`, a line each, in names without blanks. */
function keysIn(text: string | undefined, between: string): Record<string, string> {
  return Object.fromEntries(
    (text?.split(between) ?? []).flatMap((line) => {
      const cut = line.indexOf('=');
      const [name, value] = [line.slice(0, cut).replace(/\s/g, ''), line.slice(cut + 1).trim()];
      return cut > 0 && value !== '' ? [[name, value]] : [];
    }),
  );
}

/** `ParameterBinding(Cmd): name="x"; value="y"`. */
function detail(line: string): Ecs {
  const [, type, command, rest] = /^([^(]+)\((.+?)\): *(.*)$/.exec(line.trim()) ?? [];
  if (type === undefined) return { value: line };
  const [, name, value] = /^name=(.+); *value=(.+)$/.exec(rest ?? '') ?? [];
  return { type, related_command: command, ...(name !== undefined && { name }), value: value ?? rest };
}
