#!/usr/bin/env bash
# Runs the demo with --keep and drives its cluster with the real kubectl, as a person would. Ends with non-zero if anything is not as promised.
set -uo pipefail
cd "$(dirname "$0")/.."
export NO_COLOR=1
kubectl="$(hack/kubectl.sh)" || exit 1
work="$(mktemp -d)"
demo=
bad=0

finish() {
  if [ -n "$demo" ] && kill -0 "$demo" 2>/dev/null; then kill -TERM "$demo"; wait "$demo" 2>/dev/null; fi
  rm -rf "$work"
}
trap finish EXIT

dotnet build src/MlopsOperator.Demo -v q --nologo >"$work/build.log" 2>&1 || { cat "$work/build.log"; exit 1; }
# The program itself, not "dotnet run": a signal must reach it.
dotnet src/MlopsOperator.Demo/bin/Debug/net10.0/MlopsOperator.Demo.dll --keep --rate 100 >"$work/demo.log" 2>&1 &
demo=$!
for _ in $(seq 1 180); do
  grep -q "export KUBECONFIG=" "$work/demo.log" && break
  kill -0 "$demo" 2>/dev/null || break
  sleep 1
done
KUBECONFIG="$(sed -n 's/.*export KUBECONFIG=//p' "$work/demo.log")"
[ -n "$KUBECONFIG" ] || { echo "the demo printed no kubeconfig:"; tail -n 40 "$work/demo.log"; exit 1; }
export KUBECONFIG
mkdir "$work/bin" && ln -s "$kubectl" "$work/bin/kubectl"

# All processes that a process started, and those that they started.
descendants() {
  local child
  for child in $(ps -o pid= --ppid "$1"); do echo "$child"; descendants "$child"; done
}

failed() { echo "FAILED  $1"; bad=$((bad + 1)); }

# check WORDS... -- COMMAND...: the command succeeds and its output has all the words.
check() {
  local words=() word missing=
  while [ "$1" != -- ]; do words+=("$1"); shift; done
  shift
  timeout 60 "$@" >"$work/out" 2>&1 || missing="exit code 0"
  for word in "${words[@]}"; do
    grep -qE -- "$word" "$work/out" || missing="$word"
  done
  if [ -z "$missing" ]; then
    echo "ok      ${*/#$kubectl/kubectl}"
  else
    failed "${*/#$kubectl/kubectl}; expected to see: $missing"; sed 's/^/        /' "$work/out" | tail -n 20
  fi
}

# guide WORDS... -- PREFIX: the line of the demo's own guide that begins so works as it is printed.
guide() {
  local words=() line
  while [ "$1" != -- ]; do words+=("$1"); shift; done
  line="$(grep -m 1 -F -- "  $2" "$work/demo.log")"
  [ -n "$line" ] || { failed "the guide has no line that begins with: $2"; return; }
  PATH="$work/bin:$PATH" check "${words[@]}" -- bash -c "${line#  }"
}

guide 'modeldeployment.*delays' 'modelrollout.*delays-3' 'modelversion.*delays-v2' -- 'kubectl get mlops'
guide 'Reason: +Failed' 'Message: +errors\.[a-z]+ of delays-v3 failed' -- 'kubectl -n demo describe mro'
guide 'Model delays version 2 is loaded from .* and ready' -- 'kubectl -n demo logs'
guide '"model_name": ?"delays"' '"score"' -- 'curl'
check 'VERSION +READY +CANDIDATE' -- "$kubectl" -n demo get mdep
check 'delays-v2' -- "$kubectl" -n demo get mdep delays -o wide
check 'modelVersion: delays-v2' -- "$kubectl" -n demo get mdep delays -o yaml
check 'RolledBack|Failed' -- "$kubectl" -n demo get events
check 'modelVersionRef' 'strategyRef' 'replicas' -- "$kubectl" explain mdep.spec
pod="$("$kubectl" -n demo get pods -l mlops-operator.io/deployment=delays -o name | head -n 1)"
check 'Model delays version 2 is loaded from .* and ready' -- "$kubectl" -n demo logs "$pod"
check 'configured|unchanged|serverside-applied' -- "$kubectl" apply -f deploy/samples/demo/40-deployment.yaml
check 'patched' -- "$kubectl" -n demo patch mdep delays --type merge -p '{"spec":{"modelVersionRef":{"name":"delays-v2"}}}'
check 'condition met' -- "$kubectl" -n demo wait mdep/delays --for=condition=Ready --timeout=60s
"$kubectl" -n demo get mdep delays -w >"$work/watch" 2>&1 &
watch=$!
for _ in $(seq 1 20); do grep -q '2/2' "$work/watch" && break; sleep 0.5; done
check 'scaled' -- "$kubectl" -n demo scale mdep delays --replicas 3
check '3/3' -- bash -c "for i in \$(seq 1 50); do '$kubectl' -n demo get mdep delays --no-headers | grep '3/3' && exit 0; sleep 1; done; '$kubectl' -n demo get mdep delays; exit 1"
for _ in $(seq 1 20); do grep -q '3/3' "$work/watch" && break; sleep 0.5; done
kill "$watch"; wait "$watch" 2>/dev/null
if grep -q '2/2' "$work/watch" && grep -q '3/3' "$work/watch"; then echo "ok      kubectl -n demo get mdep -w shows the change from 2/2 to 3/3"; else failed "kubectl -n demo get mdep -w; expected to see 2/2 and then 3/3"; cat "$work/watch"; fi
if "$kubectl" apply -f - >"$work/out" 2>&1 <<<'{"apiVersion":"mlops-operator.io/v1alpha1","kind":"RolloutStrategy","metadata":{"name":"bad","namespace":"demo"},"spec":{"canary":{"steps":[{"weight":"50%"},{"weight":"10%"}]}}}'; then
  failed "a strategy whose weights fall was accepted"
else
  echo "ok      a strategy whose weights fall is refused: $(head -c 200 "$work/out" | tr '\n' ' ')"
fi
. hack/kubectl-verbs.sh
servers="$(descendants "$demo")"
check 'deleted' -- "$kubectl" -n demo delete mdep delays --timeout=60s
check 'No resources found' -- bash -c "for i in \$(seq 1 50); do '$kubectl' -n demo get deployments,pods 2>&1 | grep 'No resources found' && exit 0; sleep 1; done; '$kubectl' -n demo get deployments,pods; exit 1"

# Ending the demo ends every process that it started and leaves no files. (SIGTERM: a shell starts background programs with SIGINT ignored.)
programs="$(descendants "$demo")"
[ "$(wc -w <<<"$programs")" -ge 3 ] || failed "operator and two gateways were expected to run, found the processes: $programs"
folder="$(dirname "$KUBECONFIG")"
kill -TERM "$demo"; wait "$demo"; demo=
for process in $(printf '%s\n' $servers $programs | sort -un); do
  if kill -0 "$process" 2>/dev/null; then failed "process $process outlived the demo"; fi
done
if [ -e "$folder" ]; then failed "$folder was left"; fi
[ "$bad" -gt 0 ] || echo "ok      the end left no process and no file"
exit $((bad > 0))
