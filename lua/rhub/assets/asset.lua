-- One asset as the service tells of it: what state it is in, and that it stands for media once it is ready.

local ask = require "rhub.assets.ask"

local asset = {}

local text = ask.text

local function set(words)
  local found = {}
  for word in words:gmatch("%S+") do found[word] = true end
  return found
end

-- Which of these words the service really sends is not confirmed.
local READY = set "ACTIVE SUCCESS SUCCEEDED COMPLETED DONE READY AVAILABLE"
local FAILED = set "FAILED ERROR CANCEL CANCELED CANCELLED"
local UNDER_WAY = set "PROCESSING PENDING QUEUED RUNNING CREATING CREATED CREATE UPLOADING SUBMITTED"

---@class rhub.asset
---@field id string
---@field status string         the service's word: "PROCESSING", "ACTIVE", "FAILED", ...
---@field ready boolean         it can be used
---@field failed boolean        it never will be
---@field type? "Image"|"Video"|"Audio"
---@field name? string
---@field group? string         a group's id
---@field preview? string       an address to look at it, while it lives
local Asset = { __name = "rhub.asset" }
Asset.__index = Asset

-- What the service tells, with what is known of it already.
---@param data table
---@param known table its id at least, where the service does not repeat it
---@return rhub.asset
function asset.new(data, known)
  local status = (text(data.status) or ""):upper()
  return setmetatable({
    id = text(data.assetId) or text(data.id) or known.id, status = status,
    ready = READY[status] or false, failed = FAILED[status] or false,
    type = text(data.assetType) or known.type, name = text(data.name) or known.name,
    group = text(data.groupId) or known.group, preview = text(data.previewUrl),
  }, Asset)
end

function Asset:__rhub_addresses(kind)
  if self.failed then return nil, "is an asset that has failed (" .. self.status .. ")" end
  if not self.ready then return nil, "is an asset that is not ready yet: hub:assets():wait(it) first" end
  if kind and self.type and self.type:lower() ~= kind then
    return nil, ("is an asset of type %s"):format(self.type)
  end
  return { "asset://" .. self.id }
end

function Asset:__tostring()
  return ("rhub.asset %s (%s)"):format(self.id, self.status)
end

-- Whether its state is one that leads to another.
---@param one rhub.asset
---@return boolean
function asset.is_under_way(one)
  return one.status == "" or UNDER_WAY[one.status] or false
end

return asset
