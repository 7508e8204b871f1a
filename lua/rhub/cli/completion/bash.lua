-- The script for bash, 3.2 and later. Bash breaks words at = and : (COMP_WORDBREAKS) and wants to be told
-- only what follows the last break; so the words are put together again, and the answers cut.

return [=[
# Completes rhub's command lines: source <(rhub completion bash)

_rhub() {
  local rest=${COMP_LINE:0:COMP_POINT} part raw tail lead answer i n=-1
  local -a words
  for ((i = 0; i <= COMP_CWORD; i++)); do
    if [[ $n = -1 || $rest = [[:space:]]* ]]; then
      rest=${rest#"${rest%%[![:space:]]*}"}
      n=$((n + 1))
      words[n]=
    fi
    part=${COMP_WORDS[i]}
    [[ $i = "$COMP_CWORD" ]] && part=$rest
    words[n]=${words[n]}$part
    rest=${rest#"$part"}
  done
  raw=${words[n]}
  for ((i = 1; i <= n; i++)); do
    words[i]=${words[i]//[\\\"\']/}
  done
  # $2 is what the answer will stand in the place of.
  tail=${2//[\\\"\']/}
  lead=${words[n]%"$tail"}
  COMPREPLY=()
  while IFS= read -r answer; do
    [[ -n $answer ]] || continue
    answer=${answer#"$lead"}
    case $raw in
      *[\"\']*) ;;
      *) case $answer in
        '~/'*) printf -v answer '~/%q' "${answer#'~/'}" ;;
        ?*) printf -v answer %q "$answer" ;;
      esac ;;
    esac
    COMPREPLY[${#COMPREPLY[@]}]=$answer
  done <<< "$("${1/#~/$HOME}" complete -- "${words[@]:1}" 2>/dev/null)"
  # A name or a folder goes on: no space after it.
  if [[ ${#COMPREPLY[@]} = 1 && ${COMPREPLY[0]} = *[=/] ]]; then
    compopt -o nospace 2>/dev/null
  fi
}

complete -o nosort -F _rhub rhub 2>/dev/null || complete -F _rhub rhub
]=]
