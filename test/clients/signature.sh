#!/usr/bin/env bash
# Signs a release by hand and with `release --sign`, and checks both without Démarche, as CONTRIBUTING.md describes.
# Usage: signature.sh FOLDER (a folder to work in). Exit status: 0 all passed, 1 something failed.
set -u
here=$PWD
work=$1/signature
mkdir -p "$work" || exit 1
passed=0
failed=0

if ! command -v ssh-keygen >/dev/null; then
  echo 'NOT RUN, for want of ssh-keygen: signatures'
  exit 0
fi

expect() {
  local wanted=$1 what=$2
  shift 2
  if "$@" >"$work/out" 2>&1; then got=passes; else got=fails; fi
  if [ "$got" = "$wanted" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED: $what $got"
    sed 's/^/  /' "$work/out"
  fi
}

# the commands of CONTRIBUTING.md, with a list of signers and an address for this test
commands=$(sed -n 's/^    \(ssh-keygen -Y verify .*\|sha256sum -c .*\)$/\1/p' "$here/CONTRIBUTING.md")
[ "$(wc -l <<<"$commands")" = 2 ] || {
  echo 'CONTRIBUTING.md does not say how to check a signature with two commands'
  exit 1
}
{ read -r verify && read -r sums; } <<<"$commands"
check() {
  (cd "$1" && eval "${verify/-f signers/-f \"\$work/signers\"}" && eval "$sums")
}

ssh-keygen -q -t ed25519 -N '' -C you@example.org -f "$work/key" || exit 1
ssh-keygen -q -t ed25519 -N '' -C you@example.org -f "$work/other" || exit 1
echo "you@example.org $(cat "$work/key.pub")" >"$work/signers"

# a new project that can be released
cp -r test/cases/plain/raw test/cases/plain/schema "$work" || exit 1
git="git -C $work -c user.name=you -c user.email=you@example.org -c commit.gpgsign=false"
printf '%s\n' key\* other\* signers out dist by-hand .gitignore >"$work/.gitignore"
{ $git init -q && $git add -A && $git commit -qm one; } || exit 1
sign() {
  (cd "$work" && node "$here/scripts/run.mjs" release --quiet --schema schema --raw raw --dist dist --sign key)
}
expect passes 'release --sign' sign
release=$(realpath "$work/dist/latest") || exit 1
expect passes 'a signature of release --sign, checked by hand' check "$release"

cp -r "$release" "$work/by-hand"
rm "$work/by-hand/SHA256SUMS.sig"
expect passes 'signing by hand' ssh-keygen -q -Y sign -f "$work/key" -n demarche "$work/by-hand/SHA256SUMS"
expect passes 'a signature by hand, checked by hand' check "$work/by-hand"
expect passes 'a signature by hand, checked by verify' \
  node scripts/run.mjs verify --release "$work/by-hand" --signers "$work/signers"

rm "$work/by-hand/SHA256SUMS.sig"
ssh-keygen -q -Y sign -f "$work/other" -n demarche "$work/by-hand/SHA256SUMS" 2>/dev/null
expect fails 'a signature with another key' check "$work/by-hand"
cp "$release/SHA256SUMS.sig" "$work/by-hand"
echo >>"$work/by-hand/README.md"
expect fails 'a file that was changed' check "$work/by-hand"

echo "signatures: $passed passed, $failed failed"
[ "$failed" = 0 ]
