-- rhub doctor on stand-ins: what it says of the file in which uploads are remembered.
local errors = require "rhub.errors"
local fresh = require "support.fresh"
local json = require "rhub.json"

-- What doctor prints and answers for a hub whose cache is told so, and the error that it ends with.
local function examine(...)
  local told = table.pack(...)
  local hub = {
    describe = function() return { key_source = "option", key_hint = "abcd", base_url = "https://x" } end,
    cache = function() return table.unpack(told, 1, told.n) end,
  }
  local doctor = fresh.require("rhub.cli.doctor", {
    ["rhub.json"] = json,
    ["rhub.cli"] = { version = function() return "0" end },
    ["rhub.cli.engine"] = { load = function() return { libraries = function() return "" end } end },
    ["rhub.cli.account"] = {
      ask = function() return { kind = "SHARED" }, nil end,
      kind = tostring, balance = function() return "" end, places = function() return "" end,
      limits = function() end,
    },
  })
  local lines, context = {}, { answer = {} }
  function context.print(_, line) lines[#lines + 1] = line end
  function context.hub() return hub end
  local _, err = doctor.run(context)
  return table.concat(lines, "\n") .. "\n", context.answer, err
end

describe("rhub doctor", function()
  it("tells how many uploads are remembered, and how many of them still live", function()
    local out, answer, err = examine { path = "/c/uploads.db", remembered = 31, valid = 4 }
    assert.matches("\ncache        31 uploads remembered, 4 still valid\nall good\n", out)
    assert.same({ path = "/c/uploads.db", remembered = 31, valid = 4 }, answer.cache)
    assert.is_nil(err)
    assert.matches("cache        1 upload remembered, 0 still valid",
      (examine { path = "/c/uploads.db", remembered = 1, valid = 0 }))
  end)

  it("says that there is none", function()
    local out, answer, err = examine { remembered = 0, valid = 0 }
    assert.matches("\ncache        none: uploads are remembered for one run only\nall good\n", out)
    assert.same({ json.null, nil }, { answer.cache, err })
  end)

  it("counts one that cannot be used as a problem", function()
    local out, answer, err = examine(nil, errors.new { kind = "io", spent = "no",
      message = "upload cache /c/uploads.db: it is damaged; delete it to begin anew" })
    assert.matches("\ncache        upload cache /c/uploads.db: it is damaged; delete it to begin anew\n", out)
    assert.same({ 1, "io" }, { #answer.problems, err.kind })
    assert.is_nil(out:find("all good", 1, true))
  end)
end)
