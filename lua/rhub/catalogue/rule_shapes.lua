-- Whether the rules between parameters are made as rule_words.lua has them, and name what is there.

local rule_shapes = {}

-- Whether `list`, from the i-th on, is names of parameters; what is wrong where it is not.
local function names_problem(list, names, from)
  if type(list) ~= "table" or #list < from then return "names no parameter" end
  for i = from, #list do
    if not names[list[i]] then
      local name = type(list[i]) == "string" and '"' .. list[i] .. '"' or "a " .. type(list[i])
      return ("%s is no parameter here"):format(name)
    end
  end
end

local PLAIN = { string = true, number = true, boolean = true }

local function condition_problem(when, names)
  if type(when) ~= "table" or next(when) == nil then return "its condition is written { mode = \"pro\" }" end
  for name, value in pairs(when) do
    if not names[name] then return ('"%s" is no parameter here'):format(tostring(name)) end
    if not PLAIN[type(value)] then return ("%s is compared with a %s"):format(name, type(value)) end
  end
end

local function all_names(rule, names) return names_problem(rule, names, 1) end

local SHAPES = {
  exactly_one = all_names, at_least_one = all_names, together = all_names,
  at_most = function(rule, names)
    if math.type(rule[1]) ~= "integer" or rule[1] < 1 then return "begins with how many" end
    return names_problem(rule, names, 2)
  end,
  needs = function(rule, names) return all_names(rule, names) or names_problem(rule.any, names, 1) end,
  only_when = function(rule, names) return all_names(rule, names) or condition_problem(rule.when, names) end,
  required = function(rule, names)
    if rule.when == nil and rule.unless == nil then return "says neither when nor unless" end
    return all_names(rule, names) or rule.when ~= nil and condition_problem(rule.when, names)
      or rule.unless ~= nil and condition_problem(rule.unless, names) or nil
  end,
  ignored = function(rule, names) return all_names(rule, names) or names_problem({ rule.with }, names, 1) end,
  picture_size = function(rule, names)
    local why = names_problem({ rule[1] }, names, 1)
    if why then return why end
    for i = 2, #rule do
      if type(rule[i]) ~= "string" or not rule[i]:find "^%d+x%d+$" then return "a size is written 720x1280" end
    end
    if #rule < 2 then return "names no size" end
    return rule.when ~= nil and condition_problem(rule.when, names) or nil
  end,
}

-- What is wrong with a rule of a model that lists `names`, or nil.
---@param rule rhub.rule
---@param names table<string, boolean>
---@return string|nil
function rule_shapes.problem(rule, names)
  return SHAPES[rule.rule](rule, names) or nil
end

return rule_shapes
