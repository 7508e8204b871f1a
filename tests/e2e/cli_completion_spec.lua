-- rhub completion: what `rhub complete` answers, and what bash, zsh and fish make of it. Where zsh or fish is
-- not installed, what its script would be told is tested alone.
local catalogue = require "rhub.catalogue"
local program = require "support.program"

local VIDEO = "kling-video-o1/image-to-video"
local SPEECH = "alibaba/qwen3-tts-flash" -- voices with a space in their names

local quote = program.quote
local run

-- The answers to a line whose last word is being typed.
local function answers(...)
  local got = run("complete", "--", ...)
  assert.same({ 0, "" }, { got.code, got.err })
  local list = {}
  for line in got.out:gmatch("[^\n]+") do list[#list + 1] = line end
  return list
end

local function has(list, text)
  for _, one in ipairs(list) do
    if one == text then return true end
  end
  return false
end

-- What a shell prints, in the program's own folder and environment.
local function shell(command)
  local pipe = assert(io.popen(("cd %s && env -i %s %s TERM=dumb LC_ALL=C.UTF-8 %s 2>&1"):format(
    quote(run.folder), quote(("PATH=%s/bin:%s"):format(run.root, os.getenv "PATH")),
    quote("HOME=" .. run.home), command)))
  local text = pipe:read("a")
  pipe:close()
  return text
end

local function is_installed(name)
  return shell("sh -c " .. quote("command -v " .. name)):find("%S") ~= nil
end

setup(function()
  run = program.new()
  local path = program.path:sub(1, 1) == "/" and program.path or os.getenv "PWD" .. "/" .. program.path
  os.execute(("mkdir -p %s/music %s/bin && ln -s %s %s/bin/rhub"):format(quote(run.folder), quote(run.root),
    quote(path), quote(run.root)))
  for _, name in ipairs { "cat.png", "a cat.jpg", "cat.mp4", "text.md", "make.lua", "music/song.mp3",
    ".hidden.png" } do
    run:put(name, "x")
  end
end)
teardown(function() run:remove() end)

describe("rhub complete", function()
  it("offers no name that a terminal would obey", function()
    local names = { "odd\u{9b}2J.png", "odd\27[2J.png", "odd.png" }
    for _, name in ipairs(names) do run:put(name, "x") end
    local list = answers("run", VIDEO, "firstImageUrl=odd")
    for _, name in ipairs(names) do os.remove(run.folder .. "/" .. name) end
    assert.same({ "firstImageUrl=odd.png" }, list)
  end)

  it("offers commands, those that somebody types", function()
    local list = answers("")
    for _, name in ipairs { "account", "completion", "help", "run", "task", "types" } do
      assert(has(list, name), name)
    end
    assert(not has(list, "complete"))
    assert.same({ "run" }, answers("ru"))
    assert.same({ "run" }, answers("help", "ru"))
    assert.same({ "bash", "zsh", "fish" }, answers("completion", ""))
  end)

  it("offers scripts where one may stand", function()
    assert.same({ "make.lua" }, answers("mak"))
    assert.same({ "make.lua", "music/" }, answers("-i", ""))
    assert.same({ "music/song.mp3" }, answers("make.lua", "music/"))
    assert.same({ "text.md" }, answers("-e", "print(...)", "te"))
  end)

  it("offers the options of the command at hand and those of all", function()
    local list = answers("run", "--")
    for _, name in ipairs { "--output", "--overwrite", "--site", "--json", "--sandbox" } do
      assert(has(list, name), name)
    end
    assert(not has(list, "--wait") and not has(list, "-o"))
    assert.same({ "-o" }, answers("run", "-o"))
    assert.same({ "--wait", "-w" }, { answers("task", "--wai")[1], answers("task", "-w")[1] })
    assert.same({ "--execute" }, answers("--ex"))
    assert.same({}, answers("run", "--output", "x", "--outp"))
    assert.same({ "--verbose" }, answers("run", "--verbose", "--verb"))
  end)

  it("offers the values of options that have a fixed set", function()
    assert.same({ "ai", "cn" }, answers("run", "--site", ""))
    assert.same({ "--site=cn" }, answers("--site=c"))
    assert.same({ "strict", "warn", "off" }, answers("account", "--check", ""))
    assert.same({ "music/" }, answers("types", "-o", "m"))
    assert.same({ "-omusic/" }, answers("types", "-om"))
    assert.same({ "text.md" }, answers("account", "--ca-file", "te"))
    assert.same({ VIDEO }, answers("task", "1", "--model", "kling-video-o1/im"))
  end)

  it("offers models by their endpoints, and other names where only these begin so", function()
    assert.same({ VIDEO }, answers("run", "kling-video-o1/im"))
    local listed = {}
    for _, entry in ipairs(catalogue.all()) do
      if entry.status ~= "removed" then listed[#listed + 1] = entry.endpoint end
    end
    assert.same(listed, answers("run", ""))
    for _, name in ipairs(catalogue.names()) do
      local entry = catalogue.find(name)
      if name ~= entry.endpoint and entry.status == "listed" and name:find("^midjourney%-") then
        assert(has(answers("run", name), name), name)
        break
      end
    end
  end)

  it("offers a model's parameters, required ones first, and leaves out what has been given", function()
    local list = answers("run", VIDEO, "")
    assert.same({ "firstImageUrl=", "aspectRatio=", "duration=", "mode=", "prompt=" },
      table.move(list, 1, 5, 1, {}))
    assert.same({ "duration=" }, answers("run", VIDEO, "prompt=a cat", "mode=std", "d"))
    assert.same({}, answers("run", VIDEO, "duration:=5", "--site", "cn", "dur"))
    local again = "alibaba/happyhorse-1.0/reference-to-video"
    assert.same({ "imageUrls=" }, answers("run", again, "imageUrls=a.png", "image"))
    assert.same({ "duration:=" }, answers("run", VIDEO, "duration:"))
    assert.same({ "tagList:=" }, answers("run", "kling-elements", "tag"))
    assert.same({ "webhookUrl=" }, answers("run", VIDEO, "web"))
    assert.same({}, answers("model", VIDEO, ""))
  end)

  it("offers values that are listed, and files where a file may stand", function()
    assert.same({ "aspectRatio=1:1", "aspectRatio=9:16", "aspectRatio=16:9" },
      answers("run", VIDEO, "aspectRatio="))
    assert.same({ "aspectRatio=9:16" }, answers("run", VIDEO, "aspectRatio=9:1"))
    assert.same({ "duration:=5", "duration:=10" }, answers("run", VIDEO, "duration:="))
    assert.same({ "instanceType=plus" }, answers("run", VIDEO, "instanceType=p"))
    assert.same({ "firstImageUrl=a cat.jpg", "firstImageUrl=cat.png",
      "firstImageUrl=music/" }, answers("run", VIDEO, "firstImageUrl="))
    assert.same({ "firstImageUrl=music/song.mp3" }, answers("run", VIDEO, "firstImageUrl=music/"))
    assert.same({ "prompt=@text.md" }, answers("run", VIDEO, "prompt=@t"))
    assert.same({}, answers("run", VIDEO, "prompt="))
    assert.same({}, answers("run", VIDEO, "firstImageUrl=https://x/"))
    assert.same({ "sourceImage=cat.mp4", "sourceImage=cat.png" },
      answers("run", "not/listed", "sourceImage=ca"))
  end)

  it("tells a few words about each where they are wanted", function()
    local out = run("complete", "--describe", "--", "run", VIDEO, "").out
    assert.equal("firstImageUrl=\trequired: jpg or png, up to 20 MB", out:match("^[^\n]+"))
    assert.is_truthy(run("complete", "--describe", "--", "run", "--over").out:find("^%-%-overwrite\treplace"))
    assert.is_truthy(run("complete", "--describe", "--", "--sit").out:find("^%-%-site\trunninghub"))
    assert.is_truthy(run("complete", "--describe", "--", "tas").out:find("^task\t%l"))
  end)

  it("knows models of one's own, and is silent about what is wrong with them", function()
    local folder = run.home .. "/.config/rhub/catalogue"
    os.execute("mkdir -p " .. quote(folder))
    local function own(text)
      local file = assert(io.open(folder .. "/x.lua", "w"))
      file:write(text)
      file:close()
    end
    own 'model "my/model" { text "say" , flag "loud" { optional } }'
    assert.same({ "my/model" }, answers("run", "my"))
    assert.same({ "loud=true" }, answers("run", "my/model", "loud=t"))
    own "model ("
    assert.same({}, answers("run", "kl"))
    os.execute("rm -r " .. quote(folder))
    assert.same({}, answers("run", "nothing/begins/so"))
    assert.same({}, answers("account", "x"))
    assert.same({ 0, "", "" }, { run("complete").code, run("complete", "--", "cancel", "").out,
      run("complete", "--", "--", "x", "--").err })
  end)

  it("loads neither the engine nor the network library", function()
    local got = run("-e", [[
      require("rhub.cli.complete").main({ "--", "run", ..., "mo" }, 1)
      print(package.loaded["rhub.core"], package.loaded["rhub.client"])
    ]], VIDEO)
    assert.equal("mode=\nnil\tnil\n", got.out)
  end)
end)

describe("rhub completion", function()
  it("prints a script for each shell, and says which there are", function()
    for _, name in ipairs { "bash", "zsh", "fish" } do
      local got = run("completion", name)
      assert.same({ 0, "" }, { got.code, got.err })
      assert.is_truthy(got.out:find("complete --", 1, true) and got.out:find("\n$"))
    end
    assert.equal(2, run("completion", "tcsh").code)
    assert.equal(2, run("completion").code)
  end)

  -- As bash does: words broken at COMP_WORDBREAKS, the text to be replaced as the second argument.
  local function bash(line, text, ...)
    local words = {}
    for i, word in ipairs { ... } do words[i] = quote(word) end
    return shell("bash --norc -c " .. quote(([[
      source <(rhub completion bash)
      COMP_LINE=%s COMP_WORDS=(rhub %s) COMP_CWORD=%d
      COMP_POINT=${#COMP_LINE}
      _rhub rhub %s ''
      (IFS='|'; echo "${COMPREPLY[*]}")
    ]]):format(quote(line), table.concat(words, " "), #words, quote(text))))
  end

  it("makes bash answer with what follows the last word break", function()
    local at = "rhub run " .. VIDEO .. " "
    assert.equal("run\n", bash("rhub ru", "ru", "ru"))
    assert.equal("duration=\n", bash(at .. "dur", "dur", "run", VIDEO, "dur"))
    assert.equal("1:1|9:16|16:9\n", bash(at .. "aspectRatio=", "", "run", VIDEO, "aspectRatio", "="))
    assert.equal("16\n", bash(at .. "aspectRatio=9:1", "1", "run", VIDEO, "aspectRatio", "=", "9", ":", "1"))
    assert.equal("5|10\n", bash(at .. "duration:=", "", "run", VIDEO, "duration", ":="))
    assert.equal("@text.md\n", bash(at .. "prompt=@te", "@te", "run", VIDEO, "prompt", "=@", "te"))
    assert.equal("mode=\n", bash(at .. 'prompt="a b" aspectRatio=9:16 m', "m", "run", VIDEO, "prompt", "=",
      '"a b"', "aspectRatio", "=", "9", ":", "16", "m"))
    assert.equal("strict\n", bash("rhub --check=s", "s", "--check", "=", "s"))
  end)

  it("makes bash quote what it has to, once", function()
    local at = ("rhub run %s voice="):format(SPEECH)
    assert.equal("Ono\\ Anna\n", bash(at .. "On", "On", "run", SPEECH, "voice", "=", "On"))
    assert.equal("Ono\\ Anna\n", bash(at .. "Ono\\ A", "Ono\\ A", "run", SPEECH, "voice", "=", "Ono\\ A"))
    assert.equal("Ono Anna\n", bash(at .. '"Ono A', "Ono A", "run", SPEECH, "voice", "=", '"Ono A'))
  end)

  it("completes in a bash at a terminal", function()
    run:put("bash.exp", ([[
      set timeout 20
      spawn -noecho bash --norc --noprofile
      send "PS1=; bind 'set enable-bracketed-paste off'; source <(rhub completion bash); echo rea''dy\r"
      expect -re "\nready"
      send "echo \"<\"; : rhub\r"
      expect -re "<\r"
      send "X=1 rhub run %s as\t9:1\tfirst\tca\tpro\t@te\t--off\001printf '%%s|' \005; echo\r"
      expect {
        -re {\n(rhub\|[^\n]*)\r\n} { send_user "\nGOT $expect_out(1,string)\n" }
        timeout { send_user "\nNOTHING\n" }
      }
      send "exit\r"
      expect eof
    ]]):format(VIDEO):gsub("X=1 ", ""))
    local text = shell("expect bash.exp")
    assert.equal(("rhub|run|%s|aspectRatio=9:16|firstImageUrl=cat.png|prompt=@text.md|--off|"):format(VIDEO),
      text:match("GOT ([^\r\n]*)"), text)
  end)

  -- The completion's own function, with zsh's word for "offer this" replaced by one that prints it.
  local function zsh(prefix, ...)
    local words = {}
    for i, word in ipairs { ... } do words[i] = quote(word) end
    return shell("zsh -f -c " .. quote(([[
      source <(rhub completion zsh)
      compadd() { local all="$*"; print -r -- "${(j:|:)@[(($@[(i)--] + 1)),-1]}" }
      words=(rhub %s %s) PREFIX=%s
      CURRENT=$#words
      _rhub
    ]]):format(table.concat(words, " "), quote(prefix), quote(prefix))))
  end

  it("makes zsh offer the same", function()
    if not is_installed "zsh" then
      assert.same({ "aspectRatio=9:16" }, answers("run", VIDEO, "aspectRatio=9"))
      return
    end
    assert.equal("", shell("sh -c 'rhub completion zsh >_rhub && zsh -n _rhub'"))
    assert.equal("run\n", zsh("ru"))
    assert.equal("aspectRatio=9:16\n", zsh("aspectRatio=9", "run", VIDEO))
    assert.equal("duration=|mode=|prompt=|webhookUrl=|instanceType=|appCode=\n",
      zsh("", "run", VIDEO, "firstImageUrl=x", "'aspectRatio=9:16'"))
    assert.equal("voice=Ono Anna\n", zsh("voice=Ono\\ A", "run", SPEECH))
    assert.equal("firstImageUrl=music/\nfirstImageUrl=a cat.jpg|firstImageUrl=cat.png\n",
      zsh("firstImageUrl=", "run", VIDEO))
  end)

  it("makes fish offer the same", function()
    if not is_installed "fish" then
      assert.same({ "aspectRatio=9:16" }, answers("run", VIDEO, "aspectRatio=9"))
      return
    end
    local function fish(line)
      return shell("fish --no-config -c " .. quote(
        "rhub completion fish | source; complete -C " .. quote(line)))
    end
    assert.is_truthy(fish("rhub ru"):find("^run\t[^\n]+\n$"))
    assert.equal("aspectRatio=9:16\tdefault\n", fish("rhub run " .. VIDEO .. " aspectRatio=9"))
    assert.equal("voice=Ono Anna\n", fish("rhub run " .. SPEECH .. " voice=Ono"))
    assert.is_truthy(fish("rhub run " .. VIDEO .. " "):find("^firstImageUrl=\trequired"))
  end)
end)
