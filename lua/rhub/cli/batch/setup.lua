-- From the command line to a batch: the file, the plan for its rows, the journal. Reads and checks
-- everything, sends nothing.

local errors = require "rhub.errors"
local identity = require "rhub.batch.identity"
local journal = require "rhub.cli.journal"
local names = require "rhub.batch.names"
local parameters = require "rhub.cli.parameters"
local plain = require "rhub.cli.plain"
local plans = require "rhub.batch.plan"
local record = require "rhub.batch.record"
local rows = require "rhub.batch.rows"
local survey = require "rhub.batch.survey"
local sys = require "rhub.sys"

local setup = {}

---@class rhub.cli.batch_job
---@field source rhub.batch.rows
---@field plan rhub.batch.plan
---@field ids rhub.batch.identity
---@field record rhub.batch.record what the journal knows, see setup.look
---@field rows integer
---@field dir string
---@field journal string
---@field again string          the command that goes on

-- The function of a script, and the digest of its text.
local function load_script(path)
  local text, reason = sys.read(path)
  if not text then return nil, errors.input(("--script %s: %s"):format(path, reason)) end
  local chunk, wrong = load(text:gsub("^\xEF\xBB\xBF", ""):gsub("^#[^\n]*", ""), "@" .. path)
  if not chunk then return nil, errors.input("--script " .. wrong) end
  local ok, f = pcall(chunk)
  if not ok then return nil, errors.input(("--script %s: %s"):format(path, tostring(f))) end
  if type(f) == "function" then return f, require("rhub.core").sha256(text) end
  return nil, errors.input(("--script %s: it returns a %s; it is to return function(row, hub)"):format(path,
    type(f)))
end

-- What was said with something that excludes it.
local function clash(values, words)
  if values.script and (values.model or #words > 1) then
    return errors.input "--script says itself what is submitted: leave --model and the parameters out"
  end
  if values.dry_run and (values.status or values.watch) then
    return errors.input "--dry-run tells what would be sent, --status how it stands: one of them"
  end
  if not values.output then
    return errors.input "give -o DIR: where outputs and the journal go"
  end
end

local function warner(context)
  local told = {}
  return function(text, key)
    if told[key] then return end
    told[key] = true
    context.terminal:say("rhub: " .. plain.text(text))
  end
end

local function make_plan(context)
  local values, words = context.values, context.words
  local err = clash(values, words)
  if err then return nil, err end
  local named, problem = names.new(values.name)
  if not named then return nil, errors.input("--name " .. problem) end
  local params, script, digest
  params, err = parameters.read(words, 2)
  if not params then return nil, err end
  if values.script then
    script, digest = load_script(values.script)
    if not script then return nil, digest end
  end
  return plans.new { model = values.model, params = params, names = named, script = script,
    digest = digest, mode = values.check, warn = warner(context) }
end

local NOT_AGAIN = { ["--dry-run"] = true, ["--status"] = true, ["--watch"] = true, ["--retry-failed"] = true,
  ["--anew"] = true }

-- The command to go on, as it can be pasted.
local function command(context)
  local list = { "rhub" }
  for _, word in ipairs(context.argv or {}) do
    if not NOT_AGAIN[word] then list[#list + 1] = plain.word(word) end
  end
  return table.concat(list, " ")
end

local function folder(path)
  return path:match "^(.*[^/])/*$" or "/"
end

local function journal_of(values, dir)
  return journal.in_folder(values.journal or dir .. "/rhub.db")
end

-- Opens the journal for reading. A run has opened it to work it by then.
---@param job rhub.cli.batch_job
---@return rhub.error|nil
function setup.look(job)
  local err
  job.record, err = record.open(job.journal, job.dir, job.plan.digest)
  return err
end

local PAID = { saved = true, done = true, running = true }

-- Tells of a row whether its task was made, from the journal as it is now.
local function paid_rows(job)
  local known
  return setmetatable({}, {
    __call = function(_, key)
      known = known or record.open(job.journal, job.dir)
      return known ~= nil and PAID[known:state(key .. "/1")] == true
    end,
    __close = function()
      if known then known:close() end
    end,
  })
end

-- Reads everything. `job.source` is to be closed.
---@param context rhub.cli.context
---@return rhub.cli.batch_job|nil
---@return rhub.error|nil
function setup.job(context)
  local plan, err = make_plan(context)
  if not plan then return nil, err end
  local dir = folder(context.values.output)
  local job = { plan = plan, dir = dir, journal = journal_of(context.values, dir), again = command(context),
    ids = identity.new(require("rhub.core").sha256) }
  job.source, err = rows.open(context.words[1])
  if not job.source then return nil, err end
  local is_paid <close> = paid_rows(job)
  job.rows, err = survey.check(job.source, plan, job.ids, is_paid)
  if not job.rows then
    job.source:close()
    return nil, err
  end
  return job
end

return setup
