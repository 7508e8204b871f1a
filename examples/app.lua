-- An AI app: look at what it takes, then run it with a picture in each of its styles.
--   rhub --sandbox examples/app.lua [FOLDER]      no key, no cost
-- On the real service give the address of an app's page.
local rhub = require "rhub"

local folder = (arg[1] or "out"):gsub("/$", "")
local here = arg[0]:match("^(.*/)") or ""

local hub <close> = rhub.client()
local app = hub:app("https://www.runninghub.ai/ai-detail/1877265245566922753")

local styles
for _, input in ipairs(assert(app:inputs())) do
  local choices = input.enum and table.concat(input.enum, ", ") or input.type
  print(("%-12s %-28s %s"):format(input.name, choices, input.description_en or input.description))
  if input.name == "style" then styles = input.enum end
end

-- By an input's name, its description in either language, or node and field. What is not given keeps the
-- app's own value.
local results = rhub.map(styles, function(style)
  local picture = assert(app:run {
    image = here .. "portrait.png",
    style = style,
    Light = "street",
    ["37.strength"] = 0.5,
  })
  return assert(picture:save(folder .. "/" .. style))[1]
end)

for i = 1, results.n do
  print(styles[i], results[i] or "failed: " .. tostring(results.errors[i]))
end
