-- A 3D model: one coloured cube as binary glTF 2.0.

local glb = {}

-- For each face: its normal, and the two directions that span it.
local FACES = {
  { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } }, { { -1, 0, 0 }, { 0, 0, 1 }, { 0, 1, 0 } },
  { { 0, 1, 0 }, { 0, 0, 1 }, { 1, 0, 0 } }, { { 0, -1, 0 }, { 1, 0, 0 }, { 0, 0, 1 } },
  { { 0, 0, 1 }, { 1, 0, 0 }, { 0, 1, 0 } }, { { 0, 0, -1 }, { 0, 1, 0 }, { 1, 0, 0 } },
}
local CORNERS = { { -1, -1 }, { 1, -1 }, { 1, 1 }, { -1, 1 } }

local function cube()
  local positions, normals, indices = {}, {}, {}
  for f, face in ipairs(FACES) do
    local normal, u, v = face[1], face[2], face[3]
    for _, corner in ipairs(CORNERS) do
      local p = {}
      for c = 1, 3 do p[c] = 0.5 * (normal[c] + corner[1] * u[c] + corner[2] * v[c]) end
      positions[#positions + 1] = string.pack("<fff", p[1], p[2], p[3])
      normals[#normals + 1] = string.pack("<fff", normal[1], normal[2], normal[3])
    end
    local i = (f - 1) * 4
    indices[#indices + 1] = string.pack("<I2I2I2I2I2I2", i, i + 1, i + 2, i, i + 2, i + 3)
  end
  return table.concat(positions), table.concat(normals), table.concat(indices)
end

local SCENE = [[{"asset":{"version":"2.0","generator":"rhub sandbox"},"scene":0,"scenes":[{"nodes":[0]}],]]
  .. [["nodes":[{"mesh":0,"name":"cube"}],"materials":[{"pbrMetallicRoughness":]]
  .. [[{"baseColorFactor":[%.3f,%.3f,%.3f,1],"metallicFactor":0.1,"roughnessFactor":0.7}}],]]
  .. [["meshes":[{"primitives":[{"attributes":{"POSITION":0,"NORMAL":1},"indices":2,"material":0}]}],]]
  .. [["accessors":[{"bufferView":0,"componentType":5126,"count":24,"type":"VEC3",]]
  .. [["min":[-0.5,-0.5,-0.5],"max":[0.5,0.5,0.5]},]]
  .. [[{"bufferView":1,"componentType":5126,"count":24,"type":"VEC3"},]]
  .. [[{"bufferView":2,"componentType":5123,"count":36,"type":"SCALAR"}],]]
  .. [["bufferViews":[{"buffer":0,"byteOffset":0,"byteLength":%d,"target":34962},]]
  .. [[{"buffer":0,"byteOffset":%d,"byteLength":%d,"target":34962},]]
  .. [[{"buffer":0,"byteOffset":%d,"byteLength":%d,"target":34963}],"buffers":[{"byteLength":%d}]}]]

local function chunk(kind, data, fill)
  data = data .. fill:rep(-#data % 4)
  return string.pack("<I4", #data) .. kind .. data
end

---@param colour integer[] red, green, blue
---@return string
function glb.make(colour)
  local p, n, i = cube()
  local scene = SCENE:format(colour[1] / 255, colour[2] / 255, colour[3] / 255,
    #p, #p, #n, #p + #n, #i, #p + #n + #i)
  local body = chunk("JSON", scene, " ") .. chunk("BIN\0", p .. n .. i, "\0")
  return "glTF" .. string.pack("<I4I4", 2, 12 + #body) .. body
end

return glb
