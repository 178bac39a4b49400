#include "message.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

enum { MESSAGE_MOST_BYTES = 256 << 20, HEADER_MOST_BYTES = 4096, RECEIVE_BYTES = 1 << 16 };

/* --- input --- */

static struct str received(const struct message_input *input)
{
    return str_slice((struct str){input->bytes, input->end}, input->start, input->end);
}

/* Makes room for the bytes that are still to come. */
static void make_room(struct message_input *input, size_t more)
{
    struct str kept = received(input);
    if (input->capacity - input->end >= more)
        return;
    size_t capacity = (kept.n + more) * 2;
    struct arena arena = {0};
    char *bytes = arena_alloc(&arena, capacity, 1);
    if (kept.n)
        memcpy(bytes, kept.p, kept.n);
    arena_release(&input->arena);
    input->arena = arena;
    input->bytes = bytes;
    input->capacity = capacity;
    input->start = 0;
    input->end = kept.n;
}

void message_receive(struct message_input *input)
{
    size_t missing =
        input->wanted > input->end - input->start ? input->wanted - (input->end - input->start) : 0;
    make_room(input, missing > RECEIVE_BYTES ? missing : RECEIVE_BYTES);
    ssize_t count;
    do {
        count = read(input->descriptor, input->bytes + input->end, input->capacity - input->end);
    } while (count < 0 && errno == EINTR);
    if (count <= 0)
        input->is_over = true;
    else
        input->end += (size_t)count;
}

bool message_is_waiting(const struct message_input *input)
{
    struct pollfd wait = {.fd = input->descriptor, .events = POLLIN};
    return poll(&wait, 1, 0) > 0;
}

/* The number behind the last Content-Length of a header; 0 when there is none or it is wrong. */
static size_t header_length(struct str header)
{
    struct str name = STR("content-length:");
    size_t length = 0;
    while (header.p) {
        struct str line = str_trim(str_cut(&header, '\n'));
        if (!str_equal_ignoring_case(str_slice(line, 0, name.n), name))
            continue;
        struct str digits = str_trim(str_from(line, name.n));
        length = 0;
        for (size_t i = 0; i < digits.n && length <= MESSAGE_MOST_BYTES; i++) {
            if (digits.p[i] < '0' || digits.p[i] > '9')
                return 0;
            length = length * 10 + (size_t)(digits.p[i] - '0');
        }
    }
    return length > MESSAGE_MOST_BYTES ? 0 : length;
}

/* Where a header can begin in what is none; the end when it cannot. */
static size_t next_header(struct str bytes)
{
    size_t at = str_find(str_from(bytes, 1), STR("Content-"));
    return at == STR_NOT_FOUND ? bytes.n : at + 1;
}

static enum message_state lose(struct message_input *input, size_t count)
{
    bool is_known = input->is_lost;
    input->start += count;
    input->is_lost = true;
    return is_known ? MESSAGE_NONE : MESSAGE_BROKEN;
}

/* Reads a header; MESSAGE_READ: the content comes next. */
static enum message_state take_header(struct message_input *input)
{
    struct str bytes = received(input);
    size_t end = str_find(bytes, STR("\r\n\r\n"));
    bool begins = str_equal_ignoring_case(str_slice(bytes, 0, 8), STR("content-"));
    if (bytes.n >= 8 && !begins)
        return lose(input, next_header(bytes));
    if (end == STR_NOT_FOUND)
        return bytes.n > HEADER_MOST_BYTES ? lose(input, bytes.n) : MESSAGE_NONE;
    size_t length = header_length(str_slice(bytes, 0, end));
    if (!length)
        return lose(input, end + 4);
    input->start += end + 4;
    input->wanted = length;
    input->is_lost = false;
    return MESSAGE_READ;
}

enum message_state message_take(struct message_input *input, struct str *ret_content)
{
    while (!input->wanted) {
        size_t before = input->start;
        enum message_state state = take_header(input);
        bool goes_on = state == MESSAGE_NONE && input->start > before;
        if (state != MESSAGE_READ && !goes_on)
            return state;
    }
    struct str bytes = received(input);
    if (bytes.n < input->wanted)
        return MESSAGE_NONE;
    *ret_content = str_slice(bytes, 0, input->wanted);
    input->start += input->wanted;
    input->wanted = 0;
    return MESSAGE_READ;
}

/* --- JSON --- */

json_t *message_text(struct arena *arena, struct str text)
{
    struct str valid = utf8_make_valid(arena, text);
    return json_stringn(valid.n ? valid.p : "", valid.n);
}

struct str message_string(const json_t *object, const char *key)
{
    const json_t *text = json_object_get(object, key);
    return json_is_string(text) ? (struct str){json_string_value(text), json_string_length(text)}
                                : (struct str){0};
}

/* --- output --- */

static bool write_all(int descriptor, struct str bytes)
{
    while (bytes.n) {
        ssize_t count = write(descriptor, bytes.p, bytes.n);
        if (count < 0 && errno != EINTR)
            return false;
        if (count > 0)
            bytes = str_from(bytes, (size_t)count);
    }
    return true;
}

static int append(const char *bytes, size_t count, void *context)
{
    text_add(context, (struct str){bytes, count});
    return 0;
}

bool message_send(int descriptor, json_t *content)
{
    struct arena arena = {0};
    struct text body = {.arena = &arena};
    json_object_set_new(content, "jsonrpc", json_string("2.0"));
    json_dump_callback(content, append, &body, JSON_COMPACT);
    json_decref(content);
    struct str text = text_str(&body);
    bool sent = write_all(descriptor, str_format(&arena, "Content-Length: %zu\r\n\r\n", text.n)) &&
                write_all(descriptor, text);
    arena_release(&arena);
    return sent;
}

bool message_answer(int descriptor, json_t *id, json_t *result)
{
    return message_send(descriptor, json_pack("{s:O, s:o}", "id", id, "result", result));
}

bool message_refuse(int descriptor, json_t *id, enum message_error code, const char *problem)
{
    json_t *error = json_pack("{s:i, s:s}", "code", (int)code, "message", problem);
    json_t *content = json_pack("{s:o}", "error", error);
    json_object_set_new(content, "id", id ? json_incref(id) : json_null());
    return message_send(descriptor, content);
}

bool message_notify(int descriptor, const char *method, json_t *params)
{
    return message_send(descriptor, json_pack("{s:s, s:o}", "method", method, "params", params));
}
