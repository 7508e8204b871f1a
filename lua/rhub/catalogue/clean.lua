-- Text that may come from anywhere and be shown to anybody: no control characters, no line ends, no marks that
-- turn the direction of writing. Knows no models.

local clean = {}

-- C1 controls, and the marks and overrides of direction, as UTF-8 has them.
local UNSEEN = { "\xC2[\x80-\x9F]", "\xE2\x80[\x8E\x8F\xA8-\xAE]", "\xE2\x81[\xA6-\xA9]" }

-- Whether a text is UTF-8 and holds nothing that a terminal would obey.
---@param text string
---@return boolean
function clean.is(text)
  if not text:find "[^\32-\126]" then return true end
  if text:find "%c" or not utf8.len(text) then return false end
  for _, pattern in ipairs(UNSEEN) do
    if text:find(pattern) then return false end
  end
  return true
end

-- Whether a text can follow /openapi/v2/: what the engine takes, and nothing that would lead elsewhere.
---@param text any
---@return boolean
function clean.is_endpoint(text)
  if type(text) ~= "string" or text == "" or #text > 256 then return false end
  if text:find "[%s?#\\]" or not clean.is(text) then return false end
  for segment in (text .. "/"):gmatch "([^/]*)/" do
    if segment == "" or segment == "." or segment == ".." then return false end
  end
  return true
end

return clean
