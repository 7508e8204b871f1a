-- A scratch folder with little media files, removed when the specs that asked for it have ended.

local sys = require "rhub.sys"

local files = {}

local HEADS = {
  png = "\137PNG\r\n\26\n\0\0\0\13IHDR", jpg = "\255\216\255\224\0\16JFIF", gif = "GIF89a\1\0\1\0",
  webp = "RIFF\20\0\0\0WEBPVP8 ", wav = "RIFF\36\0\0\0WAVEfmt ", mp4 = "\0\0\0\32ftypisom\0\0\2\0",
  mov = "\0\0\0\20ftypqt  \0\0\0\0", mp3 = "ID3\4\0\0\0\0\0\0", glb = "glTF\2\0\0\0",
}

-- Makes a folder; `folder:put(name, type or bytes)` writes a file and returns its path.
function files.folder()
  local folder = { path = os.tmpname(), written = {} }
  os.remove(folder.path)
  assert(sys.mkdir_p(folder.path))

  function folder:put(name, content)
    local path = self.path .. "/" .. name
    local file = assert(io.open(path, "wb"))
    file:write(HEADS[content] or content)
    file:close()
    self.written[#self.written + 1] = path
    return path
  end

  function folder:remove()
    for _, path in ipairs(self.written) do os.remove(path) end
    os.remove(self.path)
  end

  return folder
end

return files
