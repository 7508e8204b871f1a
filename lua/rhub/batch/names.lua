-- What outputs are called: a template over columns, made safe for every file system.

local template = require "rhub.batch.template"

local names = {}

names.DEFAULT = "{row:04}-{n}.{ext}"
names.OWN = { "row", "n", "model" } -- besides columns

local LONGEST = 120 -- bytes, the extension included
local ROOM = 8      -- for a dot, and what a name that is taken gets

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
  local compiled, problem = template.new(stem)
  if not compiled then return nil, problem end
  return setmetatable({ stem = compiled, columns = compiled:candidates(), ext = ext }, Names)
end

---@param text string
---@return string
local function safe(text)
  text = text:gsub("[^A-Za-z0-9._-]+", "-"):gsub("%-%-+", "-"):gsub("%.%.+", ".")
  return (text:gsub("^[.-]+", ""):gsub("[.-]+$", ""))
end
names.safe = safe

-- What the stem names of a row, made safe and of a bounded length.
local function known(self, row, n, model, longest)
  local values = {}
  for _, name in ipairs(self.columns) do
    local value = row.values[name]
    if value ~= nil and type(value) ~= "table" then
      local text = safe(tostring(value))
      values[name] = #text > longest and safe(text:sub(1, longest)) or text
    end
  end
  values.row, values.n = values.row or row.number, n
  values.model = values.model or safe(model or "")
  return values
end

local LENGTHS = { LONGEST, 60, 30, 15, 8 }

-- The name, without its extension, of output n of a row. Long values are cut so that what comes after them
-- stays.
---@param row rhub.batch.row
---@param n integer
---@param model? string
---@return string|nil
---@return string|nil problem
---@return string|nil column
function Names:of(row, n, model)
  local room, made = LONGEST - ROOM - #(self.ext or "webp"), nil
  for _, longest in ipairs(LENGTHS) do
    local problem, column
    made, problem, column = self.stem:fill(known(self, row, n, model, longest))
    if problem then return nil, problem, column end
    made = safe(tostring(made))
    if #made <= room then break end
  end
  made = safe(made:sub(1, room))
  return made ~= "" and made or ("%04d-%d"):format(row.number, n)
end

return names
