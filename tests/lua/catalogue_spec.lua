-- The catalogue as the program reads it.
local fresh = require "support.fresh"

local catalogue = require "rhub.catalogue"
local index = require "rhub.catalogue.index"

local TYPES = { string = true, enum = true, boolean = true, integer = true, number = true, image = true,
  video = true, audio = true }

describe("the index", function()
  it("lists exactly what the families declare, in their order", function()
    for family, list in pairs(index.families) do
      local declared = catalogue.family(family)
      assert.equal(#list, #declared, family)
      for i, entry in ipairs(declared) do
        assert.equal(list[i], entry.endpoint)
        assert.equal(family, entry.family)
      end
    end
  end)

  it("knows every other name of every model, and no others", function()
    local names = {}
    for family in pairs(index.families) do
      for _, entry in ipairs(catalogue.family(family)) do
        for _, name in ipairs { entry.name, table.unpack(entry.doc_names) } do
          if name ~= entry.endpoint then names[name] = entry.endpoint end
        end
      end
    end
    assert.same(names, index.names)
  end)
end)

describe("a model", function()
  it("is found by its endpoint and by its documented name", function()
    local entry = catalogue.find "kling-v2.6-pro/image-to-video"
    assert.equal(entry, catalogue.find "kling-v2.6-pro-image-to-video")
    assert.equal("可灵图生视频2.6-pro", entry.name_zh)
    assert.is_nil(catalogue.find "nobody/knows")
    assert.equal("kling-video-o1/image-to-video", catalogue.nearest "kling-video-o1/image-to-vidoe")
    assert.is_nil(catalogue.nearest "nobody/knows")
  end)

  it("keeps the order of its parameters", function()
    local names = {}
    local entry = catalogue.find "kling-video-o1/image-to-video"
    for i, param in ipairs(entry.params) do names[i] = param.name end
    assert.same({ "prompt", "aspectRatio", "duration", "firstImageUrl", "mode" }, names)
  end)

  it("says what its parameters take", function()
    local entry = catalogue.find "kling-video-o1/image-to-video"
    assert.same({ name = "aspectRatio", type = "enum", required = true, default = "9:16",
      enum = { "1:1", "9:16", "16:9" } }, entry.params[2])
    assert.same({ name = "firstImageUrl", type = "image", required = true, accept = { ".jpg", ".png" },
      max_bytes = 20 * 1024 * 1024 }, entry.params[4])
    entry = catalogue.find "kling-video-o3-pro/reference-to-video"
    assert.same({ name = "imageUrls", type = "image", required = false, accept = { ".jpg", ".png" },
      max_bytes = 50 * 1024 * 1024, list = true, max_items = 7 }, entry.params[3])
    assert.same({ "multiPrompt", "elementList" }, entry.object_params)
  end)

  it("has its price, by the parameters that it depends on", function()
    local price = catalogue.find("kling-video-o1/image-to-video").price
    assert.equal("CNY", price.currency)
    assert.equal("call", price.unit)
    assert.equal("2026-04-29", price.as_of)
    local rules = {}
    for _, rule in ipairs(price.rules) do rules[rule.when.mode .. " " .. rule.when.duration] = rule.price end
    assert.same({ ["std 5"] = 2.1, ["std 10"] = 4.2, ["pro 5"] = 2.8, ["pro 10"] = 5.6 }, rules)
    assert.equal(0.05, catalogue.find("rhart-image-v1/text-to-image").price.fixed)
    assert.same({ from = 0.35, unit = "second", as_of = "2026-06-18" },
      catalogue.find("kling-lip-sync/lip-sync-video").price.list_price)
  end)
end)

describe("every entry", function()
  it("is well formed", function()
    for _, family in ipairs(catalogue.families()) do
      for _, entry in ipairs(catalogue.family(family)) do
        local seen = {}
        assert.is_string(entry.task, entry.endpoint)
        assert.is_string(entry.output, entry.endpoint)
        for _, param in ipairs(entry.params) do
          local where = entry.endpoint .. " " .. param.name
          assert.is_true(TYPES[param.type], where)
          assert.is_nil(seen[param.name], where)
          seen[param.name] = true
          assert.equal("boolean", type(param.required), where)
          assert.equal(param.type == "enum", param.enum ~= nil, where)
          if param.enum and param.default then
            local listed = false
            for _, choice in ipairs(param.enum) do listed = listed or choice == param.default end
            assert.is_true(listed, where)
          end
          if param.min and param.max then assert.is_true(param.min <= param.max, where) end
          if param.accept then assert.is_nil(param.enum, where) end
        end
        for _, rule in ipairs(entry.price and entry.price.rules or {}) do
          for name in pairs(rule.when) do assert.is_true(seen[name], entry.endpoint .. " by " .. name) end
        end
      end
    end
  end)

  it("lists kling whole", function()
    assert.equal(46, #catalogue.family "kling")
  end)
end)

describe("reading", function()
  it("takes one family at a time, and none to say that a model is not listed", function()
    local fresh_catalogue = fresh.require("rhub.catalogue", {})
    assert.is_nil(fresh_catalogue.find "nobody/knows")
    assert.is_nil(package.loaded["rhub.catalogue.kling"])
    fresh_catalogue.find "rhart-image-v1/text-to-image"
    assert.is_nil(package.loaded["rhub.catalogue.kling"])
    fresh_catalogue.find "kling-elements"
    assert.is_table(package.loaded["rhub.catalogue.kling"])
  end)
end)
