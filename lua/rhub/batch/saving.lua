-- Outputs of a row become files, each with its record beside it, and the journal is told. An address that has
-- died is asked for again; a part file is gone on with.

local errors = require "rhub.errors"
local inputs = require "rhub.batch.inputs"
local observer = require "rhub.observer"
local places = require "rhub.batch.places"
local record = require "rhub.batch.record"
local sidecar = require "rhub.batch.sidecar"
local sniff = require "rhub.sniff"
local sys = require "rhub.sys"

local saving = {}

local EXISTS = 17 -- the errno
local RENEWALS = 2 -- of dead addresses, for each output

---@class rhub.batch.saver
---@field hub rhub.hub
---@field dir string
---@field sidecars boolean
---@field folder rhub.sys.stat|nil of dir
---@field lost? true          the folder is no longer there
---@field places rhub.batch.places
---@field digest fun(path: string): string|nil, integer|nil of local files
local Saver = {}
Saver.__index = Saver

---@param hub rhub.hub
---@param dir string
---@param sidecars boolean
---@return rhub.batch.saver
function saving.new(hub, dir, sidecars)
  local self = setmetatable({ hub = hub, dir = dir, sidecars = sidecars, digest = inputs.digest }, Saver)
  self.folder = sys.stat(dir)
  self.places = places.new(dir, sidecars)
  return self
end

-- A fresh address of an output: the task is asked again.
local function renew(self, result, n)
  local task, err = self.hub:task(result.task_id, result.model)
  if not task then return nil, err end
  local fresh
  fresh, err = task:wait()
  if not fresh then return nil, err end
  local output = fresh.outputs[n]
  if not output then return nil, errors.new { kind = "gone", message = "the task no longer tells of it" } end
  return output
end

-- Whether the folder is still there. Another one in its place would part the files from their journal: none
-- is made, nor used.
---@return true|nil
---@return rhub.error|nil
function Saver:has_folder()
  local was, now = self.folder, sys.stat(self.dir)
  if was and now and was.ino == now.ino and was.dev == now.dev then return true end
  self.lost = true
  return nil, errors.new { kind = "io", message = ("folder %s was moved or removed while outputs were saved "
    .. "in it: nothing more is begun; put it back and run again"):format(self.dir) }
end

local function start(self, job)
  local there, err = self:has_folder()
  if not there then return nil, err end
  return self.hub:start("save", job)
end

local function fetch(self, job, watch)
  local op, err = start(self, job)
  if not op then return nil, err end
  op.task_id, op.target = job.task_id, job.stem
  observer.tell("saving", op)
  if watch then watch(op) end
  return self.hub:await(op, { op })
end

local function gone(result, n)
  return errors.new { kind = "gone", task_id = result.task_id, spent = "yes",
    message = ("output %d of task %s is gone: the service keeps outputs for about a day; rhub rerun with the "
      .. "record of an output makes another, for money"):format(n, result.task_id) }
end

-- Saves one output under a stem, and asks for its address again while that is what is wrong.
local function save_one(self, result, n, names, watch)
  local output = result.outputs[n]
  for _ = 0, RENEWALS do
    local text = not output.url and (output.text or "") or nil
    local saved, err = fetch(self, { url = output.url, text = text, type = output.type, dir = self.dir,
      stem = names.stem, ext = text and "txt" or names.ext, of = result.task_id .. "-" .. n,
      digest = true, durable = true }, watch)
    if saved or err.kind ~= "gone" then return saved, err end
    output, err = renew(self, result, n)
    if not output then return nil, err.kind == "gone" and gone(result, n) or err end
  end
  return nil, gone(result, n)
end

-- Whether the name belongs to something else.
local function is_taken(err)
  return err.kind == "io" and err.message:find("exists and holds something else", 1, true) ~= nil
end

-- The record beside a saved output: on the disk like that one before the journal is told. An earlier record
-- of the same output gives way, no other file does. Returns true, or nil, the error, and whether its name
-- belongs to something else.
local function write_record(self, it, n, saved)
  if not self.sidecars then return true end
  local about = { result = it.result, n = n, saved = saved, digest = self.digest }
  for name, value in pairs(it.about) do about[name] = value end
  local text, err = sidecar.text(sidecar.fields(about))
  if not text then return nil, err end
  local again = sidecar.is_of(saved.path .. ".json", { task_id = it.result.task_id, n = n })
  local op
  op, err = start(self, { text = text, dir = self.dir, stem = saved.path:match "[^/]*$", ext = "json",
    beside = true, overwrite = again ~= nil, durable = true })
  if not op then return nil, err end
  local written
  written, err = self.hub:await(op, { op })
  if written then return true end
  return nil, err, is_taken(err)
end

local function of_paid(err, result)
  err.task_id, err.spent = err.task_id or result.task_id, "yes"
  return err
end

-- What its name will most likely end in.
local function likely(it, output)
  if not output.url then return "txt" end
  if it.ext then return it.ext end
  return sniff.extension(output.url:match "^[^?#]*") or sniff.canonical(output.type or "bin")
end

-- Fetches an output into its place; or moves it there, where it has been fetched and its record has no place.
local function put(self, it, n, place, made, ext)
  if not made then
    local saved, err = save_one(self, it.result, n, { stem = place.stem, ext = it.ext }, it.watch)
    return saved, err, not saved and is_taken(err)
  end
  local path = ("%s/%s.%s"):format(self.dir, place.stem, ext)
  local ok, reason, code = sys.rename_new(made.path, path)
  if not ok then
    return nil, errors.new { kind = "io", message = ("%s: %s"):format(path, reason) }, code == EXISTS
  end
  made.path = path
  return made
end

-- Saves one output and its record where both names are free. One that looked free may be taken: the content
-- is of another type than was told, or somebody has just taken it.
local function save_free(self, it, n)
  local owner = { task_id = it.result.task_id, n = n, again = it.again }
  local stem, ext, after, made = it.stem(n), likely(it, it.result.outputs[n]), nil, nil
  while true do
    local place = self.places:take(stem, ext, owner, after)
    local saved, err, taken = put(self, it, n, place, made, ext)
    local ok = saved ~= nil
    if ok then ok, err, taken = write_record(self, it, n, saved) end
    place.give_back()
    if ok then return saved end
    if not taken then return nil, err end
    if saved and not saved.reused then made = saved end
    local file = saved or made
    local known = file and file.path:match "%.(%w+)$" or err.message:match "%.(%w+) exists and holds"
    after, ext = place.number, known or ext
  end
end

-- Writes the records again that no longer lie beside saved files. What cannot be written is said by nobody:
-- the files are there.
---@param it rhub.batch.to_save
---@param saved { path: string, sha256: string }[]
function Saver:record_again(it, saved)
  for n, file in ipairs(saved) do
    local path = record.path_of(file, self.dir)
    local stat = path and sys.stat(path)
    if stat and it.result.outputs[n] and not sys.stat(path .. ".json") then
      write_record(self, it, n, { path = path, bytes = stat.size, sha256 = file.sha256 })
    end
  end
end

---@class rhub.batch.to_save
---@field result rhub.result
---@field key? string        of its job in the journal
---@field stem fun(n: integer): string
---@field ext? string
---@field again? boolean       an earlier run may have saved some of it
---@field about table        what its record tells besides, see rhub.sidecar_of
---@field watch? fun(op: table)

-- What is said of a task that is done and has made nothing that could be saved.
---@param result rhub.result
---@return rhub.error
function saving.nothing(result)
  return errors.new { kind = "failed", task_id = result.task_id, spent = "yes",
    message = ("task %s is done and has no output"):format(result.task_id) }
end

-- Saves all outputs of a result, without telling the journal.
---@param it rhub.batch.to_save
---@return rhub.core.save_value[]|nil files
---@return rhub.error|nil
function Saver:fetch(it)
  local result, paths, files = it.result, {}, {}
  for n = 1, #result.outputs do
    local saved, err = save_free(self, it, n)
    if not saved then
      err.saved = paths
      return nil, of_paid(err, result)
    end
    paths[n], files[n] = saved.path, saved
    observer.tell("saved", saved.path, saved.bytes, saved.reused)
  end
  local there, err = self:has_folder()
  if not there then return nil, of_paid(err, result) end
  return files
end

-- The journal's mark, once every output is there: what is saved in part is fetched again.
---@param key string|nil of the job; nil: it is none of the journal's
---@param files rhub.core.save_value[]
---@param again? boolean     what an earlier run has noted is lost, or it would not have been fetched again
function Saver:mark(key, files, again)
  if not key then return end
  if again then self.hub.core:saved(key) end
  for _, file in ipairs(files) do self.hub.core:saved(key, file.path, file.sha256) end
end

-- Saves all outputs of a result.
---@param it rhub.batch.to_save
---@return string[]|nil paths
---@return rhub.error|nil
function Saver:save(it)
  local files, err = self:fetch(it)
  if not files then return nil, err end
  self:mark(it.key, files, it.again)
  local paths = {}
  for n, file in ipairs(files) do paths[n] = file.path end
  return paths
end

return saving
