/**
 * What a shell has to be told so that it asks `llara complete` when Tab is pressed. The answer is one candidate a line, with its help
 * behind a tab; a last line `:files` asks for names of files as well. The scripts hold no names, so they never grow old.
 */

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

const bash = `# Completion of llara for bash. In ~/.bashrc: source <(llara completion bash)
_llara() {
  local line files=
  local IFS=$'\\n'
  COMPREPLY=()
  for line in $(llara complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null); do
    if [ "$line" = ":files" ]; then files=1; else COMPREPLY+=("\${line%%$'\\t'*}"); fi
  done
  if [ -n "$files" ]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -f -- "\${COMP_WORDS[COMP_CWORD]}"))
  fi
}
complete -F _llara llara`;

const zsh = `#compdef llara
# Completion of llara for zsh. In ~/.zshrc: source <(llara completion zsh)
_llara() {
  local line files= result=1
  local -a candidates
  for line in "\${(@f)$(llara complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    if [[ $line == ':files' ]]; then files=1
    elif [[ $line == *$'\\t'* ]]; then candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    elif [[ -n $line ]]; then candidates+=("\${line//:/\\\\:}")
    fi
  done
  (( \${#candidates} )) && _describe 'llara' candidates && result=0
  [[ -n $files ]] && _files && result=0
  return result
}
if [ "$funcstack[1]" = "_llara" ]; then _llara "$@"; else compdef _llara llara; fi`;

const fish = `# Completion of llara for fish. Once: llara completion fish > ~/.config/fish/completions/llara.fish
function __llara_complete
  set -l words (commandline -opc)[2..-1] (commandline -ct)
  for line in (llara complete -- $words 2>/dev/null)
    if test "$line" = ':files'
      __fish_complete_path (commandline -ct)
    else
      echo $line
    end
  end
end
complete -c llara -f -a '(__llara_complete)'`;

const powershell = `# Completion of llara for PowerShell. In the profile: llara completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName llara -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  # An empty word is lost on its way to a program of Windows; a space is none.
  $current = if ($wordToComplete) { $wordToComplete } else { ' ' }
  llara complete -- @words $current 2>$null | ForEach-Object {
    $text, $help = $_ -split "\`t", 2
    if ($text -eq ':files') { [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete) }
    elseif ($text) { [System.Management.Automation.CompletionResult]::new($text, $text, 'ParameterValue', $(if ($help) { $help } else { $text })) }
  }
}`;

export const shellScripts: Record<Shell, string> = { bash, zsh, fish, powershell };
