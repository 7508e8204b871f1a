-- rhub.client: options in, a hub out. The engine, and with it the network library, is loaded here.

local errors = require "rhub.errors"
local hub = require "rhub.hub"

local client = {}

---@class rhub.poll_options     bounds of the pauses between questions for news, in seconds
---@field first? number         before the first; default 1
---@field min? number           when the end is near; default 1
---@field max? number           otherwise; default 5
---@field rate? number          questions a second, of all processes with this key; default 10

---@class rhub.client_options
---@field api_key? string       else RUNNINGHUB_API_KEY, RH_API_KEY, then the config file
---@field site? "ai"|"cn"       default "ai"
---@field base_url? string      else RH_API_BASE_URL; before site
---@field config_file? string
---@field check? "strict"|"warn"|"off" what to do about parameters that the catalogue knows to be wrong
---@field concurrency? integer  tasks in flight at once; else the account's own limit
---@field connections? integer  HTTP exchanges at once; default 32
---@field timeout? number       seconds for a task, from its acceptance; default none
---@field wait_timeout? number  seconds for a free place, or for another task of the same job; default none
---@field submit_rate? number   tasks begun a second, by all processes with this key; default no bound
---@field submit_timeout? number seconds for the answer to one submit; default 180
---@field request_timeout? number
---@field connect_timeout? number
---@field busy_first? number    first pause after "full"; default 2
---@field busy_max? number
---@field poll? rhub.poll_options
---@field budget? number|string the most that all tasks together may cost, in the site's currency
---@field allow_unknown_price? boolean under a budget, submit also what nobody can tell the price of
---@field on_unknown? "hold"|"resubmit" after an unknown outcome; "resubmit" may be charged twice
---@field proxy? string
---@field ca_file? string       PEM
---@field cache? string         where uploads are remembered across runs; "" for nowhere
---@field journal? string     where jobs are recorded: what is run again then pays for nothing twice. Of one
---                           service: one that another site's jobs are in is an error of kind "config"
---@field log? "none"|"warn"|"info"|"debug"

local OPTIONS = {}
for name in ([[api_key site base_url config_file check concurrency connections timeout wait_timeout
  submit_rate submit_timeout request_timeout connect_timeout busy_first busy_max poll on_unknown proxy
  ca_file log budget allow_unknown_price cache journal]]):gmatch("%S+") do
  OPTIONS[name] = true
end

local function refuse(message)
  error(errors.input(message), 0)
end

local function read_options(options)
  if type(options) ~= "table" then error("rhub.client takes a table of options", 3) end
  local own = {}
  for name, value in pairs(options) do
    if not OPTIONS[name] then
      local near = require("rhub.nearest").find(tostring(name), OPTIONS, true)
      refuse("no such option: " .. tostring(name) .. (near and (" (did you mean %s?)"):format(near) or ""))
    end
    own[name] = value
  end
  local mode = own.check or "strict"
  if mode ~= "strict" and mode ~= "warn" and mode ~= "off" then
    refuse(("check: %s is not allowed: strict, warn, off"):format(tostring(mode)))
  end
  own.check = nil
  return own, mode
end

-- Makes a client. Sends nothing. Raises a rhub.error if an option, the key or the configuration is wrong.
---@param options? rhub.client_options
---@return rhub.hub
function client.open(options)
  local own, mode = read_options(options or {})
  local core, err = require("rhub.core").client(own)
  if not core then error(errors.new(err), 0) end
  return hub.new(core, { check = mode, log = own.log, concurrency = own.concurrency,
    budget = own.budget ~= nil, unpriced = own.allow_unknown_price, poll = own.poll, ca_file = own.ca_file,
    proxy = own.proxy, journal = own.journal })
end

return client
