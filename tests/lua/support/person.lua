-- A person at a terminal, who is expect(1): what the program shows there, and what is typed.

local program = require "support.program"

local person = {}

-- What the terminal shows in the end: live lines are drawn over each other.
local function screen(text)
  local lines, row, column = { "" }, 1, 1
  local function put(piece)
    local line = lines[row] or ""
    line = line .. (" "):rep(column - 1 - #line)
    lines[row] = line:sub(1, column - 1) .. piece .. line:sub(column + #piece)
    column = column + #piece
  end
  text = text:gsub("\27%[[%d;]*m", "")
  for piece, up, clear, control in text:gmatch("([^\27\r\n]*)\27?%[?(%d*A?)([KJ]?)([\r\n]?)") do
    if piece ~= "" then put(piece) end
    if up:find("A") then row = math.max(1, row - tonumber(up:match("%d+"))) end
    if clear ~= "" then lines[row] = (lines[row] or ""):sub(1, column - 1) end
    if clear == "J" then
      for i = #lines, row + 1, -1 do lines[i] = nil end
    end
    if control == "\r" then column = 1 end
    if control == "\n" then
      row = row + 1
      lines[row] = lines[row] or ""
    end
  end
  return table.concat(lines, "\n")
end

-- Runs the program on a terminal; `steps` is what the person waits for and types (Tcl).
---@param run table see support.program
---@param words string[]
---@param o? { steps?: string, env?: table, columns?: integer, rows?: integer }
---@return { code: integer, raw: string, screen: string }
function person.at_terminal(run, words, o)
  o = o or {}
  local more = { TERM = "xterm" }
  for name, value in pairs(o.env or {}) do more[name] = value end
  local at_it = run:with { env = more }
  local path = run:put("person.exp", table.concat({
    "set timeout 30",
    ("set stty_init {rows %d columns %d}"):format(o.rows or 24, o.columns or 90),
    "proc await {text} {",
    "  expect -ex $text {} timeout { puts TIMEOUT; exit 99 } eof { puts EOF; exit 98 }",
    "}",
    ("spawn -noecho sh -c {exec %s}"):format(at_it:words(table.unpack(words))),
    o.steps or "",
    "expect eof {} timeout { puts TIMEOUT; exit 99 }",
    "exit [lindex [wait] 3]",
  }, "\n"))
  local pipe = assert(io.popen(("cd %s && expect -f %s"):format(program.quote(run.folder), path)))
  local raw = pipe:read("a")
  local _, _, code = pipe:close()
  return { code = code or 0, raw = raw, screen = screen(raw) }
end

return person
