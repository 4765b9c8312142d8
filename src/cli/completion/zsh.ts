import type { Completed, CompletedOption, Offered, Vocabulary } from './vocabulary.ts';

/** A script for zsh, to be sourced, or kept as `_rulecast` in a folder of `fpath`. */
export function zshScript({ commands }: Vocabulary): string {
  return `#compdef rulecast
# Completes rulecast in zsh: source <(rulecast completion zsh)
_rulecast() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C '--help[Show help]' '--version[Show version number]' '1: :->command' '*:: :->rest' && return
  case $state in
    command)
      local -a commands=(
${commands.map(({ name, describe }) => `        ${quoted(`${name}:${describe}`)}`).join('\n')}
      )
      _describe -t commands command commands
      ;;
    rest)
      case $line[1] in
${commands.map(argumentsOf).join('\n')}
      esac
      ;;
  esac
}

if [[ "$funcstack[1]" == _rulecast ]]; then
  _rulecast "$@"
else
  compdef _rulecast rulecast
fi
`;
}

function argumentsOf({ name, options, places }: Completed): string {
  const rows = [
    ...options.flatMap(optionRows),
    ...places.map((place, index) => {
      const at = place === 'files' && index === places.length - 1 ? '*' : index + 1;
      return quoted(place === 'files' ? `${at}: :_files` : `${at}: :(${place.join(' ')})`);
    }),
  ];
  return [`        ${name})`, '          _arguments \\']
    .concat(rows.map((row, index) => `            ${row}${index === rows.length - 1 ? '' : ' \\'}`))
    .concat('          ;;')
    .join('\n');
}

/** An option may be said again: of lists that is more, and of others the command says that it is too often. */
function optionRows({ names, describe, value }: CompletedOption): readonly string[] {
  const told = describe.replace(/[[\]\\:]/g, '\\$&');
  return names.map((name) => {
    const joined = value && name.startsWith('--') ? '=' : '';
    return quoted(`*${name}${joined}[${told}]${value ? `:value:${action(value)}` : ''}`);
  });
}

function action({ words, isPath }: Offered): string {
  if (!isPath) return words.length > 0 ? `(${words.join(' ')})` : ' ';
  // Colons end a part of what `_arguments` is told.
  const both = `_alternative "words\\:word\\:(${words.join(' ')})" "files\\:file\\:_files"`;
  return words.length > 0 ? both : '_files';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
