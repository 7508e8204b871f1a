-- Models of one's own: rhub.model in a script, and the user's catalogue folder.
local files = require "support.files"
local fresh = require "support.fresh"

local getenv = os.getenv
local folder

local function with_config(path)
  os.getenv = function(name) -- luacheck: ignore 122
    if name == "XDG_CONFIG_HOME" then return path end
    return getenv(name)
  end
end

local function put(name, text)
  os.execute("mkdir -p '" .. folder.path .. "/rhub/catalogue'")
  folder:put("rhub/catalogue/" .. name, text)
end

local rhub, catalogue, check

before_each(function()
  folder = files.folder()
  with_config(folder.path)
  rhub = fresh.require("rhub", {})
  catalogue, check = require "rhub.catalogue", require "rhub.check"
end)

after_each(function()
  os.getenv = getenv -- luacheck: ignore 122
  os.execute("rm -rf '" .. folder.path .. "'")
end)

local function sent(model, params)
  return assert(check.call(model, params, "strict", function(text) error(text, 0) end)).params
end

describe("rhub.model", function()
  it("adds a model, which is checked like any other", function()
    local m = rhub.model
    local entry = m "acme/upscale" {
      zh = "放大", documented = "acme-upscale", task = "image-upscale", output = "image",
      m.image "imageUrl" { "jpg", "png", max = "10MB" },
      m.one_of "scale" { "2", "4", default = "2" },
      m.whole "seed" { min = 0, max = 9, m.optional },
      price = m.per.call { fixed = 0.1, currency = "USD" },
    }
    assert.equal(entry, catalogue.find "acme/upscale")
    assert.equal(entry, catalogue.find "acme-upscale")
    assert.equal("own", entry.family)
    assert.same({ fixed = 0.1, currency = "USD", unit = "call" }, entry.price)
    assert.same({ imageUrl = "https://e.com/a.png", scale = "2" },
      sent("acme/upscale", { imageUrl = "https://e.com/a.png" }))
    local wrong = { imageUrl = "https://e.com/a.png", scale = 3 }
    local _, err = check.call("acme-upscale", wrong, "strict", print)
    assert.equal("scale", err.problems[1].param)
  end)

  it("takes the place of a listed one, also where that was found before", function()
    assert.equal("kling", catalogue.find("kling-elements").family)
    local m = rhub.model
    m "kling-elements" { task = "other", output = "string", m.text "only" }
    assert.equal("own", catalogue.find("kling-elements").family)
    assert.same({ only = "x" }, sent("kling-elements", { only = "x" }))
    m "kling-elements" { task = "other", output = "string", m.text "second" }
    assert.same({ second = "x" }, sent("kling-elements", { second = "x" }))
    local times = 0
    for _, entry in ipairs(catalogue.all()) do
      if entry.endpoint == "kling-elements" then times = times + 1 end
    end
    assert.equal(1, times)
    assert.equal(459, #catalogue.all())
  end)

  it("refuses declarations that make no sense, where they are written", function()
    local m = rhub.model
    local function refused(pattern, f)
      local ok, why = pcall(f)
      assert.is_false(ok)
      assert.matches("^tests/lua/own_spec.lua:%d+: ", why)
      assert.matches(pattern, why)
    end
    refused("takes an endpoint", function() m(5) end)
    refused('"a b" is no endpoint', function() m "a b" {} end)
    refused("declaration is a table", function() m "a/b" "c" end)
    refused("x stands twice", function() m "a/b" { m.text "x", m.flag "x" } end)
    refused("x lists no values", function() m "a/b" { m.one_of "x" } end)
    refused("a size is written like", function() m "a/b" { m.image "x" { max = 5 } } end)
    refused("needs its currency", function() m "a/b" { price = m.per.call(1) } end)
    refused("there is no word optinal", function() m "a/b" { m.text "x" { m.optinal } } end)
    refused("a/b: task: 5 is not a text", function() m "a/b" { task = 5 } end)
    refused("a/b: ouput is no word for it", function() m "a/b" { ouput = "video" } end)
    assert.is_nil(catalogue.find "a/b")
  end)
end)

-- What is wrong with one model, and what is said of it.
local MISTAKES = {
  ['model "../x" {}'] = '"../x" is no endpoint', ['model "a/../b" {}'] = '"a/../b" is no endpoint',
  ['model "a//b" {}'] = '"a//b" is no endpoint', ['model "a/./b" {}'] = '"a/./b" is no endpoint',
  ['model "/a" {}'] = '"/a" is no endpoint', ['model "a/" {}'] = '"a/" is no endpoint',
  ['model "a/\\27[2J" {}'] = "this string is no endpoint", ['model "a/\\xC2\\x9B2J" {}'] = "is no endpoint",
  ['model(5) {}'] = "line 1: model takes an endpoint in quotes",
  ['model "a/b" "c"'] = "line 1: a/b: a declaration stands in braces",
  ['model "a/b" { "c" }'] = "a/b: what stands at 1 is neither a parameter nor a rule",
  ['model "a/b" { zh = 5 }'] = "a/b: zh: 5 is not a text",
  ['model "a/b" { zh = "a\\27c" }'] = "a/b: zh: this string is not a text without control characters",
  ['model "a/b" { zh = "a\\nb" }'] = "a/b: zh: this string is not a text",
  ['model "a/b" { name = true }'] = "a/b: name: true is not a text",
  ['model "a/b" { documented = 7 }'] = "a/b: name: 7 is not a text",
  ['model "a/b" { documented = { "x", 7 } }'] = "a/b: documented: takes a list of texts",
  ['model "a/b" { task = {} }'] = "a/b: task: this table is not a text",
  ['model "a/b" { output = 1 }'] = "a/b: output: 1 is not a text",
  ['model "a/b" { family = false or 2 }'] = "a/b: family: 2 is not a text",
  ['model "a/b" { status = "gone" }'] = 'a/b: status: "gone" is none of listed, deprecated, removed',
  ['model "a/b" { staus = "removed" }'] = "a/b: staus is no word for it",
  ['model "a/b" { text(5) }'] = "line 1: text takes a name in quotes",
  ['model "a/b" { text "x\\27" }'] = "a/b: parameter 1 has no name, or one with control characters",
  ['model "a/b" { text "x" "y" }'] = "line 1: x: what is told of it stands in braces",
  ['model "a/b" { text "x" { mux = 5 } }'] = "line 1: x: mux is no word for it",
  ['model "a/b" { text "x" { "y" } }'] = "line 1: x: what stands at 1 is no word for it",
  ['model "a/b" { text "x" { max = "5" } }'] = 'a/b: x: max: "5" is not a whole number above 0',
  ['model "a/b" { text "x" { max = 2.5 } }'] = "a/b: x: max: 2.5 is not a whole number above 0",
  ['model "a/b" { text "x" { optinal } }'] = "line 1: there is no word optinal",
  ['model "a/b" { one_of "x" { "y", true } }'] = "a/b: x: its values: this table is not a list of texts",
  ['model "a/b" { one_of "x" { "y\\27" } }'] = "a/b: x: its values: this table is not a list of texts",
  ['model "a/b" { one_of "x" { "y", default = "z" } }'] =
    'a/b: x: the default "z" is not one of what it takes',
  ['model "a/b" { whole "x" { min = "1" } }'] = 'a/b: x: min: "1" is not a number',
  ['model "a/b" { whole "x" { max = {} } }'] = "a/b: x: max: this table is not a number",
  ['model "a/b" { whole "x" { min = 5, max = 1 } }'] = "a/b: x: from 5 to 1 is no range",
  ['model "a/b" { number "x" { step = 0/0 } }'] = "a/b: x: step: ",
  ['model "a/b" { whole "x" { default = "5" } }'] = 'a/b: x: the default "5" is not one of what it takes',
  ['model "a/b" { images "x" { items = "3" } }'] = 'a/b: x: items: "3" is not a whole number above 0',
  ['model "a/b" { image "x" { "jpg", 5 } }'] = "line 1: x: what stands at 2 is no word for it",
  ['model "a/b" { image "x" { max = {} } }'] = "line 1: x: a size is written like",
  ['model "a/b" { exactly_one "x" }'] = "line 1: exactly_one: what it is about stands in braces",
  ['model "a/b" { text "x", exactly_one { "x", "y" } }'] = 'a/b: exactly_one: "y" is no parameter here',
  ['model "a/b" { text "x", required { "x" } }'] = "a/b: required: says neither when nor unless",
  ['model "a/b" { text "x", required { "x", when = "x" } }'] = "a/b: required: its condition is written",
  ['model "a/b" { text "x", at_most { "x" } }'] = "a/b: at_most: begins with how many",
  ['model "a/b" { text "x", needs { "x" } }'] = "a/b: needs: names no parameter",
  ['model "a/b" { price = 5 }'] = "a/b: price is none: write per.call(1)",
  ['model "a/b" { price = { unit = "day" } }'] = "a/b: price is none",
  ['model "a/b" { price = per.day(5) }'] = "field 'day'",
  ['model "a/b" { price = per.call "5" }'] = "line 1: a price is an amount, or stands in braces",
  ['model "a/b" { price = per.call(-1) }'] = "a/b: price: -1 is no amount",
  ['model "a/b" { price = per.call(1/0) }'] = "a/b: price: inf is no amount",
  ['model "a/b" { price = per.call(0.00001) }'] = "a/b: price: 1e-05 has more than four decimals",
  ['model "a/b" { price = per.call(1e9) }'] = "is no amount: from 0 to below 1,000,000,000",
  ['model "a/b" { price = per.call { fixed = "1" } }'] = 'a/b: price: "1" is no amount',
  ['model "a/b" { price = per.call { fixd = 1 } }'] = "line 1: a price: fixd is no word for it",
  ['model "a/b" { price = per.call {} }'] = "a/b: price: takes one of an amount, from and by",
  ['model "a/b" { price = per.call { by = 5, ["5"] = 1 } }'] = "line 1: a price: by takes a parameter's name",
  ['model "a/b" { price = per.call { by = "x", ["5"] = 1 } }'] =
    'price: it goes by "x", which is no parameter',
  ['model "a/b" { text "x", price = per.call { by = "x" } }'] = "a/b: price: lists no amounts",
  ['model "a/b" { text "x", price = per.call { by = "x", y = "1" } }'] = 'price for x y: "1" is no amount',
  ['model "a/b" { text "x", price = per.call { by = { "x", "z" }, y = 1 } }'] = "names no amounts by z",
  ['model "a/b" { text "x", price = per.call { by = "x", [5] = 1, ["5"] = 2 } }'] = "5 stands twice",
  ['model "a/b" { price = per.image { fixed = 1, times = "n" } }'] =
    'a/b: price: times "n", which is no parameter',
  ['model "a/b" { price = per.image { fixed = 1, times = 5 } }'] = "a/b: price: times: 5 is not a text",
  ['model "a/b" { price = per.call { fixed = 1, as_of = "2026\\27" } }'] = "price: as_of: this string is not",
  ['prices_in(5) model "a/b" { price = per.call(1) }'] = "a/b: price: currency: 5 is not a text",
  ['models = {}'] = "models is no list to fill", ['models[1] = {}'] = "line 1: there is no word models",
  ['while true do end'] =
    "line 1: does not come to an end", ['local function f() return f() end f()'] = "an end",
  ['local function f() return 1 + f() end f()'] = "overflow",
}

describe("the user's folder", function()
  it("adds and replaces models; a file's name is the family's", function()
    put("acme.lua", [[
      prices_in "USD"
      model "acme/sing" { task = "text-to-music", output = "audio", text "lyrics", price = per.call(2) }
      model "kling-elements" { output = "string", text "only" }
    ]])
    put("notes.txt", "no Lua")
    put(".hidden.lua", "error()")
    assert.equal("acme", catalogue.find("acme/sing").family)
    assert.equal("other", catalogue.find("kling-elements").task)
    assert.is_table(catalogue.find "kling-elements-advanced")
    local families = table.concat(catalogue.families(), " ")
    assert.matches("^acme ", families)
    assert.equal(460, #catalogue.all())
  end)

  it("that is not there is nothing", function()
    assert.is_nil(catalogue.find "acme/sing")
    with_config ""
    assert.is_table(catalogue.find "kling-elements")
  end)

  for name, text in pairs {
    ["does not parse"] = "model {",
    ["uses a word that there is not"] = 'modle "a/b" {}',
    ["reaches for the system"] = 'os.execute "true"',
    ["declares what makes no sense"] = 'model "a/b" { one_of "x" }',
    ["is no text"] = "\27Lua",
  } do
    it("with a file that " .. name .. " is told of at every look, and nothing is taken from it", function()
      put("bad.lua", text)
      for _ = 1, 2 do
        local ok, err = pcall(catalogue.find, "kling-elements")
        assert.is_false(ok)
        assert.equal("config", err.kind)
        assert.matches("rhub/catalogue/bad%.lua: .+; mend it or take it away$", err.message)
      end
    end)
  end

  for text, message in pairs(MISTAKES) do
    it("says what is wrong with " .. text, function()
      put("bad.lua", 'prices_in "USD"; ' .. text:gsub("\\\\", "\\"))
      local ok, err = pcall(catalogue.find, "kling-elements")
      assert.is_false(ok)
      assert.equal("config", err.kind)
      assert.equal(folder.path .. "/rhub/catalogue/bad.lua: ", err.message:match "^.-bad%.lua: ")
      assert(err.message:find(message, 1, true), err.message)
      assert.is_nil(err.message:find "%c")
    end)
  end

  it("takes numbers where texts stand for them", function()
    put("acme.lua", [[
      prices_in "USD"
      model "acme/film" {
        one_of "duration" { 5, 10.0, default = 5 },
        price = per.call { by = "duration", [5] = 1, [10] = 2 },
      }
    ]])
    local entry = catalogue.find "acme/film"
    assert.same({ "5", "10" }, entry.params[1].enum)
    assert.same({ duration = "5" }, sent("acme/film", {}))
    assert.equal("2.00", require("rhub.price").of(entry, { duration = 10 }).amount)
  end)

  it("may have one parameter stand in two models", function()
    put("acme.lua", [[
      local prompt = text "prompt" { max = 5 }
      model "acme/one" { prompt }
      model "acme/two" { prompt }
    ]])
    assert.same(catalogue.find("acme/one").params, catalogue.find("acme/two").params)
    assert.equal(5, catalogue.find("acme/two").params[1].max_length)
  end)

  it("that cannot be read is told of, and so is what is no file in it", function()
    local function told(pattern)
      local ok, err = pcall(catalogue.find, "kling-elements")
      assert.is_false(ok)
      assert.equal("config", err.kind)
      assert.matches(pattern, err.message)
    end
    os.execute(("mkdir -p '%s/rhub' && ln -s catalogue '%s/rhub/catalogue'"):format(folder.path, folder.path))
    told "rhub/catalogue: cannot be read: .+; mend it or take it away$"
    os.execute(("rm '%s/rhub/catalogue' && : > '%s/rhub/catalogue'"):format(folder.path, folder.path))
    told "rhub/catalogue: cannot be read: "
    os.remove(folder.path .. "/rhub/catalogue")
    put("notes.txt", "")
    os.execute(("mkfifo '%s/rhub/catalogue/pipe.lua'"):format(folder.path))
    told "rhub/catalogue/pipe%.lua: is not an ordinary file; "
    with_config "/dev/null"
    assert.is_table(catalogue.find "kling-elements")
  end)
end)
