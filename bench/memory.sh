#!/usr/bin/env bash
# Runs the demo and prints the resident memory (MiB) of each of its programs: at the end, and the most that was seen.
set -euo pipefail
cd "$(dirname "$0")/.."
configuration="${1:-Release}"
dotnet build src/MlopsOperator.Demo -c "$configuration" -v q --nologo >/dev/null
NO_COLOR=1 dotnet "src/MlopsOperator.Demo/bin/$configuration/net10.0/MlopsOperator.Demo.dll" >/dev/null &
demo=$!
declare -A most last
while kill -0 "$demo" 2>/dev/null; do
  declare -A now=()
  while read -r rss arguments; do
    case "$arguments" in
      *MlopsOperator.Operator.dll*) program=operator ;;
      *MlopsOperator.Gateway.dll*) program=gateway ;;
      *MlopsOperator.ModelServer.dll*) program=model-server ;;
      *MlopsOperator.Demo.dll*) program=demo ;;
      *) continue ;;
    esac
    mib=$((rss / 1024))
    if [ "$mib" -gt "${now[$program]:-0}" ]; then now[$program]=$mib; fi
  done < <(ps -eo rss=,args= | grep -F "/net10.0/MlopsOperator." | grep -vE 'grep|setpriv|setsid')
  for program in "${!now[@]}"; do
    last[$program]=${now[$program]}
    if [ "${now[$program]}" -gt "${most[$program]:-0}" ]; then most[$program]=${now[$program]}; fi
  done
  sleep 1
done
wait "$demo"
printf '%-14s %10s %10s\n' program 'last MiB' 'most MiB'
for program in operator gateway model-server demo; do printf '%-14s %10s %10s\n' "$program" "${last[$program]:-?}" "${most[$program]:-?}"; done
