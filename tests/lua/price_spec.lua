-- What calls cost by the catalogue's tables. tests/lua/data/prices.tsv has an amount for every price of every
-- model, reckoned apart from this program, with decimal arithmetic, from the vendor's table: endpoint,
-- parameters ("@1001": a text of so many characters), amount ("-": not known).
local catalogue = require "rhub.catalogue"
local json = require "rhub.json"
local money = require "rhub.money"
local price = require "rhub.price"

local function of(model, params) return price.of(catalogue.find(model), params) end

describe("every price in the catalogue", function()
  it("comes out as it was reckoned apart", function()
    local cases, models = 0, {}
    for line in io.lines "tests/lua/data/prices.tsv" do
      local endpoint, text, amount = line:match "^(.-)\t(.-)\t(.-)$"
      local params = assert(json.decode(text))
      for name, value in pairs(params) do
        local n = type(value) == "string" and tonumber(value:match "^@(%d+)$")
        if n then params[name] = ("字"):rep(n) end
      end
      local estimate = of(endpoint, params)
      assert.equal(amount, estimate.amount or "-", line)
      assert.equal(amount ~= "-", estimate.known, line)
      assert.equal(estimate.known, estimate.why == nil, line)
      assert.equal("CNY", estimate.currency, line)
      cases, models[endpoint] = cases + 1, true
    end
    assert.is_true(cases > 1200)
    for _, entry in ipairs(catalogue.all()) do
      assert.equal(entry.price ~= nil, models[entry.endpoint] == true, entry.endpoint)
    end
  end)
end)

describe("a price", function()
  it("takes the form's defaults for what is not given, and any spelling of a value", function()
    assert.equal("2.10", of("kling-video-o1/image-to-video", {}).amount)
    assert.equal("5.60", of("kling-video-o1/image-to-video", { mode = "PRO", duration = 10 }).amount)
    assert.equal("5.60", of("kling-video-o1/image-to-video", { mode = "pro", duration = 10.0 }).amount)
    assert.equal("2.10", of("kling-video-o1/image-to-video", { mode = json.null, duration = "" }).amount)
    assert.equal("3.50", of("kling-v2.6-pro/text-to-video", { sound = true }).amount)
    assert.equal("1.75", of("kling-v2.6-pro/text-to-video", { sound = false }).amount)
  end)

  it("says its unit and the date of its table", function()
    assert.same({ known = true, amount = "0.05", currency = "CNY", unit = "call", as_of = "2026-04-29" },
      of("rhart-image-v1/text-to-image", { prompt = "x" }))
  end)

  it("tells how many units of what price it is, where the unit is not the call", function()
    local function factors(model, params)
      local estimate = of(model, params)
      return { estimate.amount or estimate.at_least, estimate.quantity, estimate.unit_price }
    end
    assert.same({ "40.50", 15, "2.70" }, factors("kling-v3-4k/text-to-video", { duration = 15 }))
    assert.same({ "2.10" }, factors("kling-video-o1/image-to-video", {}))
    assert.same({ "6.00", 5, "1.20" },
      factors("rhart-video/sparkvideo-2.0/multimodal-video", { resolution = "720p", duration = "5" }))
    assert.equal(1, of("rhart-audio/text-to-audio/speech-2.8-hd", { text = "x" }).quantity)
  end)

  it("says a value that makes no sense by what it holds", function()
    local estimate = of("kling-v3-4k/text-to-video", { duration = { 5 } })
    assert.equal("how long it gets is not known (duration [5])", estimate.why)
  end)

  it("that the table does not tell is not known, and says why", function()
    local function why(model, params)
      local estimate = of(model, params)
      assert.is_false(estimate.known)
      assert.is_nil(estimate.amount)
      return estimate.why, estimate.at_least
    end
    assert.equal("the catalogue has no price for it", why("kling-v2.6-std/image-to-video", {}))
    assert.equal("the catalogue has no price for it", price.of(nil, {}).why)
    assert.same({ "only the lowest price is known", "1.05" },
      { why("kling-v2.5-turbo-std/text-to-video", {}) })
    assert.matches("how many seconds it makes", (why("kling-v2.6-pro/motion-control", {})))
    assert.matches("no price for this combination",
      (why("pixverse-v5.6/text-to-video", { resolution = "1080p", duration = "10" })))
    assert.matches("how long it gets is not known %(duration \"%-1\"%)",
      (why("bytedance/seedance-2.0-global/text-to-video", { duration = "-1", resolution = "720p" })))
    assert.same({ "the table's price is a minimum", "6.00" },
      { why("rhart-video/sparkvideo-2.0/multimodal-video", { resolution = "720p", duration = "5" }) })
    assert.matches("maxImages is no number of images",
      (why("seedream-v4/text-to-image", { maxImages = 1e18 })))
    assert.matches("text is not given", (why("rhart-audio/text-to-audio/speech-2.8-hd", {})))
  end)

  it("never comes from a value that makes no sense", function()
    for _, odd in ipairs { "many", -1, 0, 1.5, 1 / 0, 0 / 0, {}, true, "", "1e9", math.maxinteger } do
      for _, entry in ipairs(catalogue.all()) do
        local params = {}
        for _, param in ipairs(entry.params) do params[param.name] = odd end
        local estimate = price.of(entry, params)
        assert.is_true(not estimate.known or money.parse(estimate.amount) ~= nil, entry.endpoint)
      end
    end
  end)
end)

describe("amounts", function()
  it("are exact, in ten-thousandths, rounded up beyond", function()
    for text, units in pairs { ["0"] = 0, ["0.14"] = 1400, ["2.1"] = 21000, ["12.3456"] = 123456,
      ["1."] = 10000, ["0.00001"] = 1, ["0.12341"] = 1235, ["0.123400"] = 1234,
      ["99999999999999"] = 999999999999990000, ["922337203685477.5807"] = math.maxinteger,
      ["0000000000000000000001"] = 10000 } do
      assert.equal(units, money.parse(text), text)
    end
    for _, text in ipairs { "", ".", ".5", "-1", "1e3", "0x1", " 1", "1,5", "inf", "922337203685477.5808",
      "922337203685478", "999999999999999", "9999999999999999" } do
      assert.is_nil(money.parse(text), text)
    end
    assert.equal("2.10", money.text(21000))
    assert.equal("0.035", money.text(350))
    assert.equal("0.00", money.text(0))
    assert.equal("-0.0001", money.text(-1))
    local sum = 0
    for _ = 1, 100000 do sum = sum + money.units(0.1) end
    assert.equal("10000.00", money.text(sum))
  end)

  it("of replies come as texts or numbers", function()
    assert.same({ 1400, 1400, 20000, 21000 }, { money.of "0.14", money.of(0.14), money.of(2), money.of(2.1) })
    for _, odd in ipairs { -1, 1 / 0, 0 / 0, 1e300, true, {}, "x" } do assert.is_nil(money.of(odd)) end
  end)
end)
