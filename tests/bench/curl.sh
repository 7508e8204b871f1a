#!/bin/sh
# The same tasks by a shell script, one curl a call.   curl.sh BASE TASKS FOLDER
set -eu
base=$1 tasks=$2 folder=$3
params='{"prompt":"slow dolly in","aspectRatio":"9:16","duration":"5","mode":"std"}'

post() { # PATH BODY; the header, with its key, comes from a file and not from the command line
  curl -sS --fail --noproxy '*' -H @"$folder/header" --data "$2" "$base/openapi/v2/$1"
}

printf 'Authorization: Bearer 0123456789abcdef0123456789abcdef\nContent-Type: application/json\n' >"$folder/header"
n=0
while [ $n -lt "$tasks" ]; do
  n=$((n + 1))
  reply=$(post bench/quick "$params")
  id=${reply#*\"taskId\":\"} id=${id%%\"*}
  reply=$(post query "{\"taskId\":\"$id\"}")
  reply=$(post query "{\"taskId\":\"$id\"}")
  url=${reply#*\"url\":\"} url=${url%%\"*}
  curl -sS --fail --noproxy '*' -o "$folder/$id.png" "$url"
  rm "$folder/$id.png"
done
