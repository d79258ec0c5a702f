#!/usr/bin/env bash
# A check against regressions that other work on the machine does not disturb: the instructions of a fixed run, with its
# readers, as a ratio to those of the bare loop over the same 200 returns, against the figures in instructions.txt with 3%
# of play. By hand, not in CI: valgrind takes minutes. CDS_WRITE=1 writes the figures anew. Needs valgrind; the
# figures hold for the toolchain that they name.
set -euo pipefail
cd "$(dirname "$0")/.."
known=benches/instructions.txt
play=3

cargo build --release --bench run
bench=$(cargo bench --bench run --no-run --message-format=json 2>/dev/null |
    sed -n 's/.*"executable":"\([^"]*\/run-[^"]*\)".*/\1/p' | tail -n 1)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

count() { # what the bench does alone: once to warm up what is made once, then under valgrind
    CDS_BENCH_ONLY=$1 "$bench" >/dev/null
    CDS_BENCH_ONLY=$1 valgrind --tool=callgrind --trace-children=yes --callgrind-out-file="$out/$1.%p" "$bench" \
        >/dev/null 2>&1
    cat "$out/$1".* | awk '/^totals:/ { sum += $2 } END { printf "%.0f", sum / 1000 }'
}

toolchain=$(rustc --version)
bare=$(count bare)
made="toolchain $toolchain"$'\n'
worse=0
for what in forms clean again; do
    ratio=$(awk -v a="$(count $what)" -v b="$bare" 'BEGIN { printf "%.3f", a / b }')
    made+="$what $ratio"$'\n'
    before=$(awk -v what=$what '$1 == what { print $2 }' $known 2>/dev/null || true)
    echo "$what: $ratio bare loops (known: ${before:-none})"
    if [ -n "$before" ] && awk -v a="$ratio" -v b="$before" -v p=$play 'BEGIN { exit !(a > b * (1 + p / 100)) }'; then
        echo "  more than $play% above what is known"
        worse=1
    fi
done
if [ -n "${CDS_WRITE:-}" ]; then printf '%s' "$made" >$known; exit 0; fi
[ "$(head -n 1 $known)" = "toolchain $toolchain" ] || echo "the figures are of another toolchain: $(head -n 1 $known)"
exit $worse
