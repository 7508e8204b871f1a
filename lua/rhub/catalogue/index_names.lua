-- Other names of models; where one stands for several, the one to be taken first.
-- Made by `make index` from the families. Text, because text costs next to nothing to read.
return [[

Dola-Seedream-5.0-pro/image-to-image -> dola-Seedream-5.0-pro/image-to-image
Dola-Seedream-5.0-pro/text-to-image -> dola-Seedream-5.0-pro/text-to-image
Luma uni-1 Image Edit -> luma/uni-1/image-edit
Luma uni-1 Image to Image -> luma/uni-1/image-to-image
Luma uni-1 Text to Image -> luma/uni-1/text-to-image
Luma uni-1-max Image Edit -> luma/uni-1-max/image-edit
Luma uni-1-max Image to Image -> luma/uni-1-max/image-to-image
Luma uni-1-max Text to Image -> luma/uni-1-max/text-to-image
MiniMax-H3 Image-to-Video (first/last frame) -> minimax/hailuo-h3/image-to-video
MiniMax-H3 Multimodal Reference-to-Video -> minimax/hailuo-h3/multimodal-to-video
MiniMax-H3 Text-to-Video -> minimax/hailuo-h3/text-to-video
Seedance2.0 Fast Image to Video -> rhart-video/sparkvideo-2.0-fast/image-to-video
Seedance2.0 Fast Multimodal Video -> rhart-video/sparkvideo-2.0-fast/multimodal-video
Seedance2.0 Fast Text to Video -> rhart-video/sparkvideo-2.0-fast/text-to-video
Seedance2.0 Image to Video -> rhart-video/sparkvideo-2.0/image-to-video
Seedance2.0 Multimodal Video -> rhart-video/sparkvideo-2.0/multimodal-video
Seedance2.0 Text to Video -> rhart-video/sparkvideo-2.0/text-to-video
Stephen Chow IP Video Gen(Seedance 2.0) -> rhart-video/sparkvideo-2.0/multimodal-video-star
Stephen Chow IP Video Gen-Fast (Seedance 2.0 Fast) -> rhart-video/sparkvideo-2.0/multimodal-video-star-fast
Vidu-image-to-video-q2-pro -> vidu/image-to-video-q2-pro
Vidu-image-to-video-q2-pro-fast -> vidu/image-to-video-q2-pro-fast
Vidu-image-to-video-q2-turbo -> vidu/image-to-video-q2-turbo
Vidu-image-to-video-q3-pro -> vidu/image-to-video-q3-pro
Vidu-image-to-video-q3-pro-fast -> vidu/image-to-video-q3-pro-fast
Vidu-image-to-video-q3-turbo -> vidu/image-to-video-q3-turbo
Vidu-reference-to-video-q2 -> vidu/reference-to-video-q2
Vidu-reference-to-video-q2-pro -> vidu/reference-to-video-q2-pro
Vidu-reference-to-video-q3 -> vidu/reference-to-video-q3
Vidu-reference-to-video-q3-ad -> vidu/reference-to-video-q3-ad
Vidu-reference-to-video-q3-drama -> vidu/reference-to-video-q3-drama
Vidu-reference-to-video-q3-mix -> vidu/reference-to-video-q3-mix
Vidu-start-end-to-video-q2-pro -> vidu/start-end-to-video-q2-pro
Vidu-start-end-to-video-q2-pro-fast -> vidu/start-end-to-video-q2-pro-fast
Vidu-start-end-to-video-q2-turbo -> vidu/start-end-to-video-q2-turbo
Vidu-start-end-to-video-q3-pro -> vidu/start-end-to-video-q3-pro
Vidu-start-end-to-video-q3-pro-fast -> vidu/start-end-to-video-q3-pro-fast
Vidu-start-end-to-video-q3-turbo -> vidu/start-end-to-video-q3-turbo
Vidu-text-to-video-q2 -> vidu/text-to-video
Vidu-text-to-video-q3-pro -> vidu/text-to-video-q3-pro
Vidu-text-to-video-q3-pro-fast -> vidu/text-to-video-q3-pro-fast
Vidu-text-to-video-q3-turbo -> vidu/text-to-video-q3-turbo
alibaba/wan-2.7/image-to-video/First-last-frames-to-video -> alibaba/wan-2.7/image/image-to-video
alibaba/wan-2.7/image-to-video/Video-Continuation -> alibaba/wan-2.7/video/image-to-video
doubao-seed-audio-1.0 -> bytedance/doubao-seed-audio-1.0
doubao-seed-tts-2.0 -> bytedance/doubao-seed-tts-2.0
extract-background -> rhart-audio/extract-background
extract-vocal -> rhart-audio/extract-vocal
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
gemini-omni-flash/image-to-video/channel-low-price -> gemini-omni-flash/image-to-video
gemini-omni-flash/text-to-video/channel-low-price -> gemini-omni-flash/text-to-video
gemini-omni-flash/video-edit/channel-low-price -> gemini-omni-flash/video-edit
google/veo3.1-fast/image-to-video-channel-low-price -> rhart-video-v3.1-fast/image-to-video
google/veo3.1-fast/image-to-video-official-stable -> rhart-video-v3.1-fast-official/image-to-video
google/veo3.1-fast/reference-to-video-official-stable -> rhart-video-v3.1-fast-official/reference-to-video
google/veo3.1-fast/start-end-to-video-channel-low-price -> rhart-video-v3.1-fast/start-end-to-video
google/veo3.1-fast/text-to-video-channel-low-price -> rhart-video-v3.1-fast/text-to-video
google/veo3.1-fast/text-to-video-official-stable -> rhart-video-v3.1-fast-official/text-to-video
google/veo3.1-fast/video-extend-official-stable -> rhart-video-v3.1-fast-official/video-extend
google/veo3.1-lite/image-to-video-channel-low-price -> rhart-video-v3.1-lite/image-to-video
google/veo3.1-lite/image-to-video-official-stable -> rhart-video-v3.1-lite-official/image-to-video google/veo3.1-lite/image-to-video
google/veo3.1-lite/start-end-to-video-official-stable -> rhart-video-v3.1-lite-official/start-end-to-video google/veo3.1-lite/start-end-to-video
google/veo3.1-lite/text-to-video-channel-low-price -> rhart-video-v3.1-lite/text-to-video
google/veo3.1-lite/text-to-video-official-stable -> rhart-video-v3.1-lite-official/text-to-video google/veo3.1-lite/text-to-video
google/veo3.1-pro/image-to-video-channel-low-price -> rhart-video-v3.1-pro/image-to-video
google/veo3.1-pro/image-to-video-official-stable -> rhart-video-v3.1-pro-official/image-to-video
google/veo3.1-pro/reference-to-video-official-stable -> rhart-video-v3.1-pro-official/reference-to-video
google/veo3.1-pro/start-end-to-video-channel-low-price -> rhart-video-v3.1-pro/start-end-to-video
google/veo3.1-pro/text-to-video-channel-low-price -> rhart-video-v3.1-pro/text-to-video
google/veo3.1-pro/text-to-video-official-stable -> rhart-video-v3.1-pro-official/text-to-video
google/veo3.1-pro/video-extend-official-stable -> rhart-video-v3.1-pro-official/video-extend
gpt-image-1.5/edit-channel-low-price -> rhart-image-g-1.5/edit
gpt-image-1.5/edit-channel-low-price-[Deprecated] Please use gpt-image-2 instead -> rhart-image-g-1.5/edit-[Deprecated]
gpt-image-1.5/image-to-image-official-stable -> rhart-image-g-1.5-official/image-to-image
gpt-image-1.5/text-to-image-channel-low-price -> rhart-image-g-1.5/text-to-image
gpt-image-1.5/text-to-image-channel-low-price-[Deprecated] Please use gpt-image-2 instead -> rhart-image-g-1.5/text-to-image-[Deprecated]
gpt-image-1.5/text-to-image-official-stable -> rhart-image-g-1.5-official/text-to-image
gpt-image-2.0/edit-channel-low-price -> rhart-image-g-2/image-to-image
gpt-image-2.0/text-to-image-channel-low-price -> rhart-image-g-2/text-to-image
gpt-image-2/image-to-image-official-stable -> rhart-image-g-2-official/image-to-image
gpt-image-2/text-to-image-official-stable -> rhart-image-g-2-official/text-to-image
grok-3-image-text-to-image -> rhart-image-g-3/text-to-image
grok-3-image-to-image -> rhart-image-g-3/image-to-image
grok-4-image-image-to-image -> rhart-image-g-4/image-to-image
grok-4-image-text-to-image -> rhart-image-g-4/text-to-image
grok-image/image-to-image/channel-low-price -> rhart-image-g/image-to-image
grok-image/text-to-image/channel-low-price -> rhart-image-g/text-to-image
hailuo-02-fast -> minimax/hailuo-02/fast
hailuo-02-i2v-pro -> minimax/hailuo-02/i2v-pro
hailuo-02-i2v-standard -> minimax/hailuo-02/i2v-standard
hailuo-02-pro -> minimax/hailuo-02/pro
hailuo-02-standard -> minimax/hailuo-02/standard
hailuo-02-t2v-pro -> minimax/hailuo-02/t2v-pro
hailuo-02-t2v-standard -> minimax/hailuo-02/t2v-standard
hailuo-2.3-fast-pro/image-to-video -> minimax/hailuo-2.3-fast-pro/image-to-video
hailuo-2.3-fast/image-to-video -> minimax/hailuo-2.3-fast/image-to-video
hailuo-2.3-t2v-pro -> minimax/hailuo-2.3/t2v-pro
hailuo-2.3-t2v-standard -> minimax/hailuo-2.3/t2v-standard
hailuo-2.3/i2v-pro -> minimax/hailuo-2.3/image-to-video-pro
hailuo-2.3/i2v-standard -> minimax/hailuo-2.3/i2v-standard
happyhorse-1.0/image-to-video -> alibaba/happyhorse-1.0/image-to-video
happyhorse-1.0/reference-to-video -> alibaba/happyhorse-1.0/reference-to-video
happyhorse-1.0/text-to-video -> alibaba/happyhorse-1.0/text-to-video
happyhorse-1.0/video-edit -> alibaba/happyhorse-1.0/video-edit
happyhorse-1.1/image-to-video -> alibaba/happyhorse-1.1/image-to-video
happyhorse-1.1/reference-to-video -> alibaba/happyhorse-1.1/reference-to-video
happyhorse-1.1/text-to-video -> alibaba/happyhorse-1.1/text-to-video
hypir-balance -> image-enhance/hypir-balance
hypir-ultra -> image-enhance/hypir-ultra
kling-o3/element -> kling-elements-advanced
kling-v2.6-pro-image-to-video -> kling-v2.6-pro/image-to-video
kling-v2.6-pro-motion-control -> kling-v2.6-pro/motion-control
kling-v2.6-pro-text-to-video -> kling-v2.6-pro/text-to-video
kling-v2.6-std-image-to-video -> kling-v2.6-std/image-to-video
kling-v2.6-std-motion-control -> kling-v2.6-std/motion-control
kling-v2.6-std-text-to-video -> kling-v2.6-std/text-to-video
kling-v3-4k-text-to-video -> kling-v3-4k/text-to-video
kling-v3-turbo-pro-image-to-video -> kling-v3-turbo-pro/image-to-video
kling-v3-turbo-pro-text-to-video -> kling-v3-turbo-pro/text-to-video
kling-v3-turbo-std-image-to-video -> kling-v3-turbo-std/image-to-video
kling-v3-turbo-std-text-to-video -> kling-v3-turbo-std/text-to-video
kling-v3.0-4k-image-to-video -> kling-v3-4k/image-to-video
kling-v3.0-4k-motion-control -> kling-v3.0-4k/motion-control
kling-v3.0-pro-image-to-video -> kling-v3.0-pro/image-to-video
kling-v3.0-pro-motion-control -> kling-v3.0-pro/motion-control
kling-v3.0-pro-text-to-video -> kling-v3.0-pro/text-to-video
kling-v3.0-std-image-to-video -> kling-v3.0-std/image-to-video
kling-v3.0-std-motion-control -> kling-v3.0-std/motion-control
kling-v3.0-std-text-to-video -> kling-v3.0-std/text-to-video
kling-video-o3-4k-image-to-video -> kling-video-o3-4k/image-to-video
kling-video-o3-4k-reference-to-video -> kling-video-o3-4k/reference-to-video
kling-video-o3-4k-text-to-video -> kling-video-o3-4k/text-to-video
kling-video-o3-pro-image-to-video -> kling-video-o3-pro/image-to-video
kling-video-o3-pro-text-to-video -> kling-video-o3-pro/text-to-video
kling-video-o3-std-image-to-video -> kling-video-o3-std/image-to-video
kling-video-o3-std-text-to-video -> kling-video-o3-std/text-to-video
ltx-2-19b/image-to-video-lora -> rhart-video/ltx-2/image-to-video
ltx-2-19b/text-to-video-lora -> rhart-video/ltx-2/text-to-video-lora
ltx-2.3/image-to-video -> rhart-video/ltx-2.3/image-to-video
ltx-2.3/image-to-video-lora -> rhart-video/ltx-2.3/image-to-video-lora
ltx-2.3/text-to-video -> rhart-video/ltx-2.3/text-to-video
ltx-2.3/text-to-video-lora -> rhart-video/ltx-2.3/text-to-video-lora
midjourney-image-to-video -> youchuan/image-to-video
midjourney-text-to-image-niji6 -> youchuan/text-to-image-niji6
midjourney-text-to-image-niji7 -> youchuan/text-to-image-niji7
midjourney-text-to-image-v6 -> youchuan/text-to-image-v6
midjourney-text-to-image-v61 -> youchuan/text-to-image-v61
midjourney-text-to-image-v7 -> youchuan/text-to-image-v7
midjourney-text-to-image-v8.1 -> youchuan/text-to-image-v81
midjourney-text-to-image-v8.2-preview -> youchuan/text-to-image-v82
minimax/music-2.5 -> rhart-audio/text-to-audio/music-2.5
minimax/speech-02-hd -> rhart-audio/text-to-audio/speech-02-hd
minimax/speech-02-turbo -> rhart-audio/text-to-audio/speech-02-turbo
minimax/speech-2.6-hd -> rhart-audio/text-to-audio/speech-2.6-hd
minimax/speech-2.6-turbo -> rhart-audio/text-to-audio/speech-2.6-turbo
minimax/speech-2.8-hd -> rhart-audio/text-to-audio/speech-2.8-hd
minimax/speech-2.8-turbo -> rhart-audio/text-to-audio/speech-2.8-turbo
minimax/voice-clone -> rhart-audio/text-to-audio/voice-clone
mureka-o2/generate-song -> mureka-ai/mureka-o2/generate-song
mureka-v7.6/extend-song -> mureka-ai/mureka-v7.6/extend-song
mureka-v7.6/generate-bgm -> mureka-ai/mureka-v7.6/generate-bgm
mureka-v7.6/generate-song -> mureka-ai/mureka-v7.6/generate-song
mureka-v8/extend-song -> mureka-ai/mureka-v8/extend-song
mureka-v8/generate-bgm -> mureka-ai/mureka-v8/generate-bgm
mureka-v8/generate-song -> mureka-ai/mureka-v8/generate-song
mureka-v9/generate-bgm -> mureka-ai/mureka-v9/generate-bgm
mureka-v9/generate-song -> mureka-ai/mureka-v9/generate-song
nano-banana-pro/edit-channel-low-price -> rhart-image-n-pro/edit
nano-banana-pro/edit-official-stable -> rhart-image-n-pro-official/edit
nano-banana-pro/edit-ultra-official-stable -> rhart-image-n-pro-official/edit-ultra
nano-banana-pro/text-to-image-channel-low-price -> rhart-image-n-pro/text-to-image
nano-banana-pro/text-to-image-official-stable -> rhart-image-n-pro-official/text-to-image
nano-banana-pro/text-to-image-ultra-official-stable -> rhart-image-n-pro-official/text-to-image-ultra
nano-banana/edit-channel-low-price -> rhart-image-v1/edit
nano-banana/edit-official-stable -> rhart-image-v1-official/edit
nano-banana/text-to-image-channel-low-price -> rhart-image-v1/text-to-image
nano-banana/text-to-image-official-stable -> rhart-image-v1-official/text-to-image
nano-banana2-gemini31flash-lite/image-to-image-channel-low-price -> rhart-image-n-g31-flash-lite/image-to-image
nano-banana2-gemini31flash-lite/image-to-image-official-stable -> rhart-image-n-g31-flash-lite-official/image-to-image
nano-banana2-gemini31flash-lite/text-to-image-channel-low-price -> rhart-image-n-g31-flash-lite/text-to-image
nano-banana2-gemini31flash-lite/text-to-image-official-stable -> rhart-image-n-g31-flash-lite-official/text-to-image
nano-banana2-gemini31flash/image-to-image-channel-low-price -> rhart-image-n-g31-flash/image-to-image
nano-banana2-gemini31flash/image-to-image-official-stable -> rhart-image-n-g31-flash-official/image-to-image
nano-banana2-gemini31flash/text-to-image-channel-low-price -> rhart-image-n-g31-flash/text-to-image
nano-banana2-gemini31flash/text-to-image-official-stable -> rhart-image-n-g31-flash-official/text-to-image
official-sd2.0-fast/image-to-video -> doubao-seedance-2.0-fast/image-to-video
official-sd2.0-fast/multimodal-video -> doubao-seedance-2.0-fast/multimodal-video
official-sd2.0-fast/text-to-video -> doubao-seedance-2.0-fast/text-to-video
official-sd2.0/image-to-video -> doubao-seedance-2.0/image-to-video
official-sd2.0/multimodal-video -> doubao-seedance-2.0/multimodal-video
official-sd2.0/text-to-video -> doubao-seedance-2.0/text-to-video
qwen-image-2.0-pro/image-edit -> alibaba/qwen-image-2.0-pro/image-edit
qwen-image-2.0-pro/text-to-image -> alibaba/qwen-image-2.0-pro/text-to-image
qwen-image-2.0/image-edit -> alibaba/qwen-image-2.0/image-edit
qwen-image-2.0/text-to-image -> alibaba/qwen-image-2.0/text-to-image
qwen-image-3.0-pro/image-edit -> alibaba/qwen-image-3.0-pro/image-edit
qwen-image-3.0-pro/text-to-image -> alibaba/qwen-image-3.0-pro/text-to-image
qwen-image/edit-2511 -> rhart-image/qwen-image/edit-2511
qwen-image/edit-2511-lora -> rhart-image/qwen-image/edit-2511-lora
qwen-image/text-to-image-2512 -> rhart-image/qwen-image/text-to-image-2512
qwen-image/text-to-image-2512-lora -> rhart-image/qwen-image/text-to-image-2512-lora
qwen3-tts-flash -> alibaba/qwen3-tts-flash
qwen3-tts-instruct-flash -> alibaba/qwen3-tts-instruct-flash
rh-video-fps-increaser -> rhart-video/video-fps-increaser rh/video-fps-increaser
rh-video-upscaler -> rhart-video/video-upscaler rh/video-upscaler
runwayml/gen4-aleph/video-to-video-official-stable -> rhart-video-r/gen4-aleph-official/video-to-video
runwayml/gen4-turbo/image-to-video-channel-low-price -> rhart-video-r/gen4-turbo/image-to-video
runwayml/gen4-turbo/image-to-video-official-stable -> rhart-video-r/gen4-turbo-official/image-to-video
sd2.0/video-generator-trial -> cinematic-video-generator
sd2.0/video-ref-to-video-trial -> bytedance/dreamactor-v2
seedance-2.0-fast/image-to-video -> rhart-video/sparkvideo-2.0-fast/image-to-video
seedance-2.0-fast/multimodal-video -> rhart-video/sparkvideo-2.0-fast/multimodal-video
seedance-2.0-fast/text-to-video -> rhart-video/sparkvideo-2.0-fast/text-to-video
seedance-2.0-global-fast/image-to-video -> bytedance/seedance-2.0-global-fast/image-to-video
seedance-2.0-global-fast/multimodal-video -> bytedance/seedance-2.0-global-fast/multimodal-video
seedance-2.0-global-fast/text-to-video -> bytedance/seedance-2.0-global-fast/text-to-video
seedance-2.0-global-mini/image-to-video -> bytedance/seedance-2.0-global-mini/image-to-video
seedance-2.0-global-mini/multimodal-video -> bytedance/seedance-2.0-global-mini/multimodal-video
seedance-2.0-global-mini/text-to-video -> bytedance/seedance-2.0-global-mini/text-to-video
seedance-2.0-global/image-to-video -> bytedance/seedance-2.0-global/image-to-video
seedance-2.0-global/multimodal-video -> bytedance/seedance-2.0-global/multimodal-video
seedance-2.0-global/text-to-video -> bytedance/seedance-2.0-global/text-to-video
seedance-2.0-mini/image-to-video -> rhart-video/sparkvideo-2.0-mini/image-to-video
seedance-2.0-mini/multimodal-video -> rhart-video/sparkvideo-2.0-mini/multimodal-video
seedance-2.0-mini/text-to-video -> rhart-video/sparkvideo-2.0-mini/text-to-video
seedance-2.0/image-to-video -> rhart-video/sparkvideo-2.0/image-to-video
seedance-2.0/multimodal-video -> rhart-video/sparkvideo-2.0/multimodal-video
seedance-2.0/text-to-video -> rhart-video/sparkvideo-2.0/text-to-video
seedance-v1-lite-reference-to-video -> seedance-v1-lite/reference-to-video
seedance-v1.5-pro-image-to-video -> seedance-v1.5-pro/image-to-video
seedance-v1.5-pro-image-to-video-fast -> seedance-v1.5-pro/image-to-video-fast
seedance-v1.5-pro-text-to-video -> seedance-v1.5-pro/text-to-video
seedance-v1.5-pro-text-to-video-fast -> seedance-v1.5-pro/text-to-video-fast
sora-2/image-to-video-asyn-channel-low-price -> rhart-video-s/image-to-video-asyn
sora-2/image-to-video-channel-low-price -> rhart-video-s/image-to-video rhart-video-s/image-to-video-deprecated
sora-2/image-to-video-official-stable -> rhart-video-s-official/image-to-video
sora-2/image-to-video-pro-channel-low-price -> rhart-video-s/image-to-video-pro-deprecated rhart-video-s/image-to-video-pro
sora-2/image-to-video-pro-official-stable -> rhart-video-s-official/image-to-video-pro
sora-2/image-to-video-realistic-official-stable -> rhart-video-s-official/image-to-video-realistic
sora-2/text-to-video-channel-low-price -> rhart-video-s/text-to-video rhart-video-s/text-to-video-deprecated
sora-2/text-to-video-official-stable -> rhart-video-s-official/text-to-video
sora-2/text-to-video-pro-channel-low-price -> rhart-video-s/text-to-video-pro-deprecated rhart-video-s/text-to-video-pro
sora-2/text-to-video-pro-official-stable -> rhart-video-s-official/text-to-video-pro
sora-upload-character-channel-low-price -> rhart-video-s/sora-upload-character
sora-upload-character-official -> rhart-video-s-official/sora-upload-character
source-separation -> rhart-audio/source-separation
suno-custom-v4.5 -> rhart-audio/suno-v4.5/custom
suno-custom-v5 -> rhart-audio/suno-v5/custom
suno-custom-v5.5 -> rhart-audio/suno-v5.5/custom
suno-lyrics -> rhart-audio/suno/lyrics
suno-single-v4.5 -> rhart-audio/suno-v4.5/single
suno-single-v5 -> rhart-audio/suno-v5/single
suno-single-v5.5 -> rhart-audio/suno-v5.5/single
suno-v4.5/description-to-music -> rhart-suno-v4.5/single
topazlabs-image-gigapixel-art-and-cgi -> topazlabs/image-gigapixel-art-and-cgi
topazlabs-image-gigapixel-high-fidelity-2 -> topazlabs/image-gigapixel-high-fidelity-2
topazlabs-image-gigapixel-low-resolution-2 -> topazlabs/image-gigapixel-low-resolution-2
topazlabs-image-gigapixel-standard-2 -> topazlabs/image-gigapixel-standard-2
topazlabs-image-gigapixel-text-and-shapes -> topazlabs/image-gigapixel-text-and-shapes
topazlabs-image-upscale low resolution v2 -> topazlabs/image-upscale/low-resolution-v2
topazlabs-image-upscale-cgi -> topazlabs/image-upscale-cgi
topazlabs-image-upscale-detail-faces -> topazlabs/image-upscale-detail-faces
topazlabs-image-upscale-high fidelity v2 -> topazlabs/image-upscale-high-fidelity-v2
topazlabs-image-upscale-high-fidelity-v3 -> topazlabs/image-upscale-high-fidelity-v3
topazlabs-image-upscale-standard-v2 -> topazlabs/image-upscale-standard-v2
topazlabs-image-upscale-text refine -> topazlabs/image-upscale-text-refine
topazlabs-image-upscale-transparent -> topazlabs/image-upscale-transparent
topazlabs-video-astra -> topazlabs/video-astra
topazlabs-video-denoise -> topazlabs/video-denoise
topazlabs-video-frame-interpolation -> topazlabs/video-frame-interpolation
topazlabs-video-proteus -> topazlabs/video-proteus
topazlabs-video-starlight -> topazlabs/video-starlight
topazlabs-video-upscale -> topazlabs/video-upscale
volc-subtitle-erase/video(Refined version) -> volc-subtitle-erase-pro/video
volc-subtitle-erase/video(Standard Version) -> volc-subtitle-erase/video
wan-2.2-video/start-to-end -> rhart-video/wan-2.2/start-to-end
wan-2.2/image-to-image -> rhart-video/wan-2.2/image-to-image
wan-2.2/image-to-video -> rhart-video/wan-2.2/image-to-video
wan-2.2/text-to-image-lora -> rhart-video/wan-2.2/text-to-image-lora
wan-2.2/text-to-video -> rhart-video/wan-2.2/text-to-video
wan-2.5-preview/image-to-image -> alibaba/wan-2.5-preview/image-to-image
wan-2.5-preview/image-to-video -> alibaba/wan-2.5-preview/image-to-video
wan-2.5-preview/text-to-image -> alibaba/wan-2.5-preview/text-to-image
wan-2.5-preview/text-to-video -> alibaba/wan-2.5-preview/text-to-video
wan-2.6-image-to-video-flash -> alibaba/wan-2.6/image-to-video-flash
wan-2.6-reference-to-video -> alibaba/wan-2.6/reference-to-video
wan-2.6-reference-to-video-flash -> alibaba/wan-2.6/reference-to-video-flash
wan-2.7-reference-to-video -> alibaba/wan-2.7/reference-to-video
wan-2.7-spicy/image-to-video -> alibaba/wan-2.7-spicy/image-to-video
wan-2.7/image-edit -> alibaba/wan-2.7/image-edit
wan-2.7/image-edit-pro -> alibaba/wan-2.7/image-edit-pro
wan-2.7/image-to-video -> alibaba/wan-2.7/image-to-video
wan-2.7/text-to-image -> alibaba/wan-2.7/text-to-image
wan-2.7/text-to-image-pro -> alibaba/wan-2.7/text-to-image-pro
wan-2.7/text-to-video -> alibaba/wan-2.7/text-to-video
wan-2.7/video-edit -> alibaba/wan-2.7/video-edit
wan-2.7/video-extend -> alibaba/wan-2.7/video-extend
wan2.2/character-motion-transfer -> rhart-video/wan2.2/character-motion-transfer
xai/grok-imagine-image/edit-official-stable -> rhart-image-x-official/edit
xai/grok-imagine-image/text-to-image-official-stable -> rhart-image-x-official/text-to-image
xai/grok-imagine-video-v1.5/image-to-video-official-stable -> rhart-video-g-official/image-to-video-v1.5
xai/grok-imagine-video/reference-to-video-official-stable -> rhart-video-g-official/reference-to-video
xai/grok-imagine-video/video-extend-official-stable -> rhart-video-g-official/video-extend
xai/grok-imagine/edit-video-official-stable -> rhart-video-g-official/edit-video
xai/grok-imagine/image-to-video-channel-low-price -> rhart-video-g/image-to-video
xai/grok-imagine/image-to-video-channel-low-price-v1.5 -> rhart-video-g/image-to-video
xai/grok-imagine/image-to-video-official-stable -> rhart-video-g-official/image-to-video
xai/grok-imagine/text-to-video-channel-low-price -> rhart-video-g/text-to-video
xai/grok-imagine/text-to-video-channel-low-price-v1.5 -> rhart-video-g/text-to-video
xai/grok-imagine/text-to-video-official-stable -> rhart-video-g-official/text-to-video
xai/rhart-imagine-image-quality/edit-official-stable -> rhart-imagine-image-quality/edit
xai/rhart-imagine-image-quality/text-to-image-official-stable -> rhart-imagine-image-quality/text-to-image
z-image-turbo/image-to-image -> rhart-image/z-image-turbo/image-to-image
z-image-turbo/image-to-image-lora -> rhart-image/z-image-turbo/image-to-image-lora
z-image/turbo -> rhart-image/z-image/turbo
z-image/turbo-lora -> rhart-image/z-image/turbo-lora
]]
