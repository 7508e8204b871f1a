---@meta
-- luacheck: no unused args, ignore 241

-- The part of the engine's C interface, `rhub.core`, that is about journals: reading one, and what a client
-- that keeps one says of its jobs.
---@class rhub.core
local core = {}

---@alias rhub.core.job_state
---| "intent" | "running" | "done" | "failed" | "cancelled" | "unknown" | "dropped"
---| "resubmitted" # a submit that may have made a task, and was repeated

---@class rhub.core.job_file
---@field sha256 string
---@field bytes? integer    of one that was saved, where that was known
---@field path string
---@field pointer? string of the parameter that it stands in

---@class rhub.core.job    one of a journal; times are seconds since 1970, amounts exact decimal text
---@field key string
---@field state rhub.core.job_state
---@field endpoint string
---@field path? string
---@field params? string   as they were given, JSON
---@field files? rhub.core.job_file[] local files among them
---@field identity? string
---@field occurrence integer 0: its key was given
---@field origin? string
---@field account? string  a name that leads back to no key
---@field task_id? string
---@field reserved string  what is held for it
---@field charged string
---@field unconfirmed boolean the charge was not told: its reservation counts
---@field currency? string
---@field coins? string
---@field created? number
---@field submitted? number
---@field accepted? number
---@field ended? number
---@field raw? string      the last reply, of one that is done
---@field made_nothing boolean it is done, and has no output that could be saved
---@field error? rhub.core.error
---@field saved? rhub.core.job_file[]
---@field token? string    as it was given at its submit
---@field save_as? string  likewise

-- The jobs of a journal, also while a client works it: `for job in core.jobs(path) do`. Raises an error
-- table where it cannot be read on. Where nobody works it, those of which no more than their intent was
-- recorded are told as unknown. An error of kind "gone" says that there is no such file.
---@param path string
---@param state? rhub.core.job_state only those
---@return (fun(jobs: userdata): rhub.core.job?)? next
---@return userdata|rhub.core.error jobs
---@return nil
---@return userdata closing
function core.jobs(path, state) end

---@class rhub.core.reader
local reader = {}

-- The job of a key as it stands now; nil where there is none. Takes as long whatever the journal holds.
-- Raises an error table where it cannot be read.
---@param key string
---@return rhub.core.job?
function reader:find(key) end

-- What handle:keep has kept last under a name; nil: nothing. Raises likewise.
---@param name string
---@return string? text
function reader:kept(name) end

function reader:close() end

-- A journal to look jobs up in, also while a client works it. Kind "gone": there is no such file.
---@param path string
---@return rhub.core.reader?
---@return rhub.core.error?
function core.reader(path) end

---@class rhub.core.client
local handle = {}

-- Says what became of an unknown job: its task was found ("id"), it is to be submitted anew, or given up.
---@param key string
---@param what "id"|"resubmit"|"drop"
---@param task_id? string with "id"
---@return true? ok
---@return rhub.core.error? err
function handle:resolve(key, what, task_id) end

-- Notes that a file holds a result of the job; handle:save does not do so by itself.
---@param key string
---@param path? string nil: what was noted holds no more
---@param sha256? string 64 digits; nil: they are made
---@return true? ok
---@return rhub.core.error? err
function handle:saved(key, path, sha256) end

-- Keeps a text of the caller's own in the journal, under a name of the caller's, in the place of what is kept
-- under it. On the disk not later than what is recorded after it, and with what handle:saved was told in the
-- same turn either both or neither.
---@param name string
---@param text string
---@return true? ok
---@return rhub.core.error? err
function handle:keep(name, text) end
