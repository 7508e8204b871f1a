-- Files and folders that a word may become. Folders end in "/", because they go on.

local sniff = require "rhub.sniff"
local sys = require "rhub.sys"

local files = {}

-- The folder as the system knows it: "~/" is the shell's word.
local function real(folder)
  if folder == "" then return "." end
  local home = os.getenv "HOME"
  return home and (folder:gsub("^~/", home .. "/")) or folder
end

local function add(list, path, stat, fits)
  if stat.type == "dir" then
    table.insert(list.folders, path .. "/")
  else
    table.insert(fits and not fits(path) and list.others or list.files, path)
  end
end

local function look(typed, fits)
  local folder, prefix = typed:match("^(.*/)([^/]*)$")
  folder, prefix = folder or "", prefix or typed
  local list = { files = {}, others = {}, folders = {} }
  for _, name in ipairs(sys.list(real(folder)) or {}) do
    local hidden = name:sub(1, 1) == "." and prefix:sub(1, 1) ~= "."
    if name:sub(1, #prefix) == prefix and not hidden then
      local stat = sys.stat(real(folder .. name))
      if stat then add(list, folder .. name, stat, fits) end
    end
  end
  for _, paths in pairs(list) do table.sort(paths) end
  return list
end

-- Paths that begin as `typed` does: those that fit, then folders. Where nothing fits, all of them.
---@param typed string
---@param fits? fun(path: string): boolean
---@param strict? boolean offer nothing that does not fit
---@return string[]
function files.find(typed, fits, strict)
  local list = look(typed, fits)
  if #list.files == 0 and not strict then list.files = list.others end
  return table.move(list.folders, 1, #list.folders, #list.files + 1, list.files)
end

---@param typed string
---@return string[]
function files.folders(typed)
  return look(typed).folders
end

---@param path string
---@return boolean
function files.is_script(path)
  return path:find("%.lua$") ~= nil
end

-- Whether a media parameter takes a file of that name.
---@param param rhub.param
---@return fun(path: string): boolean
function files.taken_by(param)
  local types = {}
  for _, ext in ipairs(param.accept or {}) do types[sniff.canonical(ext)] = true end
  return function(path)
    local type_ = sniff.extension(path)
    if param.accept then return types[type_] == true end
    return sniff.kind(type_) == param.type
  end
end

return files
