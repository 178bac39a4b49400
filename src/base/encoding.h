#ifndef BULKHEAD_BASE_ENCODING_H
#define BULKHEAD_BASE_ENCODING_H

#include "str.h"

/* RFC 4648 with padding, as Go's encoding/base64 and base32 (StdEncoding). */
struct str base64_encode(struct arena *arena, struct str bytes);
struct str base32_encode(struct arena *arena, struct str bytes);
/* Line ends are passed over. False when the text is not encoded so; *ret_at is the offset of the
 * first byte that is wrong, as Go tells it. */
bool base64_decode(struct arena *arena, struct str text, struct str *ret_bytes, size_t *ret_at);
bool base32_decode(struct arena *arena, struct str text, struct str *ret_bytes, size_t *ret_at);

#endif
