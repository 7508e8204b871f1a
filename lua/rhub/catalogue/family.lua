-- Reading a family's file, whole or one declaration of it. The form that makes the latter possible: what
-- comes before the first declaration holds for all of them, and a declaration begins with `model "` and ends
-- with `}`, each at a line's start. Compiling and running one of fifty costs a fiftieth.

local family = {}

local function module_of(name)
  return "rhub.catalogue." .. name:gsub("-", "_")
end

-- The file's text: from inside the program, else from where `require` finds it.
local function text_of(module)
  local found, embedded = pcall(require, "rhub.embedded")
  local text = found and embedded.text(module)
  if text then return text, module end
  local path = assert(package.searchpath(module, package.path))
  local file <close> = assert(io.open(path, "rb"))
  return file:read("a"), path
end

-- The declarations of a family that comes with rhub, in their order.
---@param name string
---@return rhub.model[]
function family.whole(name)
  return require(module_of(name))
end

-- One declaration; nil where the family has none of that name.
---@param name string
---@param endpoint string
---@return rhub.model|nil
function family.one(name, endpoint)
  local text, path = text_of(module_of(name))
  local first = text:find('\nmodel "', 1, true)
  local start = text:find(('\nmodel "%s" {\n'):format(endpoint), 1, true)
  local stop = start and select(2, text:find("\n}\n", start, true))
  if not stop then return nil end
  local chunk = assert(load(text:sub(1, first) .. text:sub(start, stop) .. "return models", "@" .. path, "t"))
  return chunk()[1]
end

return family
