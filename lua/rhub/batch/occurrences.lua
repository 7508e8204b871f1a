-- Which of several equal digests each one is, in a file of digests however long: they are dealt out by value
-- to a file of short runs, and the runs of one hand are counted at a time.

local temporary = require "rhub.batch.temporary"

local occurrences = {}

occurrences.DIGITS = 16 -- hexadecimal ones: a digest's first 64 bits

local HANDS = 64    -- a million make 16,000 a hand
local RUN = 128     -- pairs of a digest's number and its place that are written at once
local NTH, PAIR = "<I4", "i8I4"
local FULL = "<" .. PAIR:rep(RUN)
local DIGITS = occurrences.DIGITS
local BLOCK = 256 * DIGITS

local unpack_table = table.unpack

local function write_run(hand, file)
  local n = hand.n // 2
  hand.runs[#hand.runs + 1] = file.file:seek "cur"
  file:write(string.pack(n == RUN and FULL or "<" .. PAIR:rep(n), unpack_table(hand, 1, hand.n)))
  hand.total, hand.n = hand.total + n, 0
end

-- Deals out all digests with their places, from 0.
local function deal(digests, file)
  local hands, place = {}, 0
  for i = 0, HANDS - 1 do hands[i] = { n = 0, total = 0, runs = {} } end
  digests:seek(0)
  for block in function() return digests:read(BLOCK) end do
    for at = 1, #block, DIGITS do
      local number = tonumber(block:sub(at, at + DIGITS - 1), 16) --[[@as integer]]
      local hand = hands[number & HANDS - 1]
      local n = hand.n
      hand[n + 1], hand[n + 2], hand.n = number, place, n + 2
      if n + 2 == 2 * RUN then write_run(hand, file) end
      place = place + 1
    end
  end
  for i = 0, HANDS - 1 do
    if hands[i].n > 0 then write_run(hands[i], file) end
  end
  return hands
end

-- Calls `again(place, nth)` for each digest of a hand that has occurred before.
local function count(hand, file, again)
  local seen, left = {}, hand.total
  for _, at in ipairs(hand.runs) do
    local n = math.min(left, RUN)
    local format = n == RUN and FULL or "<" .. PAIR:rep(n)
    file:seek(at)
    local run = { string.unpack(format, file:read(string.packsize(format)) or "") }
    for i = 1, 2 * n, 2 do
      local nth = (seen[run[i]] or 0) + 1
      seen[run[i]] = nth
      if nth > 1 then again(run[i + 1], nth) end
    end
    left = left - n
  end
end

-- Tells of each place which occurrence of its digest it is. nil where every digest occurs once.
---@param digests rhub.batch.temporary DIGITS of each, one after the other
---@return rhub.batch.temporary|nil nths four bytes for each, 0 for the first; it may end early
function occurrences.of(digests)
  local nths
  local dealt = temporary.open()
  for _, hand in pairs(deal(digests, dealt)) do
    count(hand, dealt, function(place, nth)
      nths = nths or temporary.open()
      nths:seek(4 * place)
      nths:write(NTH:pack(nth))
    end)
  end
  dealt:close()
  return nths
end

return occurrences
