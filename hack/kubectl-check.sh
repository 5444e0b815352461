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

# check WORDS -- COMMAND...: the command succeeds and its output has the words.
check() {
  local words="$1"; shift 2
  if timeout 60 "$@" >"$work/out" 2>&1 && grep -qE -- "$words" "$work/out"; then
    echo "ok      ${*/#$kubectl/kubectl}"
  else
    echo "FAILED  ${*/#$kubectl/kubectl}; expected to see: $words"; sed 's/^/        /' "$work/out" | tail -n 20; bad=$((bad + 1))
  fi
}

check 'modeldeployment.*delays' -- "$kubectl" get mlops -A
check 'VERSION +READY +CANDIDATE' -- "$kubectl" -n demo get mdep
check 'delays-v2' -- "$kubectl" -n demo get mdep delays -o wide
check 'modelVersion: delays-v2' -- "$kubectl" -n demo get mdep delays -o yaml
check 'RolledBack' -- "$kubectl" -n demo describe mro delays-3
check 'RolledBack|Failed' -- "$kubectl" -n demo get events
check 'spec|modelVersionRef' -- "$kubectl" explain mdep.spec
pod="$("$kubectl" -n demo get pods -o name | head -n 1)"
check '.' -- "$kubectl" -n demo logs "$pod"
check 'configured|unchanged|serverside-applied' -- "$kubectl" apply -f deploy/samples/demo/40-deployment.yaml
check 'patched' -- "$kubectl" -n demo patch mdep delays --type merge -p '{"spec":{"modelVersionRef":{"name":"delays-v2"}}}'
check 'condition met' -- "$kubectl" -n demo wait mdep/delays --for=condition=Ready --timeout=60s
check 'scaled' -- "$kubectl" -n demo scale mdep delays --replicas 3
check '3/3' -- bash -c "for i in \$(seq 1 50); do '$kubectl' -n demo get mdep delays --no-headers | grep '3/3' && exit 0; sleep 1; done; '$kubectl' -n demo get mdep delays; exit 1"
timeout 5 "$kubectl" -n demo get mdep -w >"$work/watch" 2>&1
if grep -q delays "$work/watch"; then echo "ok      kubectl -n demo get mdep -w"; else echo "FAILED  kubectl get -w"; cat "$work/watch"; bad=$((bad + 1)); fi
if "$kubectl" apply -f - >"$work/out" 2>&1 <<<'{"apiVersion":"mlops-operator.io/v1alpha1","kind":"RolloutStrategy","metadata":{"name":"bad","namespace":"demo"},"spec":{"canary":{"steps":[{"weight":"50%"},{"weight":"10%"}]}}}'; then
  echo "FAILED  a strategy whose weights fall was accepted"; bad=$((bad + 1))
else
  echo "ok      a strategy whose weights fall is refused: $(head -c 200 "$work/out" | tr '\n' ' ')"
fi
check 'deleted' -- "$kubectl" -n demo delete mdep delays --timeout=60s
check 'No resources found' -- bash -c "for i in \$(seq 1 50); do '$kubectl' -n demo get deployments,pods 2>&1 | grep 'No resources found' && exit 0; sleep 1; done; '$kubectl' -n demo get deployments,pods; exit 1"

# Ending the demo ends every process that it started and leaves no files. (SIGTERM: a shell starts background programs with SIGINT ignored.)
children="$(ps -o pid= --ppid "$demo" | tr -d ' ' | tr '\n' ' ')"
folder="$(dirname "$KUBECONFIG")"
kill -TERM "$demo"; wait "$demo"; demo=
for child in $children; do
  if kill -0 "$child" 2>/dev/null; then echo "FAILED  process $child outlived the demo"; bad=$((bad + 1)); fi
done
if [ -e "$folder" ]; then echo "FAILED  $folder was left"; bad=$((bad + 1)); else echo "ok      the end left no process and no file"; fi
exit $((bad > 0))
