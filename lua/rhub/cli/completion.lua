-- rhub completion: the script that makes a shell complete rhub's command lines. The scripts know nothing of
-- rhub: they hand the words to `rhub complete` (complete.lua) and show what it answers.

---@type rhub.cli.command
local completion = {
  usage = "rhub completion bash|zsh|fish",
  help = [[
Prints a script with which the shell completes commands, options, models, parameters and their values.

  bash   source <(rhub completion bash)      in ~/.bashrc; or, where bash-completion is installed:
         rhub completion bash > ~/.local/share/bash-completion/completions/rhub
  zsh    source <(rhub completion zsh)       in ~/.zshrc, after compinit; or, in a folder of $fpath:
         rhub completion zsh > ~/.zfunc/_rhub
  fish   rhub completion fish > ~/.config/fish/completions/rhub.fish

The script asks the program that is being called, so that it needs no renewing. With --json: script.
]],
  words = { 1, 1, what = "the name of a shell: bash, zsh or fish" },
}

-- The shells that there are scripts for, each rhub.cli.completion.NAME.
completion.shells = { "bash", "zsh", "fish" }

---@param context rhub.cli.context
function completion.run(context)
  local wanted = context.words[1]
  for _, shell in ipairs(completion.shells) do
    if shell == wanted then
      local script = require("rhub.cli.completion." .. shell)
      context.answer.script = script
      context:print((script:gsub("\n$", "")))
      return true
    end
  end
  return nil, require("rhub.errors").input(('there is no script for "%s": bash, zsh or fish'):format(wanted))
end

return completion
