-- TAP of what Neovim's client shows of the repository of shop.sh in the current folder.
local count, failed = 0, 0

local function check(name, got, wanted)
    count = count + 1
    local good = vim.deep_equal(got, wanted)
    io.write(string.format("%sok %d - %s\n", good and "" or "not ", count, name))
    if not good then
        failed = failed + 1
        io.write(string.format("# wanted %s\n# got    %s\n", vim.fn.json_encode(wanted), vim.fn.json_encode(got)))
    end
end

local function wait_for(condition)
    vim.wait(30000, condition, 20)
end

local client

local function open(path)
    vim.cmd("edit " .. path)
    client = bulkhead -- of the manual's init.lua
end

local function ask(method, params)
    local answers = vim.lsp.buf_request_sync(0, method, params, 30000)
    return answers and answers[client] and answers[client].result
end

local function go_to(line, text)
    local column = vim.api.nvim_buf_get_lines(0, line - 1, line, true)[1]:find(text, 1, true)
    vim.api.nvim_win_set_cursor(0, { line, column - 1 })
end

local function messages()
    return vim.tbl_map(function(each)
        return each.lnum + 1 .. ": " .. each.message
    end, vim.diagnostic.get(0))
end

-- Diagnostics, of the saved text and of what is typed.
open("apps/web.yaml")
local finding = "3: tolerations is empty and hides the list that dev and prod would inherit"
wait_for(function() return #vim.diagnostic.get(0) > 0 end)
check("a finding", messages(), { finding })
check("its place", vim.diagnostic.get(0)[1].col, 13)
vim.api.nvim_buf_set_lines(0, 2, 3, true, {})
wait_for(function() return #vim.diagnostic.get(0) == 0 end)
check("none when the line is gone", messages(), {})
vim.cmd("undo")
wait_for(function() return #vim.diagnostic.get(0) > 0 end)
check("the finding again", messages(), { finding })

-- Hover.
go_to(2, "replicas")
local hover = ask("textDocument/hover", vim.lsp.util.make_position_params(0))
check("hover", vim.split(hover and hover.contents.value or "", "\n")[6], "| prod/web | `5` | env/prod/web.yaml:1 |")

-- Definition, as the person goes there.
open("charts/web/templates/deployment.yaml")
go_to(5, "web.labels")
vim.lsp.buf.definition()
wait_for(function() return vim.fn.expand("%:t") == "_helpers.tpl" end)
check("definition", vim.fn.expand("%:t") .. ":" .. vim.fn.line(".") .. ":" .. vim.fn.col("."), "_helpers.tpl:1:13")

-- Completion.
open("env/prod/web.yaml")
vim.api.nvim_buf_set_lines(0, -1, -1, true, { "ti" })
vim.api.nvim_win_set_cursor(0, { 2, 2 })
local behind = vim.lsp.util.make_position_params(0)
behind.position.character = 2 -- a cursor of normal mode cannot stand there
local items = ask("textDocument/completion", behind)
local matches = vim.lsp.util.extract_completion_items(items or {})
check("completion", vim.tbl_map(function(each) return each.label end, matches)[2], "title")
vim.lsp.util.apply_text_edits({ matches[2] and matches[2].textEdit }, 0, "utf-16")
check("a key is completed", vim.api.nvim_buf_get_lines(0, 1, 2, true)[1], "title:")

-- A code action.
open("apps/web.yaml")
wait_for(function() return #vim.diagnostic.get(0) > 0 end)
local params = vim.lsp.util.make_given_range_params({ 3, 0 }, { 3, 14 })
params.context = { diagnostics = vim.tbl_map(function(each)
    return vim.tbl_extend("force", each.user_data.lsp, {
        message = each.message,
        source = each.source,
        range = { start = { line = each.lnum, character = each.col },
                  ["end"] = { line = each.end_lnum, character = each.end_col } },
    })
end, vim.diagnostic.get(0)) }
local actions = ask("textDocument/codeAction", params) or {}
check("code action", actions[1] and actions[1].title, "Ignore values/empty-override here")
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
check("a comment", vim.api.nvim_buf_get_lines(0, 2, 3, true)[1], "# bulkhead: ignore[values/empty-override]")
wait_for(function() return #vim.diagnostic.get(0) == 0 end)
check("suppressed", messages(), {})

vim.lsp.stop_client(client)
wait_for(function() return vim.lsp.get_client_by_id(client) == nil end)
io.write(string.format("1..%d\n", count))
vim.cmd(failed > 0 and "cquit" or "qall!")
