-- Errors for people: lines on standard error; and for the caller: exit codes and JSON.

local errors = require "rhub.errors"
local plain = require "rhub.cli.plain"
local sys = require "rhub.sys"

local report = {}

local CODES = {
  input = 2,
  config = 3, auth = 3,
  network = 4,
  unknown_outcome = 5,
}

---@param err any
---@return integer
function report.code(err)
  return errors.is(err) and CODES[err.kind] or 1
end

-- As findings.WAY_OUT says it in Lua.
local IN_LUA, HERE = '; check = "warn" sends it as it is', "--check warn sends it as it is"

-- The message in the words of the command line, and whether it offers that way out.
local function in_words(message)
  if message:sub(-#IN_LUA) ~= IN_LUA then return message, false end
  return message:sub(1, -#IN_LUA - 1) .. "; " .. HERE, true
end

local WIDEST_SUBJECT = 60 -- beyond, suggestions no longer stand below each other

-- Several problems of one call stand below each other, in columns.
local function problem_lines(err)
  local total = err.count or #err.problems
  local heading = ("%s: %d problems, nothing was sent"):format(err.model or "parameters", total)
  local lines, subjects, names, width = { heading, "" }, {}, 0, 0
  for i, problem in ipairs(err.problems) do
    subjects[i] = plain.text(problem.message .. (problem.allowed and ": " .. problem.allowed or ""))
    names = math.max(names, plain.cells(plain.text(problem.param)))
    local cells = plain.cells(subjects[i])
    if problem.suggestion and cells <= WIDEST_SUBJECT then width = math.max(width, cells) end
  end
  for i, problem in ipairs(err.problems) do
    local line = ("  %s  %s"):format(plain.pad(plain.text(problem.param), names), subjects[i])
    if problem.suggestion then
      line = ("  %s  %s   did you mean %s?"):format(plain.pad(plain.text(problem.param), names),
        plain.pad(subjects[i], width), plain.text(problem.suggestion))
    end
    lines[#lines + 1] = line
  end
  if total > #err.problems then lines[#lines + 1] = ("  and %d more"):format(total - #err.problems) end
  if select(2, in_words(err.message)) then table.move({ "", "  " .. HERE }, 1, 2, #lines + 1, lines) end
  return lines
end

local UNKNOWN = [[
      A task may be running and may be charged. It was not sent again.
      Look at https://www.runninghub.%s/call-api/call-record-detail
      or, if you have its id: rhub task ID --wait -o %s]]

local function notes(err)
  local found = {}
  if err.task_id and not err.message:find(err.task_id, 1, true) then found[1] = "task " .. err.task_id end
  if err.code and not err.message:find(err.code, 1, true) then found[#found + 1] = "code " .. err.code end
  return #found > 0 and " (" .. table.concat(found, ", ") .. ")" or ""
end

-- The message as it stands elsewhere says in one line what here has a line of its own.
local function unknown_text(err, about)
  local model, what = err.message:match("^(%S+): (the outcome is unknown: .-); a task may be running")
  local message = model and ("%s (%s)"):format(what, model) or err.message
  return "rhub: " .. plain.text(message) .. "\n"
    .. UNKNOWN:format(about.site == "cn" and "cn" or "ai", plain.word(about.target or "DIR"))
end

-- What is said of one of our errors, without the newline at the end.
---@param err rhub.error
---@param about? { site?: string, target?: string }
---@return string
function report.text(err, about)
  about = about or {}
  if err.problems and #err.problems > 1 then return plain.lines(table.concat(problem_lines(err), "\n")) end
  local found_otherwise = err.client_id -- a native prompt: its message says where
  if err.kind == "unknown_outcome" and not found_otherwise then return unknown_text(err, about) end
  local text = in_words(err.message):gsub('; check = "off"', "; check=off") -- a word of the command's
  return "rhub: " .. plain.text(text .. notes(err))
end

-- The error as a table that JSON can hold.
---@param err any
---@return table
function report.fields(err)
  if not errors.is(err) then err = errors.new { kind = "failed", message = tostring(err) } end
  return {
    kind = err.kind, message = err.message, code = err.code, http_status = err.http_status,
    task_id = err.task_id, retryable = err.retryable, spent = err.spent, client_id = err.client_id,
  }
end

-- A copy in which every text is UTF-8: file names need not be, and JSON holds nothing else.
local function readable(value)
  if type(value) == "string" then return utf8.len(value) and value or plain.text(value) end
  if type(value) ~= "table" then return value end
  local copy = setmetatable({}, getmetatable(value))
  for key, item in next, value do copy[readable(key)] = readable(item) end
  return copy
end

-- JSON escapes the lower control characters; these a terminal obeys as well.
local function escape(byte)
  return ("\\u%04x"):format(byte:byte())
end

local function escaped(text)
  if text:find("\127", 1, true) then text = text:gsub("\127", escape) end
  if text:find("\xC2", 1, true) then text = text:gsub("\xC2([\x80-\x9F])", escape) end
  return text
end

-- Prints one JSON object as one line on standard output.
---@param answer table
---@return integer|nil errno where it was not written, 0 where none is known
function report.json(answer)
  local json = require "rhub.json"
  local text, err = json.encode(answer, { sort = true })
  if not text then text, err = json.encode(readable(answer), { sort = true }) end
  if not text then text = json.encode({ error = report.fields(err) }, { sort = true }) end
  local written, _, code = sys.write(1, escaped(text) .. "\n")
  return not written and (code or 0) or nil
end

-- Refuses a command line before anything has been started.
---@param err rhub.error
---@param as_json any
---@return integer code
function report.usage(err, as_json)
  sys.write(2, report.text(err) .. "\n")
  if as_json then report.json { error = report.fields(err) } end
  return report.code(err)
end

return report
