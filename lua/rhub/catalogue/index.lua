-- Which family declares which model, and the other names that models go by, Chinese ones apart; where one
-- name stands for several, the one that it is taken for comes first. Made by `make index` from the families.
-- Text, because text costs next to nothing to read: a look-up reads this file and one family's.
return {
  models = [[

alibaba/happyhorse-1.0/image-to-video in happyhorse
alibaba/happyhorse-1.0/reference-to-video in happyhorse
alibaba/happyhorse-1.0/text-to-video in happyhorse
alibaba/happyhorse-1.0/video-edit in happyhorse
alibaba/happyhorse-1.1/image-to-video in happyhorse
alibaba/happyhorse-1.1/reference-to-video in happyhorse
alibaba/happyhorse-1.1/text-to-video in happyhorse
alibaba/qwen-image-2.0-pro/image-edit in qwen-image
alibaba/qwen-image-2.0-pro/text-to-image in qwen-image
alibaba/qwen-image-2.0/image-edit in qwen-image
alibaba/qwen-image-2.0/text-to-image in qwen-image
alibaba/qwen-image-3.0-pro/image-edit in qwen-image
alibaba/qwen-image-3.0-pro/text-to-image in qwen-image
alibaba/qwen3-tts-flash in qwen-tts
alibaba/qwen3-tts-instruct-flash in qwen-tts
alibaba/wan-2.5-preview/image-to-image in wan
alibaba/wan-2.5-preview/image-to-video in wan
alibaba/wan-2.5-preview/text-to-image in wan
alibaba/wan-2.5-preview/text-to-video in wan
alibaba/wan-2.6/image-to-video in wan
alibaba/wan-2.6/image-to-video-flash in wan
alibaba/wan-2.6/reference-to-video in wan
alibaba/wan-2.6/reference-to-video-flash in wan
alibaba/wan-2.6/text-to-video in wan
alibaba/wan-2.7-spicy/image-to-video in wan
alibaba/wan-2.7/image-edit in wan
alibaba/wan-2.7/image-edit-pro in wan
alibaba/wan-2.7/image-to-video in wan
alibaba/wan-2.7/image/image-to-video in wan
alibaba/wan-2.7/reference-to-video in wan
alibaba/wan-2.7/text-to-image in wan
alibaba/wan-2.7/text-to-image-pro in wan
alibaba/wan-2.7/text-to-video in wan
alibaba/wan-2.7/video-edit in wan
alibaba/wan-2.7/video-extend in wan
alibaba/wan-2.7/video/image-to-video in wan
bytedance/doubao-seed-audio-1.0 in doubao-audio
bytedance/doubao-seed-tts-2.0 in doubao-audio
bytedance/dreamactor-v2 in dreamactor
bytedance/jimeng-4.6/image-to-image in jimeng
bytedance/jimeng-4.6/text-to-image in jimeng
bytedance/seedance-2.0-global-fast/image-to-video in seedance
bytedance/seedance-2.0-global-fast/multimodal-video in seedance
bytedance/seedance-2.0-global-fast/text-to-video in seedance
bytedance/seedance-2.0-global-mini/image-to-video in seedance
bytedance/seedance-2.0-global-mini/multimodal-video in seedance
bytedance/seedance-2.0-global-mini/text-to-video in seedance
bytedance/seedance-2.0-global/image-to-video in seedance
bytedance/seedance-2.0-global/multimodal-video in seedance
bytedance/seedance-2.0-global/text-to-video in seedance
cinematic-video-generator in cinematic
dola-Seedream-5.0-pro/image-to-image in seedream
dola-Seedream-5.0-pro/text-to-image in seedream
doubao-seedance-2.0-fast/image-to-video in seedance
doubao-seedance-2.0-fast/multimodal-video in seedance
doubao-seedance-2.0-fast/text-to-video in seedance
doubao-seedance-2.0/image-to-video in seedance
doubao-seedance-2.0/multimodal-video in seedance
doubao-seedance-2.0/text-to-video in seedance
gemini-omni-flash/image-to-video in gemini
gemini-omni-flash/text-to-video in gemini
gemini-omni-flash/video-edit in gemini
google/veo3.1-lite/image-to-video in veo
google/veo3.1-lite/start-end-to-video in veo
google/veo3.1-lite/text-to-video in veo
higgsfield/dop/image-to-video in higgsfield
higgsfield/soul/image-to-image in higgsfield
hitem3d-portrait-v15/image-to-3d in hitem3d
hitem3d-portrait-v15/multi-image-to-3d in hitem3d
hitem3d-portrait-v20/image-to-3d in hitem3d
hitem3d-portrait-v20/multi-image-to-3d in hitem3d
hitem3d-portrait-v21/image-to-3d in hitem3d
hitem3d-portrait-v21/multi-image-to-3d in hitem3d
hitem3d-v15/image-to-3d in hitem3d
hitem3d-v15/multi-image-to-3d in hitem3d
hitem3d-v2/image-to-3d in hitem3d
hitem3d-v2/multi-image-to-3d in hitem3d
hitem3d-v21/image-to-3d in hitem3d
hitem3d-v21/multi-image-to-3d in hitem3d
hunyuan3d-v3.1/image-to-3d in hunyuan3d
hunyuan3d-v3.1/text-to-3d in hunyuan3d
image-enhance/hypir-balance in hypir
image-enhance/hypir-ultra in hypir
kling-elements in kling
kling-elements-advanced in kling
kling-lip-sync/identify-face in kling
kling-lip-sync/lip-sync-video in kling
kling-lip-sync/tts in kling
kling-v2-ai-avatar-pro/image-audio-to-video in kling
kling-v2-ai-avatar-standard/image-audio-to-video in kling
kling-v2.5-turbo-pro/image-to-video in kling
kling-v2.5-turbo-pro/text-to-video in kling
kling-v2.5-turbo-std/image-to-video in kling
kling-v2.5-turbo-std/text-to-video in kling
kling-v2.6-pro/image-to-video in kling
kling-v2.6-pro/motion-control in kling
kling-v2.6-pro/text-to-video in kling
kling-v2.6-std/image-to-video in kling
kling-v2.6-std/motion-control in kling
kling-v2.6-std/text-to-video in kling
kling-v3-4k/image-to-video in kling
kling-v3-4k/text-to-video in kling
kling-v3-turbo-pro/image-to-video in kling
kling-v3-turbo-pro/text-to-video in kling
kling-v3-turbo-std/image-to-video in kling
kling-v3-turbo-std/text-to-video in kling
kling-v3.0-4k/motion-control in kling
kling-v3.0-pro/image-to-video in kling
kling-v3.0-pro/motion-control in kling
kling-v3.0-pro/text-to-video in kling
kling-v3.0-std/image-to-video in kling
kling-v3.0-std/motion-control in kling
kling-v3.0-std/text-to-video in kling
kling-video-o1-std/edit-video in kling
kling-video-o1-std/refrence-to-video in kling
kling-video-o1/image-to-video in kling
kling-video-o1/start-to-end in kling
kling-video-o1/text-to-video in kling
kling-video-o3-4k/image-to-video in kling
kling-video-o3-4k/reference-to-video in kling
kling-video-o3-4k/text-to-video in kling
kling-video-o3-pro/image-to-video in kling
kling-video-o3-pro/reference-to-video in kling
kling-video-o3-pro/text-to-video in kling
kling-video-o3-pro/video-edit in kling
kling-video-o3-std/image-to-video in kling
kling-video-o3-std/reference-to-video in kling
kling-video-o3-std/text-to-video in kling
kling-video-o3-std/video-edit in kling
luma/uni-1-max/image-edit in luma
luma/uni-1-max/image-to-image in luma
luma/uni-1-max/text-to-image in luma
luma/uni-1/image-edit in luma
luma/uni-1/image-to-image in luma
luma/uni-1/text-to-image in luma
marble-1.0/image-to-world in marble
marble-1.0/multi-image-to-world in marble
marble-1.0/text-to-world in marble
marble-1.0/video-to-world in marble
marble-1.1-plus/image-to-world in marble
marble-1.1-plus/multi-image-to-world in marble
marble-1.1-plus/text-to-world in marble
marble-1.1-plus/video-to-world in marble
marble-1.1/image-to-world in marble
marble-1.1/multi-image-to-world in marble
marble-1.1/text-to-world in marble
marble-1.1/video-to-world in marble
marble/upload-media-asset in marble
meshy6/image-to-3d in meshy
meshy6/text-to-3d in meshy
minimax/hailuo-02/fast in hailuo
minimax/hailuo-02/i2v-pro in hailuo
minimax/hailuo-02/i2v-standard in hailuo
minimax/hailuo-02/pro in hailuo
minimax/hailuo-02/standard in hailuo
minimax/hailuo-02/t2v-pro in hailuo
minimax/hailuo-02/t2v-standard in hailuo
minimax/hailuo-2.3-fast-pro/image-to-video in hailuo
minimax/hailuo-2.3-fast/image-to-video in hailuo
minimax/hailuo-2.3/i2v-standard in hailuo
minimax/hailuo-2.3/image-to-video-pro in hailuo
minimax/hailuo-2.3/t2v-pro in hailuo
minimax/hailuo-2.3/t2v-standard in hailuo
minimax/hailuo-h3/image-to-video in hailuo
minimax/hailuo-h3/multimodal-to-video in hailuo
minimax/hailuo-h3/text-to-video in hailuo
minimax/music-2.6 in minimax-audio
minimax/music-cover in minimax-audio
minimax/music-cover-preprocess in minimax-audio
minimax/voice-design in minimax-audio
mureka-ai/describe-song in mureka
mureka-ai/extend-lyrics in mureka
mureka-ai/files-upload in mureka
mureka-ai/generate-lyrics in mureka
mureka-ai/mureka-o2/generate-song in mureka
mureka-ai/mureka-v7.6/extend-song in mureka
mureka-ai/mureka-v7.6/generate-bgm in mureka
mureka-ai/mureka-v7.6/generate-song in mureka
mureka-ai/mureka-v8/extend-song in mureka
mureka-ai/mureka-v8/generate-bgm in mureka
mureka-ai/mureka-v8/generate-song in mureka
mureka-ai/mureka-v9/generate-bgm in mureka
mureka-ai/mureka-v9/generate-song in mureka
mureka-ai/recognize-song in mureka
mureka-ai/stem-song in mureka
mureka-ai/vocal-clone in mureka
mureka-o2/instrumental-generate in mureka
pixverse-c1/image-to-video in pixverse
pixverse-c1/reference-to-video in pixverse
pixverse-c1/text-to-video in pixverse
pixverse-c1/transition in pixverse
pixverse-v5.5-effects in pixverse
pixverse-v5.5-transition in pixverse
pixverse-v5.5/image-to-video in pixverse
pixverse-v5.5/text-to-video in pixverse
pixverse-v5.6/image-to-video in pixverse
pixverse-v5.6/text-to-video in pixverse
pixverse-v6/effects in pixverse
pixverse-v6/extend in pixverse
pixverse-v6/image-to-video in pixverse
pixverse-v6/text-to-video in pixverse
pixverse-v6/transition in pixverse
rh/video-fps-increaser in runninghub
rh/video-upscaler in runninghub
rhart-audio/extract-background in runninghub
rhart-audio/extract-vocal in runninghub
rhart-audio/source-separation in runninghub
rhart-audio/suno-v4.5/custom in suno
rhart-audio/suno-v4.5/single in suno
rhart-audio/suno-v5.5/custom in suno
rhart-audio/suno-v5.5/single in suno
rhart-audio/suno-v5/custom in suno
rhart-audio/suno-v5/single in suno
rhart-audio/suno/lyrics in suno
rhart-audio/text-to-audio/music-2.5 in minimax-audio
rhart-audio/text-to-audio/speech-02-hd in minimax-audio
rhart-audio/text-to-audio/speech-02-turbo in minimax-audio
rhart-audio/text-to-audio/speech-2.6-hd in minimax-audio
rhart-audio/text-to-audio/speech-2.6-turbo in minimax-audio
rhart-audio/text-to-audio/speech-2.8-hd in minimax-audio
rhart-audio/text-to-audio/speech-2.8-turbo in minimax-audio
rhart-audio/text-to-audio/voice-clone in minimax-audio
rhart-image-g-1.5-official/image-to-image in gpt-image
rhart-image-g-1.5-official/text-to-image in gpt-image
rhart-image-g-1.5/edit in gpt-image
rhart-image-g-1.5/edit-[Deprecated] in gpt-image
rhart-image-g-1.5/text-to-image in gpt-image
rhart-image-g-1.5/text-to-image-[Deprecated] in gpt-image
rhart-image-g-2-official/image-to-image in gpt-image
rhart-image-g-2-official/text-to-image in gpt-image
rhart-image-g-2/image-to-image in gpt-image
rhart-image-g-2/text-to-image in gpt-image
rhart-image-g-3/image-to-image in grok
rhart-image-g-3/text-to-image in grok
rhart-image-g-4/image-to-image in grok
rhart-image-g-4/text-to-image in grok
rhart-image-g/image-to-image in grok
rhart-image-g/text-to-image in grok
rhart-image-n-g31-flash-lite-official/image-to-image in nano-banana
rhart-image-n-g31-flash-lite-official/text-to-image in nano-banana
rhart-image-n-g31-flash-lite/image-to-image in nano-banana
rhart-image-n-g31-flash-lite/text-to-image in nano-banana
rhart-image-n-g31-flash-official/image-to-image in nano-banana
rhart-image-n-g31-flash-official/text-to-image in nano-banana
rhart-image-n-g31-flash/image-to-image in nano-banana
rhart-image-n-g31-flash/text-to-image in nano-banana
rhart-image-n-pro-official/edit in nano-banana
rhart-image-n-pro-official/edit-ultra in nano-banana
rhart-image-n-pro-official/text-to-image in nano-banana
rhart-image-n-pro-official/text-to-image-ultra in nano-banana
rhart-image-n-pro/edit in nano-banana
rhart-image-n-pro/text-to-image in nano-banana
rhart-image-v1-official/edit in nano-banana
rhart-image-v1-official/text-to-image in nano-banana
rhart-image-v1/edit in nano-banana
rhart-image-v1/text-to-image in nano-banana
rhart-image-x-official/edit in grok
rhart-image-x-official/text-to-image in grok
rhart-image/f-2-dev/edit in flux
rhart-image/f-2-dev/edit-lora in flux
rhart-image/f-2-dev/text-to-image in flux
rhart-image/f-2-dev/text-to-image-lora in flux
rhart-image/f-2-klein-4b/edit in flux
rhart-image/f-2-klein-4b/edit-lora in flux
rhart-image/f-2-klein-4b/text-to-image in flux
rhart-image/f-2-klein-4b/text-to-image-lora in flux
rhart-image/f-2-klein-9b/edit in flux
rhart-image/f-2-klein-9b/text-to-image in flux
rhart-image/f-2-klein-9b/text-to-image-lora in flux
rhart-image/f-dev in flux
rhart-image/f-dev-lora in flux
rhart-image/f-krea-dev-lora in flux
rhart-image/qwen-image/edit-2511 in qwen-image
rhart-image/qwen-image/edit-2511-lora in qwen-image
rhart-image/qwen-image/text-to-image-2512 in qwen-image
rhart-image/qwen-image/text-to-image-2512-lora in qwen-image
rhart-image/z-image-turbo/image-to-image in z-image
rhart-image/z-image-turbo/image-to-image-lora in z-image
rhart-image/z-image/turbo in z-image
rhart-image/z-image/turbo-lora in z-image
rhart-imagine-image-quality/edit in grok
rhart-imagine-image-quality/text-to-image in grok
rhart-minimax-hailuo-02/image-to-video in hailuo
rhart-minimax-hailuo-02/start-end-to-video in hailuo
rhart-minimax-hailuo-02/text-to-video in hailuo
rhart-minimax-hailuo-2.3-fast/image-to-video in hailuo
rhart-minimax-hailuo-2.3/image-to-video in hailuo
rhart-minimax-hailuo-2.3/text-to-video in hailuo
rhart-suno-v4.5/single in suno
rhart-text-g-25-flash-cv/image-to-text in gemini
rhart-text-g-25-flash/image-to-text in gemini
rhart-text-g-25-flash/text-to-text in gemini
rhart-text-g-25-flash/video-to-text in gemini
rhart-text-g-25-pro-cv/image-to-text in gemini
rhart-text-g-25-pro/image-to-text in gemini
rhart-text-g-25-pro/text-to-text in gemini
rhart-text-g-25-pro/video-to-text in gemini
rhart-text-g-3-flash-preview-cv/image-to-text in gemini
rhart-text-g-3-flash-preview/image-to-text in gemini
rhart-text-g-3-flash-preview/text-to-text in gemini
rhart-text-g-3-flash-preview/video-to-text in gemini
rhart-text-g-3-pro-preview-cv/image-to-text in gemini
rhart-text-g-3-pro-preview/image-to-text in gemini
rhart-text-g-3-pro-preview/text-to-text in gemini
rhart-text-g-3-pro-preview/video-to-text in gemini
rhart-text-qwen-27b/chat in qwen
rhart-video-g-official/edit-video in grok
rhart-video-g-official/image-to-video in grok
rhart-video-g-official/image-to-video-v1.5 in grok
rhart-video-g-official/reference-to-video in grok
rhart-video-g-official/text-to-video in grok
rhart-video-g-official/video-extend in grok
rhart-video-g/image-to-video in grok
rhart-video-g/text-to-video in grok
rhart-video-r/gen4-aleph-official/video-to-video in runway
rhart-video-r/gen4-turbo-official/image-to-video in runway
rhart-video-r/gen4-turbo/image-to-video in runway
rhart-video-s-official/image-to-video in sora
rhart-video-s-official/image-to-video-pro in sora
rhart-video-s-official/image-to-video-realistic in sora
rhart-video-s-official/sora-upload-character in sora
rhart-video-s-official/text-to-video in sora
rhart-video-s-official/text-to-video-pro in sora
rhart-video-s/image-to-video in sora
rhart-video-s/image-to-video-asyn in sora
rhart-video-s/image-to-video-deprecated in sora
rhart-video-s/image-to-video-pro in sora
rhart-video-s/image-to-video-pro-deprecated in sora
rhart-video-s/sora-upload-character in sora
rhart-video-s/text-to-video in sora
rhart-video-s/text-to-video-deprecated in sora
rhart-video-s/text-to-video-pro in sora
rhart-video-s/text-to-video-pro-deprecated in sora
rhart-video-v3.1-fast-official/image-to-video in veo
rhart-video-v3.1-fast-official/reference-to-video in veo
rhart-video-v3.1-fast-official/text-to-video in veo
rhart-video-v3.1-fast-official/video-extend in veo
rhart-video-v3.1-fast/image-to-video in veo
rhart-video-v3.1-fast/start-end-to-video in veo
rhart-video-v3.1-fast/text-to-video in veo
rhart-video-v3.1-lite-official/image-to-video in veo
rhart-video-v3.1-lite-official/start-end-to-video in veo
rhart-video-v3.1-lite-official/text-to-video in veo
rhart-video-v3.1-lite/image-to-video in veo
rhart-video-v3.1-lite/text-to-video in veo
rhart-video-v3.1-pro-official/image-to-video in veo
rhart-video-v3.1-pro-official/reference-to-video in veo
rhart-video-v3.1-pro-official/text-to-video in veo
rhart-video-v3.1-pro-official/video-extend in veo
rhart-video-v3.1-pro/image-to-video in veo
rhart-video-v3.1-pro/start-end-to-video in veo
rhart-video-v3.1-pro/text-to-video in veo
rhart-video/f-kontext/dev-lora in flux
rhart-video/ltx-2.3/image-to-video in ltx
rhart-video/ltx-2.3/image-to-video-lora in ltx
rhart-video/ltx-2.3/text-to-video in ltx
rhart-video/ltx-2.3/text-to-video-lora in ltx
rhart-video/ltx-2/image-to-video in ltx
rhart-video/ltx-2/text-to-video-lora in ltx
rhart-video/sparkvideo-2.0-fast/image-to-video in seedance
rhart-video/sparkvideo-2.0-fast/multimodal-video in seedance
rhart-video/sparkvideo-2.0-fast/text-to-video in seedance
rhart-video/sparkvideo-2.0-mini/image-to-video in seedance
rhart-video/sparkvideo-2.0-mini/multimodal-video in seedance
rhart-video/sparkvideo-2.0-mini/text-to-video in seedance
rhart-video/sparkvideo-2.0/image-to-video in seedance
rhart-video/sparkvideo-2.0/multimodal-video in seedance
rhart-video/sparkvideo-2.0/multimodal-video-star in seedance
rhart-video/sparkvideo-2.0/multimodal-video-star-fast in seedance
rhart-video/sparkvideo-2.0/text-to-video in seedance
rhart-video/video-fps-increaser in runninghub
rhart-video/video-upscaler in runninghub
rhart-video/wan-2.2/image-to-image in wan
rhart-video/wan-2.2/image-to-video in wan
rhart-video/wan-2.2/start-to-end in wan
rhart-video/wan-2.2/text-to-image-lora in wan
rhart-video/wan-2.2/text-to-video in wan
rhart-video/wan2.2/character-motion-transfer in wan
seedance-v1-lite/reference-to-video in seedance
seedance-v1.5-pro/image-to-video in seedance
seedance-v1.5-pro/image-to-video-fast in seedance
seedance-v1.5-pro/text-to-video in seedance
seedance-v1.5-pro/text-to-video-fast in seedance
seedream-v4.5/image-to-image in seedream
seedream-v4.5/text-to-image in seedream
seedream-v4/image-to-image in seedream
seedream-v4/text-to-image in seedream
seedream-v5-lite/image-to-image in seedream
seedream-v5-lite/text-to-image in seedream
seedream-v5-pro/image-to-image in seedream
seedream-v5-pro/text-to-image in seedream
skyreels-v3/reference-to-video in skyreels
skyreels-v3/shot-switching-video-extension in skyreels
skyreels-v3/single-shot-video-extension in skyreels
skyreels-v3/video-restyling in skyreels
skyreels-v4/image-to-video in skyreels
skyreels-v4/image-to-video-fast in skyreels
skyreels-v4/image-to-video-std in skyreels
skyreels-v4/omni-reference in skyreels
skyreels-v4/omni-reference-fast in skyreels
skyreels-v4/omni-reference-std in skyreels
skyreels-v4/text-to-video in skyreels
skyreels-v4/text-to-video-fast in skyreels
skyreels-v4/text-to-video-std in skyreels
topazlabs/image-gigapixel-art-and-cgi in topaz
topazlabs/image-gigapixel-high-fidelity-2 in topaz
topazlabs/image-gigapixel-low-resolution-2 in topaz
topazlabs/image-gigapixel-standard-2 in topaz
topazlabs/image-gigapixel-text-and-shapes in topaz
topazlabs/image-upscale-cgi in topaz
topazlabs/image-upscale-detail-faces in topaz
topazlabs/image-upscale-high-fidelity-v2 in topaz
topazlabs/image-upscale-high-fidelity-v3 in topaz
topazlabs/image-upscale-standard-v2 in topaz
topazlabs/image-upscale-text-refine in topaz
topazlabs/image-upscale-transparent in topaz
topazlabs/image-upscale/low-resolution-v2 in topaz
topazlabs/video-astra in topaz
topazlabs/video-denoise in topaz
topazlabs/video-frame-interpolation in topaz
topazlabs/video-proteus in topaz
topazlabs/video-starlight in topaz
topazlabs/video-upscale in topaz
vidu/image-to-video-q2-pro in vidu
vidu/image-to-video-q2-pro-fast in vidu
vidu/image-to-video-q2-turbo in vidu
vidu/image-to-video-q3-pro in vidu
vidu/image-to-video-q3-pro-fast in vidu
vidu/image-to-video-q3-turbo in vidu
vidu/reference-to-video-q2 in vidu
vidu/reference-to-video-q2-pro in vidu
vidu/reference-to-video-q3 in vidu
vidu/reference-to-video-q3-ad in vidu
vidu/reference-to-video-q3-drama in vidu
vidu/reference-to-video-q3-mix in vidu
vidu/short-play-q3-ad in vidu
vidu/short-play-q3-drama in vidu
vidu/start-end-to-video-q2-pro in vidu
vidu/start-end-to-video-q2-pro-fast in vidu
vidu/start-end-to-video-q2-turbo in vidu
vidu/start-end-to-video-q3-pro in vidu
vidu/start-end-to-video-q3-pro-fast in vidu
vidu/start-end-to-video-q3-turbo in vidu
vidu/text-to-video in vidu
vidu/text-to-video-q3-pro in vidu
vidu/text-to-video-q3-pro-fast in vidu
vidu/text-to-video-q3-turbo in vidu
volc-drama/serial-video-translate in volc
volc-drama/video-translate in volc
volc-subtitle-erase-pro/video in volc
volc-subtitle-erase/video in volc
youchuan/image-to-video in midjourney
youchuan/text-to-image-niji6 in midjourney
youchuan/text-to-image-niji7 in midjourney
youchuan/text-to-image-v6 in midjourney
youchuan/text-to-image-v61 in midjourney
youchuan/text-to-image-v7 in midjourney
youchuan/text-to-image-v81 in midjourney
youchuan/text-to-image-v82 in midjourney
]],
  names = [[

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
]],
  chinese = [[

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
]],
}
