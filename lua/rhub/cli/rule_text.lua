-- What holds between the parameters of a model (catalogue/rule_words.lua), as a sentence and as fields.

local json = require "rhub.json"

local rule_text = {}

local function list(items, word)
  local n = #items
  if n < 2 then return items[1] or "" end
  return table.concat(items, ", ", 1, n - 1) .. " " .. word .. " " .. items[n]
end

-- What is positional in a rule, from the i-th on.
local function names(rule, from)
  return table.move(rule, from or 1, #rule, 1, {})
end

-- { mode = "pro" } -> "mode is pro"
local function condition(when, word)
  local keys = {}
  for name in pairs(when) do keys[#keys + 1] = name end
  table.sort(keys)
  for i, name in ipairs(keys) do keys[i] = ("%s is %s"):format(name, tostring(when[name])) end
  return list(keys, word)
end

local function is_or_are(items)
  return #items > 1 and "are" or "is"
end

local SENTENCES = {
  exactly_one = function(rule) return "exactly one of " .. list(rule, "and") end,
  at_least_one = function(rule) return "at least one of " .. list(rule, "and") end,
  at_most = function(rule)
    return ("at most %d in %s together"):format(rule[1], list(names(rule, 2), "and"))
  end,
  together = function(rule) return list(rule, "and") .. ": all of them or none" end,
  needs = function(rule)
    return ("%s %s %s too"):format(list(rule, "and"), #rule > 1 and "need" or "needs", list(rule.any, "or"))
  end,
  only_when = function(rule)
    return ("%s only when %s"):format(list(rule, "and"), condition(rule.when, "and"))
  end,
  required = function(rule)
    local text = ("%s %s required"):format(list(rule, "and"), is_or_are(rule))
    if rule.when then text = text .. " when " .. condition(rule.when, "and") end
    if rule.unless then text = text .. " unless " .. condition(rule.unless, "or") end
    return text
  end,
  ignored = function(rule)
    return ("%s %s not looked at when %s is given"):format(list(rule, "and"), is_or_are(rule), rule.with)
  end,
  picture_size = function(rule)
    local text = ("%s is a picture of %s pixels"):format(rule[1], list(names(rule, 2), "or"))
    return rule.when and text .. " when " .. condition(rule.when, "and") or text
  end,
}

-- "exactly one of videoUrl and videoId"
---@param rule rhub.rule
---@return string
function rule_text.sentence(rule)
  return SENTENCES[rule.rule](rule)
end

-- The rule as JSON can hold it: what is positional has a name.
---@param rule rhub.rule
---@return table
function rule_text.fields(rule)
  local fields = { rule = rule.rule, any = rule.any, when = rule.when, unless = rule.unless }
  fields.with = rule.with
  if rule.rule == "at_most" then
    fields.max, fields.params = rule[1], json.array(names(rule, 2))
  elseif rule.rule == "picture_size" then
    fields.params, fields.sizes = json.array { rule[1] }, json.array(names(rule, 2))
  else
    fields.params = json.array(names(rule))
  end
  return fields
end

return rule_text
