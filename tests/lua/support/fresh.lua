-- A fresh copy of rhub's modules on stand-ins, for specs that must not touch the network or the clock.

local fresh = {}

-- Forgets every rhub module, puts `stand_ins` (by module name) in their place, returns `require name`.
---@param name string
---@param stand_ins table<string, table>
function fresh.require(name, stand_ins)
  for loaded in pairs(package.loaded) do
    if loaded == "rhub" or loaded:find("^rhub%.") then package.loaded[loaded] = nil end
  end
  for module, stand_in in pairs(stand_ins) do package.loaded[module] = stand_in end
  return require(name)
end

return fresh
