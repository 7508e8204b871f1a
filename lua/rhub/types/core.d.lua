---@meta rhub.core
-- luacheck: no unused args, ignore 241

-- The engine's C interface, rhub.h, as it is: tickets, steps and events. `rhub.client` makes tasks of it;
-- scripts need this module only to drive the engine themselves.
-- What can go wrong in the world returns nil and an error; misuse (a closed client, a stale ticket, an
-- argument of the wrong type) and want of memory raise.
---@class rhub.core
---@field version string of the engine
local core = {}

---@class rhub.core.error
---@field kind rhub.kind
---@field message string one line: what happened, to what, and what to do next
---@field spent "no"|"maybe"|"yes" whether money may have been spent
---@field retryable boolean the same call may succeed later without a change
---@field code? string RunningHub's own code
---@field http_status? integer
---@field task_id? string
---@field job? string the key of the task's job, with a journal

---@class rhub.core.options  times are seconds; what stands in brackets is the default
---@field api_key? string     else RUNNINGHUB_API_KEY, RH_API_KEY, then the config file
---@field site? "ai"|"cn"     ("ai"); sets the currency too, also where base_url is neither site's
---@field base_url? string    else RH_API_BASE_URL; before site
---@field config_file? string else $XDG_CONFIG_HOME/rhub/config, ~/.config/rhub/config
---@field proxy? string       else libcurl's environment; "" for none
---@field ca_file? string     PEM; else the system's
---@field concurrency? integer tasks in flight at once; else the account's own limit
---@field connections? integer HTTP exchanges at once (32)
---@field timeout? number     for a task, from its acceptance (none)
---@field wait_timeout? number for a free place (none)
---@field submit_rate? number tasks begun a second, by all processes with this key (no bound)
---@field submit_timeout? number for the answer to one submit (180)
---@field request_timeout? number for the answer to another call (30)
---@field connect_timeout? number (10)
---@field busy_first? number  pause after "full" (2), doubling
---@field busy_max? number    up to this (60)
---@field poll? { first?: number, min?: number, max?: number, rate?: number, told?: number } (1, 1, 5; 10
--- queries a second, of all processes with this key; 30 between those of a task that will be told of)
---@field on_unknown? "hold"|"resubmit" ("hold"); "resubmit" may be charged more than once
---@field budget? number|string in the site's currency: no submit starts that would pass it (none)
---@field allow_unknown_price? boolean with a budget, a call goes also where nobody can tell its price (false)
---@field cache? string     the database of what was uploaded; "" for none; else rhub/uploads.db in
---                          $XDG_CACHE_HOME or ~/.cache, but none with an address on this machine
---@field journal? string   the database in which jobs are recorded, so that no rerun pays twice (none)
---@field log? "none"|"warn"|"info"|"debug" ("warn")

-- Opens a client; sends nothing. An unknown option is an error that names the nearest known one.
---@param options? rhub.core.options
---@return rhub.core.client? handle
---@return rhub.core.error? err kind "config" or "input"
function core.client(options) end

-- For the whole process and for good: every client opened from here on talks to this sandbox only.
---@param base_url string plain http on loopback
---@return true? ok
---@return rhub.core.error? err
function core.seal(base_url) end

-- Versions of the libraries in use, for people.
---@return string
function core.libraries() end

-- What one of the service's codes means, for replies of raw calls: the error with which a call ends that is
-- answered with it, but spent "maybe" for one that is not listed; nil for what is no error, 804 and 813
-- included.
---@param code string
---@param what string   of which the message speaks
---@param said? string  the service's own words
---@return rhub.core.error? err
function core.code_error(code, what, said) end

-- The SHA-256 of a text, as 64 hexadecimal digits.
---@param text string
---@return string
function core.sha256(text) end

-- The SHA-256 of a file; returns when all of it is read.
---@param path string
---@return string? digest 64 hexadecimal digits
---@return integer|rhub.core.error bytes its size, or the error, of kind "io"
function core.sha256_file(path) end

-- ---- handles ----------------------------------------------------------------------------------

---@alias rhub.core.ticket integer names one task, upload, save or call; never used twice
---@alias rhub.core.state "waiting"|"uploading"|"submitting"|"queued"|"running"|"ended"

---@class rhub.core.client
local handle = {}

-- The descriptor to watch for reading until a step is due.
---@return integer
function handle:fd() end

-- Seconds until a step is due whatever the descriptor says; nil: none is. Ask again after every call.
---@return number?
function handle:timeout() end

-- Does what is due.
---@param seconds? number to wait for it, at most (0); negative: as long as anything is under way
---@return boolean more false: it was to wait for as long as anything is under way, and nothing is
function handle:step(seconds) end

-- Makes the current or next step return.
function handle:wakeup() end

---@class rhub.core.output
---@field url? string  lives about a day
---@field type? string "png", "mp4", ...
---@field text? string of a text output
---@field node_id? string

---@class rhub.core.task_value
---@field task_id string
---@field model? string
---@field outputs rhub.core.output[]
---@field amount? string   exact decimal text
---@field currency? string
---@field coins? string
---@field seconds number   from acceptance, or from attaching, to the end as seen here
---@field raw string       the last reply as it came, JSON
---@field job? string      the key of its job, with a journal

---@class rhub.core.upload_value
---@field url? string       of kind "url"
---@field file_name? string what ComfyUI nodes take; of all but "comfy"
---@field json? string      the reply of a ComfyUI: name, subfolder, type
---@field sha256? string    of the file, where it was asked for
---@field bytes integer
---@field reused boolean    the same bytes were uploaded before, and not sent again

---@class rhub.core.save_value
---@field path string
---@field sha256? string of the file, where it was asked for
---@field bytes integer
---@field reused boolean    the same bytes were there already

-- Takes the next event. Nothing at all where there is none, else one of
--   "state", ticket, state, task_id or nil
--   "end", ticket, nil, value          value by what the ticket names: rhub.core.task_value, upload_value,
--                                      save_value; of a call its JSON text
--   "end", ticket, err                 rhub.core.error
--   "log", level, text                 level: "warn", "info" or "debug"
---@return "state"|"end"|"log"|nil event
---@return rhub.core.ticket|string? ticket
---@return rhub.core.state|rhub.core.error|string? state
---@return any value
function handle:next() end

---@class rhub.core.submit_more
---@field path? string "/task/openapi/create": where the task is made, in place of /openapi/v2/ENDPOINT; the
--- endpoint is then only a name, for messages, durations and charges. With a budget `price` must be given
---@field key? "header"|"apiKey" where the key goes: also into the JSON body ("header")
---@field node_files? boolean media are for nodes: replaced by the names that nodes take, not by addresses
---@field told? boolean a webhook is expected, see handle:tell: asked for every poll.told seconds until then
---@field unknown_wait? number seconds to wait for handle:tell where the outcome of the submit is unknown (0)
---@field job? string      with a journal: the key of its job; else it is made of what is sent
---@field identity? string with a journal: stands for the parameters in that key
---@field fresh? boolean   with a journal: submit anew, whatever is recorded
---@field token? string    with a journal: stays with the job; what its webhook's address ends in
---@field save_as? string  with a journal: any text that stays with the job, such as what its files are called

-- Queues one task. It ends with a task_value. Seconds: nil for the client's own, negative for none.
---@param endpoint string "kling-video-o1/image-to-video"
---@param params string one JSON object
---@param media? string[] {pointer, path, ...}: local files among the parameters, by JSON pointer
---@param timeout? number
---@param wait_timeout? number
---@param price? string|number the most that this call can cost; nil: not known, the service is asked where
--- there is a budget
---@param currency? string of the price; nil: the client's. A price in another one counts as not known
---@param more? rhub.core.submit_more what differs from a standard model
---@return rhub.core.ticket? ticket
---@return rhub.core.error? err nothing was sent
function handle:submit(endpoint, params, media, timeout, wait_timeout, price, currency, more) end

-- Waits for a task that exists already. It ends with a task_value.
---@param task_id string
---@param model? string
---@param timeout? number
---@return rhub.core.ticket? ticket
---@return rhub.core.error? err
function handle:attach(task_id, model, timeout) end

---@class rhub.core.upload_options
---@field kind? "url"|"node"|"lora"|"comfy" what it is for ("url"): parameters of models, nodes of workflows
---                     and AI apps, the node RHLoraLoader, a native ComfyUI
---@field name? string  how the service is to call it (the file's own name; of a LoRA without extension)
---@field to? string    of "comfy": the path to POST to, "/proxy/{key}/upload/image"
---@field digest? boolean with sha256 in the upload_value, unless the file changes meanwhile

-- Uploads one file. It ends with an upload_value.
---@param path string
---@param options? rhub.core.upload_options
---@return rhub.core.ticket? ticket
---@return rhub.core.error? err
function handle:upload(path, options) end

---@class rhub.core.save_options give url, text or path
---@field url? string
---@field text? string
---@field path? string "/proxy/{key}/view?...": from the API's own origin; {key} stands for the API key
---@field dir string   made with its parents; the file never leaves it
---@field stem string  the name without extension; made safe
---@field ext? string  without dot; else from the content, else from `type`
---@field type? string what the service calls it
---@field overwrite? boolean
---@field of? string   what is saved, where its address may change: "2013508786110730241-1". A part file begun
---                     from one address is gone on with from the next
---@field digest? boolean with sha256 in the save_value
---@field durable? boolean it ends when file and name are on the disk
---@field beside? boolean `stem` is the whole name of a file, and the text lies beside it as STEM.EXT

-- Saves one output. It ends with a save_value.
---@param options rhub.core.save_options
---@return rhub.core.ticket? ticket
---@return rhub.core.error? err
function handle:save(options) end

---@class rhub.core.call_options
---@field path string  "/uc/openapi/accountStatus"; each {key} in it stands for the API key
---@field body? string one JSON object to POST; nil: GET
---@field key? "header"|"apiKey"|"apikey"|"bare"|"none" where the key goes ("header"); "bare": without the
--- word Bearer
---@field once? boolean it may cost money: sent once; "unknown_outcome" where nobody knows what it did. So is
--- any call with a body whose path is not known to cost nothing; with a budget such calls are refused
---@field raw? boolean the whole reply where it is JSON, whatever its code (HTTP 2xx, or 4xx but 401, 403, 408
--- and 429); null for a 2xx without a body
---@field limit? integer bytes of the reply at most (8 MiB)

-- One call that makes no task of this client. It ends with the reply's JSON text: the `data` of a legacy
-- envelope; else, or with `raw`, the whole.
---@param options rhub.core.call_options
---@return rhub.core.ticket? ticket
---@return rhub.core.error? err
function handle:call(options) end

-- Asks the server to cancel the task; its end still comes, and may still be a success.
---@param ticket rhub.core.ticket
---@return true? ok
---@return rhub.core.error? err
function handle:cancel(ticket) end

-- A webhook says that the ticket's task has ended under this id: not believed, it only makes the engine ask.
-- May come at any time and again, also before the submit's reply; a submit whose outcome is unknown, and
-- which still waits (unknown_wait), is found again by it.
---@param ticket rhub.core.ticket
---@param task_id string
---@return boolean? heard false: that task has ended
---@return rhub.core.error? err what cannot be an id
function handle:tell(ticket, task_id) end

-- The same by the token that was given to a submit of which the journal knows no more than that it may have
-- made a task, also of an earlier run. A task of that id is that job's then, unless there is none; it ends
-- with a task_value.
---@param token string
---@param task_id string
---@return rhub.core.ticket? ticket 0: a task that is at work on the job was told
---@return rhub.core.error? err kind "gone": there is no such job
function handle:tell_lost(token, task_id) end

-- No more events for this ticket. A task stays on the server.
---@param ticket rhub.core.ticket
---@return true
function handle:forget(ticket) end

-- How a ticket stands now. Raises once it has ended.
---@param ticket rhub.core.ticket
---@return rhub.core.state|"upload"|"save"|"call" state
---@return number elapsed seconds since acceptance, or since the start
---@return number usual   seconds that this model took so far in this run; 0: not known
---@return integer done   bytes of the transfer under way
---@return integer total  0: not known
---@return string? task_id
function handle:peek(ticket) end

---@class rhub.core.stats
---@field waiting integer tasks without a place yet
---@field uploading integer
---@field submitting integer on the wire: outcomes not known yet
---@field running integer accepted and not ended
---@field transfers integer uploads, saves and calls under way
---@field submits integer sent since the client was opened
---@field limit? integer tasks in flight at once, as known now

---@return rhub.core.stats
function handle:stats() end

---@class rhub.core.money   amounts are exact decimal text, "2.10"
---@field currency? "USD"|"CNY"
---@field budget? string     nil: there is none
---@field spent string       the charges that were told, and `unconfirmed`
---@field unconfirmed string reservations of successes whose charge was not told
---@field reserved string    for tasks under way
---@field held string        for outcomes that are not known, and tasks left running
---@field coins string       charged in coins, "0" for none
---@field charged integer    ended tasks whose charge was told
---@field untold integer     ended tasks whose charge was not told
---@field unknown integer    outcomes not known, and tasks left running

-- What the tasks of this client have cost, with a budget or without.
---@return rhub.core.money
function handle:money() end

---@class rhub.core.description
---@field base_url string
---@field site? "ai"|"cn"
---@field currency? "USD"|"CNY"
---@field key_source string "option", "RUNNINGHUB_API_KEY", "RH_API_KEY", a file's path, "sandbox"
---@field key_hint string   the last four characters
---@field sealed boolean    talks to a sandbox only

---@return rhub.core.description
function handle:describe() end

---@class rhub.core.cache
---@field path? string       nil: what is uploaded is remembered by this client only
---@field remembered integer uploads of this account
---@field valid integer      of them, those that the service should still have

-- What is remembered of uploads, across runs. Looks into a file.
---@return rhub.core.cache? cache
---@return rhub.core.error? err kind "io": the file cannot be used
function handle:cache() end

-- Starts no more submits: those that have not left end as "cancelled", spent "no".
---@param leave? boolean ends everything else too, on this side only
function handle:shutdown(leave) end

-- Ends everything at once; may be called again. Also __close and __gc. A submit on the wire is aborted: who
-- cares steps until stats().submitting is 0 first.
function handle:close() end

return core
