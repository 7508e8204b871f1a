-- Writing entries down: the declaration of a model as text in the words of the catalogue (words.lua), laid
-- out as the families' files are.

local layout = require "rhub.catalogue.layout"

local writer = {}

local braces, columns, fill, items_of, number, pad, quote, value = layout.braces, layout.columns, layout.fill,
  layout.items_of, layout.number, layout.pad, layout.quote, layout.value

---@class rhub.catalogue.written   what the text's surroundings say already
---@field currency? string         prices_in
---@field as_of? string            as_of
---@field family? string           of the file; an entry of another one says so

local WORDS = {
  string = { "text", "texts" }, enum = { "one_of", "some_of" }, boolean = { "flag" }, integer = { "whole" },
  number = { "number" }, image = { "image", "images" }, video = { "video", "videos" },
  audio = { "audio", "audios" },
}
local UNITS = {
  call = "call", second = "second", image = "image",
  ["5 seconds"] = "five_seconds", ["1000 characters"] = "thousand_characters",
}

-- ---- parameters -------------------------------------------------------------------------------

local function size(bytes)
  for _, unit in ipairs { { "GB", 1 << 30 }, { "MB", 1 << 20 }, { "KB", 1 << 10 } } do
    if bytes % unit[2] == 0 then return ("%d%s"):format(bytes // unit[2], unit[1]) end
  end
  return ("%dKB"):format(math.max(1, bytes >> 10))
end

local function param_items(param)
  local items = {}
  local function add(name, v)
    if v ~= nil then items[#items + 1] = name .. " = " .. value(v) end
  end
  for _, choice in ipairs(param.enum or {}) do items[#items + 1] = value(choice) end
  for _, ending in ipairs(param.accept or {}) do items[#items + 1] = quote((ending:gsub("^%.", ""))) end
  add("min", param.min)
  add("max", param.max or param.max_length or param.max_bytes and size(param.max_bytes))
  add("step", param.step)
  add("items", param.max_items)
  add("default", param.default)
  add("node", param.node_key)
  add("numbers", param.numbers)
  if not param.required then items[#items + 1] = "optional" end
  return items
end

local function param_word(param)
  local forms = WORDS[param.type]
  return forms[param.list and 2 or 1] or forms[1]
end

-- What stands in the columns: { word, name in quotes, items }.
local function param_rows(entry)
  local rows = {}
  for _, param in ipairs(entry.params) do
    rows[#rows + 1] = { param_word(param), quote(param.name), param_items(param) }
  end
  for _, name in ipairs(entry.object_params or {}) do rows[#rows + 1] = { "object", quote(name), {} } end
  return rows
end

local function write_params(lines, entry)
  local rows, words, names = param_rows(entry), 0, 0
  for _, row in ipairs(rows) do
    words = math.max(words, #row[1])
    if #row[3] > 0 then names = math.max(names, columns(row[2])) end
  end
  for _, row in ipairs(rows) do
    local word, name, items = pad(row[1], words), row[2], row[3]
    if #items == 0 then
      lines[#lines + 1] = ("  %s %s,"):format(word, name)
    else
      braces(lines, word .. " " .. pad(name, names), items)
    end
  end
end

-- ---- rules between parameters -----------------------------------------------------------------

local function write_rule(lines, rule)
  local copy = {}
  for k, v in pairs(rule) do
    if k ~= "rule" then copy[k] = v end
  end
  if rule.rule == "only_when" then -- names its condition as the declaration does
    copy.when = nil
    for k, v in pairs(rule.when) do copy[k] = v end
  end
  braces(lines, rule.rule, items_of(copy))
end

-- ---- prices -----------------------------------------------------------------------------------

-- Whether the rules come in the order in which a declaration by these names would make them.
local function is_order(rules, names)
  for i = 2, #rules do
    local a, b = rules[i - 1].when, rules[i].when
    for _, name in ipairs(names) do
      if a[name] ~= b[name] then
        if a[name] > b[name] then return false end
        break
      end
    end
  end
  return true
end

-- The parameters that rules go by, the outermost first.
local function names_of(rules)
  local names = {}
  for name in pairs(rules[1].when) do names[#names + 1] = name end
  table.sort(names)
  local found
  local function try(n)
    if found or n == 0 then
      if not found and is_order(rules, names) then found = table.move(names, 1, #names, 1, {}) end
      return
    end
    for i = n, 1, -1 do
      names[i], names[n] = names[n], names[i]
      try(n - 1)
      names[i], names[n] = names[n], names[i]
    end
  end
  try(#names)
  return found or names
end

local function tree_of(rules, names)
  local tree = {}
  for _, rule in ipairs(rules) do
    local branch = tree
    for i = 1, #names - 1 do
      local step = rule.when[names[i]]
      branch[step] = branch[step] or {}
      branch = branch[step]
    end
    branch[rule.when[names[#names]]] = rule.price
  end
  return tree
end

local function price_items(price, written)
  local items = {}
  local function add(name, v)
    if v ~= nil then items[#items + 1] = name .. " = " .. value(v) end
  end
  local names = price.rules and price.rules[1] and names_of(price.rules)
  if names then add("by", #names == 1 and names[1] or names) end
  add("fixed", price.fixed)
  add("from", price.from)
  local list = price.list_price
  if list then
    items[#items + 1] = ("list = { from = %s, unit = %s, as_of = %s }"):format(value(list.from),
      value(list.unit), value(list.as_of))
  end
  add("times", price.times)
  add("at_least", price.at_least)
  if price.as_of ~= written.as_of then add("as_of", price.as_of) end
  if price.currency ~= written.currency then add("currency", price.currency) end
  if names then table.move(items_of(tree_of(price.rules, names)), 1, 999, #items + 1, items) end
  return items
end

local function write_price(lines, price, written)
  local items = price_items(price, written)
  local word = "price = per." .. UNITS[price.unit]
  if #items == 1 and price.fixed then
    lines[#lines + 1] = ("  %s(%s),"):format(word, number(price.fixed))
  else
    braces(lines, word, items)
  end
end

-- ---- a whole declaration ----------------------------------------------------------------------

local function documented(names, endpoint)
  if #names == 0 then return nil end
  if #names > 1 then return value(names) end
  return names[1] == endpoint and "true" or quote(names[1])
end

local function head_items(entry, written)
  local items, pages = {}, documented(entry.doc_names, entry.endpoint)
  if entry.name_zh ~= entry.endpoint then items[1] = "zh = " .. quote(entry.name_zh) end
  if pages then items[#items + 1] = "documented = " .. pages end
  if entry.name ~= (entry.doc_names[1] or entry.endpoint) then
    items[#items + 1] = "name = " .. quote(entry.name)
  end
  if written.family and written.family ~= entry.family then
    items[#items + 1] = "family = " .. quote(entry.family)
  end
  if entry.status ~= "listed" then items[#items + 1] = "status = " .. quote(entry.status) end
  if entry.last_seen then items[#items + 1] = "last_seen = " .. quote(entry.last_seen) end
  return items
end

-- The declaration, with a newline at its end.
---@param entry rhub.model
---@param written? rhub.catalogue.written
---@return string
function writer.declaration(entry, written)
  written = written or {}
  local lines = { ("model %s {"):format(quote(entry.endpoint)) }
  table.move(fill(head_items(entry, written), "  "), 1, 99, 2, lines)
  lines[#lines + 1] = ("  task = %s, output = %s,"):format(quote(entry.task), quote(entry.output))
  if entry.params_unknown then lines[#lines + 1] = "  params_unknown = true," end
  write_params(lines, entry)
  for _, rule in ipairs(entry.rules or {}) do write_rule(lines, rule) end
  if entry.price then write_price(lines, entry.price, written) end
  lines[#lines + 1] = "}\n"
  return table.concat(lines, "\n")
end

-- What can be said once for a file of these entries: the commonest currency, and date, of their prices.
---@param entries rhub.model[]
---@return rhub.catalogue.written
function writer.common(entries)
  local common = {}
  for _, field in ipairs { "currency", "as_of" } do
    local counts, undated = {}, false
    for _, entry in ipairs(entries) do
      local v = entry.price and entry.price[field]
      if v then counts[v] = (counts[v] or 0) + 1 end
      undated = undated or entry.price ~= nil and v == nil
    end
    for _, v in ipairs(layout.sorted_keys(counts)) do
      if not undated and counts[v] > (counts[common[field]] or 0) then common[field] = v end
    end
  end
  return common
end

return writer
