#!/bin/sh
# repo-server calls this by name to learn who signed a revision. It wants git's words whether or not a good
# signature was found (exit code 0 or 1), and an error only when git itself fails.
revision=${1:?usage: git-verify-wrapper.sh <revision>}
case $(git cat-file -t "$revision") in tag) kind=tag ;; *) kind=commit ;; esac
words=$(git "verify-$kind" "$revision" 2>&1)
code=$?
[ "$code" -gt 1 ] && { echo "$words" >&2; exit "$code"; }
# "error: no signature found" is an answer, not a signature.
case $words in error:*) ;; *) echo "$words" ;; esac
