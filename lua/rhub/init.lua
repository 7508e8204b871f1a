-- What `require "rhub"` returns. The engine, and with it the network library, is loaded by the first client.

local flow = require "rhub.flow"
local json = require "rhub.json"
local media = require "rhub.media"

---@class rhub
local rhub = {
  _VERSION = "0.1.0",
  json = json,
  file = media.file,
  go = flow.go,
  map = flow.map,
  each = flow.each,
  all = flow.all,
  race = flow.race,
  sleep = flow.sleep,
  wrap = flow.wrap,
  loop = flow.loop,
}

-- Makes a client:
--     local hub <close> = rhub.client { site = "ai", concurrency = 20 }
-- Raises an error of kind "config" or "input" when the key or an option is missing or wrong.
---@param options? rhub.client_options
---@return rhub.hub
function rhub.client(options)
  return require("rhub.client").open(options)
end

return rhub
