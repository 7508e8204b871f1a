-- What outputs are called: a template over columns, made safe for every file system.

local json = require "rhub.json"
local template = require "rhub.batch.template"

local names = {}

names.DEFAULT = "{row:04}-{n}.{ext}"
names.OWN = { "row", "n", "model" } -- besides columns

local LONGEST = 120 -- bytes, the extension included
local ROOM = 8      -- for a dot, and what a name that is taken gets
local OPEN, CLOSE = "\1", "\2" -- around the width of {n} while the rest is filled in

---@class rhub.batch.names
---@field stem rhub.batch.template
---@field columns string[]    that the stem may mean
---@field ext string|nil nil: what the content is
local Names = {}
Names.__index = Names

-- Reads --name. Without {n} several outputs of a row get -2, -3.
---@param text? string
---@return rhub.batch.names|nil
---@return string|nil problem
function names.new(text)
  text = text or names.DEFAULT
  if text:find("/", 1, true) then
    return nil, ('"%s": a name has no folders in it: -o says where files go'):format(text)
  end
  local ext
  local stem = text:match "^(.*)%.{ext}$"
  if not stem then stem, ext = text:match "^(.+)%.(%w%w?%w?%w?%w?)$" end
  if not stem then stem = text end
  if stem:find("{ext}", 1, true) then
    return nil, ('"%s": {ext} stands at the end, after a dot'):format(text)
  end
  local compiled, problem = template.new((stem:gsub("%c", "-")))
  if not compiled then return nil, problem end
  for i, part in ipairs(compiled.parts) do
    if part.name == "n" then compiled.parts[i] = OPEN .. (part.width or "") .. CLOSE end
  end
  return setmetatable({ stem = compiled, columns = compiled:candidates(), ext = ext }, Names)
end

---@param text string
---@return string
local function safe(text)
  if not text:find "[^A-Za-z0-9]" then return text end
  text = text:gsub("[^A-Za-z0-9._\1\2-]+", "-"):gsub("%-%-+", "-"):gsub("%.%.+", ".")
  return (text:gsub("^[.-]+", ""):gsub("[.-]+$", ""))
end

-- What the stem names of a row, made safe and of a bounded length.
local function known(self, row, model, longest)
  local values = {}
  for _, name in ipairs(self.columns) do
    local value = row.values[name]
    if value == nil and name == "model" then value = model or "" end
    if value ~= nil and type(value) ~= "table" then
      local text = safe(tostring(value):gsub("%c", "-"))
      values[name] = #text > longest and safe(text:sub(1, longest)) or text
    end
  end
  values.row = values.row or row.number
  return values
end

local LENGTHS = { LONGEST, 60, 30, 15, 8 }

-- The names of a row's outputs, without an extension, as one template: only {n}, which output it is, is left
-- to be filled in. Long values are cut so that what comes after them stays.
---@param row rhub.batch.row
---@param model? string
---@return string|nil
---@return string|nil problem
---@return string|nil column
function Names:pattern(row, model)
  local room, made = LONGEST - ROOM - #(self.ext or "webp"), nil
  for _, longest in ipairs(LENGTHS) do
    local problem, column
    made, problem, column = self.stem:fill(known(self, row, model, longest))
    if problem then return nil, problem, column end
    made = safe(tostring(made))
    if #made <= room then break end
  end
  made = safe((made:sub(1, room):gsub(OPEN .. "%d*$", "")))
  if made == "" then made = ("%04d-%s%s"):format(row.number, OPEN, CLOSE) end
  return (made:gsub(OPEN .. "(%d*)" .. CLOSE, function(width)
    return width == "" and "{n}" or "{n:" .. width .. "}"
  end))
end

-- The name of output n by such a template. One that is from elsewhere is made safe.
---@param pattern string
---@param n integer
---@return string
function names.fill(pattern, n)
  local made = pattern:gsub("{n:?(%d*)}", function(width)
    return ("%0" .. (width == "" and "1" or width:sub(1, 2)) .. "d"):format(n)
  end)
  return safe(made:gsub("%c", "-"):sub(1, LONGEST - ROOM))
end

-- The name, without its extension, of output n of a row.
---@param row rhub.batch.row
---@param n integer
---@param model? string
---@return string|nil
---@return string|nil problem
---@return string|nil column
function Names:of(row, n, model)
  local pattern, problem, column = self:pattern(row, model)
  if not pattern then return nil, problem, column end
  return names.fill(pattern, n)
end

-- ---- kept with a job --------------------------------------------------------------------------

-- What the journal keeps with a row's job, so that whoever fetches its outputs later calls them as the batch
-- would have.
---@param row rhub.batch.row
---@param model string
---@return string
function Names:save_as(row, model)
  return json.encode({ name = self:pattern(row, model) .. "." .. (self.ext or "{ext}"), row = row.number },
    { sort = true })
end

-- Reads that.
---@param text string|nil
---@return { stem: fun(n: integer): string, ext: string|nil, row: integer|nil }|nil nil: it is of no batch
function names.saved_as(text)
  local kept = text and json.decode(text)
  local name = type(kept) == "table" and kept.name
  if type(name) ~= "string" then return nil end
  local pattern, ext = name:match "^(.+)%.{ext}$", nil
  if not pattern then pattern, ext = name:match "^(.+)%.(%w+)$" end
  if not pattern or names.fill(pattern, 1) == "" then return nil end
  return { stem = function(n) return names.fill(pattern, n) end, ext = ext,
    row = math.type(kept.row) == "integer" and kept.row or nil }
end

return names
