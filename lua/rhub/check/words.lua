-- How values, limits and problems are said. Checks nothing.

local json = require "rhub.json"

local words = {}

local MOST_LISTED = 12

-- 2413 -> "2,413"
---@param n integer
---@return string
function words.count(n)
  local text, more = tostring(n), true
  while more do
    local longer, k = text:gsub("^(-?%d+)(%d%d%d)", "%1,%2")
    text, more = longer, k > 0
  end
  return text
end

-- 20971520 -> "20 MB"
---@param bytes integer
---@return string
function words.size(bytes)
  for _, unit in ipairs { { "GB", 1 << 30 }, { "MB", 1 << 20 }, { "KB", 1 << 10 } } do
    if bytes >= unit[2] then return (("%.1f"):format(bytes / unit[2]):gsub("%.0$", "")) .. " " .. unit[1] end
  end
  return bytes .. " bytes"
end

local SAID = { ["nil"] = true, boolean = true, number = true }

-- Never by an address, which says nothing to people.
local function other_value(value)
  if SAID[type(value)] then return tostring(value) end
  if value == json.null then return "null" end
  local meta = getmetatable(value)
  if type(meta) == "table" and meta.__tostring then return tostring(value) end
  local text = type(value) == "table" and json.encode(value, { sort = true })
  return text and #text <= 160 and text or "a " .. type(value)
end

-- A value in a message: quoted text, cut where it is long; a table as JSON, where that is short.
---@param value any
---@return string
function words.value(value)
  if type(value) ~= "string" then return other_value(value) end
  if utf8.len(value) and utf8.len(value) > 40 then
    value = value:sub(1, utf8.offset(value, 38) - 1) .. "..."
  elseif #value > 160 then
    value = value:sub(1, 37) .. "..."
  end
  return '"' .. value:gsub("[%c]", " ") .. '"'
end

local function list(items, last)
  local n = #items
  if n < 2 or not last then return table.concat(items, ", ") end
  return table.concat(items, ", ", 1, n - 1) .. " " .. last .. " " .. items[n]
end

local function describe_media(param)
  local text
  if param.accept then
    local types = {}
    for i, ext in ipairs(param.accept) do types[i] = ext:sub(2) end
    text = list(types, "or")
  else
    text = (param.type == "video" and "a " or "an ") .. param.type
  end
  if param.max_bytes then text = text .. ", up to " .. words.size(param.max_bytes) end
  return text
end

local function describe_number(param)
  local text = param.type == "integer" and "a whole number" or "a number"
  local range = words.range(param)
  return range and text .. ", " .. range or text
end

-- "3 to 15", "0 to 1 in steps of 0.1", "from 0", or nil.
---@param param rhub.param
---@return string|nil
function words.range(param)
  local text
  if param.min and param.max then
    text = ("%s to %s"):format(param.min, param.max)
  elseif param.min then
    text = "from " .. param.min
  elseif param.max then
    text = "up to " .. param.max
  end
  if param.step and not (param.type == "integer" and param.step == 1) then
    text = (text and text .. " " or "") .. "in steps of " .. param.step
  end
  return text
end

-- The listed values of an enum: all of them, or the first few.
---@param param rhub.param
---@return string
function words.choices(param)
  local enum = param.enum or {}
  if #enum <= MOST_LISTED + 3 then return table.concat(enum, ", ") end
  return ("%s, ... (%d in all)"):format(table.concat(enum, ", ", 1, MOST_LISTED), #enum)
end

-- What a parameter takes, in a few words.
---@param param rhub.param
---@return string
function words.takes(param)
  local text
  if param.type == "enum" then
    text = words.choices(param)
  elseif param.type == "boolean" then
    text = "true or false"
  elseif param.type == "integer" or param.type == "number" then
    text = describe_number(param)
  elseif param.type == "string" then
    text = "text" .. (param.max_length and ", up to " .. words.count(param.max_length) .. " characters" or "")
  else
    text = describe_media(param)
  end
  if param.max_items then text = text .. "; at most " .. param.max_items .. " of them" end
  return text
end

-- One problem as text, without the parameter's name.
---@param problem rhub.problem
---@return string
function words.problem(problem)
  local text = problem.message
  if problem.allowed then text = text .. ": " .. problem.allowed end
  if problem.suggestion then text = text .. " (did you mean " .. problem.suggestion .. "?)" end
  return text
end

return words
