-- What an account can look up: its keys, and the model files that workflows may name. Which fields a record
-- has beside nodeModelName is documented nowhere.

local callers = require "rhub.sandbox.callers"
local json = require "rhub.json"
local replies = require "rhub.sandbox.replies"
local shapes = require "rhub.sandbox.shapes"

local resources = {}

local function refuse(code, message)
  return replies.json(shapes.refuse_a(code, message))
end

-- GET /openapi/v2/api-key/list
---@return table reply
function resources.keys(box, call)
  local account, code = callers.bearer(box, call)
  if not account then return refuse(code) end
  if call.method ~= "GET" then return refuse("1009") end
  local key = call.request:header("Authorization"):match("(%S+)$")
  return replies.json(shapes.ok(json.array {
    { key = key:sub(1, 4) .. "****" .. key:sub(-4), apiKeyName = "sandbox", status = "ACTIVE",
      quotaLimit = json.null, quotaUsed = "0", visible = true, expireAt = json.null,
      expireInMinute = json.null, createdAt = "2026-01-01 00:00:00" },
    { key = "5b1e****9c0d", apiKeyName = "old", status = "EXPIRED", quotaLimit = "100", quotaUsed = "12.50",
      visible = false, expireAt = "2026-02-01 00:00:00", expireInMinute = 0,
      createdAt = "2026-01-01 00:00:00" },
  }))
end

-- ---- model files ------------------------------------------------------------------------------

local FILES = {
  UNET = { "flux1-dev", "flux1-schnell", "wan2.2-i2v-14b", "wan2.2-t2v-14b", "qwen-image" },
  CHECKPOINT = { "sd15-base", "sdxl-base", "sdxl-refiner", "realistic-xl", "anime-xl", "sd3-medium" },
  LORA = { "ink-style", "paper-cut", "film-grain", "pixel-art", "line-art", "low-light", "watercolour" },
  GGUF = { "flux1-dev-q8", "flux1-dev-q4", "wan2.2-i2v-q5" },
}
local BASES = { "flux", "wan", "qwen", "sd15", "sdxl", "sd3" }
local LARGEST = 50 -- records a page

local function base_of(name, n)
  for _, base in ipairs(BASES) do
    if name:find(base, 1, true) then return base end
  end
  return n % 2 == 0 and "sdxl" or "flux"
end

local function record(kind, name, n)
  return {
    nodeModelName = ("sandbox/%s.%s"):format(name, kind == "GGUF" and "gguf" or "safetensors"),
    resourceName = name, resourceType = kind, baseModel = base_of(name, n),
    tags = json.array { n % 2 == 0 and "style" or "realistic" },
  }
end

local function any(list, values)
  if list == nil or list == json.null or #list == 0 then return true end
  for _, wanted in ipairs(list) do
    for _, value in ipairs(values) do
      if wanted == value then return true end
    end
  end
  return false
end

local function is_list(value)
  return value == nil or value == json.null or type(value) == "table" and (next(value) == nil or #value > 0)
end

-- The records that fit, or nil and what is wrong with the question.
local function find(body)
  local names, wanted = FILES[body.resourceType or ""], body.resourceName
  if not names then return nil, "resourceType must be UNET, CHECKPOINT, LORA or GGUF" end
  if not (is_list(body.baseModels) and is_list(body.tags)) then
    return nil, "baseModels and tags must be arrays"
  end
  local found = {}
  for n, name in ipairs(names) do
    local one = record(body.resourceType, name, n)
    local fits = type(wanted) ~= "string" or name:find(wanted:lower(), 1, true)
    if fits and any(body.baseModels, { one.baseModel }) and any(body.tags, one.tags) then
      found[#found + 1] = one
    end
  end
  return found
end

-- POST /openapi/v2/resource/list
---@return table reply
function resources.list(box, call)
  local account, code = callers.bearer(box, call)
  if not account then return refuse(code) end
  local body, wrong, why = callers.object(call)
  if not body then return refuse(wrong, why) end
  local found, problem = find(body)
  if not found then return refuse("1007", problem) end
  local page, size = body.current, body.size
  if math.type(page) ~= "integer" or page < 1 then return refuse("1007", "current must be 1 or more") end
  if math.type(size) ~= "integer" or size < 1 or size > LARGEST then
    return refuse("1007", "size must be between 1 and 50")
  end
  local pages = (#found + size - 1) // size
  local records = table.move(found, (page - 1) * size + 1, math.min(page * size, #found), 1, {})
  return replies.json(shapes.ok {
    records = json.array(records), size = size, current = page, total = #found, pages = pages,
    hasNext = page < pages, hasPrevious = page > 1,
  })
end

return resources
