-- What `require "rhub"` returns. The engine, and with it the network library, is loaded by the first client.

local flow = require "rhub.flow"
local json = require "rhub.json"
local media = require "rhub.media"

---@class rhub
---@field model rhub.model_words
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

-- What is seldom asked for is read when it is: `model`, to add models to the catalogue, or to replace some:
--     local m = rhub.model
--     m "acme/upscale" {
--       task = "image-upscale", output = "image",
--       m.image "imageUrl" { "jpg", "png", max = "10MB" },
--       m.one_of "scale" { "2", "4", default = "2" },
--       price = m.per.call { fixed = 0.1, currency = "USD" },
--     }
-- Its fields are the words that lua/rhub/catalogue/words.lua tells of. Calling it returns the entry.
return setmetatable(rhub, {
  __index = function(self, name)
    if name ~= "model" then return nil end
    local words = require("rhub.catalogue.own").words()
    rawset(self, name, words)
    return words
  end,
})
