#!/usr/bin/env bash
# Runs tests/MlopsOperator.ClusterTests on a kind cluster of their own: makes it, builds the images, loads them, runs the tests, deletes it.
#   hack/kind.sh [--keep] [ARGUMENTS OF THE TESTS...]     --keep leaves the cluster
# Needs Docker, kind and the .NET SDK. The project's own CI has no Docker, so this script itself is checked by shellcheck only; the same tests
# with the same manifests pass in CI on another Kubernetes.
set -euo pipefail
cd "$(dirname "$0")/.."
keep=
if [ "${1:-}" = --keep ]; then keep=1; shift; fi
for needed in docker kind dotnet; do
  command -v "$needed" >/dev/null || { echo "$needed is needed and is not on this machine" >&2; exit 1; }
done
name="mlops-tests-$$"
work="$(mktemp -d)"
finish() {
  [ -n "$keep" ] || kind delete cluster --name "$name"
  rm -rf "$work"
}
trap finish EXIT

build() { docker build --target "$1" --tag "mlops-operator/$2:dev" .; } # TARGET NAME
build operator operator
build gateway gateway
build model-server model-server
build fetcher-with-samples fetcher
build traffic traffic

kubeconfig="$work/kubeconfig"
if [ -n "$keep" ]; then kubeconfig="$PWD/$name.kubeconfig"; fi
kind create cluster --name "$name" --kubeconfig "$kubeconfig" --wait 120s
KUBECONFIG="$kubeconfig" MLOPS_CLUSTER_TESTS="kind-$name" MLOPS_LOAD_IMAGE="kind load docker-image --name $name {image}" \
  dotnet run --project tests/MlopsOperator.ClusterTests -- "$@"
