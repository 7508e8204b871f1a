-- Finding models by words: in their names of both languages, family, task and parameters. Pure: it is given
-- entries and returns entries.

local catalogue = require "rhub.catalogue"
local nearest = require "rhub.nearest"

local search = {}

-- How well a word fits an entry; less is better.
local EXACT, PREFIX, WORD, PART, KIND, PARAMETER = 1, 2, 3, 4, 5, 6
local STATUS = { listed = 1, deprecated = 2, removed = 3 }
local MOST_NEAR = 5
local SHORTEST_PART = 4 -- "2.1" is not to be found in "v2-16", nor "pro" in every prompt

-- Without what people leave out or write otherwise: "nano banana" is "nano-banana".
local function bare(text)
  return (text:gsub("[-_/%s.]", ""))
end

---@param text string
---@return string[]
local function pieces(text)
  local list = {}
  for piece in text:gmatch("[^%s/_-]+") do list[#list + 1] = piece end
  return list
end

-- "targetFps" -> "target fps"
local function parameter_words(name)
  return (name:gsub("(%l)(%u)", "%1 %2"):lower())
end

-- What is looked at, in lower case.
local function texts_of(entry)
  local names = { entry.name_zh:lower() }
  for name in catalogue.each_name(entry) do names[#names + 1] = name:lower() end
  local params = {}
  for _, param in ipairs(entry.params) do params[#params + 1] = parameter_words(param.name) end
  for _, name in ipairs(entry.object_params or {}) do params[#params + 1] = parameter_words(name) end
  return { entry = entry, names = names, kinds = { entry.family:lower(), entry.task:lower() }, params = params }
end

local function all_texts(entries)
  local list = {}
  for i, entry in ipairs(entries) do list[i] = texts_of(entry) end
  return list
end

local function contains(text, word, bare_word)
  if text:find(word, 1, true) then return true end
  return #bare_word >= SHORTEST_PART and bare(text):find(bare_word, 1, true) ~= nil
end

local function any_contains(texts, word, bare_word)
  for _, text in ipairs(texts) do
    if contains(text, word, bare_word) then return true end
  end
  return false
end

-- A whole word of a parameter's name, or a part that is long enough to mean it.
local function fits_parameter(texts, word, bare_word)
  for _, text in ipairs(texts) do
    for _, piece in ipairs(pieces(text)) do
      if piece == word then return true end
    end
  end
  return #bare_word >= SHORTEST_PART and any_contains(texts, word, bare_word)
end

local function fit_of_name(name, word, bare_word)
  if name == word or bare_word ~= "" and bare(name) == bare_word then return EXACT end
  if name:sub(1, #word) == word then return PREFIX end
  for _, piece in ipairs(pieces(name)) do
    if piece == word then return WORD end
  end
  return contains(name, word, bare_word) and PART or nil
end

-- The best fit of a word, or nil where it hits nothing.
local function fit_of(texts, word)
  local bare_word, best = bare(word), nil
  for _, name in ipairs(texts.names) do
    local fit = fit_of_name(name, word, bare_word)
    if fit and (not best or fit < best) then best = fit end
  end
  if best then return best end
  if any_contains(texts.kinds, word, bare_word) then return KIND end
  return fits_parameter(texts.params, word, bare_word) and PARAMETER or nil
end

-- Every word has to fit. Words that are one whole name together are the best of all.
local function rank_of(texts, words)
  if #words > 1 and fit_of(texts, table.concat(words, " ")) == EXACT then return EXACT end
  local sum = 0
  for _, word in ipairs(words) do
    local fit = fit_of(texts, word)
    if not fit then return nil end
    sum = sum + fit
  end
  return sum
end

local function lowered(words)
  local list = {}
  for _, word in ipairs(words) do
    for part in word:lower():gmatch("%S+") do list[#list + 1] = part end
  end
  return list
end

local function before(a, b)
  if a.rank ~= b.rank then return a.rank < b.rank end
  local x, y = STATUS[a.entry.status], STATUS[b.entry.status]
  if x ~= y then return x < y end
  return a.entry.endpoint < b.entry.endpoint
end

local function ranked(texts, words)
  local hits = {}
  for _, one in ipairs(texts) do
    local rank = rank_of(one, words)
    if rank then hits[#hits + 1] = { entry = one.entry, rank = rank } end
  end
  table.sort(hits, before)
  return hits
end

-- A removed model comes up only where nothing else does, or where it is what the words name.
local function without_removed(hits)
  local list = {}
  for _, hit in ipairs(hits) do
    if hit.entry.status ~= "removed" or hit.rank == EXACT then list[#list + 1] = hit end
  end
  return #list > 0 and list or hits
end

local function entries_of(hits, most)
  local list = {}
  for i = 1, math.min(#hits, most or #hits) do list[i] = hits[i].entry end
  return list
end

-- The models that all of the words fit, the best first.
---@param entries rhub.model[]
---@param words string[]
---@param removed? boolean  removed models like all others
---@return rhub.model[] found
---@return integer left_out removed ones that the words fit too
function search.find(entries, words, removed)
  local hits = ranked(all_texts(entries), lowered(words))
  local kept = removed and hits or without_removed(hits)
  return entries_of(kept), #hits - #kept
end

-- Every word that names are made of.
local function vocabulary(texts)
  local known = {}
  for _, one in ipairs(texts) do
    for _, list in ipairs { one.names, one.kinds } do
      for _, text in ipairs(list) do
        for _, piece in ipairs(pieces(text)) do known[piece] = true end
        known[text] = true
      end
    end
  end
  return known
end

local function hits_anything(texts, word)
  for _, one in ipairs(texts) do
    if fit_of(one, word) then return true end
  end
  return false
end

-- The nearest of the known words, with fewer slips the shorter it is.
local function nearest_word(word, known)
  local near = nearest.find(word, known, true)
  return near and nearest.distance(word, near, #word // 3) and near
end

-- The words with the misspelt ones mended; nil where none was or could be.
local function mended(texts, words)
  local list, changed, known = {}, false, nil
  for i, word in ipairs(words) do
    list[i] = word
    if not hits_anything(texts, word) then
      known = known or vocabulary(texts)
      list[i] = nearest_word(word, known) or word
      changed = changed or list[i] ~= word
    end
  end
  return changed and list or nil
end

-- Those that most of the words fit.
local function partly(texts, words)
  local hits, most = {}, 1
  for _, one in ipairs(texts) do
    local n, sum = 0, 0
    for _, word in ipairs(words) do
      local fit = fit_of(one, word)
      if fit then n, sum = n + 1, sum + fit end
    end
    if n > most then hits, most = {}, n end
    if n == most then hits[#hits + 1] = { entry = one.entry, rank = sum } end
  end
  table.sort(hits, before)
  return hits
end

-- What may have been meant where nothing was found.
---@param entries rhub.model[]
---@param words string[]
---@param most? integer
---@return rhub.model[] nearest at most so many (5), the best first
---@return string[]|nil instead the words, rightly spelt, where that finds something
function search.near(entries, words, most)
  local texts = all_texts(entries)
  words, most = lowered(words), most or MOST_NEAR
  local right = mended(texts, words)
  if right then
    local hits = ranked(texts, right)
    if #hits > 0 then return entries_of(without_removed(hits), most), right end
  end
  return entries_of(without_removed(partly(texts, right or words)), most)
end

-- The models whose names have something of a name that is none: "kling-o1" for kling-video-o1/...
---@param entries rhub.model[]
---@param name string
---@param most? integer
---@return rhub.model[] at most so many (5), the best first
function search.like(entries, name, most)
  return (search.near(entries, pieces(name), most))
end

return search
