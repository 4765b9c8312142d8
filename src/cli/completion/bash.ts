import type { Completed, CompletedOption, Offered, Vocabulary } from './vocabulary.ts';

/** A script for bash 3.2 and newer, which asks nobody: what there is to say stands in it. */
export function bashScript({ commands }: Vocabulary): string {
  const names = commands.map(({ name }) => name).join(' ');
  return `# Completes rulecast in bash: source <(rulecast completion bash)
_rulecast_offer() {
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$@")
}

_rulecast() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="" command="" place=0 takes=0 at word
  COMPREPLY=()
  # A name and its value may be joined by a sign of equality, which bash counts as a word of its own.
  if [[ "$current" == "=" ]]; then
    current="" previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  elif ((COMP_CWORD > 1)) && [[ "\${COMP_WORDS[COMP_CWORD - 1]}" == "=" ]]; then
    previous="\${COMP_WORDS[COMP_CWORD - 2]}"
  elif ((COMP_CWORD > 0)); then
    previous="\${COMP_WORDS[COMP_CWORD - 1]}"
  fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="\${COMP_WORDS[at]}"
    if ((takes)); then
      [[ "$word" == "=" ]] || takes=0
    elif [[ -z "$command" ]]; then
      [[ "$word" == -* ]] || command="$word"
    elif [[ "$word" == -?* ]]; then
      case "$command $word" in
${valued(commands)}
      esac
    else
      place=$((place + 1))
    fi
  done
  if [[ -z "$command" ]]; then
    _rulecast_offer -W "${names} --help --version" -- "$current"
    return
  fi
  case "$command $previous" in
${commands.flatMap(({ name, options }) => options.flatMap((option) => afterOption(name, option))).join('\n')}
  esac
  if [[ "$current" == -* ]]; then
    case "$command" in
${commands.map(offerOptions).join('\n')}
    esac
    return
  fi
  case "$command $place" in
${commands.flatMap(offerPlaces).join('\n')}
  esac
}

complete -o filenames -F _rulecast rulecast
`;
}

/** Which options have a value behind them, so that it is not taken for a place. */
function valued(commands: readonly Completed[]): string {
  return commands
    .map(({ name, options }) => {
      const names = options.filter(({ value }) => value).flatMap((option) => option.names);
      return `        ${names.map((one) => `"${name} ${one}"`).join(' | ')}) takes=1 ;;`;
    })
    .join('\n');
}

function afterOption(command: string, { names, value }: CompletedOption): readonly string[] {
  if (value === undefined) return [];
  const cases = names.map((name) => `"${command} ${name}"`).join(' | ');
  return [`    ${cases}) ${offer(value)}return ;;`];
}

function offer({ words, isPath }: Offered): string {
  const offered = words.length > 0 ? `_rulecast_offer -W "${words.join(' ')}" -- "$current"; ` : '';
  return isPath ? `${offered}_rulecast_offer -f -- "$current"; ` : offered;
}

function offerOptions({ name, options }: Completed): string {
  const names = options.flatMap((option) => option.names);
  return `      ${name}) _rulecast_offer -W "${names.join(' ')}" -- "$current" ;;`;
}

function offerPlaces({ name, places }: Completed): readonly string[] {
  return places.map((place, index) => {
    const isRest = place === 'files' && index === places.length - 1;
    const value = place === 'files' ? { words: [], isPath: true } : { words: place, isPath: false };
    return `    "${name} "${isRest ? '*' : index}) ${offer(value)};;`;
  });
}
