-- rhub complete: what the scripts of `rhub completion` ask for, at every press of Tab. Quick, because
-- somebody waits; silent about everything that is wrong, because the line is not finished and the screen
-- not ours.

local complete = {
  usage = "rhub complete [--describe] -- WORD ...",
  help = [[
For the scripts of rhub completion. Takes the words of a command line after "rhub", the last of them the one
that is being typed (empty if it has not been begun), and prints what it may become, one a line; with
--describe a tab and a few words follow where there is something to say.
]],
  alone = true,
  hidden = true, -- nobody types it: neither help nor completion offers it
}

-- A file's name may hold anything; what would break the lines, or talk to the terminal, is not offered.
local function is_sound(text)
  return not text:find("%c") and not text:find("\xC2[\x80-\x9F]")
end

local function note_of(one)
  return one.note and "\t" .. require("rhub.cli.plain").text((one.note:gsub("%s+", " "))) or ""
end

---@param argv string[]
---@param at integer
---@return integer code
function complete.main(argv, at)
  local describe = argv[at] == "--describe"
  if describe then at = at + 1 end
  if argv[at] == "--" then at = at + 1 end
  local words = table.move(argv, at, #argv, 1, {})
  local found, list = pcall(function()
    return require("rhub.cli.completion.candidates").of(words)
  end)
  local lines = {}
  for _, one in ipairs(found and list or {}) do
    if is_sound(one.text) then
      lines[#lines + 1] = one.text .. (describe and note_of(one) or "") .. "\n"
    end
  end
  require("rhub.sys").write(1, table.concat(lines))
  return 0
end

return complete
