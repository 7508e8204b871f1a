-- rhub upload: local files to the service, for whatever takes an address or a file name. Costs nothing.

local errors = require "rhub.errors"
local flow = require "rhub.flow"
local json = require "rhub.json"
local media = require "rhub.media"
local plain = require "rhub.cli.plain"
local report = require "rhub.cli.report"

---@type rhub.cli.command
local upload = {
  usage = "rhub upload FILE ... [--node]",
  help = [[
Uploads files and prints an address for each, in their order: what media parameters of models take. An address
lives about a day and opens the file to whoever has it. With --node the name is printed that nodes of
workflows and AI apps take. Files that a command is given are uploaded by themselves: this is for the rest.
Uploading is free; the same bytes are sent once a day at most.

  --node     for nodes: LoadImage's image, LoadAudio's audio, LoadVideo's video; a ZIP of pictures for
             LoadImages (zip). Up to 30 MB

With --json: files, a list of path, bytes, reused, url, file_name, or error.

  rhub upload portrait.png
  rhub run kling-video-o1/image-to-video firstImageUrl="$(rhub upload portrait.png)" prompt=wind -o out/
]],
  options = { { "node" } },
  words = { 1, math.huge, what = "files" },
}

local MOST = 30 * 1024 * 1024 -- bytes that the service documents; a hard limit for nodes

-- What is wrong with the files, all of it, before there is a client.
local function problems(context)
  local found = {}
  for _, path in ipairs(context.words) do
    local info, why = media.inspect(path)
    if info and info.size > MOST and context.values.node then
      why = ("has %s: nodes take up to 30 MB"):format(plain.bytes(info.size))
    elseif info and info.size > MOST then
      context.terminal:note(("%s has %s: more than the 30 MB that the service documents"):format(
        plain.text(path), plain.bytes(info.size)))
    end
    if why then found[#found + 1] = path .. " " .. why end
  end
  if #found > 0 then return errors.input(table.concat(found, "; ") .. "; nothing was sent") end
end

local function row_of(path, its, err)
  return { path = path, bytes = its and its.bytes or json.null, reused = its and its.reused or false,
    url = its and its.url or json.null, file_name = its and its.file_name or json.null,
    error = err and report.fields(err) }
end

local function count(list)
  local bytes = 0
  for _, its in ipairs(list) do bytes = bytes + its.bytes end
  return ("%s, %s"):format(#list == 1 and "1 file" or #list .. " files", plain.bytes(bytes))
end

---@param context rhub.cli.context
function upload.run(context)
  local words, node = context.words, context.values.node and true or false
  local err = problems(context)
  if err then return nil, err end
  local hub
  hub, err = context:hub()
  if not hub then return nil, err end
  local got = flow.map(words, function(path) return hub:upload(path, { kind = node and "node" or "url" }) end)
  local done = {}
  context.answer.files = json.array {}
  for i, path in ipairs(words) do
    local its = got[i]
    context.answer.files[i] = row_of(path, its, got.errors[i])
    err = err or got.errors[i]
    done[#done + 1] = its
    if its then context:print(plain.text(node and its.file_name or its.url)) end
  end
  if #done > 0 then
    context.terminal:note(("%s; free%s"):format(count(done), node and "" or ", an address lives about a day"))
  end
  return not err or nil, err
end

return upload
