-- Lists that the service hands out in pages, as one iterator. Knows neither client nor calls.

local pager = {}

-- All items, page after page, each fetched when it is needed. A page that cannot be had is raised as the
-- error that it is: a loop that merely ended would look like the end of the list.
---@generic T
---@param fetch fun(page: integer): T[]|nil, boolean|rhub.error items and whether more follow; nil, an error
---@return fun(): T|nil
function pager.each(fetch)
  local items, more, page, at = {}, true, 0, 0
  return function()
    at = at + 1
    if items[at] == nil and more then
      page, at = page + 1, 1
      items, more = fetch(page)
      if not items then error(more, 0) end
      more = more and #items > 0
    end
    return items[at]
  end
end

return pager
