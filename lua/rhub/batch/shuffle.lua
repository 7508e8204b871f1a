-- Rows in a random order, however many: they are kept in a temporary file, a second one tells where each
-- begins, and a permutation that is computed, not stored, tells which comes next.

local json = require "rhub.json"
local temporary = require "rhub.batch.temporary"

local shuffle = {}

local WHERE = "<i8"

-- A permutation of 0 ... n - 1: a Feistel network over the next power of four, walked until it hits.
---@param n integer
---@return fun(i: integer): integer
function shuffle.permutation(n)
  local half = 1
  while 1 << 2 * half < n do half = half + 1 end
  local mask, keys = (1 << half) - 1, {}
  for i = 1, 4 do keys[i] = math.random(0) | 1 end
  local function mix(i)
    local left, right = i >> half, i & mask
    for round = 1, 4 do
      local f = (right + round) * keys[round]
      left, right = right, left ~ (f ~ f >> 29) * 0x9E3779B97F4A7C15 >> 40 & mask
    end
    return left << half | right
  end
  return function(i)
    repeat i = mix(i) until i < n
    return i
  end
end

-- The same rows in another order.
---@param next_row fun(): rhub.batch.row|nil rows have `number`, `line`, `values`, and may have `key`
---@return fun(): rhub.batch.row|nil
function shuffle.rows(next_row)
  local data, index = temporary.open(), temporary.open()
  local n, at = 0, 0
  for row in next_row do
    local text = assert(json.encode { number = row.number, line = row.line, values = row.values,
      key = row.key })
    data:write(text, "\n")
    index:write(WHERE:pack(at))
    n, at = n + 1, at + #text + 1
  end
  local permutation, i = shuffle.permutation(n), -1
  return function()
    i = i + 1
    if i >= n then return nil end
    index:seek(permutation(i) * 8)
    data:seek((WHERE:unpack(index:read(8))))
    local row = json.decode(data:read "l")
    function row.place() return row.line, 1 end
    return row
  end
end

return shuffle
