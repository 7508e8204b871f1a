-- Chinese names of models. One that several have names none of them.
-- Made by `make index` from the families. Text, because text costs next to nothing to read.
return [[

Dola-Seedream-5.0-pro-图生图 -> dola-Seedream-5.0-pro/image-to-image
Dola-Seedream-5.0-pro-文生图 -> dola-Seedream-5.0-pro/text-to-image
Doubao-语音合成-2.0 -> bytedance/doubao-seed-tts-2.0
Doubao-音频生成-1.0 -> bytedance/doubao-seed-audio-1.0
HYPIR-BALANCE -> image-enhance/hypir-balance
HYPIR-ULTRA -> image-enhance/hypir-ultra
Higgsfield DoP 图生视频 -> higgsfield/dop/image-to-video
Higgsfield Soul 图生图 -> higgsfield/soul/image-to-image
Kling V2 Pro 数字人口播视频 -> kling-v2-ai-avatar-pro/image-audio-to-video
Kling V2 Std 数字人口播视频 -> kling-v2-ai-avatar-standard/image-audio-to-video
Luma uni-1 图像编辑 -> luma/uni-1/image-edit
Luma uni-1 图生图 -> luma/uni-1/image-to-image
Luma uni-1 文生图 -> luma/uni-1/text-to-image
Luma uni-1-max 图像编辑 -> luma/uni-1-max/image-edit
Luma uni-1-max 图生图 -> luma/uni-1-max/image-to-image
Luma uni-1-max 文生图 -> luma/uni-1-max/text-to-image
Marble 上传媒体资源 -> marble/upload-media-asset
Meshy 6 图生 3D -> meshy6/image-to-3d
Meshy 6 文生 3D -> meshy6/text-to-3d
MiniMax Music 2.6 -> minimax/music-2.6
MiniMax Music 翻唱 -> minimax/music-cover
MiniMax Music 翻唱前处理 -> minimax/music-cover-preprocess
MiniMax-H3 图生视频（首尾帧） -> minimax/hailuo-h3/image-to-video
MiniMax-H3 多模态参考生视频 -> minimax/hailuo-h3/multimodal-to-video
MiniMax-H3 文生视频 -> minimax/hailuo-h3/text-to-video
Mureka mureka-o2 伴奏生成-暂不可用 -> mureka-o2/instrumental-generate
Mureka 人声克隆 -> mureka-ai/vocal-clone
Mureka 文件上传 -> mureka-ai/files-upload
Mureka 歌词生成 -> mureka-ai/generate-lyrics
Mureka-o2 歌曲生成 -> mureka-ai/mureka-o2/generate-song
Mureka-v7.6 伴奏生成 -> mureka-ai/mureka-v7.6/generate-bgm
Mureka-v7.6 歌曲生成 -> mureka-ai/mureka-v7.6/generate-song
Mureka-v8 伴奏生成 -> mureka-ai/mureka-v8/generate-bgm
Mureka-v8 歌曲生成 -> mureka-ai/mureka-v8/generate-song
Mureka-v8 短歌延长 -> mureka-ai/mureka-v8/extend-song
Mureka-v9 伴奏生成 -> mureka-ai/mureka-v9/generate-bgm
Mureka-v9 歌曲生成 -> mureka-ai/mureka-v9/generate-song
PixVerse C1 参考生视频 -> pixverse-c1/reference-to-video
PixVerse C1 图生视频 -> pixverse-c1/image-to-video
PixVerse C1 文生视频 -> pixverse-c1/text-to-video
PixVerse C1 转场 -> pixverse-c1/transition
PixVerse V5.5 图生视频 -> pixverse-v5.5/image-to-video
PixVerse V5.5 文生视频 -> pixverse-v5.5/text-to-video
PixVerse V5.5 特效 -> pixverse-v5.5-effects
PixVerse V5.5 转场 -> pixverse-v5.5-transition
PixVerse V5.6 图生视频 -> pixverse-v5.6/image-to-video
PixVerse V5.6 文生视频 -> pixverse-v5.6/text-to-video
PixVerse V6 图生视频 -> pixverse-v6/image-to-video
PixVerse V6 文生视频 -> pixverse-v6/text-to-video
PixVerse V6 特效 -> pixverse-v6/effects
PixVerse V6 视频续写 -> pixverse-v6/extend
PixVerse V6 转场 -> pixverse-v6/transition
RH视频帧率增强 -> rhart-video/video-fps-increaser rh/video-fps-increaser
RH视频超分 -> rhart-video/video-upscaler
RH视频超分辨率 -> rh/video-upscaler
SD2.0 视频参考生视频(体验版) -> bytedance/dreamactor-v2
SD2.0 视频生成(体验版) -> cinematic-video-generator
Seedance2.0-Fast/全能参考视频 -> rhart-video/sparkvideo-2.0-fast/multimodal-video
Seedance2.0-Fast/图生视频 -> rhart-video/sparkvideo-2.0-fast/image-to-video
Seedance2.0-Fast/文生视频 -> rhart-video/sparkvideo-2.0-fast/text-to-video
Seedance2.0/全能参考视频 -> rhart-video/sparkvideo-2.0/multimodal-video
Seedance2.0/图生视频 -> rhart-video/sparkvideo-2.0/image-to-video
Seedance2.0/文生视频 -> rhart-video/sparkvideo-2.0/text-to-video
SkyReels V3 参考图生视频 -> skyreels-v3/reference-to-video
SkyReels V3 视频续写（单镜头） -> skyreels-v3/single-shot-video-extension
SkyReels V3 视频续写（镜头切换） -> skyreels-v3/shot-switching-video-extension
SkyReels V3 视频风格化 -> skyreels-v3/video-restyling
SkyReels V4 Omni 参考视频 -> skyreels-v4/omni-reference
SkyReels V4 Omni 参考视频-fast -> skyreels-v4/omni-reference-fast
SkyReels V4 Omni 参考视频-std -> skyreels-v4/omni-reference-std
SkyReels V4 图生视频 -> skyreels-v4/image-to-video
SkyReels V4 图生视频-fast -> skyreels-v4/image-to-video-fast
SkyReels V4 图生视频-std -> skyreels-v4/image-to-video-std
SkyReels V4 文生视频 -> skyreels-v4/text-to-video
SkyReels V4 文生视频-fast -> skyreels-v4/text-to-video-fast
SkyReels V4 文生视频-std -> skyreels-v4/text-to-video-std
Suno v4.5 描述生成音乐 -> rhart-suno-v4.5/single
Vidu Q3 Ad 短剧成片 -> vidu/short-play-q3-ad
Vidu Q3 Drama 短剧成片 -> vidu/short-play-q3-drama
Vidu-参考生视频-q2 -> vidu/reference-to-video-q2
Vidu-参考生视频-q2-pro -> vidu/reference-to-video-q2-pro
Vidu-参考生视频-q3 -> vidu/reference-to-video-q3
Vidu-参考生视频-q3-ad -> vidu/reference-to-video-q3-ad
Vidu-参考生视频-q3-drama -> vidu/reference-to-video-q3-drama
Vidu-参考生视频-q3-mix -> vidu/reference-to-video-q3-mix
Vidu-图生视频-q2-pro -> vidu/image-to-video-q2-pro
Vidu-图生视频-q2-pro-fast -> vidu/image-to-video-q2-pro-fast
Vidu-图生视频-q2-turbo -> vidu/image-to-video-q2-turbo
Vidu-图生视频-q3-pro -> vidu/image-to-video-q3-pro
Vidu-图生视频-q3-pro-fast -> vidu/image-to-video-q3-pro-fast
Vidu-图生视频-q3-turbo -> vidu/image-to-video-q3-turbo
Vidu-文生视频-q2 -> vidu/text-to-video
Vidu-文生视频-q3-pro -> vidu/text-to-video-q3-pro
Vidu-文生视频-q3-pro-fast -> vidu/text-to-video-q3-pro-fast
Vidu-文生视频-q3-turbo -> vidu/text-to-video-q3-turbo
Vidu-首尾帧生视频-q2-pro -> vidu/start-end-to-video-q2-pro
Vidu-首尾帧生视频-q2-pro-fast -> vidu/start-end-to-video-q2-pro-fast
Vidu-首尾帧生视频-q2-turbo -> vidu/start-end-to-video-q2-turbo
Vidu-首尾帧生视频-q3-pro -> vidu/start-end-to-video-q3-pro
Vidu-首尾帧生视频-q3-pro-fast -> vidu/start-end-to-video-q3-pro-fast
Vidu-首尾帧生视频-q3-turbo -> vidu/start-end-to-video-q3-turbo
f-2-dev/edit -> rhart-image/f-2-dev/edit
f-2-dev/edit-lora -> rhart-image/f-2-dev/edit-lora
f-2-dev/text-to-image -> rhart-image/f-2-dev/text-to-image
f-2-dev/text-to-image-lora -> rhart-image/f-2-dev/text-to-image-lora
f-2-klein-4b/edit -> rhart-image/f-2-klein-4b/edit
f-2-klein-4b/edit-lora -> rhart-image/f-2-klein-4b/edit-lora
f-2-klein-4b/text-to-image -> rhart-image/f-2-klein-4b/text-to-image
f-2-klein-4b/text-to-image-lora -> rhart-image/f-2-klein-4b/text-to-image-lora
f-2-klein-9b/edit -> rhart-image/f-2-klein-9b/edit
f-2-klein-9b/text-to-image -> rhart-image/f-2-klein-9b/text-to-image
f-2-klein-9b/text-to-image-lora -> rhart-image/f-2-klein-9b/text-to-image-lora
f-dev -> rhart-image/f-dev
f-dev-lora -> rhart-image/f-dev-lora
f-kontext-dev-lora -> rhart-video/f-kontext/dev-lora
f-krea-dev-lora -> rhart-image/f-krea-dev-lora
happyhorse-1.0/image-to-video -> alibaba/happyhorse-1.0/image-to-video
happyhorse-1.0/reference-to-video -> alibaba/happyhorse-1.0/reference-to-video
happyhorse-1.0/text-to-video -> alibaba/happyhorse-1.0/text-to-video
happyhorse-1.0/video-edit -> alibaba/happyhorse-1.0/video-edit
happyhorse-1.1/image-to-video -> alibaba/happyhorse-1.1/image-to-video
happyhorse-1.1/reference-to-video -> alibaba/happyhorse-1.1/reference-to-video
happyhorse-1.1/text-to-video -> alibaba/happyhorse-1.1/text-to-video
kling-v2.6-pro-动作控制 -> kling-v2.6-pro/motion-control
kling-v2.6-std-动作控制 -> kling-v2.6-std/motion-control
ltx-2-19b/image-to-video-lora -> rhart-video/ltx-2/image-to-video
ltx-2-19b/text-to-video-lora -> rhart-video/ltx-2/text-to-video-lora
ltx-2.3/image-to-video -> rhart-video/ltx-2.3/image-to-video
ltx-2.3/image-to-video-lora -> rhart-video/ltx-2.3/image-to-video-lora
ltx-2.3/text-to-video -> rhart-video/ltx-2.3/text-to-video
ltx-2.3/text-to-video-lora -> rhart-video/ltx-2.3/text-to-video-lora
marble-1.0 单图生3D世界 -> marble-1.0/image-to-world
marble-1.0 多图生3D世界 -> marble-1.0/multi-image-to-world
marble-1.0 文生3D世界 -> marble-1.0/text-to-world
marble-1.0 视频生3D世界 -> marble-1.0/video-to-world
marble-1.1 单图生3D世界 -> marble-1.1/image-to-world
marble-1.1 多图生3D世界 -> marble-1.1/multi-image-to-world
marble-1.1 文生3D世界 -> marble-1.1/text-to-world
marble-1.1 视频生3D世界 -> marble-1.1/video-to-world
marble-1.1-plus 单图生3D世界 -> marble-1.1-plus/image-to-world
marble-1.1-plus 多图生3D世界 -> marble-1.1-plus/multi-image-to-world
marble-1.1-plus 文生3D世界 -> marble-1.1-plus/text-to-world
marble-1.1-plus 视频生3D世界 -> marble-1.1-plus/video-to-world
minimax-音色设计 -> minimax/voice-design
minimax/music-2.5 -> rhart-audio/text-to-audio/music-2.5
minimax/speech-02-hd -> rhart-audio/text-to-audio/speech-02-hd
minimax/speech-02-turbo -> rhart-audio/text-to-audio/speech-02-turbo
minimax/speech-2.6-hd -> rhart-audio/text-to-audio/speech-2.6-hd
minimax/speech-2.6-turbo -> rhart-audio/text-to-audio/speech-2.6-turbo
minimax/speech-2.8-hd -> rhart-audio/text-to-audio/speech-2.8-hd
minimax/speech-2.8-turbo -> rhart-audio/text-to-audio/speech-2.8-turbo
minimax/voice-clone -> rhart-audio/text-to-audio/voice-clone
mureka-ai 歌曲理解 -> mureka-ai/describe-song
mureka-ai 歌曲识别 -> mureka-ai/recognize-song
mureka-ai 歌词延长 -> mureka-ai/extend-lyrics
mureka-ai 音轨分离 -> mureka-ai/stem-song
mureka-v7.6 短歌延长 -> mureka-ai/mureka-v7.6/extend-song
qwen-image/edit-2511 -> rhart-image/qwen-image/edit-2511
qwen-image/edit-2511-lora -> rhart-image/qwen-image/edit-2511-lora
qwen-image/text-to-image-2512 -> rhart-image/qwen-image/text-to-image-2512
qwen-image/text-to-image-2512-lora -> rhart-image/qwen-image/text-to-image-2512-lora
seedance-v1-lite-reference-to-video -> seedance-v1-lite/reference-to-video
seedance-v1.5-pro-image-to-video -> seedance-v1.5-pro/image-to-video
seedance-v1.5-pro-image-to-video-fast -> seedance-v1.5-pro/image-to-video-fast
seedance-v1.5-pro-text-to-video -> seedance-v1.5-pro/text-to-video
seedance-v1.5-pro-text-to-video-fast -> seedance-v1.5-pro/text-to-video-fast
seedance2.0-Mini/图生视频 -> rhart-video/sparkvideo-2.0-mini/image-to-video
seedance2.0-Mini/多模态视频 -> rhart-video/sparkvideo-2.0-mini/multimodal-video
seedance2.0-Mini/文生视频 -> rhart-video/sparkvideo-2.0-mini/text-to-video
seedance2.0-global-Mini/图生视频 -> bytedance/seedance-2.0-global-mini/image-to-video
seedance2.0-global-Mini/多模态视频 -> bytedance/seedance-2.0-global-mini/multimodal-video
seedance2.0-global-Mini/文生视频 -> bytedance/seedance-2.0-global-mini/text-to-video
seedance2.0-global-fast/图生视频 -> bytedance/seedance-2.0-global-fast/image-to-video
seedance2.0-global-fast/多模态视频 -> bytedance/seedance-2.0-global-fast/multimodal-video
seedance2.0-global-fast/文生视频 -> bytedance/seedance-2.0-global-fast/text-to-video
seedance2.0-global/图生视频 -> bytedance/seedance-2.0-global/image-to-video
seedance2.0-global/多模态视频 -> bytedance/seedance-2.0-global/multimodal-video
seedance2.0-global/文生视频 -> bytedance/seedance-2.0-global/text-to-video
seedream-v4-图生图 -> seedream-v4/image-to-image
seedream-v4-文生图 -> seedream-v4/text-to-image
seedream-v4.5-图生图 -> seedream-v4.5/image-to-image
seedream-v4.5-文生图 -> seedream-v4.5/text-to-image
seedream-v5-lite-图生图 -> seedream-v5-lite/image-to-image
seedream-v5-lite-文生图 -> seedream-v5-lite/text-to-image
seedream-v5-pro-图生图 -> seedream-v5-pro/image-to-image
seedream-v5-pro-文生图 -> seedream-v5-pro/text-to-image
suno-custom-v4.5 -> rhart-audio/suno-v4.5/custom
suno-custom-v5 -> rhart-audio/suno-v5/custom
suno-custom-v5.5 -> rhart-audio/suno-v5.5/custom
suno-single-v4.5 -> rhart-audio/suno-v4.5/single
suno-single-v5 -> rhart-audio/suno-v5/single
suno-single-v5.5 -> rhart-audio/suno-v5.5/single
suno-歌词生成 -> rhart-audio/suno/lyrics
topazlabs图像放大Art and CGI -> topazlabs/image-gigapixel-art-and-cgi
topazlabs图像放大CGI -> topazlabs/image-upscale-cgi
topazlabs图像放大Detail Faces -> topazlabs/image-upscale-detail-faces
topazlabs图像放大High Fidelity V2 -> topazlabs/image-upscale-high-fidelity-v2
topazlabs图像放大High Fidelity V3 -> topazlabs/image-upscale-high-fidelity-v3
topazlabs图像放大High Fidelity v2 -> topazlabs/image-gigapixel-high-fidelity-2
topazlabs图像放大Low Resolution V2 -> topazlabs/image-upscale/low-resolution-v2
topazlabs图像放大Low Resolution v2 -> topazlabs/image-gigapixel-low-resolution-2
topazlabs图像放大Standard v2 -> topazlabs/image-gigapixel-standard-2
topazlabs图像放大StandardV2 -> topazlabs/image-upscale-standard-v2
topazlabs图像放大Text Refine -> topazlabs/image-upscale-text-refine
topazlabs图像放大Text and Shapes -> topazlabs/image-gigapixel-text-and-shapes
topazlabs图像放大Transparent -> topazlabs/image-upscale-transparent
topazlabs视频增强Proteus -> topazlabs/video-proteus
topazlabs视频增强Starlight -> topazlabs/video-starlight
topazlabs视频放大 -> topazlabs/video-upscale
topazlabs视频放大Astra -> topazlabs/video-astra
topazlabs视频补帧Frame Interpolation -> topazlabs/video-frame-interpolation
topazlabs视频降噪Denoise -> topazlabs/video-denoise
wan-2.2/image-to-image -> rhart-video/wan-2.2/image-to-image
wan-2.2/text-to-image-lora -> rhart-video/wan-2.2/text-to-image-lora
z-image-turbo/image-to-image -> rhart-image/z-image-turbo/image-to-image
z-image-turbo/image-to-image-lora -> rhart-image/z-image-turbo/image-to-image-lora
z-image/turbo -> rhart-image/z-image/turbo
z-image/turbo-lora -> rhart-image/z-image/turbo-lora
万相 2.2 角色动作迁移 -> rhart-video/wan2.2/character-motion-transfer
万相2.2-图生视频 -> rhart-video/wan-2.2/image-to-video
万相2.2-文生视频 -> rhart-video/wan-2.2/text-to-video
万相2.2-首尾帧生视频 -> rhart-video/wan-2.2/start-to-end
万相2.5 Preview 图生图 -> alibaba/wan-2.5-preview/image-to-image
万相2.5 Preview 图生视频 -> alibaba/wan-2.5-preview/image-to-video
万相2.5 Preview 文生图 -> alibaba/wan-2.5-preview/text-to-image
万相2.5 Preview 文生视频 -> alibaba/wan-2.5-preview/text-to-video
万相2.6-参考生视频 -> alibaba/wan-2.6/reference-to-video
万相2.6-参考生视频Flash -> alibaba/wan-2.6/reference-to-video-flash
万相2.6-图生视频 -> alibaba/wan-2.6/image-to-video
万相2.6-图生视频Flash -> alibaba/wan-2.6/image-to-video-flash
万相2.6-文生视频 -> alibaba/wan-2.6/text-to-video
万相2.7-spicy-图生视频 -> alibaba/wan-2.7-spicy/image-to-video
万相2.7-参考生视频 -> alibaba/wan-2.7/reference-to-video
万相2.7-图像编辑 -> alibaba/wan-2.7/image-edit
万相2.7-图像编辑Pro -> alibaba/wan-2.7/image-edit-pro
万相2.7-图生视频 -> alibaba/wan-2.7/image-to-video
万相2.7-图生视频-视频续写 -> alibaba/wan-2.7/video/image-to-video
万相2.7-图生视频-首尾帧生视频 -> alibaba/wan-2.7/image/image-to-video
万相2.7-文生图 -> alibaba/wan-2.7/text-to-image
万相2.7-文生图Pro -> alibaba/wan-2.7/text-to-image-pro
万相2.7-文生视频 -> alibaba/wan-2.7/text-to-video
万相2.7-视频续写 -> alibaba/wan-2.7/video-extend
万相2.7-视频编辑 -> alibaba/wan-2.7/video-edit
全能图片G-1.5-图生图-低价渠道版 -> rhart-image-g-1.5/edit
全能图片G-1.5-图生图-低价渠道版-(已下架) 可用全能图片G-2 模型代替 -> rhart-image-g-1.5/edit-[Deprecated]
全能图片G-1.5-图生图-官方稳定版 -> rhart-image-g-1.5-official/image-to-image
全能图片G-1.5-文生图-低价渠道版 -> rhart-image-g-1.5/text-to-image
全能图片G-1.5-文生图-低价渠道版-(已下架) 可用全能图片G-2 模型代替 -> rhart-image-g-1.5/text-to-image-[Deprecated]
全能图片G-1.5-文生图-官方稳定版 -> rhart-image-g-1.5-official/text-to-image
全能图片G-2-图生图-官方稳定版 -> rhart-image-g-2-official/image-to-image
全能图片G-2-文生图-官方稳定版 -> rhart-image-g-2-official/text-to-image
全能图片G-2.0-图生图-低价渠道版 -> rhart-image-g-2/image-to-image
全能图片G-2.0-文生图-低价渠道版 -> rhart-image-g-2/text-to-image
全能图片PRO-图生图-低价渠道版 -> rhart-image-n-pro/edit
全能图片PRO-图生图-官方稳定版 -> rhart-image-n-pro-official/edit
全能图片PRO-图生图Ultra-官方稳定版 -> rhart-image-n-pro-official/edit-ultra
全能图片PRO-文生图-低价渠道版 -> rhart-image-n-pro/text-to-image
全能图片PRO-文生图-官方稳定版 -> rhart-image-n-pro-official/text-to-image
全能图片PRO-文生图Ultra-官方稳定版 -> rhart-image-n-pro-official/text-to-image-ultra
全能图片V1-图生图-低价渠道版 -> rhart-image-v1/edit
全能图片V1-图生图-官方稳定版 -> rhart-image-v1-official/edit
全能图片V1-文生图-低价渠道版 -> rhart-image-v1/text-to-image
全能图片V1-文生图-官方稳定版 -> rhart-image-v1-official/text-to-image
全能图片V2-lite-图生图-低价渠道版 -> rhart-image-n-g31-flash-lite/image-to-image
全能图片V2-lite-图生图-官方稳定版 -> rhart-image-n-g31-flash-lite-official/image-to-image
全能图片V2-lite-文生图-低价渠道版 -> rhart-image-n-g31-flash-lite/text-to-image
全能图片V2-lite-文生图-官方稳定版 -> rhart-image-n-g31-flash-lite-official/text-to-image
全能图片V2-图生图-低价渠道版 -> rhart-image-n-g31-flash/image-to-image
全能图片V2-图生图-官方稳定版 -> rhart-image-n-g31-flash-official/image-to-image
全能图片V2-文生图-低价渠道版 -> rhart-image-n-g31-flash/text-to-image
全能图片V2-文生图-官方稳定版 -> rhart-image-n-g31-flash-official/text-to-image
全能图片X-3-图生图 -> rhart-image-g-3/image-to-image
全能图片X-3-文生图 -> rhart-image-g-3/text-to-image
全能图片X-4-图生图 -> rhart-image-g-4/image-to-image
全能图片X-4-文生图 -> rhart-image-g-4/text-to-image
全能图片X-图片编辑-官方稳定版 -> rhart-image-x-official/edit
全能图片X-图生图-低价渠道版 -> rhart-image-g/image-to-image
全能图片X-文生图-低价渠道版 -> rhart-image-g/text-to-image
全能图片X-文生图片-官方稳定版 -> rhart-image-x-official/text-to-image
全能图片X-高质量图片编辑-官方稳定版 -> rhart-imagine-image-quality/edit
全能图片X-高质量文生图-官方稳定版 -> rhart-imagine-image-quality/text-to-image
全能视频 Omni Flash 图生视频-低价渠道版 -> gemini-omni-flash/image-to-video
全能视频 Omni Flash 文生视频-低价渠道版 -> gemini-omni-flash/text-to-video
全能视频 Omni Flash 视频编辑-低价渠道版 -> gemini-omni-flash/video-edit
全能视频R-gen4-aleph/视频编辑-官方稳定版 -> rhart-video-r/gen4-aleph-official/video-to-video
全能视频R/gen4-turbo/图生视频-低价渠道版 -> rhart-video-r/gen4-turbo/image-to-video
全能视频R/gen4-turbo/图生视频-官方稳定版 -> rhart-video-r/gen4-turbo-official/image-to-video
全能视频S-图生视频-pro-低价渠道版 -> rhart-video-s/image-to-video-pro
全能视频S-图生视频-pro-低价渠道版-已下架 -> rhart-video-s/image-to-video-pro-deprecated
全能视频S-图生视频-pro-官方稳定版 -> rhart-video-s-official/image-to-video-pro
全能视频S-图生视频-低价渠道版 -> rhart-video-s/image-to-video
全能视频S-图生视频-低价渠道版-已下架 -> rhart-video-s/image-to-video-deprecated
全能视频S-图生视频-官方稳定版 -> rhart-video-s-official/image-to-video
全能视频S-图生视频-支持真人-官方稳定版 -> rhart-video-s-official/image-to-video-realistic
全能视频S-图生视频（异步）-低价渠道版 -> rhart-video-s/image-to-video-asyn
全能视频S-文生视频-pro-低价渠道版 -> rhart-video-s/text-to-video-pro
全能视频S-文生视频-pro-低价渠道版-已下架 -> rhart-video-s/text-to-video-pro-deprecated
全能视频S-文生视频-pro-官方稳定版 -> rhart-video-s-official/text-to-video-pro
全能视频S-文生视频-低价渠道版 -> rhart-video-s/text-to-video
全能视频S-文生视频-低价渠道版-已下架 -> rhart-video-s/text-to-video-deprecated
全能视频S-文生视频-官方稳定版 -> rhart-video-s-official/text-to-video
全能视频S-角色上传-低价渠道版 -> rhart-video-s/sora-upload-character
全能视频S-角色上传-官方稳定版 -> rhart-video-s-official/sora-upload-character
全能视频V3.1-Lite图生视频-官方稳定版 -> rhart-video-v3.1-lite-official/image-to-video
全能视频V3.1-Lite文生视频-官方稳定版 -> rhart-video-v3.1-lite-official/text-to-video
全能视频V3.1-Lite首尾帧生视频-官方稳定版 -> rhart-video-v3.1-lite-official/start-end-to-video
全能视频V3.1-fast-参考生视频-官方稳定版 -> rhart-video-v3.1-fast-official/reference-to-video
全能视频V3.1-fast-图生视频-低价渠道版 -> rhart-video-v3.1-fast/image-to-video
全能视频V3.1-fast-图生视频-官方稳定版 -> rhart-video-v3.1-fast-official/image-to-video
全能视频V3.1-fast-文生视频-低价渠道版 -> rhart-video-v3.1-fast/text-to-video
全能视频V3.1-fast-文生视频-官方稳定版 -> rhart-video-v3.1-fast-official/text-to-video
全能视频V3.1-fast-视频扩展-官方稳定版 -> rhart-video-v3.1-fast-official/video-extend
全能视频V3.1-fast-首尾帧生视频-低价渠道版 -> rhart-video-v3.1-fast/start-end-to-video
全能视频V3.1-lite-图生视频-低价渠道版 -> rhart-video-v3.1-lite/image-to-video
全能视频V3.1-lite-文生视频-低价渠道版 -> rhart-video-v3.1-lite/text-to-video
全能视频V3.1-pro-参考生视频-官方稳定版 -> rhart-video-v3.1-pro-official/reference-to-video
全能视频V3.1-pro-图生视频-低价渠道版 -> rhart-video-v3.1-pro/image-to-video
全能视频V3.1-pro-图生视频-官方稳定版 -> rhart-video-v3.1-pro-official/image-to-video
全能视频V3.1-pro-文生视频-低价渠道版 -> rhart-video-v3.1-pro/text-to-video
全能视频V3.1-pro-文生视频-官方稳定版 -> rhart-video-v3.1-pro-official/text-to-video
全能视频V3.1-pro-视频扩展-官方稳定版 -> rhart-video-v3.1-pro-official/video-extend
全能视频V3.1-pro-首尾帧生视频-低价渠道版 -> rhart-video-v3.1-pro/start-end-to-video
全能视频Veo 3.1 Lite 图生视频-官方稳定版 -> google/veo3.1-lite/image-to-video
全能视频Veo 3.1 Lite 文生视频-官方稳定版 -> google/veo3.1-lite/text-to-video
全能视频Veo 3.1 Lite 首尾帧生视频-官方稳定版 -> google/veo3.1-lite/start-end-to-video
全能视频X-图生视频-低价渠道版-v1.5 -> rhart-video-g/image-to-video
全能视频X-图生视频-官方稳定版 -> rhart-video-g-official/image-to-video
全能视频X-图生视频-官方稳定版-v1.5 -> rhart-video-g-official/image-to-video-v1.5
全能视频X-多图参考生视频-官方稳定版 -> rhart-video-g-official/reference-to-video
全能视频X-文生视频-低价渠道版-v1.5 -> rhart-video-g/text-to-video
全能视频X-文生视频-官方稳定版 -> rhart-video-g-official/text-to-video
全能视频X-编辑视频-官方稳定版 -> rhart-video-g-official/edit-video
全能视频X-视频续写-官方稳定版 -> rhart-video-g-official/video-extend
分离音频 -> rhart-audio/source-separation
分离音频-Other -> rhart-audio/extract-background
分离音频-Vocals -> rhart-audio/extract-vocal
千问2.0-图像编辑 -> alibaba/qwen-image-2.0/image-edit
千问2.0-文生图 -> alibaba/qwen-image-2.0/text-to-image
千问2.0Pro-图像编辑 -> alibaba/qwen-image-2.0-pro/image-edit
千问2.0Pro-文生图 -> alibaba/qwen-image-2.0-pro/text-to-image
千问3-语音合成-Flash -> alibaba/qwen3-tts-flash
千问3-语音合成-Instruct-Flash -> alibaba/qwen3-tts-instruct-flash
千问3.0Pro-图像编辑 -> alibaba/qwen-image-3.0-pro/image-edit
千问3.0Pro-文生图 -> alibaba/qwen-image-3.0-pro/text-to-image
即梦图片 4.6 图生图 -> bytedance/jimeng-4.6/image-to-image
即梦图片 4.6 文生图 -> bytedance/jimeng-4.6/text-to-image
可灵 o3 创建主体 -> kling-elements-advanced
可灵动作控制V3.0-4k -> kling-v3.0-4k/motion-control
可灵动作控制V3.0-pro -> kling-v3.0-pro/motion-control
可灵动作控制V3.0-std -> kling-v3.0-std/motion-control
可灵参考生视频o1 -> kling-video-o1-std/refrence-to-video
可灵参考生视频o3-4k -> kling-video-o3-4k/reference-to-video
可灵图生视频2.5-turbo-pro -> kling-v2.5-turbo-pro/image-to-video
可灵图生视频2.5-turbo-std -> kling-v2.5-turbo-std/image-to-video
可灵图生视频2.6-pro -> kling-v2.6-pro/image-to-video
可灵图生视频2.6-标准版 -> kling-v2.6-std/image-to-video
可灵图生视频3.0-pro -> kling-v3.0-pro/image-to-video
可灵图生视频3.0-std -> kling-v3.0-std/image-to-video
可灵图生视频o1 -> kling-video-o1/image-to-video
可灵图生视频o3-4k -> kling-video-o3-4k/image-to-video
可灵图生视频o3-pro -> kling-video-o3-pro/image-to-video
可灵图生视频o3-std -> kling-video-o3-std/image-to-video
可灵图生视频v3-4k -> kling-v3-4k/image-to-video
可灵图生视频v3-turbo-pro -> kling-v3-turbo-pro/image-to-video
可灵图生视频v3-turbo-std -> kling-v3-turbo-std/image-to-video
可灵对口型-人脸识别 -> kling-lip-sync/identify-face
可灵对口型-视频生成 -> kling-lip-sync/lip-sync-video
可灵对口型-语音合成 -> kling-lip-sync/tts
可灵文生视频2.5-turbo-pro -> kling-v2.5-turbo-pro/text-to-video
可灵文生视频2.5-turbo-std -> kling-v2.5-turbo-std/text-to-video
可灵文生视频2.6-pro -> kling-v2.6-pro/text-to-video
可灵文生视频2.6-标准版 -> kling-v2.6-std/text-to-video
可灵文生视频3.0-pro -> kling-v3.0-pro/text-to-video
可灵文生视频3.0-std -> kling-v3.0-std/text-to-video
可灵文生视频o1 -> kling-video-o1/text-to-video
可灵文生视频o3-4k -> kling-video-o3-4k/text-to-video
可灵文生视频o3-pro -> kling-video-o3-pro/text-to-video
可灵文生视频o3-std -> kling-video-o3-std/text-to-video
可灵文生视频v3-4k -> kling-v3-4k/text-to-video
可灵文生视频v3-turbo-pro -> kling-v3-turbo-pro/text-to-video
可灵文生视频v3-turbo-std -> kling-v3-turbo-std/text-to-video
可灵视频编辑o1 -> kling-video-o1-std/edit-video
可灵首尾帧生视频o1 -> kling-video-o1/start-to-end
周星驰版权IP视频生成 (Seedance 2.0) -> rhart-video/sparkvideo-2.0/multimodal-video-star
周星驰版权IP视频生成-极速版 (Seedance 2.0 Fast) -> rhart-video/sparkvideo-2.0/multimodal-video-star-fast
悠船图生视频 -> youchuan/image-to-video
悠船文生图-niji6 -> youchuan/text-to-image-niji6
悠船文生图-niji7 -> youchuan/text-to-image-niji7
悠船文生图-v6 -> youchuan/text-to-image-v6
悠船文生图-v61 -> youchuan/text-to-image-v61
悠船文生图-v7 -> youchuan/text-to-image-v7
悠船文生图-v8.1 -> youchuan/text-to-image-v81
悠船文生图-v8.2预览版 -> youchuan/text-to-image-v82
海螺-02-fast -> minimax/hailuo-02/fast
海螺-02-pro -> minimax/hailuo-02/pro
海螺-02-图生视频-pro -> minimax/hailuo-02/i2v-pro
海螺-02-图生视频-标准 -> minimax/hailuo-02/i2v-standard
海螺-02-文生视频-pro -> minimax/hailuo-02/t2v-pro
海螺-02-文生视频-标准 -> minimax/hailuo-02/t2v-standard
海螺-02-标准 -> minimax/hailuo-02/standard
海螺-2.3-fast-pro-图生视频 -> minimax/hailuo-2.3-fast-pro/image-to-video
海螺-2.3-fast-图生视频 -> minimax/hailuo-2.3-fast/image-to-video
海螺-2.3-图生视频-pro -> minimax/hailuo-2.3/image-to-video-pro
海螺-2.3-图生视频-标准 -> minimax/hailuo-2.3/i2v-standard
海螺-2.3-文生视频-pro -> minimax/hailuo-2.3/t2v-pro
海螺-2.3-文生视频-标准 -> minimax/hailuo-2.3/t2v-standard
混元图生3D模型v3.1 -> hunyuan3d-v3.1/image-to-3d
混元文生3D模型v3.1 -> hunyuan3d-v3.1/text-to-3d
火山字幕擦除-视频字幕擦除（标准版） -> volc-subtitle-erase/video
火山字幕擦除-视频字幕擦除（精细化版） -> volc-subtitle-erase-pro/video
火山短剧-多集视频翻译 -> volc-drama/serial-video-translate
火山短剧-视频翻译 -> volc-drama/video-translate
超能视频SD2.0 Fast 图生视频 -> doubao-seedance-2.0-fast/image-to-video
超能视频SD2.0 Fast 多模态视频 -> doubao-seedance-2.0-fast/multimodal-video
超能视频SD2.0 Fast 文生视频 -> doubao-seedance-2.0-fast/text-to-video
超能视频SD2.0 图生视频 -> doubao-seedance-2.0/image-to-video
超能视频SD2.0 多模态视频 -> doubao-seedance-2.0/multimodal-video
超能视频SD2.0 文生视频 -> doubao-seedance-2.0/text-to-video
]]
