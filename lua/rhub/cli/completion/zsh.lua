-- The script for zsh: sourced after compinit, or a file _rhub in $fpath.

return [=[
#compdef rhub
# Completes rhub's command lines: source <(rhub completion zsh)

_rhub() {
  local line word
  local -a typed answer closed closed_shown open open_shown
  typed=("${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}")
  answer=("${(@f)$(${~words[1]} complete --describe -- "${typed[@]}" 2>/dev/null)}")
  for line in $answer; do
    word=${line%%$'\t'*}
    [[ -n $word ]] || continue
    line=${line/$'\t'/  -- }
    if [[ $word = *[=/] ]]; then
      open+=("$word") open_shown+=("$line")
    else
      closed+=("$word") closed_shown+=("$line")
    fi
  done
  # A name or a folder goes on: no space after it.
  (( $#open )) && compadd -V rhub -l -d open_shown -S '' -- "${open[@]}"
  (( $#closed )) && compadd -V rhub-more -l -d closed_shown -- "${closed[@]}"
  (( $#open + $#closed ))
}

if [[ ${funcstack[1]} = _rhub ]]; then
  _rhub "$@"
elif (( $+functions[compdef] )); then
  compdef _rhub rhub
fi
]=]
