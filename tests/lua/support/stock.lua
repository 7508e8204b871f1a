-- Code for a stock lua5.4 of its own, which finds the C modules where this interpreter does. Sanitized
-- modules cannot be loaded there: beside a sanitized build there is a plain one.

local stock = {}

stock.cpath = package.cpath:gsub("build/asan/", "build/")

-- The words of a command that runs `code`.
---@param code string
---@return string[]
function stock.command(code)
  local head = "package.cpath = %q; io.stdout:setvbuf 'no'\n"
  return { "lua5.4", "-e", head:format(stock.cpath) .. code }
end

return stock
