-- What the sandbox's accounts have stored: a few ComfyUI graphs, the classes of their nodes, and AI apps made
-- of graphs. Callers get copies, and may change them.

local graph = require "rhub.graph"

local stored = {}

-- ---- classes ----------------------------------------------------------------------------------

local function int(min, max) return { type = "INT", min = min, max = max } end
local function float(min, max) return { type = "FLOAT", min = min, max = max } end
local function one_of(...) return { type = "COMBO", options = { ... } } end
local STRING, BOOLEAN = { type = "STRING" }, { type = "BOOLEAN" }
local function link(type_) return { type = type_, link = true } end

---@class rhub.sandbox.class
---@field takes table<string, { type: string, link?: boolean, options?: any[], min?: number, max?: number }>
---@field gives string[]
---@field makes? string the kind of file, of nodes that end a graph

---@type table<string, rhub.sandbox.class>
stored.CLASSES = {
  CheckpointLoaderSimple = { gives = { "MODEL", "CLIP", "VAE" },
    takes = { ckpt_name = one_of("sd_xl_base_1.0.safetensors", "v1-5-pruned-emaonly.safetensors") } },
  CLIPTextEncode = { gives = { "CONDITIONING" }, takes = { text = STRING, clip = link "CLIP" } },
  EmptyLatentImage = { gives = { "LATENT" },
    takes = { width = int(16, 16384), height = int(16, 16384), batch_size = int(1, 8) } },
  KSampler = { gives = { "LATENT" }, takes = {
    seed = int(0), steps = int(1, 10000), cfg = float(0, 100),
    sampler_name = one_of("euler", "euler_ancestral", "dpmpp_2m"),
    scheduler = one_of("normal", "karras", "simple"), denoise = float(0, 1), model = link "MODEL",
    positive = link "CONDITIONING", negative = link "CONDITIONING", latent_image = link "LATENT" } },
  VAEDecode = { gives = { "IMAGE" }, takes = { samples = link "LATENT", vae = link "VAE" } },
  RHLoraLoader = { gives = { "MODEL", "CLIP" },
    takes = { file_name = { type = "LORA" }, strength_model = float(-100, 100), model = link "MODEL" } },
  LoadImage = { gives = { "IMAGE", "MASK" }, takes = { image = { type = "FILE" } } },
  WanImageToVideo = { gives = { "CONDITIONING", "CONDITIONING", "LATENT" }, takes = {
    width = int(16, 4096), height = int(16, 4096), length = int(1, 241), batch_size = int(1, 4),
    positive = link "CONDITIONING", negative = link "CONDITIONING", vae = link "VAE",
    start_image = link "IMAGE" } },
  SandboxRestyle = { gives = { "IMAGE" }, takes = {
    image = link "IMAGE", prompt = STRING, style = one_of("ink", "oil", "pencil"),
    resolution = one_of("512x512", "768x512", "512x768"), strength = float(0, 1), seed = int(0, 2147483647),
    select = one_of("1", "2"), sharpen = BOOLEAN } },
  SaveImage = { gives = {}, makes = "png", takes = { images = link "IMAGE", filename_prefix = STRING } },
  VHS_VideoCombine = { gives = {}, makes = "mp4", takes = { images = link "IMAGE",
    frame_rate = float(1, 120), filename_prefix = STRING, format = one_of("video/h264-mp4", "video/webm") } },
}

-- ---- graphs -----------------------------------------------------------------------------------

local function node(class, inputs, title)
  return { class_type = class, inputs = inputs, _meta = { title = title or class } }
end

local function sampler(latent)
  return node("KSampler", { seed = 1125899906842597, steps = 20, cfg = 8, sampler_name = "euler",
    scheduler = "normal", denoise = 1, model = { "4", 0 }, positive = { "6", 0 }, negative = { "7", 0 },
    latent_image = latent })
end

local function text_to_image()
  return {
    ["3"] = sampler { "5", 0 },
    ["4"] = node("CheckpointLoaderSimple", { ckpt_name = "sd_xl_base_1.0.safetensors" }, "Load Checkpoint"),
    ["5"] = node("EmptyLatentImage", { width = 512, height = 512, batch_size = 1 }, "Empty Latent Image"),
    ["6"] = node("CLIPTextEncode", { text = "a lighthouse at sea", clip = { "4", 1 } }, "Positive prompt"),
    ["7"] = node("CLIPTextEncode", { text = "text, watermark", clip = { "4", 1 } }, "Negative prompt"),
    ["8"] = node("VAEDecode", { samples = { "3", 0 }, vae = { "4", 2 } }, "VAE Decode"),
    ["9"] = node("SaveImage", { filename_prefix = "ComfyUI", images = { "8", 0 } }, "Save Image"),
  }
end

local PROMPT = "CLIP Text Encode (Prompt)" -- ComfyUI's own title, which nobody has changed

local function image_to_video()
  local frames = sampler { "12", 2 }
  frames.inputs.positive, frames.inputs.negative = { "12", 0 }, { "12", 1 }
  return {
    ["3"] = frames,
    ["4"] = node("CheckpointLoaderSimple", { ckpt_name = "sd_xl_base_1.0.safetensors" }, "Load Checkpoint"),
    ["6"] = node("CLIPTextEncode", { text = "slow dolly in", clip = { "4", 1 } }, PROMPT),
    ["7"] = node("CLIPTextEncode", { text = "static, blurry", clip = { "4", 1 } }, PROMPT),
    ["8"] = node("VAEDecode", { samples = { "3", 0 }, vae = { "4", 2 } }, "VAE Decode"),
    ["10"] = node("LoadImage", { image = "example.png" }, "First frame"),
    ["12"] = node("WanImageToVideo", { width = 512, height = 288, length = 81, batch_size = 1,
      positive = { "6", 0 }, negative = { "7", 0 }, vae = { "4", 2 }, start_image = { "10", 0 } }),
    ["20"] = node("VHS_VideoCombine", { images = { "8", 0 }, frame_rate = 16, filename_prefix = "clip",
      format = "video/h264-mp4" }, "Video Combine"),
  }
end

local function restyle()
  return {
    ["39"] = node("LoadImage", { image = "example.png" }),
    ["37"] = node("SandboxRestyle", { image = { "39", 0 }, prompt = "ink on paper", style = "ink",
      resolution = "512x512", strength = 0.7, seed = 7, select = "1", sharpen = false }),
    ["52"] = node("SaveImage", { filename_prefix = "restyled", images = { "37", 0 } }),
  }
end

---@class rhub.sandbox.workflow
---@field make fun(): table
---@field output string
---@field password? string
---@field never_run? boolean

---@type table<string, rhub.sandbox.workflow>
local WORKFLOWS = {
  ["1904136902449209346"] = { make = text_to_image, output = "image" },
  ["1910246754753896450"] = { make = image_to_video, output = "video" },
  ["1911000000000000001"] = { make = text_to_image, output = "image", password = "open sesame" },
  ["1912000000000000001"] = { make = text_to_image, output = "image", never_run = true },
}

---@param id string
---@return rhub.sandbox.workflow|nil
function stored.workflow(id) return WORKFLOWS[id] end

---@param one { make: fun(): table }
---@return rhub.graph
function stored.graph(one) return assert(graph.read(one.make())) end

-- ---- apps -------------------------------------------------------------------------------------

-- Options in both of the forms that the service has: ComfyUI's own, and a list of its own making.
local STYLES = '[["ink","oil","pencil"],{"default":"ink"}]'
local SIZES = '["COMBO",{"default":"512x512","options":["512x512","768x512","512x768"],"multiselect":false}]'
local LIGHT = '[{"name":"studio","index":"1","description":"soft light"},{"name":"street","index":"2",'
  .. '"description":"neon"},{"default":"1","description":"ignored"}]'
local PICTURES = '[["example.png","keep_this_dic"],{"image_upload":true}]'

local INPUTS = {
  { "39", "LoadImage", "image", "IMAGE", PICTURES, "上传图像", "Upload image" },
  { "37", "SandboxRestyle", "prompt", "STRING", '["STRING",{"multiline":true}]', "提示词", "Prompt" },
  { "37", "SandboxRestyle", "style", "LIST", STYLES, "风格", "Style" },
  { "37", "SandboxRestyle", "resolution", "LIST", SIZES, "尺寸", "Size" },
  { "37", "SandboxRestyle", "select", "SWITCH", LIGHT, "光线", "Light" },
  { "37", "SandboxRestyle", "strength", "FLOAT", '["FLOAT",{"min":0,"max":1,"step":0.05}]', "强度",
    "Strength" },
  { "37", "SandboxRestyle", "seed", "INT", '["INT",{"min":0,"max":2147483647}]', "种子", "Seed" },
  { "37", "SandboxRestyle", "sharpen", "BOOLEAN", nil, "锐化", "Sharpen" },
}

-- Two texts whose fields have one name.
local TWO_TEXTS = {
  { "6", "CLIPTextEncode", "text", "STRING", nil, "正面提示词", "What to show" },
  { "7", "CLIPTextEncode", "text", "STRING", nil, "负面提示词", "What to leave out" },
  { "3", "KSampler", "steps", "INT", nil, "步数", "Steps" },
}

---@class rhub.sandbox.app
---@field id string
---@field title string
---@field make fun(): table
---@field output string
---@field inputs table[]
---@field password? string

---@type rhub.sandbox.app[]
stored.APPS = {
  { id = "1877265245566922753", title = "Restyle a picture", make = restyle, output = "image",
    inputs = INPUTS },
  { id = "1880000000000000001", title = "Two prompts", make = text_to_image, output = "image",
    inputs = TWO_TEXTS },
  { id = "1880000000000000002", title = "Behind a password", make = restyle, output = "image",
    inputs = INPUTS, password = "open sesame" },
}

---@param id string
---@return rhub.sandbox.app|nil
function stored.app(id)
  for _, app in ipairs(stored.APPS) do
    if app.id == id then return app end
  end
end

return stored
