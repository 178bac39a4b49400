#ifndef BULKHEAD_LSP_PLACE_H
#define BULKHEAD_LSP_PLACE_H

#include "message.h"

/* Places as the protocol has them: URIs, and positions that count in units of the encoding that was
 * agreed on. Lines and columns start at 0. */
enum place_encoding { PLACE_UTF16, PLACE_UTF8, PLACE_UTF32 };

/* "utf-16", "utf-8" or "utf-32". */
const char *place_encoding_name(enum place_encoding encoding);
/* What the client likes best of what is spoken here; UTF-16, which all speak, when it says nothing.
 */
enum place_encoding place_choose_encoding(const json_t *client_capabilities);

/* Position → offset, cut to the line and to the text; false when it is no position. */
bool place_offset(struct str text, const json_t *position, enum place_encoding encoding,
                  size_t *ret_offset);
/* Offset → position. */
json_t *place_position(struct str text, size_t offset, enum place_encoding encoding);
json_t *place_range(struct str text, size_t start, size_t end, enum place_encoding encoding);

/* The path of a file: URI with its escapes undone, in the arena; p == NULL for anything else. */
struct str place_path_of_uri(struct arena *arena, struct str uri);
struct str place_uri_of_path(struct arena *arena, struct str path);

#endif
