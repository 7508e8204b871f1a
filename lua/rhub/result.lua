-- Results: what a task has made, what it cost, and how to keep it.

local errors = require "rhub.errors"
local json = require "rhub.json"
local observer = require "rhub.observer"
local sniff = require "rhub.sniff"
local sys = require "rhub.sys"

local result = {}

---@class rhub.output
---@field url? string           an address that lives about a day
---@field path? string          instead of it, of a native ComfyUI: on the service itself
---@field type? string          "png", "mp4", ...: what the service says
---@field text? string          of a text output
---@field node_id? string

---@class rhub.cost             exact decimal text
---@field amount? string        "2.1"
---@field currency? string      "CNY" or "USD"
---@field coins? string         instead of money, for keys that pay in coins
local Cost = {}
Cost.__index = Cost

-- "2.10 CNY", "25 coins"
function Cost:__tostring()
  if not self.amount then return self.coins .. " coins" end
  local whole, part = self.amount:match("^(-?%d+)%.?(%d*)$")
  local amount = whole and whole .. "." .. part .. ("0"):rep(2 - #part) or self.amount
  return self.currency and amount .. " " .. self.currency or amount
end

---@class rhub.result
---@field task_id string
---@field model? string
---@field outputs rhub.output[]
---@field url? string           of the first output that has one
---@field text? string          of the first output that has one
---@field cost? rhub.cost       nil if the service did not tell
---@field seconds number        from acceptance to the end
---@field raw table             the service's last reply, decoded
---@field job? string           the key of its job, with a journal
local Result = {}
Result.__name = "rhub.result"

-- The reply is decoded when somebody looks at it.
function Result.__index(self, key)
  local method = rawget(Result, key)
  if method ~= nil or key ~= "raw" then return method end
  local raw = rawget(self, "raw_text")
  local value = raw and json.decode(raw) or nil
  rawset(self, "raw", value)
  return value
end

function Result:__tostring()
  local n = #self.outputs
  return ("rhub.result %s (%d output%s)"):format(self.task_id, n, n == 1 and "" or "s")
end

local function first(outputs, field)
  for i = 1, #outputs do
    if outputs[i][field] then return outputs[i][field] end
  end
end

-- Whether a value is a result.
---@param value any
---@return boolean
function result.is(value)
  return getmetatable(value) == Result
end

-- Makes a result of what the core hands out.
---@param value table
---@param hub table
---@return rhub.result
function result.new(value, hub)
  value.hub = hub
  value.raw_text, value.raw = value.raw, nil
  value.url, value.text = first(value.outputs, "url"), first(value.outputs, "text")
  if value.amount or value.coins then
    value.cost = setmetatable({ amount = value.amount, currency = value.amount and value.currency,
      coins = value.coins }, Cost)
  end
  value.amount, value.currency, value.coins = nil, nil, nil
  if hub.origins then hub.origins:result(value) end
  return setmetatable(value, Result)
end

-- ---- as media for a later call ----------------------------------------------------------------

local function output_kind(output)
  return sniff.kind(output.type) or sniff.kind(sniff.extension(output.url:match("^[^?#]*")))
end

-- The outputs' addresses; with `kind` those of that kind, or those whose kind nobody tells.
---@param self rhub.result
---@param kind string|nil
---@return string[]|nil urls
---@return string|nil problem
function result.addresses(self, kind)
  local all, fitting, unknown = {}, {}, {}
  for _, output in ipairs(self.outputs) do
    if output.url then
      local its_kind = output_kind(output)
      all[#all + 1] = output.url
      if its_kind == kind then fitting[#fitting + 1] = output.url end
      if not its_kind then unknown[#unknown + 1] = output.url end
    end
  end
  if not kind then return all end
  if #fitting > 0 then return fitting end
  if #unknown > 0 or #all == 0 then return unknown end
  return nil, ("is a result without %s: it is %s"):format(kind, self.outputs[1].type or "something else")
end

Result.__rhub_addresses = result.addresses

function Result:__rhub_text()
  return self.text
end

-- ---- saving -----------------------------------------------------------------------------------

-- "out/clip.mp4" -> "out", "clip", "mp4"
local function split(path)
  local dir, name = path:match("^(.*)/([^/]+)$")
  if not dir then dir, name = ".", path end
  if dir == "" then dir = "/" end
  local stem, ext = name:match("^(.+)%.(%w+)$")
  return dir, stem or name, ext
end

local function is_folder(target)
  if target:sub(-1) == "/" then return true end
  local stat = sys.stat(target)
  return stat ~= nil and stat.type == "dir"
end

-- What the core is to save for output `n` of `count`.
local function place(self, target, n, count, overwrite)
  local output = self.outputs[n]
  local dir, stem, ext
  if is_folder(target) then
    dir, stem = target:match("^(.*[^/])/*$") or "/", self.task_id .. "-" .. n
  else
    dir, stem, ext = split(target)
    if count > 1 then stem = stem .. "-" .. n end
  end
  local text = not output.url and not output.path and output.text or nil
  if text and not ext then ext = "txt" end
  local recorded = self.job ~= nil or nil
  return { url = output.url, path = output.path, text = text, type = output.type, dir = dir, stem = stem,
    ext = ext, overwrite = overwrite, durable = recorded, digest = recorded }
end

-- The result is paid for, whatever becomes of its files: nobody is to read "spent no" and submit it again.
local function of_paid(self, err)
  err.task_id, err.spent = err.task_id or self.task_id, "yes"
  return err
end

-- What a ComfyUI gave, unless that is the service's refusal, which comes with HTTP 200 in a file's place.
local function received(op, value, err)
  if not value or not op.native then return value, err end
  local refused = require("rhub.comfy.reading").refused_file(value.path, value.bytes)
  if not refused then return value end
  if not value.reused then os.remove(value.path) end
  return nil, refused
end

-- Waits for all; the first error counts, and says what was saved nevertheless.
local function wait_for_all(hub, ops, key)
  local paths, failure = {}, nil
  for _, op in ipairs(ops) do
    local value, err = received(op, hub:await(op, ops))
    if value then
      paths[#paths + 1] = value.path
      if key then hub.core:saved(key, value.path, value.sha256) end
      observer.tell("saved", value.path, value.bytes, value.reused)
    else
      failure = failure or err
    end
  end
  if not failure then return paths end
  failure.saved = paths
  if failure.kind == "input" then failure.kind = "protocol" end -- the address is the service's
  return nil, failure
end

---@class rhub.save_options
---@field overwrite? boolean    replace another file of that name

-- Saves every output. `target` is a folder (it ends in "/", or exists; made with its parents), where the
-- files are called TASK_ID-N.EXT, or a file's name: several outputs get -1, -2 before its extension. A file
-- that is there already with the same bytes counts as saved; another one is an error of kind "io" unless
-- `overwrite`.
---@param target string
---@param options? rhub.save_options
---@return string[]|nil paths
---@return rhub.error|nil
function Result:save(target, options)
  if type(target) ~= "string" or target == "" then error("save takes a folder or a file's name", 2) end
  for name in pairs(options or {}) do
    if name ~= "overwrite" then error("save: no such option: " .. tostring(name), 2) end
  end
  local hub, count = self.hub, #self.outputs
  if count == 0 then
    return nil, errors.new { kind = "protocol", task_id = self.task_id, spent = "yes",
      message = ("task %s ended without outputs: there is nothing to save"):format(self.task_id) }
  end
  local ops = {}
  for n = 1, count do
    local job = place(self, target, n, count, options and options.overwrite)
    local op, err = hub:start("save", job)
    if not op then
      hub:drop_all(ops)
      return nil, of_paid(self, err)
    end
    op.task_id, op.target, op.native = self.task_id, job.stem, job.path ~= nil
    ops[n] = op
    observer.tell("saving", op)
  end
  local paths, err = wait_for_all(hub, ops, self.job)
  return paths, err and of_paid(self, err)
end

return result
