-- The nearest spelling: what people meant when a word is not one of the known ones.
-- Knows words only, neither models nor options.

local nearest = {}

-- Edits (insert, delete, replace, swap of neighbours) between two words, or nil when more than `limit`.
-- Works on bytes: names here are ASCII, and elsewhere a wrong guess costs nothing.
---@param a string
---@param b string
---@param limit integer
---@return integer|nil
function nearest.distance(a, b, limit)
  if a == b then return 0 end
  if math.abs(#a - #b) > limit then return nil end
  local before, last, row = {}, {}, {}
  for j = 0, #b do last[j] = j end
  for i = 1, #a do
    row[0] = i
    local least, ai = i, a:byte(i)
    for j = 1, #b do
      local cost = ai == b:byte(j) and 0 or 1
      local d = math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
      if i > 1 and j > 1 and ai == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
        d = math.min(d, before[j - 2] + 1)
      end
      row[j] = d
      if d < least then least = d end
    end
    if least > limit then return nil end
    before, last, row = last, row, before
  end
  return last[#b] <= limit and last[#b] or nil
end

local function plain(word)
  return (word:lower():gsub("[_%s-]", ""))
end

local function find(word, candidates, keys, most)
  local bare, best, least = plain(word), nil, most + 1
  for k, v in pairs(candidates) do
    local candidate = keys and k or v
    if plain(candidate) == bare then return candidate end
    local d = nearest.distance(word, candidate, most)
    if d and d < #word and d < #candidate and (d < least or d == least and candidate < best) then
      best, least = candidate, d
    end
  end
  return best
end

-- The candidate nearest to `word`: the same but for case, spaces, `_` and `-`, else within two edits
-- (and fewer edits than either has letters).
---@param word string
---@param candidates Iterable<string> a list, or a table with the words as keys when `keys` is true
---@param keys? boolean
---@return string|nil
function nearest.find(word, candidates, keys)
  return find(word, candidates, keys, 2)
end

local SHORT = 5 -- letters: two edits make any word of it, "style" of "scale"

-- The same where many short words stand side by side and a wrong guess stops a call: one edit for short ones.
---@param word string
---@param candidates string[]
---@return string|nil
function nearest.short(word, candidates)
  return find(word, candidates, false, #word <= SHORT and 1 or 2)
end

return nearest
