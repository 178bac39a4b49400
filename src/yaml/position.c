#include "private.h"

struct cursor cursor_start(struct str bytes)
{
    return (struct cursor){.bytes = bytes,
                           .offset = str_starts_with(bytes, STR("\xEF\xBB\xBF")) ? 3 : 0};
}

static bool is_continuation(struct str bytes, size_t offset)
{
    return offset < bytes.n && ((unsigned char)bytes.p[offset] & 0xC0) == 0x80;
}

uint32_t cursor_offset(struct cursor *cursor, size_t character)
{
    struct str bytes = cursor->bytes;
    for (; cursor->character < character && cursor->offset < bytes.n; cursor->character++) {
        do
            cursor->offset++;
        while (is_continuation(bytes, cursor->offset));
    }
    for (; cursor->character > character && cursor->offset > 0; cursor->character--) {
        do
            cursor->offset--;
        while (cursor->offset > 0 && is_continuation(bytes, cursor->offset));
    }
    return (uint32_t)cursor->offset;
}

bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

bool is_blank_or_break(char c)
{
    return c == ' ' || c == '\t' || is_break(c);
}

bool ends_line(struct str bytes, size_t at)
{
    struct str rest = str_from(bytes, at);
    if (rest.n && (unsigned char)rest.p[0] < 0x80)
        return is_break(rest.p[0]);
    return rest.n == 0 || str_starts_with(rest, STR("\xC2\x85")) ||
           str_starts_with(rest, STR("\xE2\x80\xA8")) || str_starts_with(rest, STR("\xE2\x80\xA9"));
}

static bool ends_word(struct str bytes, size_t at)
{
    return ends_line(bytes, at) || is_blank_or_break(bytes.p[at]);
}

uint32_t skip_properties(struct str bytes, uint32_t at, uint32_t end, unsigned count)
{
    for (; at < end; at++) {
        char c = bytes.p[at];
        bool property = c == '&' || c == '!';
        if (property && count > 0) {
            count--;
            while (at + 1 < end && !ends_word(bytes, at + 1))
                at++;
        } else if (c == '#') {
            while (at + 1 < end && !ends_line(bytes, at + 1))
                at++;
        } else if (!ends_word(bytes, at) && !is_continuation(bytes, at)) {
            break;
        }
    }
    return at;
}

uint32_t trim_end(struct str bytes, struct span span)
{
    while (span.end > span.start && is_blank_or_break(bytes.p[span.end - 1]))
        span.end--;
    return span.end;
}
