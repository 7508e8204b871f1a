-- Ids of workflows and AI apps: as they are, or out of the address of a page. Sends nothing.

local errors = require "rhub.errors"

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

local SITES = { ai = "cn", cn = "ai" }

-- The id for a client. What is on the other site is another account's, or nobody's.
---@param hub rhub.hub
---@param id string|integer
---@param what string
---@return string|nil
---@return rhub.error|nil
function page.of(hub, id, what)
  if math.type(id) == "integer" then id = tostring(id) end
  if type(id) ~= "string" then error(("%s is text, not a %s"):format(what, type(id)), 3) end
  local known, problem = page.read(id, what)
  local base = known and known.site and hub:describe().base_url:match("runninghub%.(%a+)$")
  if known and base and base == SITES[known.site] then
    problem = ("%s is a page of runninghub.%s, and this client talks to runninghub.%s: give site = \"%s\"")
      :format(id, known.site, base, known.site)
  end
  if problem then return nil, errors.input(problem .. "; nothing was sent") end
  return known.id
end

-- What has been made of an id for a client, or a new one: what was asked of the service once is then known.
---@generic T
---@param hub table
---@param name string
---@param make fun(): T
---@return T
function page.kept(hub, name, make)
  hub.pages = hub.pages or {}
  hub.pages[name] = hub.pages[name] or make()
  return hub.pages[name]
end

return page
