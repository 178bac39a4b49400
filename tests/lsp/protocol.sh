#!/bin/sh
# The language server, asked in the protocol by a client of our own.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/../cli/lib.sh"
# shellcheck source=tests/lsp/shop.sh
. "$SOURCE/tests/lsp/shop.sh"

if ! command -v python3 >/dev/null; then
    echo "1..0 # SKIP python3 is not installed"
    exit 0
fi
make_shop
find . -type f | sort | xargs cat >"$work/../before.$$"
PYTHONDONTWRITEBYTECODE=1 python3 "$SOURCE/tests/lsp/protocol.py" "$BULKHEAD" "$work" || failures=1
find . -type f | sort | xargs cat >"$work/../after.$$"
cmp "$work/../before.$$" "$work/../after.$$" || { echo "# the server has written files" && failures=1; }
rm -f "$work/../before.$$" "$work/../after.$$"
[ "$failures" -eq 0 ]
