-- A table of pictures, many at once, within a budget. What failed without a charge is tried again; nothing
-- that was paid for, or may have been, is ever submitted twice.
--   rhub --sandbox examples/advanced.lua [FOLDER]      no key, no cost
local rhub = require "rhub"

local folder = (arg[1] or "out"):gsub("/$", "")
local TABLE = [[
name,     prompt,                                      aspectRatio
harbour,  a harbour at dawn, 16:9
beacon,   a lighthouse in a storm, 9:16
gull,     a gull on a post, 1:1
rope,     a coiled rope, 1:1
nets,     nets hung out to dry, 16:9
]]
local TRIES = 3

-- Lines of comma-separated values, by the names in the first.
local function read(text)
  local names, rows = nil, {}
  for line in text:gmatch("[^\n]+") do
    local row, n = {}, 0
    for value in line:gmatch("[^,]+") do
      n = n + 1
      row[names and names[n] or n] = value:match("^%s*(.-)%s*$")
    end
    if names then rows[#rows + 1] = row else names = row end
  end
  return rows
end

local hub <close> = rhub.client { site = "cn", concurrency = 4, budget = "1.00" } -- CNY

local function draw(row)
  local result, err
  for try = 1, TRIES do
    local params = { prompt = row.prompt, aspectRatio = row.aspectRatio }
    result, err = hub:run("rhart-image-v1/text-to-image", params)
    if result then break end
    if err.spent ~= "no" or not err.retryable then return nil, err end
    rhub.sleep(0.1 * 2 ^ try)
  end
  if not result then return nil, err end
  local paths, why = result:save(("%s/%s"):format(folder, row.name), { overwrite = true })
  return paths and paths[1], why
end

local rows = read(TABLE)
local results = rhub.map(rows, draw) -- as many at once as the client takes
for i, row in ipairs(rows) do
  print(row.name, results[i] or "failed: " .. tostring(results.errors[i]))
end
print("spent", hub:spent())
