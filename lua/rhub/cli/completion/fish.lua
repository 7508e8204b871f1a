-- The script for fish, 3.0 and later. Fish itself leaves out the space after what ends in = or /.

return [=[
# Completes rhub's command lines: ~/.config/fish/completions/rhub.fish

function __rhub_complete
    set -l words (commandline -opc)
    set -l program $words[1]
    set -e words[1]
    set -l current (commandline -ct)
    set -l plain (string unescape -- $current 2>/dev/null)
    test -n "$plain"; and set current $plain
    command $program complete --describe -- $words "$current" 2>/dev/null
end

complete -c rhub -f -k -a '(__rhub_complete)'
]=]
