import type { Completed, CompletedOption, Vocabulary } from './vocabulary.ts';

/** A script for fish, to be sourced, or kept as `rulecast.fish` in a folder of completions. */
export function fishScript({ commands }: Vocabulary): string {
  return `# Completes rulecast in fish: rulecast completion fish | source
# How many words stand behind the command that are no options, and no values of theirs.
function __rulecast_place
  set -l words (commandline -opc)
  set -l command $words[2]
  set -l count 0
  set -l takes 0
  for word in $words[3..-1]
    if test $takes -eq 1
      set takes 0
    else if string match -q -- '-?*' $word
      contains -- "$command $word" ${valued(commands)}; and set takes 1
    else
      set count (math $count + 1)
    end
  end
  echo $count
end

function __rulecast_at
  set -l words (commandline -opc)
  test (count $words) -gt 1; and test "$words[2]" = $argv[1]; and contains -- (__rulecast_place) $argv[2..-1]
end

function __rulecast_in
  set -l words (commandline -opc)
  test (count $words) -gt 1; and test "$words[2]" = $argv[1]
end

complete -c rulecast -f
complete -c rulecast -n 'test (count (commandline -opc)) -eq 1' -l help -d 'Show help'
complete -c rulecast -n 'test (count (commandline -opc)) -eq 1' -l version -d 'Show version number'
${commands.map(commandRow).join('\n')}
${commands.flatMap(({ name, options }) => options.map((option) => optionRow(name, option))).join('\n')}
${commands.flatMap(placeRows).join('\n')}
`;
}

function valued(commands: readonly Completed[]): string {
  return commands
    .flatMap(({ name, options }) =>
      options.filter(({ value }) => value).flatMap(({ names }) => names.map((one) => `'${name} ${one}'`)),
    )
    .join(' ');
}

function commandRow({ name, describe }: Completed): string {
  return `complete -c rulecast -n 'test (count (commandline -opc)) -eq 1' -a ${name} -d ${quoted(describe)}`;
}

function optionRow(command: string, { names, describe, value }: CompletedOption): string {
  const said = names.map((name) => (name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`));
  const words = value && value.words.length > 0 ? ` -a ${quoted(value.words.join(' '))}` : '';
  const takes = value === undefined ? '' : value.isPath ? ' -r -F' : ' -x';
  return `complete -c rulecast -n '__rulecast_in ${command}' ${said.join(' ')}${takes}${words} -d ${quoted(describe)}`;
}

function placeRows({ name, places }: Completed): readonly string[] {
  return places.map((place, index) => {
    const isRest = place === 'files' && index === places.length - 1;
    const after = Array.from({ length: index }, (_, before) => before).join(' ');
    if (place !== 'files')
      return `complete -c rulecast -n '__rulecast_at ${name} ${index}' -a ${quoted(place.join(' '))}`;
    const when = isRest ? (index === 0 ? '' : `; and not __rulecast_at ${name} ${after}`) : '';
    return `complete -c rulecast -n '__rulecast_in ${name}${when}' -F`;
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
