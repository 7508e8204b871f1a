-- Where outputs go (-o): looked at before anything is sent, since a result that cannot be saved has been paid
-- for nevertheless.

local errors = require "rhub.errors"
local sys = require "rhub.sys"

local target = {}

local ENOUGH_TO_NOTICE = ("x"):rep(4096) -- a full disk takes empty files

local function refuse(path, reason)
  return errors.input(("-o %s: %s; nothing was sent"):format(path, reason))
end

-- Makes sure that a file can be written in the folder by writing one.
local function try(folder)
  local probe = ("%s/.rhub-%d-%d"):format(folder, sys.getpid(), math.random(0))
  local ok, reason = sys.write_private(probe, ENOUGH_TO_NOTICE)
  os.remove(probe)
  return ok, reason
end

-- The folder that outputs will lie in, or nil and what is wrong.
local function folder_of(path, fresh, overwrite)
  local stat = sys.stat(path)
  if stat and stat.type == "dir" or path:sub(-1) == "/" then return path end
  if stat and stat.type ~= "file" then return nil, "is neither a folder nor a file" end
  if stat and fresh and not overwrite then
    return nil, "is there already; give another name, a folder, or --overwrite"
  end
  return path:match("^(.*/)[^/]+$") or "."
end

-- Makes the folder and proves that it can be written to.
---@param path string
---@param o { fresh?: boolean, overwrite?: any } fresh: no outputs exist yet
---@return rhub.error|nil
function target.check(path, o)
  local folder, reason = folder_of(path, o.fresh, o.overwrite)
  if not folder then return refuse(path, reason) end
  local made = not sys.stat(folder)
  local ok
  ok, reason = sys.mkdir_p(folder)
  if not ok then return refuse(path, "the folder cannot be made: " .. reason) end
  ok, reason = try(folder)
  if not ok then
    if made then os.remove(folder) end
    return refuse(path, "cannot be written to: " .. reason)
  end
  target.made = made and folder or nil
end

-- Takes an empty folder away again that was made for a task that was never sent.
function target.undo()
  if target.made then os.remove(target.made) end
  target.made = nil
end

return target
