-- Assets and their groups, each account's own. An asset is PROCESSING for a moment, then ACTIVE, unless a
-- fault of route "asset_create" says otherwise. Which state words the real service sends is not confirmed.

local callers = require "rhub.sandbox.callers"
local json = require "rhub.json"
local replies = require "rhub.sandbox.replies"
local shapes = require "rhub.sandbox.shapes"

local assets = {}

local KINDS = { Image = true, Video = true, Audio = true }
local MOMENT = 1 -- seconds until an asset is ready, at speed 1
local LARGEST = 100 -- items a page

---@class rhub.sandbox.assets
---@field lookup fun(account: table, id: string): { kind: string, status: string }|nil
local Assets = {}
Assets.__index = Assets

---@param options table {clock, speed, random}
---@return rhub.sandbox.assets
function assets.new(options)
  local self = setmetatable({
    clock = options.clock, moment = MOMENT / options.speed, random = options.random,
  }, Assets)
  self.lookup = function(account, id) return self:look(account, id) end
  self:reset()
  return self
end

function Assets:reset()
  self.by_account, self.made, self.groups_made = {}, 0, 0
end

-- What an account has: groups and assets by id, and the ids in the order in which they were made.
local function of(self, account)
  local own = self.by_account[account]
  if not own then
    own = { groups = {}, assets = {}, group_ids = {}, asset_ids = {} }
    self.by_account[account] = own
  end
  return own
end

-- Its state now. Every look at an asset that lives by a list of words moves it on by one.
local function status_of(self, asset)
  local script, words = asset.script, asset.script.states
  if words and asset.looks < #words then
    asset.looks = asset.looks + 1
    return words[asset.looks]
  end
  if not words and self.clock() < asset.ready then return "PROCESSING" end
  return script["end"] or "ACTIVE"
end

function Assets:look(account, id)
  local asset = of(self, account).assets[id]
  return asset and { kind = asset.kind, status = status_of(self, asset) } or nil
end

local function add(own, what, id, value)
  own[what .. "s"][id] = value
  table.insert(own[what .. "_ids"], id)
end

local function remove(own, what, id)
  own[what .. "s"][id] = nil
  local ids = own[what .. "_ids"]
  for i = #ids, 1, -1 do
    if ids[i] == id then table.remove(ids, i) end
  end
end

local function count_in(own, group)
  local n = 0
  for _, asset in pairs(own.assets) do
    if asset.group == group then n = n + 1 end
  end
  return n
end

-- ---- what is shown ----------------------------------------------------------------------------

local function show_asset(self, asset)
  local status = status_of(self, asset)
  return {
    assetId = asset.id, status = status, assetType = asset.kind, name = asset.name, groupId = asset.group,
    previewUrl = status == "ACTIVE" and asset.url or json.null,
  }
end

local function show_group(own, group)
  return { groupId = group.id, name = group.name, description = group.description,
    assetCount = count_in(own, group.id) }
end

-- One page of those that fit.
local function page_of(ids, body, show)
  local number, size = body.pageNumber, body.pageSize
  if math.type(number) ~= "integer" or number < 1 then return nil, "pageNumber must be 1 or more" end
  if math.type(size) ~= "integer" or size < 1 or size > LARGEST then
    return nil, "pageSize must be between 1 and 100"
  end
  local fitting = {}
  for _, id in ipairs(ids) do fitting[#fitting + 1] = show(id) end
  local first = (number - 1) * size
  local items = table.move(fitting, first + 1, math.min(first + size, #fitting), 1, {})
  return { items = json.array(items), totalCount = #fitting }
end

local function given(value)
  return value ~= nil and value ~= json.null and value ~= ""
end

-- ---- the ten calls: store, what the account has, body, call -> data, or nil and what is wrong -----------

local CALLS = {}

local function is_name(value)
  return type(value) == "string" and value ~= "" and (utf8.len(value) or 1000) <= 100
end

local function group_of(own, body)
  local group = own.groups[body.groupId]
  if not group then return nil, "groupId: no such group" end
  return group
end

local function asset_of(own, body)
  local asset = own.assets[body.assetId]
  if not asset then return nil, "assetId: no such asset" end
  return asset
end

-- What is wrong with the address of a new asset, or nil.
local function url_problem(box, url)
  if type(url) ~= "string" or not url:find("^https?://[^/%s]+") then return "url must be an http(s) URL" end
  local own, file = box.uploads:find(url)
  if own and not file then return "url was never issued, or has expired" end
end

CALLS["create"] = function(self, own, body, call, box)
  local group, problem = group_of(own, body)
  if not group then return nil, problem end
  if not KINDS[body.assetType or ""] then return nil, "assetType must be Image, Video or Audio" end
  if not is_name(body.name) then return nil, "name must not be empty" end
  problem = url_problem(box, body.url)
  if problem then return nil, problem end
  local script = call.script or {}
  local asset = { id = "asset-" .. self.random(8), group = group.id, kind = body.assetType, name = body.name,
    url = body.url, script = script, looks = 0, ready = self.clock() + (script.seconds or self.moment) }
  add(own, "asset", asset.id, asset)
  self.made = self.made + 1
  return { assetId = asset.id, status = "PROCESSING" }
end

CALLS["query"] = function(self, own, body)
  local asset, problem = asset_of(own, body)
  if not asset then return nil, problem end
  local shown = show_asset(self, asset)
  shown.name, shown.groupId = nil, nil
  return shown
end

CALLS["list"] = function(self, own, body)
  if given(body.groupId) and not own.groups[body.groupId] then return nil, "groupId: no such group" end
  local ids = {}
  for _, id in ipairs(own.asset_ids) do
    local asset = own.assets[id]
    if (not given(body.groupId) or asset.group == body.groupId)
      and (not given(body.status) or status_of(self, asset) == body.status)
      and (not given(body.name) or asset.name:find(body.name, 1, true)) then
      ids[#ids + 1] = id
    end
  end
  return page_of(ids, body, function(id) return show_asset(self, own.assets[id]) end)
end

CALLS["update"] = function(self, own, body)
  local asset, problem = asset_of(own, body)
  if not asset then return nil, problem end
  if not is_name(body.name) then return nil, "name must not be empty" end
  asset.name = body.name
  return { assetId = asset.id, name = asset.name, status = status_of(self, asset) }
end

CALLS["delete"] = function(_, own, body)
  local asset, problem = asset_of(own, body)
  if not asset then return nil, problem end
  remove(own, "asset", asset.id)
  return json.null
end

CALLS["groups/create"] = function(self, own, body)
  if not is_name(body.name) then return nil, "name must not be empty" end
  local group = { id = "group-" .. self.random(8), name = body.name,
    description = type(body.description) == "string" and body.description or "" }
  add(own, "group", group.id, group)
  self.groups_made = self.groups_made + 1
  return { groupId = group.id, name = group.name, description = group.description }
end

CALLS["groups/list"] = function(_, own, body)
  local ids = {}
  for _, id in ipairs(own.group_ids) do
    if not given(body.name) or own.groups[id].name:find(body.name, 1, true) then ids[#ids + 1] = id end
  end
  return page_of(ids, body, function(id) return show_group(own, own.groups[id]) end)
end

CALLS["groups/query"] = function(_, own, body)
  local group, problem = group_of(own, body)
  if not group then return nil, problem end
  return show_group(own, group)
end

CALLS["groups/update"] = function(_, own, body)
  local group, problem = group_of(own, body)
  if not group then return nil, problem end
  if given(body.name) then
    if not is_name(body.name) then return nil, "name is too long" end
    group.name = body.name
  end
  if type(body.description) == "string" then group.description = body.description end
  return { groupId = group.id, name = group.name, description = group.description }
end

CALLS["groups/delete"] = function(_, own, body)
  local group, problem = group_of(own, body)
  if not group then return nil, problem end
  if count_in(own, group.id) > 0 then return nil, "the group is not empty" end
  remove(own, "group", group.id)
  return json.null
end

-- By path: what the call is counted as, and its handler.
---@type table<string, { [1]: string, [2]: fun(box: rhub.sandbox, call: table): table }>
assets.ROUTES = {}

for name, carry_out in pairs(CALLS) do
  local group, verb = name:match("^(groups/)(.*)$")
  local route = group and "group_" .. verb or "asset_" .. name
  assets.ROUTES["/openapi/v2/assets/" .. name] = { route, function(box, call)
    local account, code = callers.bearer(box, call)
    if not account then return replies.json(shapes.refuse_a(code)) end
    local body, wrong, why = callers.object(call)
    if not body then return replies.json(shapes.refuse_a(wrong, why)) end
    if account.kind ~= "SHARED" then return replies.json(shapes.refuse_a("1014")) end
    local data, problem = carry_out(box.assets, of(box.assets, account), body, call, box)
    if not data then return replies.json(shapes.refuse_a("1007", problem)) end
    return replies.json(shapes.ok(data))
  end }
end

return assets
