-- What the commands about a journal share: finding it, reading it, and how a job is told.

local errors = require "rhub.errors"
local json = require "rhub.json"
local options = require "rhub.cli.options"
local sys = require "rhub.sys"

local journal = {}

journal.OPTION = { "journal", value = "PATH", read = options.text }

journal.HELP = [[
  --journal PATH   the journal, or the folder that it lies in (rhub.db in this folder); a batch keeps its own
                   in its output folder
]]

-- What --journal means: a folder stands for the journal in it.
---@param path string
---@return string
function journal.in_folder(path)
  local stat = sys.stat(path)
  if stat and stat.type == "dir" or path:sub(-1) == "/" then
    return (path:gsub("/+$", "")) .. "/rhub.db"
  end
  return path
end

-- The journal's file.
---@param values table
---@return string|nil path
---@return rhub.error|nil
function journal.path(values)
  local path = journal.in_folder(values.journal or "rhub.db")
  if sys.stat(path) then return path end
  local loaded, why = require("rhub.cli.engine").load()
  if not loaded then return nil, why end
  local _, err = loaded.reader(path)
  if err and err.kind ~= "gone" then return nil, errors.new(err) end -- a damaged one was there
  return nil, errors.input(path .. ": there is no journal; --journal says where it is, as a batch's folder")
end

-- An iterator over recorded jobs, oldest first; see rhub.recorded.
---@param path string
---@param state? string
---@return (fun(jobs: userdata): rhub.core.job|nil)|nil
---@return userdata|rhub.error jobs
---@return nil
---@return userdata closing
function journal.jobs(path, state)
  local loaded, why = require("rhub.cli.engine").load()
  if not loaded then return nil, why end
  return require("rhub.recorded").jobs(path, state)
end

-- "2026-11-25 23:18:59", of this machine's clock.
---@param seconds number|nil
---@return string
function journal.time(seconds)
  return seconds and seconds > 0 and os.date("%Y-%m-%d %H:%M:%S", seconds // 1) or "-" --[[@as string]]
end

local function known(text)
  return text ~= nil and text ~= "" and text or json.null
end

local function moment(seconds)
  return seconds and seconds > 0 and os.date("!%Y-%m-%dT%H:%M:%SZ", seconds // 1) or json.null
end

-- A job as JSON has it.
---@param job rhub.core.job
---@return table
function journal.fields(job)
  local err = job.error
  local files = json.array {}
  for i, file in ipairs(job.saved or {}) do
    files[i] = { path = file.path, sha256 = known(file.sha256), bytes = file.bytes or json.null }
  end
  return {
    key = job.key, state = job.state, model = job.endpoint, task_id = known(job.task_id),
    params = job.params and json.decode(job.params) or json.null,
    reserved = known(job.reserved), amount = known(job.charged), currency = known(job.currency),
    coins = known(job.coins), unconfirmed = job.unconfirmed or false,
    created = moment(job.created), submitted = moment(job.submitted), accepted = moment(job.accepted),
    ended = moment(job.ended), files = files,
    error = err and { kind = err.kind, code = known(err.code), message = err.message, spent = err.spent }
      or json.null,
  }
end

return journal
