-- The catalogue as the program reads it. tests/lua/data has what it was written from: models.jsonl, the facts
-- of 2026-08-01, one model a line, and documented.tsv, the documentation's pages and where each leads.
local fresh = require "support.fresh"
local json = require "rhub.json"

local catalogue = require "rhub.catalogue"
local valid = require "rhub.catalogue.valid"
local family_file = require "rhub.catalogue.family"

local TYPES = { string = true, enum = true, boolean = true, integer = true, number = true, image = true,
  video = true, audio = true }

local function each_entry()
  return coroutine.wrap(function()
    for _, family in ipairs(catalogue.families()) do
      for _, entry in ipairs(catalogue.family(family)) do coroutine.yield(entry) end
    end
  end)
end

local function facts()
  local list = {}
  for line in io.lines "tests/lua/data/models.jsonl" do list[#list + 1] = assert(json.decode(line)) end
  return list
end

-- Text that two values share only if they are the same, however written.
local function canonical(value)
  return (assert(json.encode(value, { sort = true })):gsub("(%d)%.0([,}%]])", "%1%2"))
end

-- Values that the vendor's registry of 2026-08-01 has as JSON integers; the facts have them as texts.
local NUMBERS = { ["alibaba/qwen-image-3.0-pro/image-edit imageNum"] = true,
  ["alibaba/qwen-image-3.0-pro/text-to-image imageNum"] = true }

-- The entry in the form of the facts: what holds between parameters is ours, a step of 1 says nothing of
-- whole numbers, and rules have no order.
local function comparable(entry)
  local copy = {}
  for name, value in pairs(entry) do copy[name] = value end
  copy.rules = nil
  local params = {}
  for i, param in ipairs(entry.params) do
    params[i] = {}
    for name, value in pairs(param) do params[i][name] = value end
    if param.type == "integer" and param.step == 1 then params[i].step = nil end
    if NUMBERS[entry.endpoint .. " " .. param.name] then params[i].numbers = nil end
  end
  copy.params, copy.doc_names = json.array(params), json.array { table.unpack(entry.doc_names) }
  if entry.price and entry.price.rules then
    copy.price = {}
    for name, value in pairs(entry.price) do copy.price[name] = value end
    copy.price.rules = { table.unpack(entry.price.rules) }
    table.sort(copy.price.rules, function(a, b) return canonical(a.when) < canonical(b.when) end)
  end
  return canonical(copy)
end

describe("the catalogue", function()
  it("says of every model what the gathered facts say", function()
    local n = 0
    for _, fact in ipairs(facts()) do
      n = n + 1
      local entry = catalogue.find(fact.endpoint)
      assert.is_table(entry, fact.endpoint)
      assert.equal(comparable(fact), comparable(entry), fact.endpoint)
    end
    assert.equal(459, n)
    local of_families = 0
    for _ in each_entry() do of_families = of_families + 1 end
    assert.equal(459, of_families)
  end)

  it("has numbers as values where the service has them, and nowhere else", function()
    local numbers = {}
    for entry in each_entry() do
      for _, param in ipairs(entry.params) do
        if param.numbers then numbers[entry.endpoint .. " " .. param.name] = true end
      end
    end
    assert.same(NUMBERS, numbers)
  end)

  it("is well formed", function()
    for entry in each_entry() do
      assert.is_nil(valid.problem(entry))
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
      for _, name in ipairs(entry.object_params or {}) do seen[name] = true end
      for _, rule in ipairs(entry.rules or {}) do
        for _, item in ipairs(rule) do
          local is_name = type(item) == "string" and not item:find "^%d+x%d+$"
          assert.is_true(not is_name or seen[item], entry.endpoint .. ": " .. rule.rule)
        end
        for _, of in ipairs { "when", "unless" } do
          for name in pairs(rule[of] or {}) do assert.is_true(seen[name], entry.endpoint .. ": " .. name) end
        end
        for _, name in ipairs(rule.any or { rule.with }) do assert.is_true(seen[name], entry.endpoint) end
      end
    end
  end)

  it("gives one declaration as it gives the whole family", function()
    for entry in each_entry() do
      local alone = family_file.one(entry.family, entry.endpoint)
      assert.same(entry, alone, entry.endpoint)
    end
    assert.is_nil(family_file.one("kling", "kling-video-o1/image-to-vide"))
  end)
end)

describe("the index", function()
  local function lines(text)
    local found = {}
    for line in text:gmatch "[^\n]+" do
      local name, endpoints = line:match "^(.-) %-> (.*)$"
      assert.is_nil(found[name], line)
      found[name] = {}
      for endpoint in endpoints:gmatch "%S+" do found[name][endpoint] = true end
    end
    return found
  end

  it("is what make index writes", function()
    local models, names, chinese = {}, {}, {}
    local function add(to, name, endpoint)
      to[name] = to[name] or {}
      to[name][endpoint] = true
    end
    for entry in each_entry() do
      models[#models + 1] = ("%s in %s\n"):format(entry.endpoint, entry.family)
      for name in catalogue.each_name(entry) do
        if name ~= entry.endpoint then add(names, name, entry.endpoint) end
      end
      if entry.name_zh ~= entry.endpoint then add(chinese, entry.name_zh, entry.endpoint) end
    end
    table.sort(models)
    assert.equal("\n" .. table.concat(models), require "rhub.catalogue.index")
    assert.same(names, lines(require "rhub.catalogue.index_names"))
    assert.same(chinese, lines(require "rhub.catalogue.index_chinese"))
  end)
end)

describe("a Chinese name", function()
  it("names a model where no other has it", function()
    assert.equal("kling-video-o1/image-to-video", catalogue.find("可灵图生视频o1").endpoint)
    local times = {}
    for entry in each_entry() do times[entry.name_zh] = (times[entry.name_zh] or 0) + 1 end
    for entry in each_entry() do
      local found = catalogue.find(entry.name_zh)
      assert.equal(times[entry.name_zh] == 1 and entry or nil, found, entry.name_zh)
    end
  end)

  it("that several have names none, and leads to all of them", function()
    assert.is_nil(catalogue.find "RH视频帧率增强")
    assert.same({ "rhart-video/video-fps-increaser", "rh/video-fps-increaser" },
      catalogue.called "RH视频帧率增强")
    assert.same({}, catalogue.called "nobody/knows")
  end)
end)

describe("a documented name", function()
  local pages, leads = {}, {}
  for line in io.lines "tests/lua/data/documented.tsv" do
    local name, endpoint = line:match "^(.-)\t(.-)$"
    pages[#pages + 1] = name
    leads[name] = leads[name] or {}
    table.insert(leads[name], endpoint)
  end

  it("leads where the table of contents says, each of the 225", function()
    assert.equal(225, #pages)
    for _, name in ipairs(pages) do
      local entry = catalogue.find(name)
      assert.is_table(entry, name)
      local leads_there = false
      for _, endpoint in ipairs(leads[name]) do leads_there = leads_there or endpoint == entry.endpoint end
      assert.is_true(leads_there, name .. " leads to " .. entry.endpoint)
    end
  end)

  it("that stands twice leads to the path that is still listed, and tells of the other", function()
    local twice = {}
    for name, endpoints in pairs(leads) do
      if #endpoints > 1 then twice[name] = catalogue.find(name).endpoint end
    end
    assert.same({
      ["sora-2/image-to-video-channel-low-price"] = "rhart-video-s/image-to-video",
      ["sora-2/text-to-video-channel-low-price"] = "rhart-video-s/text-to-video",
      ["sora-2/image-to-video-pro-channel-low-price"] = "rhart-video-s/image-to-video-pro-deprecated",
      ["sora-2/text-to-video-pro-channel-low-price"] = "rhart-video-s/text-to-video-pro-deprecated",
    }, twice)
    assert.same({ "rhart-video-s/image-to-video-deprecated" },
      catalogue.namesakes "sora-2/image-to-video-channel-low-price")
    assert.is_nil(catalogue.namesakes "kling-v2.6-pro-image-to-video")
    assert.is_nil(catalogue.namesakes "kling-video-o1/image-to-video")
    assert.is_nil(catalogue.namesakes "nobody/knows")
  end)
end)

describe("a model", function()
  it("is found by its endpoint and by its other names", function()
    local entry = catalogue.find "kling-v2.6-pro/image-to-video"
    assert.equal(entry, catalogue.find "kling-v2.6-pro-image-to-video")
    assert.equal("可灵图生视频2.6-pro", entry.name_zh)
    assert.equal("luma/uni-1-max/image-edit", catalogue.find("Luma uni-1-max Image Edit").endpoint)
    assert.equal("rhart-image-g-1.5/edit-[Deprecated]",
      catalogue.find("rhart-image-g-1.5/edit-[Deprecated]").endpoint)
    for _, name in ipairs { "nobody/knows", "", "\n", "kling", "kling-elements in kling", "%a", " in " } do
      assert.is_nil(catalogue.find(name), name)
    end
  end)

  it("that is not listed has a nearest name, if one is near", function()
    assert.equal("kling-video-o1/image-to-video", catalogue.nearest "kling-video-o1/image-to-vidoe")
    assert.equal("Luma uni-1 Image Edit", catalogue.nearest "luma uni-1 image edit")
    assert.is_nil(catalogue.nearest "nobody/knows")
  end)

  it("is one and the same, however it was found", function()
    local entry = catalogue.find "vidu/text-to-video-q3-pro"
    local of_family
    for _, one in ipairs(catalogue.family "vidu") do
      if one.endpoint == entry.endpoint then of_family = one end
    end
    assert.equal(entry, of_family)
    for _, one in ipairs(catalogue.all()) do
      if one.endpoint == entry.endpoint then assert.equal(entry, one) end
    end
  end)

  it("keeps the order of its parameters", function()
    local names = {}
    local entry = catalogue.find "kling-video-o1/image-to-video"
    for i, param in ipairs(entry.params) do names[i] = param.name end
    assert.same({ "prompt", "aspectRatio", "duration", "firstImageUrl", "mode" }, names)
  end)

  it("may have a parameter called as a field of its own, or as no identifier", function()
    assert.equal("name", catalogue.find("kling-elements").params[1].name)
    assert.equal("3##file", catalogue.find("rhart-audio/extract-vocal").params[1].name)
  end)
end)

describe("all names", function()
  it("are endpoints, the documentation's and the vendor's, sorted, each once", function()
    local names, seen = catalogue.names(), {}
    for i, name in ipairs(names) do
      assert.is_nil(seen[name], name)
      seen[name] = true
      assert.is_table(catalogue.find(name), name)
      assert.is_true(i == 1 or names[i - 1] < name)
    end
    for entry in each_entry() do
      for name in catalogue.each_name(entry) do assert.is_true(seen[name], name) end
    end
  end)
end)

describe("reading", function()
  it("takes the index and one declaration, and no family", function()
    local fresh_catalogue = fresh.require("rhub.catalogue", {})
    assert.is_nil(package.loaded["rhub.catalogue.index"])
    assert.is_nil(fresh_catalogue.find "nobody/knows")
    assert.is_table(fresh_catalogue.find "kling-elements")
    assert.is_table(fresh_catalogue.find "rhart-image-v1/text-to-image")
    for name in pairs(package.loaded) do
      assert.is_nil(name:match "^rhub%.catalogue%.kling" or name:match "^rhub%.catalogue%.nano")
    end
  end)

  it("is not started by rhub itself", function()
    fresh.require("rhub", {})
    assert.is_nil(package.loaded["rhub.catalogue"])
  end)
end)
