-- What a native ComfyUI answers, read: refusals, node errors, history entries. Sends nothing.

local errors = require "rhub.errors"
local json = require "rhub.json"
local result = require "rhub.result"
local sys = require "rhub.sys"

local reading = {}

-- Replies may hold anything: only what can be shown is text.
local function text(value)
  local kind = type(value)
  if value == "" or kind ~= "string" and kind ~= "number" and kind ~= "boolean" then return nil end
  return tostring(value)
end

local function line(said)
  return (said:gsub("[%s%c]+", " "):gsub("^ ", ""):gsub(" $", ""))
end

-- ---- refusals ---------------------------------------------------------------------------------

-- Code and words of a reply in one of RunningHub's own shapes.
local function code_of(reply)
  if type(reply) ~= "table" then return nil end
  local code = reply.code
  if type(code) ~= "number" and type(code) ~= "string" then code = reply.errorCode end
  if type(code) ~= "number" and type(code) ~= "string" then return nil end
  return tostring(code), text(reply.msg) or text(reply.message) or text(reply.errorMessage)
end

-- The error that such a reply stands for; nil for one that is none.
---@param reply any
---@param what string of which the message speaks
---@return rhub.error|nil
function reading.refusal(reply, what)
  local code, said = code_of(reply)
  if not code then return nil end
  local err = require("rhub.core").code_error(code, what, said)
  return err and errors.new(err)
end

local REFUSALS = 4096 -- bytes: none is longer

-- The error where a saved file holds a refusal in place of what was asked for.
---@param path string
---@param bytes integer
---@return rhub.error|nil
function reading.refused_file(path, bytes)
  if bytes > REFUSALS then return nil end
  local said = sys.read(path)
  if not said or not said:find("^%s*{") then return nil end
  return reading.refusal(json.decode(said), "view")
end

-- ---- node errors ------------------------------------------------------------------------------

-- Ids as ComfyUI numbers them: 9 before 12.
local function ids_of(map)
  local ids = {}
  for id in pairs(type(map) == "table" and map or {}) do ids[#ids + 1] = id end
  table.sort(ids, function(a, b)
    local x, y = tonumber(a), tonumber(b)
    if x and y and x ~= y then return x < y end
    return tostring(a) < tostring(b)
  end)
  return ids
end

local MOST = 5 -- findings in a message

-- "node 6 (CLIPTextEncode): Required input is missing: text; node 3 (KSampler): ..."
---@param map table
---@param nodes? table
---@return string
function reading.node_errors(map, nodes)
  local parts, left = {}, 0
  for _, id in ipairs(ids_of(map)) do
    local about = type(map[id]) == "table" and map[id] or {}
    local known = nodes and rawget(nodes, id)
    local class = text(about.class_type) or known and known.class_type
    local name = class and ("node %s (%s)"):format(id, class) or "node " .. id
    for _, one in ipairs(type(about.errors) == "table" and about.errors or {}) do
      one = type(one) == "table" and one or { message = one }
      local details = text(one.details)
      local said = text(one.message) or text(one.type) or "it is refused"
      if details then said = said .. ": " .. details end
      if #parts < MOST then parts[#parts + 1] = name .. ": " .. line(said) else left = left + 1 end
    end
  end
  if left > 0 then parts[#parts + 1] = ("and %d more"):format(left) end
  return table.concat(parts, "; ")
end

local function refused(reply, name)
  local nodes = type(reply.node_errors) == "table" and next(reply.node_errors) and reply.node_errors or nil
  local said = type(reply.error) == "table" and (text(reply.error.message) or text(reply.error.type))
    or text(reply.error)
  if not said and not nodes then return nil end
  local parts = { said and line(said) or "the graph is refused" }
  if nodes then parts[2] = reading.node_errors(nodes) end
  local err = errors.new { kind = "rejected", message = name .. ": " .. table.concat(parts, ": ") }
  err.node_errors = nodes
  return err
end

-- ---- the answer to a prompt -------------------------------------------------------------------

-- Codes that leave open whether it was taken.
local OPEN = {}
for code in ("0 500 804 813 1000 1005"):gmatch("%d+") do OPEN[code] = true end

local function unknown(name, why)
  return errors.new { kind = "unknown_outcome", spent = "maybe", message = name .. "/prompt: the outcome is "
    .. "unknown: " .. why .. "; a prompt may be running and may be charged; it was not sent again" }
end

-- The client was closed while a prompt was on the wire.
---@param name string
---@return rhub.error
function reading.left(name) return unknown(name, "the client was closed before the answer came") end

-- What the reply to a prompt says, where there was one.
---@param reply any
---@param name string
---@param client_id string
---@return rhub.comfy.prompt|nil
---@return rhub.error|nil
function reading.prompt(reply, name, client_id)
  if type(reply) ~= "table" then return nil, unknown(name, "the service answered nothing about it") end
  local inner = type(reply.data) == "table" and reply.data or reply
  local id = text(inner.prompt_id)
  if id then
    local found = inner.node_errors
    return { id = id, number = math.tointeger(inner.number), client_id = client_id,
      node_errors = type(found) == "table" and next(found) and found or nil }
  end
  local code, said = code_of(reply)
  if code and OPEN[code] then return nil, unknown(name, "code " .. code .. (said and ": " .. said or "")) end
  local err = reading.refusal(reply, name .. "/prompt")
  if err then return nil, err end
  return nil, refused(reply, name) or unknown(name, "the service answered without a prompt's id")
end

-- Says of an unknown outcome how to find it again.
---@param err rhub.error
---@param client_id string
---@return rhub.error
function reading.lost(err, client_id)
  if err.kind ~= "unknown_outcome" then return err end
  err.client_id = client_id
  err.message = err.message:gsub("a task may be", "a prompt may be", 1)
  err.message = ("%s; if it has arrived, queue and history show it under client_id %s")
    :format(err.message, client_id)
  return err
end

-- ---- history and queue ------------------------------------------------------------------------

-- A row of the queue, which a history entry holds as `prompt`; nil for one that cannot be read.
---@param row any
---@return { number: number|nil, id: string, graph: any, client_id: string|nil }|nil
function reading.row(row)
  local id = type(row) == "table" and text(row[2])
  if not id then return nil end
  local extra = type(row[4]) == "table" and row[4] or {}
  return { number = type(row[1]) == "number" and row[1] or nil, id = id, graph = row[3],
    client_id = text(extra.client_id) }
end

-- The rows of a queue; nil where one cannot be read, since it may be the one that is looked for.
---@param list any
---@return table[]|nil
function reading.rows(list)
  if type(list) ~= "table" then return nil end
  local rows = {}
  for i, row in ipairs(list) do
    rows[i] = reading.row(row)
    if not rows[i] then return nil end
  end
  return rows
end

---@param name string
---@param id string
---@return rhub.error
function reading.gone(name, id)
  local message = "%s: prompt %s stands neither in the line nor in the history: the machine knows it no more"
  return errors.new { kind = "gone", spent = "maybe", task_id = id, message = message:format(name, id) }
end

---@param name string
---@param id string
---@param seconds number
---@return rhub.error
function reading.timeout(name, id, seconds)
  local message = "%s: prompt %s has not ended within %g s; it goes on, wait for it again"
  return errors.new { kind = "timeout", spent = "maybe", retryable = true, task_id = id,
    message = message:format(name, id, seconds) }
end

local function message_of(status, wanted)
  for _, one in ipairs(type(status.messages) == "table" and status.messages or {}) do
    if type(one) == "table" and one[1] == wanted then return type(one[2]) == "table" and one[2] or {} end
  end
end

-- "KSampler (node 3): RuntimeError: out of memory"
local function failure(told)
  local class, node = text(told.node_type), text(told.node_id)
  if class and node then class = ("%s (node %s)"):format(class, node) end
  local parts = { class or node and "node " .. node }
  for _, field in ipairs { "exception_type", "exception_message" } do
    local said = text(told[field])
    if said then parts[#parts + 1] = line(said) end
  end
  return table.concat(parts, ": ")
end

-- The entry of a prompt that has ended well, or the error that it ended with.
---@param name string
---@param id string
---@param entry table
---@return table|nil
---@return rhub.error|nil
function reading.ended(name, id, entry)
  local status = type(entry.status) == "table" and entry.status or {}
  if status.status_str ~= "error" then return entry end
  local err = { kind = "failed", spent = "yes", task_id = id }
  local told = message_of(status, "execution_error")
  if told then
    err.message = ("%s: prompt %s failed: %s"):format(name, id, failure(told))
  elseif message_of(status, "execution_interrupted") then
    err.kind, err.message = "cancelled", ("%s: prompt %s was interrupted"):format(name, id)
  else
    err.message = ("%s: prompt %s failed"):format(name, id)
  end
  return nil, errors.new(err)
end

-- ---- outputs ----------------------------------------------------------------------------------

local function add(list, node, kind, item, path_of)
  if type(item) == "string" then
    list[#list + 1] = { node_id = node, kind = kind, text = item }
  elseif type(item) == "table" and text(item.filename) then
    local file = { filename = item.filename, subfolder = text(item.subfolder) or "", type = text(item.type) }
    list[#list + 1] = { node_id = node, kind = kind, filename = file.filename, subfolder = file.subfolder,
      folder = file.type or "output", type = file.filename:match("%.(%w+)$"), path = path_of(file) }
  end
end

---@param entry table
---@param hub table
---@param path_of fun(file: table): string
---@return rhub.result
function reading.outputs(entry, hub, path_of)
  local id = type(entry.prompt) == "table" and text(entry.prompt[2]) or "prompt"
  local list, outputs = {}, type(entry.outputs) == "table" and entry.outputs or {}
  for _, node in ipairs(ids_of(outputs)) do
    for _, kind in ipairs(ids_of(outputs[node])) do
      local items = outputs[node][kind]
      for _, item in ipairs(type(items) == "table" and items or {}) do
        add(list, node, kind, item, path_of)
      end
    end
  end
  return result.new({ task_id = id, outputs = list, seconds = 0, raw = json.encode(entry) }, hub)
end

-- A result of one file.
---@param file table
---@param hub table
---@param path string
---@return rhub.result
function reading.one(file, hub, path)
  local output = { path = path, type = file.filename:match("%.(%w+)$"), filename = file.filename }
  return result.new({ task_id = file.filename, outputs = { output }, seconds = 0 }, hub)
end

return reading
