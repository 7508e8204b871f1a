-- Failed coroutines that nobody has waited for yet. A failure that nobody looks at is reported once, at the
-- end.

local failures = {}

local unseen, count = {}, 0

---@param fiber rhub.coroutine
function failures.note(fiber)
  count = count + 1
  unseen[fiber] = count
end

-- Somebody has been told.
---@param fiber rhub.coroutine
function failures.seen(fiber)
  unseen[fiber] = nil
end

-- Those that nobody has waited for, oldest first; each is handed out once.
---@return rhub.coroutine[]
function failures.take()
  local list, order = {}, unseen
  unseen = {}
  for fiber in pairs(order) do list[#list + 1] = fiber end
  table.sort(list, function(a, b) return order[a] < order[b] end)
  return list
end

return failures
