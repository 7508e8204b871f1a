-- rhub price: what a call will cost, by the catalogue's tables or by the service's own word. It does not look
-- for mistakes: the parameters that a price depends on are enough.

local known = require "rhub.cli.known"
local plain = require "rhub.cli.plain"
local prices = require "rhub.cli.prices"

---@type rhub.cli.command
local price = {
  usage = "rhub price MODEL NAME=VALUE ... [--online]",
  help = [[
Tells what a call will cost. Parameters are given as to rhub run; only those that the price depends on are
needed, and where one is missing its default counts. Nothing is checked and no task is made.

  --online   ask the service, which needs a key and costs nothing; else the catalogue's tables are read: the
             prices of runninghub.cn, in CNY

With --json: known, amount (text; null when it is not known), currency, unit, as_of, quantity and unit_price
(text) where the unit is not the call, and why and at_least when it is not known. A price that is not known is
no failure: exit code 0.

  rhub price kling-video-o1/image-to-video mode=pro duration=10
]],
  options = { { "online" } },
  words = { 1, math.huge, what = "a model and its parameters" },
}

local NO_SUCH_RIGHT = "1014" -- the key is good, but of a kind that may not ask

local function of_table(entry, params)
  return require("rhub.price").of(entry, params)
end

-- The service's answer, and that it is; the table's where the key may not ask.
local function ask(context, name, entry, params)
  local hub, err = context:hub()
  if not hub then return nil, false, err end
  local estimate
  estimate, err = hub:price(entry and entry.endpoint or name, params)
  if estimate then return estimate, true end
  if err.kind ~= "auth" or err.code ~= NO_SUCH_RIGHT then return nil, false, err end
  context.terminal:say("rhub: this kind of key may not ask for prices (code 1014): here is the catalogue's")
  return of_table(entry, params), false
end

-- A name that the model does not list changes no price: it may have been meant to.
local function note_unlisted(context, entry, params)
  local names = require "rhub.check.names"
  for _, name in ipairs(names.unlisted(entry, params)) do
    local near = names.nearest(entry, params, name)
    local text = ("%s: no such parameter: %s; it changes no price"):format(entry.endpoint, tostring(name))
    if near then text = ("%s; did you mean %s?"):format(text, near) end
    context.terminal:say("rhub: " .. plain.text(text))
  end
end

-- The table tells the other site's price.
local function note_site(context, estimate, asked)
  if context.values.site == "ai" and not asked and estimate.currency == "CNY" then
    context.terminal:note("rhub: this is runninghub.cn's price; runninghub.ai bills in USD: --online asks it")
  end
end

-- Whether the service may know a model of that name, and it is nearly none of those that are known here.
local function could_be(name)
  return require("rhub.catalogue.clean").is_endpoint(name) and #require("rhub.catalogue.meant").by(name) == 0
end

---@param context rhub.cli.context
function price.run(context)
  local name, online = context.words[1], context.values.online
  local err = known.misplaced(name, price.usage)
  if err then return nil, err end
  local params, entry, estimate, asked
  params, err = require("rhub.cli.parameters").read(context.words, 2)
  if not params then return nil, err end
  entry, err = known.find(context, name)
  if not entry and not (online and could_be(name)) then return nil, err end
  if entry and not entry.params_unknown then note_unlisted(context, entry, params) end
  if online then
    estimate, asked, err = ask(context, name, entry, params)
    if not estimate then return nil, err end
  else
    estimate = of_table(entry, params)
  end
  for field, value in pairs(prices.fields(estimate)) do context.answer[field] = value end
  context:print(prices.sentence(estimate, asked))
  note_site(context, estimate, asked)
  return true
end

return price
