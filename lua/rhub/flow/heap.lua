-- A binary heap of deadlines. What it holds is any table; the table's `slot` field says where it stands,
-- so that a wait that ends early takes its deadline out at once instead of leaving it to go stale.

---@class rhub.heap
---@field n integer
---@field at number[]
---@field who table[]
local Heap = {}
Heap.__index = Heap

local function place(heap, slot, at, who)
  heap.at[slot], heap.who[slot] = at, who
  who.slot = slot
end

-- Moves the hole at `slot` up to where `at` belongs and fills it.
local function rise(heap, slot, at, who)
  while slot > 1 do
    local parent = slot // 2
    if heap.at[parent] <= at then break end
    place(heap, slot, heap.at[parent], heap.who[parent])
    slot = parent
  end
  place(heap, slot, at, who)
end

-- Moves the hole at `slot` down to where `at` belongs and fills it.
local function sink(heap, slot, at, who)
  local n = heap.n
  while true do
    local child = slot * 2
    if child > n then break end
    if child < n and heap.at[child + 1] < heap.at[child] then child = child + 1 end
    if heap.at[child] >= at then break end
    place(heap, slot, heap.at[child], heap.who[child])
    slot = child
  end
  place(heap, slot, at, who)
end

---@param at number
---@param who table must not be in a heap already
function Heap:push(at, who)
  self.n = self.n + 1
  rise(self, self.n, at, who)
end

---@param who table must be in this heap
function Heap:remove(who)
  local slot, n = who.slot, self.n
  local at, last = self.at[n], self.who[n]
  self.at[n], self.who[n] = nil, nil
  self.n = n - 1
  who.slot = nil
  if last == who then return end
  if slot > 1 and self.at[slot // 2] > at then
    rise(self, slot, at, last)
  else
    sink(self, slot, at, last)
  end
end

---@return number|nil at the earliest deadline
---@return table|nil who
function Heap:first()
  return self.at[1], self.who[1]
end

local heap = {}

---@return rhub.heap
function heap.new()
  return setmetatable({ n = 0, at = {}, who = {} }, Heap)
end

return heap
