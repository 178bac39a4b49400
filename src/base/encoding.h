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

/* RFC 3986: every byte but letters, digits, "-_.~" and those of `allowed` as %41. */
struct str percent_encode(struct arena *arena, struct str bytes, const char *allowed);
/* False when a "%" is followed by something else than two hexadecimal digits. */
bool percent_decode(struct arena *arena, struct str text, struct str *ret_bytes);

#endif
