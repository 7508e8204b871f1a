-- Assets: pictures, videos and sounds that the service keeps for models that take real persons. They lie in
-- groups, are ready some seconds after they were made, and stand as asset://ID where a media address is
-- expected. Every call here is free.

local ask = require "rhub.assets.ask"
local asset_value = require "rhub.assets.asset"
local errors = require "rhub.errors"
local flow = require "rhub.flow"
local groups = require "rhub.assets.groups"
local source = require "rhub.assets.source"
local sys = require "rhub.sys"

local assets = {}

local PAUSE = 2 -- seconds between two looks, as the service's own client has it
local LIMITS = { image = 180, audio = 180, video = 300 } -- seconds to wait for one to be ready

---@class rhub.assets
---@field groups rhub.asset_groups
local Assets = {}
Assets.__index = Assets

---@class rhub.asset_options
---@field group string|rhub.asset_group
---@field file? string|rhub.file  a local file, uploaded first; or
---@field url? any                an http(s) address, an upload, an earlier result
---@field type? "Image"|"Video"|"Audio" default: what the file or address is
---@field name? string            default: the file's

local CREATE = { group = true, file = true, url = true, type = true, name = true }

-- Makes an asset of a local file, which is uploaded first, or of an address. It is not ready yet: wait for
-- it.
---@param options rhub.asset_options
---@return rhub.asset|nil
---@return rhub.error|nil
function Assets:create(options)
  ask.check_options(options, CREATE, 2)
  local what, why = source.plan(options)
  if not what then return nil, errors.input("asset: " .. why .. "; nothing was sent") end
  local group = ask.id_of(options.group, "group", 2)
  if not what.url then
    local upload, err = self.hub:upload(what.path)
    if not upload then return nil, err end
    what.url = upload.url
  end
  local body = { groupId = group, url = what.url, assetType = what.type, name = what.name }
  local data, err = ask.object(self.hub, "create", body, "asset " .. what.name)
  if not data then return nil, err end
  return asset_value.new(data, { type = what.type, name = what.name, group = group })
end

-- How an asset stands now.
---@param asset string|rhub.asset an id, asset://ID, or what create returned
---@return rhub.asset|nil
---@return rhub.error|nil
function Assets:get(asset)
  local id = ask.id_of(asset, "an asset", 2)
  local data, err = ask.object(self.hub, "query", { assetId = id }, "asset " .. id)
  if not data then return nil, err end
  return asset_value.new(data, type(asset) == "table" and asset or { id = id })
end

-- Every asset, page after page: for asset in hub:assets():list{ group = id } do. Raises an error of the
-- service.
---@param options? { group?: string|rhub.asset_group, status?: string, name?: string }
---@return fun(): rhub.asset|nil
function Assets:list(options)
  options = options or {}
  ask.check_options(options, { group = true, status = true, name = true }, 2)
  local body = { groupId = options.group and ask.id_of(options.group, "group", 2), status = options.status,
    name = options.name }
  local function make(item) return asset_value.new(item, {}) end
  return ask.each(self.hub, "list", body, "the list of assets", make)
end

-- Gives it another name.
---@param asset string|rhub.asset
---@param options { name: string }
---@return rhub.asset|nil
---@return rhub.error|nil
function Assets:update(asset, options)
  local id = ask.id_of(asset, "an asset", 2)
  ask.check_options(options, { name = true }, 2)
  if not ask.text(options.name) then return nil, errors.input "give a name; nothing was sent" end
  local body = { assetId = id, name = options.name }
  local data, err = ask.object(self.hub, "update", body, "asset " .. id)
  if not data then return nil, err end
  return asset_value.new(data, type(asset) == "table" and asset or { id = id })
end

---@param asset string|rhub.asset
---@return true|nil
---@return rhub.error|nil
function Assets:delete(asset)
  local id = ask.id_of(asset, "an asset", 2)
  local _, err = ask.call(self.hub, "delete", { assetId = id }, "asset " .. id)
  if err then return nil, err end
  return true
end

-- What the wait for an asset has come to: it, an error, or nothing yet.
local function judge(hub, now)
  if now.ready then return now end
  if now.failed then
    return nil, errors.new { kind = "failed", message =
      ("asset %s has failed (%s): the file was not accepted; make another one"):format(now.id, now.status) }
  end
  if not asset_value.is_under_way(now) then
    hub.warn(("asset %s: its state %s is not known; waiting on"):format(now.id, now.status),
      "asset state " .. now.status)
  end
end

-- Waits until an asset is ready: 180 s, 300 s for a video, or `seconds`. When they have passed: nil and an
-- error of kind "timeout"; it can be waited for again. A question that fails for a moment is asked again.
---@param asset string|rhub.asset
---@param seconds? number
---@return rhub.asset|nil
---@return rhub.error|nil
function Assets:wait(asset, seconds)
  local id = ask.id_of(asset, "an asset", 2)
  local given, start = flow.seconds(seconds, 2), sys.now()
  local limit = given or LIMITS.image
  local known = type(asset) == "table" and asset or { id = id }
  while true do
    local now, err = self:get(known)
    if now then
      local ready, failure = judge(self.hub, now)
      if ready or failure then return ready, failure end
      known, limit = now, given or LIMITS[(now.type or ""):lower()] or limit
    elseif not err.retryable then
      return nil, err
    end
    local left = start + limit - sys.now()
    if left <= 0 then break end
    flow.sleep(math.min(PAUSE, left))
  end
  return nil, errors.new { kind = "timeout", retryable = true,
    message = ("asset %s is not ready after %g s; wait for it again"):format(id, limit) }
end

-- ---- of a hub ---------------------------------------------------------------------------------

-- Assets and their groups: hub:assets():create{ group = id, file = "face.png" }.
---@return rhub.assets
function assets.assets(hub)
  return setmetatable({ hub = hub, groups = groups.of(hub) }, Assets)
end

return assets
