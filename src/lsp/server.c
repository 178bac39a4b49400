#include <poll.h>

#include "analysis.h"
#include "document.h"
#include "lsp.h"
#include "request.h"

enum server_state { SERVER_NEW, SERVER_RUNNING, SERVER_SHUT_DOWN, SERVER_ENDED };

struct server {
    const struct lsp_options *options;
    struct arena arena;   /* as long as the server */
    struct arena scratch; /* of one message */
    struct message_input input;
    enum server_state state;
    bool watches_files; /* the client can tell of files that change outside of it */
    struct document_list documents;
    struct view view; /* what questions are answered from */
    struct analysis *analysis;
    bool is_changed;   /* since the analysis was asked */
    bool is_stale;     /* the view does not show what the editor does */
    bool disk_changed; /* since the analysis was asked */
    bool disk_is_stale;
    bool is_gone; /* the client takes no more messages */
};

static void note(struct server *server, bool sent)
{
    server->is_gone = server->is_gone || !sent;
}

/* --- texts --- */

struct file_list {
    struct view_file *items;
    size_t count, capacity;
};

static struct file_list open_files(struct server *server)
{
    struct file_list files = {0};
    for (size_t i = 0; i < server->documents.count; i++) {
        const struct document *document = &server->documents.items[i];
        if (document->arena && document->path.p)
            vector_push(&server->scratch, &files,
                        ((struct view_file){document->uri, document->path, document->text,
                                            document->version}));
    }
    return files;
}

static void note_change(struct server *server, bool on_disk)
{
    server->is_changed = server->is_stale = true;
    server->disk_changed = server->disk_changed || on_disk;
    server->disk_is_stale = server->disk_is_stale || on_disk;
}

static void show(struct server *server)
{
    if (!server->is_stale)
        return;
    struct file_list files = open_files(server);
    view_show(&server->view, files.items, files.count, server->disk_is_stale);
    server->is_stale = server->disk_is_stale = false;
}

static void ask_analysis(struct server *server)
{
    if (!server->is_changed || !server->analysis)
        return;
    struct file_list files = open_files(server);
    analysis_ask(server->analysis, files.items, files.count, server->disk_changed);
    server->is_changed = server->disk_changed = false;
}

/* --- the life of a server --- */

/* The folder that the client has open; p == NULL when it is none of the file system. */
static struct str folder_of(struct server *server, const json_t *params)
{
    const json_t *folders = json_object_get(params, "workspaceFolders");
    struct str uri = message_string(json_array_get(folders, 0), "uri");
    if (!uri.p)
        uri = message_string(params, "rootUri");
    struct str path =
        uri.p ? place_path_of_uri(&server->scratch, uri) : message_string(params, "rootPath");
    return path.p ? tree_real_path(&server->arena, path) : path;
}

static json_t *capabilities_of(const struct server *server)
{
    json_t *capabilities = json_pack(
        "{s:s, s:{s:b, s:i, s:b}, s:b, s:b, s:b, s:b, s:{s:[s, s]}, s:{s:[s]}}", "positionEncoding",
        place_encoding_name(server->view.encoding), "textDocumentSync", "openClose", 1, "change", 2,
        "save", 1, "hoverProvider", 1, "definitionProvider", 1, "referencesProvider", 1,
        "documentSymbolProvider", 1, "completionProvider", "triggerCharacters", ".", ":",
        "codeActionProvider", "codeActionKinds", "quickfix");
    return json_pack("{s:o, s:{s:s, s:s}}", "capabilities", capabilities, "serverInfo", "name",
                     "bulkhead", "version", BULKHEAD_VERSION);
}

static json_t *initialize(struct server *server, const json_t *params)
{
    const json_t *client = json_object_get(params, "capabilities");
    const json_t *workspace = json_object_get(client, "workspace");
    const json_t *watching = json_object_get(workspace, "didChangeWatchedFiles");
    server->watches_files = json_is_true(json_object_get(watching, "dynamicRegistration"));
    struct str folder = folder_of(server, params);
    struct view *view = &server->view;
    view->root = folder.p ? tree_find_root(&server->arena, folder) : folder;
    view->encoding = place_choose_encoding(client);
    view->jobs = server->options->jobs;
    server->state = SERVER_RUNNING;
    note_change(server, false);
    return capabilities_of(server);
}

/* Answers shall not wait for an analysis: one processor is left to them. */
static unsigned analysis_jobs(unsigned wanted)
{
    unsigned processors = parallel_processors();
    if (wanted)
        return wanted;
    return processors > 1 ? processors - 1 : 1;
}

static void initialized(struct server *server, const json_t *params)
{
    (void)params;
    if (server->analysis || !server->view.root.p)
        return;
    if (server->watches_files) {
        json_t *watchers = json_pack("{s:[{s:s}]}", "watchers", "globPattern", "**/*");
        json_t *registration =
            json_pack("{s:s, s:s, s:o}", "id", "files", "method", "workspace/didChangeWatchedFiles",
                      "registerOptions", watchers);
        note(server, message_send(server->options->output,
                                  json_pack("{s:s, s:s, s:{s:[o]}}", "id", "watch-files", "method",
                                            "client/registerCapability", "params", "registrations",
                                            registration)));
    }
    struct analysis_options options = {
        .root = server->view.root,
        .today = server->options->today,
        .encoding = server->view.encoding,
        .jobs = analysis_jobs(server->options->jobs),
    };
    server->analysis = analysis_start(&server->arena, &options);
}

static json_t *shut_down(struct server *server, const json_t *params)
{
    (void)params;
    server->state = SERVER_SHUT_DOWN;
    return json_null();
}

/* --- notifications about files --- */

static struct document *document_of(const struct server *server, const json_t *params)
{
    const json_t *named = json_object_get(params, "textDocument");
    return document_find(&server->documents, message_string(named, "uri"));
}

static void did_open(struct server *server, const json_t *params)
{
    document_open(&server->documents, json_object_get(params, "textDocument"), server->view.root);
    note_change(server, false);
}

static void did_change(struct server *server, const json_t *params)
{
    struct document *document = document_of(server, params);
    const json_t *named = json_object_get(params, "textDocument");
    if (!document)
        return;
    document_change(document, json_object_get(params, "contentChanges"), server->view.encoding);
    document->version = json_integer_value(json_object_get(named, "version"));
    note_change(server, false);
}

static void did_close(struct server *server, const json_t *params)
{
    struct document *document = document_of(server, params);
    if (document)
        document_close(document);
    note_change(server, false);
}

static void files_changed(struct server *server, const json_t *params)
{
    (void)params;
    note_change(server, true);
}

static void ignore(struct server *server, const json_t *params)
{
    (void)server;
    (void)params;
}

static void leave(struct server *server, const json_t *params)
{
    (void)params;
    server->state = server->state == SERVER_SHUT_DOWN ? SERVER_ENDED : SERVER_NEW;
    server->input.is_over = true;
}

/* --- dispatch --- */

static const struct notification {
    const char *method;
    void (*handle)(struct server *server, const json_t *params);
} notifications[] = {
    {"initialized", initialized},
    {"exit", leave},
    {"textDocument/didOpen", did_open},
    {"textDocument/didChange", did_change},
    {"textDocument/didClose", did_close},
    {"textDocument/didSave", files_changed},
    {"workspace/didChangeWatchedFiles", files_changed},
    {"workspace/didChangeConfiguration", ignore},
};

static const struct question {
    const char *method;
    json_t *(*handle)(struct server *server, const json_t *params); /* about the server */
    json_t *(*answer)(const struct request *request);               /* about a file */
    bool has_position;
} questions[] = {
    {"initialize", .handle = initialize},
    {"shutdown", .handle = shut_down},
    {"textDocument/hover", .answer = answer_hover, .has_position = true},
    {"textDocument/definition", .answer = answer_definition, .has_position = true},
    {"textDocument/references", .answer = answer_references, .has_position = true},
    {"textDocument/completion", .answer = answer_completion, .has_position = true},
    {"textDocument/codeAction", .answer = answer_code_action},
    {"textDocument/documentSymbol", .answer = answer_document_symbol},
};

static const struct question *find_question(struct str method)
{
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        if (str_is(method, questions[i].method))
            return &questions[i];
    }
    return NULL;
}

static void refuse(struct server *server, json_t *id, enum message_error code, const char *problem)
{
    note(server, message_refuse(server->options->output, id, code, problem));
}

/* NULL when the params are wrong; null for a file that is not in the repository. */
static json_t *answer_about_file(struct server *server, const struct question *question,
                                 const json_t *params)
{
    struct str uri = message_string(json_object_get(params, "textDocument"), "uri");
    const json_t *position = json_object_get(params, "position");
    const struct document *document = document_find(&server->documents, uri);
    struct request request = {.arena = &server->scratch, .params = params};
    size_t ignored;
    if (!uri.p || (question->has_position &&
                   !place_offset(STR(""), position, server->view.encoding, &ignored)))
        return NULL;
    request.path = document ? document->path : document_path(request.arena, uri, server->view.root);
    if (!request.path.p)
        return json_null();
    show(server);
    request.view = &server->view;
    request.file = tree_find(server->view.tree, request.path);
    if (!request.file || request.file->state != FILE_READ)
        return json_null();
    request.path = request.file->path;
    if (question->has_position)
        place_offset(request.file->bytes, position, server->view.encoding, &request.offset);
    return question->answer(&request);
}

static void handle_question(struct server *server, json_t *id, struct str method,
                            const json_t *params)
{
    const struct question *question = find_question(method);
    bool begins = str_is(method, "initialize");
    if (!begins && server->state == SERVER_NEW) {
        refuse(server, id, MESSAGE_NOT_INITIALIZED, "initialize comes first");
    } else if (server->state == SERVER_SHUT_DOWN || (begins && server->state != SERVER_NEW)) {
        refuse(server, id, MESSAGE_INVALID,
               begins ? "initialize comes once" : "the server was shut down");
    } else if (!question) {
        refuse(server, id, MESSAGE_NO_METHOD, "there is no such method");
    } else {
        json_t *result = question->handle ? question->handle(server, params)
                                          : answer_about_file(server, question, params);
        if (result)
            note(server, message_answer(server->options->output, id, result));
        else
            refuse(server, id, MESSAGE_WRONG_PARAMS, "a document's uri or a position is missing");
    }
}

static void handle_notification(struct server *server, struct str method, const json_t *params)
{
    bool is_exit = str_is(method, "exit");
    if (!is_exit && server->state != SERVER_RUNNING)
        return;
    for (size_t i = 0; i < sizeof notifications / sizeof *notifications; i++) {
        if (str_is(method, notifications[i].method))
            notifications[i].handle(server, params);
    }
}

static void drop_json(json_t **json)
{
    json_decref(*json);
}

static void handle_content(struct server *server, struct str content)
{
    CLEANUP(drop_json) json_t *message = json_loadb(content.p, content.n, JSON_ALLOW_NUL, NULL);
    json_t *id = json_object_get(message, "id");
    struct str method = message_string(message, "method");
    const json_t *params = json_object_get(message, "params");
    bool is_id = json_is_string(id) || json_is_integer(id);
    bool is_answer = json_object_get(message, "result") || json_object_get(message, "error");
    if (!message)
        refuse(server, NULL, MESSAGE_NO_JSON, "the content is no JSON");
    else if (!method.p && is_answer)
        return;
    else if (!method.p || (id && !is_id))
        refuse(server, is_id ? id : NULL, MESSAGE_INVALID, "the message is no JSON-RPC 2.0");
    else if (id)
        handle_question(server, id, method, params);
    else
        handle_notification(server, method, params);
    arena_reset(&server->scratch);
}

/* --- the loop --- */

/* Handles everything that was received; questions are answered in the order in which they came. */
static void handle_received(struct server *server)
{
    struct str content;
    enum message_state state;
    while (server->state != SERVER_ENDED &&
           (state = message_take(&server->input, &content)) != MESSAGE_NONE) {
        if (state == MESSAGE_READ)
            handle_content(server, content);
        else
            refuse(server, NULL, MESSAGE_NO_JSON, "what came has no Content-Length");
    }
}

static void publish(struct server *server)
{
    CLEANUP(drop_json) json_t *results = analysis_take(server->analysis);
    for (size_t i = 0; i < json_array_size(results); i++)
        note(server, message_notify(server->options->output, "textDocument/publishDiagnostics",
                                    json_incref(json_array_get(results, i))));
}

/* Waits for the client or the analysis. An analysis is asked for when the client has nothing more
 * to say for now: of many letters only the last counts. */
static void serve_once(struct server *server)
{
    if (!message_is_waiting(&server->input))
        ask_analysis(server);
    arena_reset(&server->scratch);
    struct pollfd waits[2] = {
        {.fd = server->options->input, .events = POLLIN},
        {.fd = server->analysis ? analysis_descriptor(server->analysis) : -1, .events = POLLIN},
    };
    if (poll(waits, 2, -1) < 0)
        return;
    if (waits[1].revents)
        publish(server);
    if (waits[0].revents) {
        message_receive(&server->input);
        handle_received(server);
    }
}

bool lsp_serve(const struct lsp_options *options)
{
    struct server server = {.options = options, .input = {.descriptor = options->input}};
    while (!server.input.is_over && !server.is_gone)
        serve_once(&server);
    if (server.analysis)
        analysis_end(server.analysis);
    view_close(&server.view);
    documents_close(&server.documents);
    arena_release(&server.input.arena);
    arena_release(&server.scratch);
    arena_release(&server.arena);
    return server.state == SERVER_ENDED;
}
