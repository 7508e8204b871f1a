-- rhub models import FILE, as people and programs use it: what it shows, when it writes, and that the models
-- are there afterwards.
local catalogue = require "rhub.catalogue"
local json = require "rhub.json"
local program = require "support.program"
local sys = require "rhub.sys"

local VIDEO = "kling-video-o1/image-to-video"
local NEW = { endpoint = "kling-v9/text-to-video", name_en = "kling-v9", output_type = "video", params = {
  { fieldKey = "prompt", type = "STRING", required = true, maxLength = 100 },
} }
local WITH_12 = { endpoint = VIDEO, params = {
  { fieldKey = "prompt", type = "STRING" }, { fieldKey = "firstImageUrl", type = "IMAGE" },
  { fieldKey = "aspectRatio", type = "LIST", options = { "1:1", "9:16", "16:9" } },
  { fieldKey = "mode", type = "LIST", options = { "std", "pro" } },
  { fieldKey = "duration", type = "LIST", options = { "5", "10", { value = "12" } } },
} }

local run, path

before_each(function()
  run = program.new()
  path = run.home .. "/.config/rhub/catalogue/imported.lua"
end)
after_each(function() run:remove() end)

-- Every listed model with nothing said of its parameters, but for those given; `without` is left out.
local function put_registry(models, without)
  local list, given = {}, {}
  for _, model in ipairs(models) do given[model.endpoint] = true end
  for _, entry in ipairs(catalogue.all()) do
    if entry.status == "listed" and not given[entry.endpoint] and entry.endpoint ~= without then
      list[#list + 1] = { endpoint = entry.endpoint, params = json.array {} }
    end
  end
  table.move(models, 1, #models, #list + 1, list)
  run:put("registry.json", assert(json.encode { version = "public-2026-09-01", models = list }))
end

local function contains(text, ...)
  for _, part in ipairs { ... } do
    assert(text:find(part, 1, true), ("%q is not in %q"):format(part, text))
  end
end

local function import(...)
  return run("models", "import", "registry.json", ...)
end

describe("an import", function()
  it("shows what is different and writes nothing without a yes", function()
    put_registry({ NEW, WITH_12 }, "kling-elements")
    local got = import()
    assert.equal(0, got.code, got.err)
    contains(got.out, "registry.json: version public-2026-09-01, ", "; 1 new, 1 gone, 1 changed\n",
      "\nnew\n  kling-v9/text-to-video   text-to-video   kling\n",
      "\n  kling-elements   other   kling\n",
      "\nchanged\n  " .. VIDEO .. "\n    duration: takes 12 now\n")
    assert.equal("nothing was written; to write it: rhub models import registry.json --yes\n", got.err)
    assert.is_nil(sys.stat(run.home .. "/.config"))
  end)

  it("writes with --yes, and the models are known from then on", function()
    put_registry({ NEW, WITH_12 }, "kling-elements")
    local check = { "check", VIDEO, "firstImageUrl=https://example.com/a.png", "duration=12" }
    assert.equal(2, run(table.unpack(check)).code)
    local got = import("--yes")
    assert.equal(0, got.code, got.err)
    contains(got.out, "written  " .. path)
    assert.equal(384, sys.stat(path).mode)
    got = run(table.unpack(check))
    assert.equal(0, got.code, got.err)
    got = run("check", "kling-v9", "prompt=x")
    assert.equal(0, got.code, got.err)
    contains(run("models", "--status", "removed", "kling-elements").out, "kling-elements")
  end)

  it("once more writes the same, and with nothing different says that the file can go", function()
    put_registry { NEW }
    assert.equal(0, import("--yes").code)
    local first = sys.read(path)
    assert.equal(0, import("--yes").code)
    assert.equal(first, sys.read(path))
    put_registry {}
    local got = import("--yes")
    assert.equal(0, got.code)
    contains(got.out, "; 0 new, 0 gone, 0 changed")
    contains(got.err, "no differences: nothing to write", path, "can go")
    assert.equal(first, sys.read(path))
  end)

  it("replaces a file of an earlier one that is broken", function()
    put_registry { NEW }
    assert(sys.mkdir_p(run.home .. "/.config/rhub/catalogue"))
    assert(sys.write_private(path, "no lua at all"))
    assert.equal(0, import("--yes").code)
    contains(run("models", "kling-v9").out, NEW.endpoint)
  end)

  it("leaves alone what stands in the user's other files, and says so", function()
    put_registry { WITH_12 }
    assert(sys.mkdir_p(run.home .. "/.config/rhub/catalogue"))
    assert(sys.write_private(run.home .. "/.config/rhub/catalogue/mine.lua",
      ('model "%s" { task = "x", output = "video", text "prompt" }\n'):format(VIDEO)))
    local got = import("--yes")
    assert.equal(0, got.code, got.err)
    contains(got.out, "left alone", "  " .. VIDEO .. "   mine.lua")
    assert.is_nil(sys.stat(path))
  end)

  it("tells a program what it found and what it wrote", function()
    put_registry({ NEW, WITH_12 }, "kling-elements")
    local wanted = { new = { NEW.endpoint }, gone = { "kling-elements" },
      changed = { { endpoint = VIDEO, changes = { "duration: takes 12 now" } } }, written = json.null }
    assert.same(wanted, json.decode(import("--json").out))
    assert.is_nil(sys.stat(path))
    wanted.written = path
    assert.same(wanted, json.decode(import("--json", "--yes").out))
    put_registry {}
    assert.equal('{"changed":[],"gone":[],"new":[],"written":null}\n', import("--json").out)
  end)

  it("shows no control bytes of the file, and writes none", function()
    local model = json.decode(json.encode(NEW))
    model.name_en = "x\27]0;title\7"
    model.params[2] = { fieldKey = "pa\27[2J", type = "INT" }
    model.params[3] = { fieldKey = "kind", type = "LIST", options = { "a", "b\u{9b}31m", "c\nd" } }
    run:put("registry.json", assert(json.encode { version = "1\27[2J\u{9b}2J\n2", models = { model } }))
    local function is_clean(text)
      assert.is_nil(text:find("[\27\7]"))
      assert.is_nil(text:find("\u{9b}", 1, true))
    end
    local got = import("--yes")
    assert.equal(0, got.code, got.err)
    is_clean(got.out .. got.err .. sys.read(path))
    contains(got.err, "kind: a value holds control characters", "version holds")
    for _, name in ipairs { "model", "price" } do is_clean(run(name, NEW.endpoint).out) end
    is_clean(run("types").out)
  end)

  it("of a registry that is cut off takes nothing away, unless it is told to", function()
    put_registry { NEW }
    local whole = json.decode(sys.read(run.folder .. "/registry.json"))
    local few = table.move(whole.models, 1, #whole.models // 2, 1, {})
    few[#few + 1] = NEW
    run:put("registry.json", assert(json.encode { models = few }))
    local got = import("--yes")
    assert.equal(0, got.code, got.err)
    assert.equal(1, select(2, got.err:gsub("listed models are not in it", "")), got.err)
    contains(got.err, "to mark them removed: --gone\n")
    assert.is_nil(run("models", "--status", "listed").out:find "removed")
    contains(run("models", "kling-v9").out, NEW.endpoint)
    local function removed()
      return select(2, run("models", "--status", "removed").out:gsub("\n", ""))
    end
    local before = removed()
    assert.equal(0, import("--yes", "--gone").code)
    assert.is_true(removed() > before + 100)
    assert.equal(2, run("models", "--gone").code)
  end)
end)

describe("at a terminal, an import", function()
  -- The question is answered with `answer`.
  local function answered(answer)
    put_registry { NEW }
    local script = run:put("person.exp", table.concat({
      "set timeout 30",
      ("spawn -noecho sh -c {exec %s}"):format(run:words("models", "import", "registry.json")),
      "expect -ex {[y/N] } {} timeout { exit 99 } eof { exit 98 }",
      ("send %s"):format(answer),
      "expect eof {} timeout { exit 97 }",
      "exit [lindex [wait] 3]",
    }, "\n"))
    local pipe = assert(io.popen(("cd %s && expect -f %s"):format(program.quote(run.folder), script)))
    local out = pipe:read("a")
    local _, _, code = pipe:close()
    return code or 0, out
  end

  it("asks, and writes after a y", function()
    local code, out = answered '"y\\r"'
    assert.equal(0, code, out)
    contains(out, "write this model to " .. path .. "? [y/N] ", "written  " .. path)
    assert.is_table(sys.stat(path))
  end)

  it("writes nothing after anything else, or Ctrl-C", function()
    for answer, wanted in pairs { ['"\\r"'] = 0, ['"yolo\\r"'] = 0, ['"\\004"'] = 0, ['"\\003"'] = 130 } do
      local code, out = answered(answer)
      assert.equal(wanted, code, out)
      contains(out, "nothing was written")
      assert.is_nil(sys.stat(path))
    end
  end)
end)

describe("what is no registry", function()
  -- name, the file's text, what the one line must contain
  for _, case in ipairs {
    { "a missing file", nil, "No such file" },
    { "no JSON", "{", "is no JSON" },
    { "another JSON", '{"as_of": 1}', "no list of models" },
    { "a model without an endpoint", '{"models":[{"endpoint":"a"},{}]}', "model 2 of 2 has no endpoint" },
  } do
    it("is refused in one line, and nothing is written: " .. case[1], function()
      if case[2] then run:put("registry.json", case[2]) end
      local got = import("--yes")
      assert.equal(2, got.code)
      assert.equal("", got.out)
      assert.equal(1, select(2, got.err:gsub("\n", "")), got.err)
      contains(got.err, "registry.json: ", case[3], "nothing was written")
      assert.is_nil(sys.stat(run.home .. "/.config"))
    end)
  end

  it("is a folder, a pipe, or a file over 64 MB", function()
    local got = run("models", "import", ".")
    assert.equal(2, got.code)
    contains(got.err, "is a folder")
    os.execute("mkfifo " .. program.quote(run.folder .. "/pipe"))
    got = run("models", "import", "pipe")
    assert.equal(2, got.code)
    contains(got.err, "pipe: is not an ordinary file; nothing was written")
    os.execute("truncate -s 70M " .. program.quote(run.folder .. "/registry.json"))
    got = import()
    assert.equal(2, got.code)
    contains(got.err, "over 64 MB")
  end)

  it("is no file at all, or two", function()
    for _, words in ipairs { { "models", "import" }, { "models", "import", "a", "b" } } do
      local got = run(table.unpack(words))
      assert.equal(2, got.code)
      contains(got.err, "takes one file")
    end
  end)

  it("is told from a folder that cannot be written to, which is no fault of the file's", function()
    put_registry { NEW }
    run:put("../home/.config", "a file where a folder should be")
    local got = import("--yes")
    assert.equal(1, got.code, got.err)
    contains(got.err, path, "nothing was written")
  end)
end)
