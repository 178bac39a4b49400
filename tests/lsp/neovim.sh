#!/bin/sh
# Neovim, with its own client, opens a small repository: diagnostics, hover, definition, completion, code action.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/../cli/lib.sh"
# shellcheck source=tests/lsp/shop.sh
. "$SOURCE/tests/lsp/shop.sh"

if ! command -v nvim >/dev/null; then
    echo "1..0 # SKIP Neovim is not installed"
    exit 0
fi
make_shop
export HOME="$work" XDG_STATE_HOME="$work/.state" XDG_DATA_HOME="$work/.data" XDG_CACHE_HOME="$work/.cache"
# Set up as the manual says.
# shellcheck disable=SC2016 # backticks of Markdown
awk '/^```lua/ { inside = 1; next } /^```/ { exit } inside' "$SOURCE/docs/manual/editors.md" >"$work/.init.lua"
mkdir "$work/.bin"
ln -s "$BULKHEAD" "$work/.bin/bulkhead"
PATH=$work/.bin:$PATH
timeout 120 nvim --headless -u "$work/.init.lua" -i NONE -n -c "luafile $SOURCE/tests/lsp/neovim.lua" </dev/null 2>"$work/.err" || {
    sed 's/^/# /' "$work/.err"
    exit 1
}
