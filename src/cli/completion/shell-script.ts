const BEGIN = '###-begin-pm-completion-###';
const END = '###-end-pm-completion-###';

/**
 * What bash and zsh run for a Tab: `pm completion -- <words>` prints a candidate a line. The part for zsh is in quotes, because
 * bash reads all of it. Bash 3.2, which macOS has, knows no `mapfile`.
 */
export const SHELL_SCRIPT = `${BEGIN}
if [ -n "\${ZSH_VERSION-}" ]; then
  eval '
    if ! command -v compdef >/dev/null; then autoload -Uz compinit && compinit; fi
    _pm_completion() {
      local -a found
      found=("\${(@f)$(COMP_CWORD=$((CURRENT - 1)) pm completion -- "\${words[@]}" 2>/dev/null)}")
      if [ -n "\${found[1]}" ]; then compadd -Q -a found; else _files; fi
    }
    compdef _pm_completion pm
  '
elif type complete >/dev/null 2>&1; then
  _pm_completion() {
    local candidate
    COMPREPLY=()
    while IFS= read -r candidate; do
      COMPREPLY+=("$candidate")
    done < <(COMP_CWORD="$COMP_CWORD" pm completion -- "\${COMP_WORDS[@]}" 2>/dev/null)
  }
  complete -o default -F _pm_completion pm
fi
${END}
`;

/** The start file of a shell with the script at its end, once. */
export function withScript(startFile: string): string {
  const others = withoutScript(startFile);
  return `${others}${others === '' || others.endsWith('\n') ? '' : '\n'}${SHELL_SCRIPT}`;
}

export function withoutScript(startFile: string): string {
  const [before = '', ...rest] = startFile.split(`${BEGIN}\n`);
  const after = rest.map((part) => part.split(`${END}\n`).slice(1).join(''));
  return [before, ...after].join('');
}
