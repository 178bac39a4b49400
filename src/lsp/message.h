#ifndef BULKHEAD_LSP_MESSAGE_H
#define BULKHEAD_LSP_MESSAGE_H

#include <jansson.h>

#include "base/base.h"

/* JSON-RPC 2.0 with the framing of the Language Server Protocol. */

enum message_error {
    MESSAGE_NO_JSON = -32700,
    MESSAGE_INVALID = -32600,
    MESSAGE_NO_METHOD = -32601,
    MESSAGE_WRONG_PARAMS = -32602,
    MESSAGE_NOT_INITIALIZED = -32002,
};

/* Bytes that came and were not taken as messages yet. Zeroed but for the descriptor it is ready. */
struct message_input {
    int descriptor;
    struct arena arena; /* of the bytes */
    char *bytes;
    size_t start, end, capacity;
    size_t wanted; /* the length of the content that comes next; 0: a header comes next */
    bool is_lost;  /* what came was no header; said once until one comes again */
    bool is_over;  /* nothing more will come */
};

enum message_state {
    MESSAGE_NONE,   /* more has to come first */
    MESSAGE_READ,   /* *ret_content holds one, until the next call */
    MESSAGE_BROKEN, /* what came has no length, or one that is too large: it was left out */
};

/* Reads what has come; waits for something when nothing has. */
void message_receive(struct message_input *input);
/* Takes the next message of what was received. */
enum message_state message_take(struct message_input *input, struct str *ret_content);
/* True when bytes wait that message_receive has not read. */
bool message_is_waiting(const struct message_input *input);

/* A slice as JSON; what is no UTF-8 in it becomes U+FFFD. */
json_t *message_text(struct arena *arena, struct str text);
/* The string of a key, which borrows from the object; p == NULL when there is none. */
struct str message_string(const json_t *object, const char *key);

/* Each writes one message and gives `content` up. False when the client is gone. */
bool message_send(int descriptor, json_t *content);
bool message_answer(int descriptor, json_t *id, json_t *result);
bool message_refuse(int descriptor, json_t *id, enum message_error code, const char *problem);
bool message_notify(int descriptor, const char *method, json_t *params);

#endif
