# Every verb of kubectl that a person uses, against the cluster at $KUBECONFIG. Sourced by kubectl-check.sh, which has $kubectl, $work, check and failed.
# shellcheck shell=bash

# refused WORDS... -- COMMAND...: the command fails and its output has all the words.
refused() {
  local words=() word missing=
  while [ "$1" != -- ]; do words+=("$1"); shift; done
  shift
  if timeout 60 "$@" >"$work/out" 2>&1; then missing="a refusal"; fi
  for word in "${words[@]}"; do
    grep -qE -- "$word" "$work/out" || missing="$word"
  done
  if [ -z "$missing" ]; then echo "ok      refused: ${*/#$kubectl/kubectl}"; else failed "${*/#$kubectl/kubectl}; expected to see: $missing"; sed 's/^/        /' "$work/out" | tail -n 20; fi
}

# soon WORDS... -- COMMAND...: the command comes to succeed with all the words within 30 s.
soon() {
  local words=() word
  while [ "$1" != -- ]; do words+=("$1"); shift; done
  shift
  for _ in $(seq 1 60); do
    local missing=
    timeout 20 "$@" >"$work/out" 2>&1 || missing=1
    for word in "${words[@]}"; do grep -qE -- "$word" "$work/out" || missing=1; done
    [ -z "$missing" ] && break
    sleep 0.5
  done
  check "${words[@]}" -- "$@"
}

# absent WORD -- COMMAND...: the command succeeds and its output does not have the word.
absent() {
  local word="$1"
  shift 2
  if timeout 60 "$@" >"$work/out" 2>&1 && ! grep -qE -- "$word" "$work/out"; then
    echo "ok      ${*/#$kubectl/kubectl} does not show $word"
  else
    failed "${*/#$kubectl/kubectl}; expected success without: $word"; sed 's/^/        /' "$work/out" | tail -n 20
  fi
}

# A Deployment whose pods print a line now and then until they are told to end. $1: name, $2: replicas.
deployment() {
  cat <<EOF
apiVersion: apps/v1
kind: Deployment
metadata: {name: $1}
spec:
  replicas: $2
  selector: {matchLabels: {app: $1}}
  template:
    metadata: {labels: {app: $1}}
    spec:
      terminationGracePeriodSeconds: 1
      containers:
      - name: main
        image: mlops-operator/model-server:check
        command: [/bin/sh, -c, "trap 'exit 0' TERM; i=0; while :; do i=\$((i+1)); echo line \$i; sleep 0.2; done"]
EOF
}

# A custom resource. $1: weight of its first step.
strategy() {
  echo "{\"apiVersion\":\"mlops-operator.io/v1alpha1\",\"kind\":\"RolloutStrategy\",\"metadata\":{\"name\":\"steady\",\"labels\":{\"team\":\"a\"}},\"spec\":{\"canary\":{\"steps\":[{\"weight\":\"$1\"},{\"weight\":\"100%\"}]}}}"
}

in_check=("$kubectl" -n check)
mkdir "$work/verbs"
echo '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"check"}}' >"$work/verbs/namespace.json"
strategy 20% >"$work/verbs/strategy.json"
strategy 30% >"$work/verbs/strategy-30.json"
strategy 30% | sed 's/"canary"/"canry"/' >"$work/verbs/typo.json"
for name in web rear front orphan; do deployment "$name" 2 >"$work/verbs/$name.yaml"; done
# A Job. $1: name, $2: what its pod does, $3: failures that it bears; a pod that is taken away is one too.
job() {
  cat <<EOF
apiVersion: batch/v1
kind: Job
metadata: {name: $1}
spec:
  backoffLimit: $3
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 1
      containers:
      - name: main
        image: mlops-operator/model-server:check
        command: [/bin/sh, -c, "$2"]
EOF
}
job count 'echo one; echo two' 0 >"$work/verbs/count.yaml"
job broken 'echo no; exit 4' 0 >"$work/verbs/broken.yaml"
job long 'exec sleep 600' 6 >"$work/verbs/long.yaml"
echo '{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"delete","group":"batch","resource":"jobs"}}}' >"$work/verbs/review.json"
cat >"$work/verbs/twice.yaml" <<'EOF'
apiVersion: v1
kind: Pod
metadata: {name: twice}
spec:
  terminationGracePeriodSeconds: 1
  volumes: [{name: state, emptyDir: {}}]
  containers:
  - name: main
    image: mlops-operator/model-server:check
    volumeMounts: [{name: state, mountPath: /state}]
    env: [{name: STATE, value: /state}]
    command: [/bin/sh, -c, "if [ -e $STATE/been ]; then echo second life; trap 'exit 0' TERM; while :; do sleep 0.2; done; fi; touch $STATE/been; echo first life; exit 3"]
EOF

# Create, and what is refused with the way round.
check 'namespace/check created' -- "$kubectl" create -f "$work/verbs/namespace.json"
refused 'AlreadyExists' 'namespaces "check" already exists' -- "$kubectl" create -f "$work/verbs/namespace.json"
refused 'JSON and YAML, not protobuf' 'kubectl create -f' -- "$kubectl" create namespace other

# Custom resources: apply on both sides, diff, explain, patch, get.
check 'rolloutstrategy.mlops-operator.io/steady created' -- "${in_check[@]}" apply -f "$work/verbs/strategy.json"
check 'rolloutstrategy.mlops-operator.io/steady unchanged' -- "${in_check[@]}" apply -f "$work/verbs/strategy.json"
# diff says 1 when there is a difference.
differs=(bash -c '"$@"; [ $? = 1 ]' _)
check '^-.*weight: 20%' '^\+.*weight: 30%' -- "${differs[@]}" "${in_check[@]}" diff -f "$work/verbs/strategy-30.json"
check 'weight: 20%' -- "${in_check[@]}" get rolloutstrategy steady -o yaml
check 'steady configured' -- "${in_check[@]}" apply -f "$work/verbs/strategy-30.json"
refused 'conflict with "kubectl-client-side-apply"' 'spec.canary.steps' 'force-conflicts' -- "${in_check[@]}" apply --server-side -f "$work/verbs/strategy.json"
check 'serverside-applied' -- "${in_check[@]}" apply --server-side --force-conflicts -f "$work/verbs/strategy.json"
check '^-.*weight: 20%' '^\+.*weight: 30%' -- "${differs[@]}" "${in_check[@]}" diff --server-side --force-conflicts -f "$work/verbs/strategy-30.json"
check 'manager: kubectl$' 'operation: Apply' -- "${in_check[@]}" get rolloutstrategy steady -o yaml --show-managed-fields
check 'patched' -- "${in_check[@]}" patch rolloutstrategy steady --type json -p '[{"op":"replace","path":"/spec/canary/steps/0/weight","value":"40%"}]'
check '^40%$' -- "${in_check[@]}" get rolloutstrategy steady -o 'jsonpath={.spec.canary.steps[0].weight}'
check 'patched' -- "${in_check[@]}" patch rolloutstrategy steady --type merge -p '{"metadata":{"labels":{"team":"b"}}}'
check 'steady' -- "${in_check[@]}" get rolloutstrategies -l team=b
check 'No resources found' -- "${in_check[@]}" get rolloutstrategies -l team=a
check 'Warning: unknown field "spec.canry"' 'patched \(no change\)' -- "${in_check[@]}" patch rolloutstrategy steady --type merge -p '{"spec":{"canry":{}}}'
refused 'strict decoding error: unknown field "spec.canry"' -- "${in_check[@]}" apply -f "$work/verbs/typo.json"
check 'labeled' -- "${in_check[@]}" label rolloutstrategy steady team=c --overwrite
check 'annotated' -- "${in_check[@]}" annotate rolloutstrategy steady note=x
check 'GROUP: +mlops-operator.io' 'KIND: +RolloutStrategy' 'weight' '<string>' -- "$kubectl" explain rolloutstrategy.spec.canary.steps
check 'modelVersionRef' 'replicas' 'FIELDS:' -- "$kubectl" explain mdep.spec --recursive
check 'Name: +steady' 'Weight: +40%' -- "${in_check[@]}" describe rolloutstrategy steady
check 'modeldeployments +mdep' 'deployments +deploy' -- "$kubectl" api-resources
check 'Server Version: v1' -- "$kubectl" version

# Workloads: roll out, scale, wait, logs, events.
check 'deployment.apps/web serverside-applied' -- "${in_check[@]}" apply --server-side -f "$work/verbs/web.yaml"
check 'deployment "web" successfully rolled out' -- "${in_check[@]}" rollout status deployment/web --timeout=30s
check 'deployment.apps/web condition met' -- "${in_check[@]}" wait deployment/web --for=condition=Available --timeout=30s
check 'NAME +READY +UP-TO-DATE +AVAILABLE +AGE +CONTAINERS +IMAGES +SELECTOR' 'web +2/2 +2 +2 .* main .* app=web' -- "${in_check[@]}" get deployments -o wide
check 'web-[a-z0-9]+-[a-z0-9]+ +1/1 +Running +0 .* 127\.[0-9.]+ +devcluster' -- "${in_check[@]}" get pods -o wide
check 'Replicas: +2 desired \| 2 updated' 'Scaled up replica set web-' -- "${in_check[@]}" describe deployment web
check 'Successfully assigned check/web-' 'State: +Running' 'QoS Class: +BestEffort' -- "${in_check[@]}" describe pods -l app=web
"${in_check[@]}" get deployment web -w --output-watch-events >"$work/verbs/watch" 2>&1 &
watch=$!
for _ in $(seq 1 40); do grep -q '2/2' "$work/verbs/watch" && break; sleep 0.25; done
check 'deployment.apps/web scaled' -- "${in_check[@]}" scale deployment web --replicas=3 --current-replicas=2
refused 'Expected replicas to be 7, was 3' -- "${in_check[@]}" scale deployment web --replicas=1 --current-replicas=7
check 'deployment.apps/web condition met' -- "${in_check[@]}" wait deployment/web --for=jsonpath='{.status.readyReplicas}'=3 --timeout=30s
for _ in $(seq 1 40); do grep -q '3/3' "$work/verbs/watch" && break; sleep 0.25; done
kill "$watch"; wait "$watch" 2>/dev/null
check 'ADDED +web +2/2' 'MODIFIED +web +3/3' -- cat "$work/verbs/watch"
check 'deployment.apps/web patched' -- "${in_check[@]}" patch deployment web --type merge -p '{"spec":{"template":{"metadata":{"annotations":{"round":"2"}}}}}'
check 'successfully rolled out' -- "${in_check[@]}" rollout status deployment/web --timeout=60s
check '^1 ' '^2 ' -- "${in_check[@]}" rollout history deployment/web
check 'with revision #2' 'pod-template-hash=' 'round: +2' -- "${in_check[@]}" rollout history deployment/web --revision=2
check 'deployment.apps/web rolled back' -- "${in_check[@]}" rollout undo deployment/web
check 'successfully rolled out' -- "${in_check[@]}" rollout status deployment/web --timeout=60s
check '^3 ' -- "${in_check[@]}" rollout history deployment/web
refused 'strategic merge' 'kubectl apply --server-side' -- "${in_check[@]}" rollout restart deployment/web
refused 'strategic merge' 'kubectl apply --server-side' -- "${in_check[@]}" patch deployment web -p '{"spec":{"replicas":2}}'
refused 'timed out waiting' -- "${in_check[@]}" wait deployment/web --for=condition=Never --timeout=1s
pod="$("${in_check[@]}" get pods -l app=web -o name | head -n 1)"
refused 'has no exec' 'see their logs' -- "${in_check[@]}" exec "$pod" -- ls
refused 'has no port-forward' "connect to the pod's address" -- "${in_check[@]}" port-forward "$pod" 8080:8080
check '^401$' -- curl -s -o /dev/null -w '%{http_code}' "$("$kubectl" config view -o 'jsonpath={.clusters[0].cluster.server}')/readyz" --insecure
timeout 4 "${in_check[@]}" logs -f "$pod" --tail=1 >"$work/verbs/follow" 2>&1 &
follow=$!
for _ in $(seq 1 15); do [ "$(wc -l <"$work/verbs/follow")" -ge 4 ] && break; sleep 0.25; done
check 'line [0-9]+' -- bash -c "[ \$(wc -l <'$work/verbs/follow') -ge 4 ] && cat '$work/verbs/follow'"
wait "$follow" 2>/dev/null
check '^20[0-9-]+T[0-9:.]+Z line 1$' -- "${in_check[@]}" logs "$pod" --timestamps --limit-bytes=400
check 'pod/twice created' -- "${in_check[@]}" create -f "$work/verbs/twice.yaml"
check 'pod/twice condition met' -- "${in_check[@]}" wait pod/twice --for=jsonpath='{.status.containerStatuses[0].restartCount}'=1 --timeout=60s
soon '^second life$' -- "${in_check[@]}" logs twice
check '^first life$' -- "${in_check[@]}" logs twice --previous
check 'Last State: +Terminated' 'Exit Code: +3' 'Restart Count: +1' -- "${in_check[@]}" describe pod twice
check 'LAST SEEN +TYPE +REASON +OBJECT +MESSAGE' 'BackOff|Started' -- "${in_check[@]}" get events --field-selector involvedObject.name=twice
check 'ScalingReplicaSet +Deployment/web' -- "${in_check[@]}" events --for deployment/web

# Jobs: to their end, to their failure, and away with their pods or without them.
refused 'JSON and YAML, not protobuf' -- "${in_check[@]}" create job made --image=mlops-operator/model-server:check
check 'job.batch/count created' -- "${in_check[@]}" create -f "$work/verbs/count.yaml"
check 'job.batch/count condition met' -- "${in_check[@]}" wait job/count --for=condition=complete --timeout=60s
check 'NAME +STATUS +COMPLETIONS +DURATION +AGE' 'count +Complete +1/1 +[0-9]+s' -- "${in_check[@]}" get jobs
check 'main +mlops-operator/model-server:check +batch.kubernetes.io/controller-uid=' -- "${in_check[@]}" get jobs -o wide
check '^one$' '^two$' -- "${in_check[@]}" logs job/count
check 'Pods Statuses: +0 Active \(0 Ready\) / 1 Succeeded / 0 Failed' 'SuccessfulCreate .*Created pod: count-' 'Job completed' -- "${in_check[@]}" describe job count
check 'count-[a-z0-9]+ +0/1 +Completed' -- "${in_check[@]}" get pods -l job-name=count
check 'job.batch/broken created' -- "${in_check[@]}" create -f "$work/verbs/broken.yaml"
check 'job.batch/broken condition met' -- "${in_check[@]}" wait job/broken --for=condition=failed --timeout=60s
check 'broken +Failed +0/1' -- "${in_check[@]}" get job broken
check 'BackoffLimitExceeded' 'Job has reached the specified backoff limit' '/ 0 Succeeded / 1 Failed' -- "${in_check[@]}" describe job broken
check 'job.batch "broken" deleted' -- "${in_check[@]}" delete job broken --timeout=30s
soon 'No resources found' -- "${in_check[@]}" get pods -l job-name=broken
check 'job.batch/long created' -- "${in_check[@]}" create -f "$work/verbs/long.yaml"
soon 'long-[a-z0-9]+ +1/1 +Running' -- "${in_check[@]}" get pods -l job-name=long
check 'job.batch/long patched' -- "${in_check[@]}" patch job long --type merge -p '{"spec":{"suspend":true}}'
soon 'long +Suspended +0/1' -- "${in_check[@]}" get job long
soon 'No resources found' -- "${in_check[@]}" get pods -l job-name=long
check 'job.batch/long patched' -- "${in_check[@]}" patch job long --type merge -p '{"spec":{"suspend":false}}'
soon 'long-[a-z0-9]+ +1/1 +Running' -- "${in_check[@]}" get pods -l job-name=long
check 'job.batch "long" deleted' -- "${in_check[@]}" delete job long --cascade=foreground --timeout=30s
check 'No resources found' -- "${in_check[@]}" get pods -l job-name=long
check 'job.batch "count" deleted' -- "${in_check[@]}" delete job count --cascade=orphan --timeout=30s
check 'count-[a-z0-9]+ +0/1 +Completed' -- "${in_check[@]}" get pods -l job-name=count
refused 'JSON and YAML, not protobuf' -- "${in_check[@]}" auth can-i delete jobs
check '^true$' -- "$kubectl" create -f "$work/verbs/review.json" -o 'jsonpath={.status.allowed}'

# Deletion: dry, with its dependents behind it, before it, and without them.
check '"web" deleted.*\(server dry run\)' -- "${in_check[@]}" delete deployment web --dry-run=server
check '^web ' -- "${in_check[@]}" get deployments
check 'pod "twice" force deleted' -- "${in_check[@]}" delete pod twice --force --grace-period=0
for name in rear front orphan; do
  check "deployment.apps/$name serverside-applied" -- "${in_check[@]}" apply --server-side -f "$work/verbs/$name.yaml"
  check 'successfully rolled out' -- "${in_check[@]}" rollout status "deployment/$name" --timeout=30s
done
check 'deployment.apps "rear" deleted' -- "${in_check[@]}" delete deployment rear --cascade=background --timeout=30s
soon 'No resources found' -- "${in_check[@]}" get replicasets,pods -l app=rear
check 'deployment.apps "front" deleted' -- "${in_check[@]}" delete deployment front --cascade=foreground --timeout=30s
check 'No resources found' -- "${in_check[@]}" get replicasets,pods -l app=front
check 'deployment.apps "orphan" deleted' -- "${in_check[@]}" delete deployment orphan --cascade=orphan --timeout=30s
refused 'deployments.apps "orphan" not found' -- "${in_check[@]}" get deployment orphan
check 'replicaset.apps/orphan-[a-z0-9]+ +2 +2 +2' 'pod/orphan-.* 1/1 +Running' -- "${in_check[@]}" get replicasets,pods -l app=orphan
absent 'ownerReferences' -- "${in_check[@]}" get replicasets -l app=orphan -o yaml
check 'replicaset.apps "orphan-[a-z0-9]+" deleted' -- "${in_check[@]}" delete replicasets -l app=orphan --timeout=30s
check 'rolloutstrategy.mlops-operator.io "steady" deleted' -- "${in_check[@]}" delete -f "$work/verbs/strategy.json"
check 'namespace "check" deleted' -- "$kubectl" delete namespace check --timeout=60s
refused 'namespaces "check" not found' -- "$kubectl" get namespace check
