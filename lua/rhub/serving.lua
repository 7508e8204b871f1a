-- rhub.server is a rock of its own, so that the client's needs no libmicrohttpd: loading it, and saying what
-- is missing when that fails.

local errors = require "rhub.errors"

local serving = {}

---@param what string who needs it, for the message: "the sandbox"
---@return rhub.server|nil
---@return rhub.error|nil
function serving.load(what)
  local found, server = pcall(require, "rhub.server")
  if found then return server end
  return nil, errors.new { kind = "config", message = what .. " needs rhub.server, which does not load ("
    .. tostring(server):match("[^\n]*") .. "); install libmicrohttpd, then run make, or luarocks make "
    .. "src/server/rhub-server-scm-1.rockspec" }
end

return serving
