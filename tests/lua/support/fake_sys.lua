-- rhub.sys with a clock that only moves when somebody waits: specs of waiting take no time and cannot be
-- late. A poll that could last for ever is an error instead of a hang.

local fake = {}

---@param real? table the real rhub.sys, for what has nothing to do with time
function fake.new(real)
  local sys = setmetatable({ clock = 1000, polls = 0 }, { __index = real })

  function sys.now() return sys.clock end

  function sys.poll(_, seconds)
    sys.polls = sys.polls + 1
    if not seconds then error("a poll without a time-out: this would hang") end
    sys.clock = sys.clock + seconds
    return 0
  end

  function sys.resume_hook() end

  return sys
end

return fake
