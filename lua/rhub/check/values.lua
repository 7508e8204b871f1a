-- One value against what its parameter takes. Returns the value as it is to be sent; a finding goes to
-- `found` and leaves the value as it was given.

local json = require "rhub.json"
local media = require "rhub.media"
local nearest = require "rhub.nearest"
local sniff = require "rhub.sniff"
local words = require "rhub.check.words"

local values = {}

local function problem(found, param, value, message, allowed, suggestion)
  local list = found.problems
  list[#list + 1] = { param = param.name, value = value, message = message, allowed = allowed,
    suggestion = suggestion }
  return value
end

-- The parameter's enum as a set, and its spellings by lower case; made once for each parameter.
local sets = setmetatable({}, { __mode = "k" })

local function enum_set(param)
  local set = sets[param]
  if not set then
    set = { exact = {}, lower = {} }
    for _, choice in ipairs(param.enum or {}) do
      set.exact[choice] = true
      set.lower[choice:lower()] = choice
    end
    sets[param] = set
  end
  return set
end

local check = {}

-- A listed value as the service takes it.
local function as_sent(param, choice)
  return param.numbers and tonumber(choice) or choice
end

-- 5, 5.0 and "5" are one choice; the listed spelling is sent.
function check.enum(param, value, found)
  local set = enum_set(param)
  if set.exact[value] then return as_sent(param, value) end
  local text = value
  if math.type(value) == "float" and math.tointeger(value) then text = math.tointeger(value) end
  if type(text) ~= "string" then
    if type(text) == "table" then
      return problem(found, param, value, "is a table", words.choices(param))
    end
    text = tostring(text)
    if set.exact[text] then return as_sent(param, text) end
  end
  local choice = set.lower[text:lower()]
  if choice then return as_sent(param, choice) end
  local suggestion = not tonumber(text) and nearest.find(text, param.enum) or nil
  local message = words.value(value) .. " is not allowed"
  found.doubtful = true
  return problem(found, param, value, message, words.choices(param), suggestion)
end

function check.boolean(param, value, found)
  if type(value) == "boolean" then return value end
  local text = type(value) == "string" and value:lower()
  if text == "true" or text == "false" then return text == "true" end
  return problem(found, param, value, words.value(value) .. " is not allowed", "true or false")
end

local function in_range(param, n)
  if param.min and n < param.min or param.max and n > param.max then return false end
  local step = param.step
  if not step or step == 0 then return true end
  local steps = (n - (param.min or 0)) / step
  return math.abs(steps - math.floor(steps + 0.5)) < 1e-6
end

local function check_number(param, value, n, found)
  if not n or n ~= n then
    return problem(found, param, value, words.value(value) .. " is not allowed", words.takes(param))
  end
  if not in_range(param, n) then
    return problem(found, param, value, words.value(value) .. " is out of range", words.range(param))
  end
  return n
end

function check.integer(param, value, found)
  local n = value
  if type(n) == "string" then n = n:find("^%s*-?%d+%s*$") and tonumber(n) end
  return check_number(param, value, type(n) == "number" and math.tointeger(n), found)
end

function check.number(param, value, found)
  local n = value
  if type(n) == "string" then n = n:find("^%s*-?[%d.]+[eE]?[+-]?%d*%s*$") and tonumber(n) end
  return check_number(param, value, type(n) == "number" and n, found)
end

-- An earlier text result stands for its text.
function check.string(param, value, found)
  local meta = getmetatable(value)
  local text_of = type(meta) == "table" and rawget(meta, "__rhub_text")
  if text_of then value = text_of(value) or value end
  if type(value) ~= "string" then
    return problem(found, param, value, words.value(value) .. " is not text", "takes " .. words.takes(param))
  end
  local length = utf8.len(value) or #value
  if param.max_length and length > param.max_length then
    return problem(found, param, value, ("has %s characters"):format(words.count(length)),
      "takes up to " .. words.count(param.max_length))
  end
  return value
end

local function accepts(param, type_)
  for _, ext in ipairs(param.accept) do
    if sniff.canonical(ext) == type_ then return true end
  end
  return false
end

-- A file whose first bytes and name say nothing: wrong where those of every type that is taken are known.
local function unknown_problem(param, path, info, found)
  if param.accept and (info.is_text or sniff.all_marked(param.accept)) then
    return info.is_text and "is plain text" or "is of no type that is known here"
  end
  found:warn(("%s: %s is of no type that is known here"):format(param.name, path), param.name .. " type")
end

-- What is wrong with a local file for this parameter, or nil.
local function file_problem(param, path, found)
  local info, why = media.inspect(path)
  if not info then return why end
  local type_ = info.type
  local named = type_ and (info.kind or param.accept)
  why = not named and unknown_problem(param, path, info, found)
  if why then return why end
  if type_ and (param.accept and not accepts(param, type_)
    or not param.accept and info.kind and info.kind ~= param.type) then
    return ("is %s %s"):format(type_:find("^[aefhimosx8]") and "an" or "a", type_:upper())
  end
  if param.max_bytes and info.size > param.max_bytes then return "has " .. words.size(info.size) end
end

-- `index` is its place in a list, nil outside of one.
local function check_file(param, path, found, index)
  local why = file_problem(param, path, found)
  if why then return problem(found, param, path, path .. " " .. why, "takes " .. words.takes(param)) end
  local pointer = media.step("", param.name)
  media.add_file(found, index and media.step(pointer, index) or pointer, path)
  return path
end

-- What is wrong with a data URI for this parameter, or nil: it says itself what it holds.
local function data_problem(param, uri)
  local kind, type_ = uri:match("^[Dd][Aa][Tt][Aa]:(%a+)/([%w.+-]+);base64,.")
  if not kind then return "is no data URI: data:TYPE;base64,..." end
  type_ = sniff.canonical(type_)
  local taken = not param.accept and kind:lower() == param.type or param.accept and accepts(param, type_)
  if not taken and sniff.kind(type_) then return ("is %s/%s"):format(kind, type_) end
end

local function check_address(param, value, found)
  local why = media.address_problem(value)
  if why then return problem(found, param, value, words.value(value) .. " " .. why) end
  why = value:find("^[Dd][Aa][Tt][Aa]:") and data_problem(param, value)
  if not why then return value end
  return problem(found, param, value, words.value(value) .. " " .. why, "takes " .. words.takes(param))
end

-- An address, a local file, or something earlier: for the latter, the first address that fits.
local function check_media(param, value, found, index)
  if type(value) == "string" then
    if value:find("^https?://[^/?#%s%c][^%s%c]*$") then return value end -- most are: one look suffices
    if media.is_address(value) then return check_address(param, value, found) end
    return check_file(param, value, found, index)
  end
  local path = media.file_path(value)
  if path then return check_file(param, path, found, index) end
  local urls, why = media.earlier(value, param.type)
  if not urls then why = words.value(value) .. " is no file and no address" end
  if why then return problem(found, param, value, why, "takes " .. words.takes(param)) end
  return urls[1]
end

check.image, check.video, check.audio = check_media, check_media, check_media

-- What stands for a list: itself, all addresses of an earlier result, or one value.
local function as_list(param, value)
  if type(value) ~= "table" or media.file_path(value) then return { value } end
  local urls, why = media.earlier(value, param.type)
  if not urls then return value end
  return why and { value } or urls
end

local function is_object(value)
  local meta = getmetatable(value)
  return type(meta) == "table" and (rawget(meta, "__rhub_addresses") or media.file_path(value)) ~= nil
end

local function check_list(param, value, found)
  if type(value) == "userdata" then return value end -- cjson's words for nothing and for no items
  local items, out, check_one = as_list(param, value), {}, check[param.type]
  for i = 1, #items do out[i] = check_one(param, items[i], found, i) end
  if #out == 0 and next(items) ~= nil then
    return problem(found, param, value, "is a table with names", "takes a list")
  end
  if param.max_items and #out > param.max_items then
    return problem(found, param, value, ("has %d items"):format(#out), "takes at most " .. param.max_items)
  end
  return #out > 0 and out or json.array(out)
end

-- What is sent where a required parameter is not given.
---@param param rhub.param
---@return any
function values.default(param)
  local value = param.type == "enum" and as_sent(param, param.default) or param.default
  return param.list and { value } or value
end

-- A list where one value is expected. Some models are said to take a list of one under a name that the
-- registry has as single: with check = "warn" it goes as it is.
local function check_scalar_list(param, value, found)
  if #value > 1 then problem(found, param, value, ("is a list of %d"):format(#value), "takes one") end
  if not found.as_given then
    if #value > 1 then return value end
    found:warn(("%s takes one value: the list's only one is sent"):format(param.name), param.name .. "[1]")
    return check[param.type](param, value[1], found)
  end
  if #value == 1 then
    found:warn(("%s takes one value: the list is sent as it is"):format(param.name), param.name .. "[1]")
  end
  local out = {}
  for i, item in ipairs(value) do out[i] = check[param.type](param, item, found, i) end
  return out
end

-- A parameter's value, single or list.
---@param param rhub.param
---@param value any
---@param found rhub.findings
---@return any
function values.check(param, value, found)
  if param.list then return check_list(param, value, found) end
  if type(value) == "table" and #value > 0 and not is_object(value) then
    return check_scalar_list(param, value, found)
  end
  return check[param.type](param, value, found)
end

return values
