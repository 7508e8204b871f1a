-- Ids of workflows and AI apps: as they are, or out of the address of a page. Sends nothing.

local page = {}

local LONGEST = 19 -- digits: ids fit a signed 64-bit integer

---@class rhub.page
---@field id string
---@field site? "ai"|"cn" that the address belongs to

local function is_id(text)
  return #text <= LONGEST and text:find("^%d+$") and not text:find("^0+$")
end

-- Ids stand in the query or are the last part of the path that is a number:
-- https://www.runninghub.ai/post/1904136902449209346?inviteCode=rh-v1111
local function from_address(address)
  local place = address:gsub("^%a+://", ""):gsub("#.*$", "")
  local path, query = place:match("^([^?]*)%??(.*)$")
  local id = query:match("workflowId=(%d+)") or query:match("webappId=(%d+)")
  for part in path:gmatch("/(%d%d%d%d%d%d+)%f[/\0]") do id = part end
  return id, path:match("^[^/]*runninghub%.(%a+)%f[^%a]")
end

-- Reads an id or an address.
---@param text string
---@param what string "a workflow's id"
---@return rhub.page|nil
---@return string|nil problem
function page.read(text, what)
  if is_id(text) then return { id = text } end
  if text:find("^%a+://") or text:find("^[%w.-]*runninghub%.%a+/") then
    local id, site = from_address(text)
    if id and is_id(id) then return { id = id, site = site } end
    return nil, ('"%s" has no id in it: give the address of the page, or %s'):format(text, what)
  end
  return nil, ('"%s" is no id: give %s, a number such as 1904136902449209346, or the address of its page')
    :format(text, what)
end

return page
