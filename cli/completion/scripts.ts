import type { ShellName } from "./shells.ts";

/**
 * The script of a shell. Each passes the words up to the cursor as arguments, never through eval: what is typed is not
 * run. An answer is a line each, `value<tab>description`, or `:files` or `:directories`, which the shell knows best.
 * @param launcher path of the command that answers
 */
export function scriptOf(shell: ShellName, launcher: string): string {
  return { bash, zsh, fish }[shell](`'${launcher.replaceAll("'", "'\\''")}'`);
}

/** Also for bash 3.2, which macOS has: it knows neither mapfile nor compopt. A word "--env=prod" comes in three parts. */
const bash = (launcher: string): string => `# bash completion for gitops
_gitops() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" line kind=""
  [[ $cur == "=" ]] && cur=""
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) kind=-f ;;
      :directories) kind=-d ;;
      ?*) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <(${launcher} complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [[ -n $kind ]]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen "$kind" -- "$cur")
  fi
}
complete -F _gitops gitops
`;

const zsh = (launcher: string): string => `#compdef gitops
_gitops() {
  local line
  local -a described
  for line in "\${(@f)$(${launcher} complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case $line in
      :files) _files; return ;;
      :directories) _files -/; return ;;
      ?*) described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  _describe gitops described
}
compdef _gitops gitops
`;

const fish = (launcher: string): string => `# fish completion for gitops
function __gitops_complete
  set -l before (commandline --tokenize --cut-at-cursor --current-process)
  set -l current (commandline --current-token --cut-at-cursor)
  for line in (${launcher} complete -- $before[2..-1] "$current" 2>/dev/null)
    switch $line
      case ':files'
        __fish_complete_path "$current"
      case ':directories'
        __fish_complete_directories "$current"
      case '*'
        echo $line
    end
  end
end
complete --command gitops --no-files --arguments '(__gitops_complete)'
`;
