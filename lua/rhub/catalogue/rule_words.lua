-- The words for what holds between the parameters of a model. Each stands among its parameters; rhub.check
-- looks at them after the parameters themselves. No source of the vendor's encodes these: only those are
-- here that are certain.
--
--   exactly_one  { "videoUrl", "videoId" }
--   at_least_one { "refImages", "refVideos" }
--   at_most      { 5, "imageUrls", "videoUrls" }                  so many items of them together
--   together     { "width", "height" }                            all or none
--   needs        { "audioUrls", any = { "imageUrls" } }           where it is given, one of those too
--   only_when    { "customWidth", aspectRatio = "custom" }
--   required     { "lyrics", unless = { isInstrumental = true } } or when = { ... }
--   ignored      { "duration", with = "refVideos" }               warns: the service does not look at it
--   picture_size { "imageUrl", "720x1280", when = { ... } }       of a local file whose header tells

local rule_words = {}

---@class rhub.rule             what holds between parameters; `rule` says which of the words
---@field rule string
---@field [integer] any         as the words take them
---@field any? string[]
---@field when? table<string, any>
---@field unless? table<string, any>
---@field with? string

local function check(word, values)
  if type(values) ~= "table" then error(word .. ": what it is about stands in braces", 3) end
end

for word in ([[exactly_one at_least_one at_most together needs required ignored picture_size]]):gmatch("%S+") do
  rule_words[word] = function(rule)
    check(word, rule)
    rule.rule = word
    return rule
  end
end

-- only_when names its condition as the declaration does: by parameter.
function rule_words.only_when(values)
  check("only_when", values)
  local rule = { rule = "only_when", when = {} }
  for key, value in pairs(values) do
    if math.type(key) == "integer" then rule[key] = value else rule.when[key] = value end
  end
  return rule
end

return rule_words
