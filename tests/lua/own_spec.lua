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
    assert.is_nil(catalogue.find "a/b")
  end)
end)

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
end)
