#include "encoding.h"

#include "letter.h"
#include "text.h"

/* Groups of `bytes` bytes become `characters` characters of `bits` bits. */
struct encoding {
    const char *alphabet;
    unsigned bits, bytes, characters;
};

static const struct encoding base64 = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6, 3, 4};
static const struct encoding base32 = {"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5, 5, 8};

static struct str encode(struct arena *arena, const struct encoding *encoding, struct str bytes)
{
    struct text out = {.arena = arena};
    for (size_t i = 0; i < bytes.n; i += encoding->bytes) {
        uint64_t group = 0;
        size_t there = bytes.n - i < encoding->bytes ? bytes.n - i : encoding->bytes;
        for (size_t k = 0; k < encoding->bytes; k++)
            group = group << 8 | (k < there ? (uint8_t)bytes.p[i + k] : 0u);
        size_t used = (there * 8 + encoding->bits - 1) / encoding->bits;
        for (unsigned k = 0; k < encoding->characters; k++) {
            unsigned shift = encoding->bits * (encoding->characters - 1 - k);
            uint64_t digit = group >> shift & ((1u << encoding->bits) - 1);
            text_add_char(&out, k < used ? encoding->alphabet[digit] : '=');
        }
    }
    return text_str(&out);
}

/* One group on its way: what was read of it. */
struct group {
    uint64_t bits;
    unsigned count;   /* characters */
    unsigned padding; /* "=" */
};

static void add_bytes(struct text *out, const struct encoding *encoding, const struct group *group)
{
    uint64_t bits = group->bits << (encoding->bits * (encoding->characters - group->count));
    unsigned bytes = group->count * encoding->bits / 8;
    for (unsigned k = 0; k < bytes; k++)
        text_add_char(out, (char)(bits >> (8 * (encoding->bytes - 1 - k)) & 0xFF));
}

/* How many characters of a last group can stand for whole bytes. */
static bool is_whole(const struct encoding *encoding, unsigned count)
{
    return count * encoding->bits / 8 > 0 && count * encoding->bits % 8 < encoding->bits;
}

static bool decode(struct arena *arena, const struct encoding *encoding, struct str text,
                   struct str *ret_bytes, size_t *ret_at)
{
    struct text out = {.arena = arena};
    struct group group = {0};
    size_t at = 0;
    for (; at < text.n; at++) {
        char c = text.p[at];
        const char *digit = c ? strchr(encoding->alphabet, c) : NULL;
        *ret_at = at;
        if (c == '\r' || c == '\n')
            continue;
        if (c == '=' && group.count + group.padding < encoding->characters &&
            is_whole(encoding, group.count)) {
            group.padding++;
            continue;
        }
        if (!digit || group.padding)
            return false;
        group.bits = group.bits << encoding->bits | (uint64_t)(digit - encoding->alphabet);
        if (++group.count == encoding->characters) {
            add_bytes(&out, encoding, &group);
            group = (struct group){0};
        }
    }
    if (group.count && group.count + group.padding != encoding->characters) {
        *ret_at = text.n - group.count;
        return false;
    }
    if (group.count)
        add_bytes(&out, encoding, &group);
    *ret_bytes = text_str(&out);
    return true;
}

struct str base64_encode(struct arena *arena, struct str bytes)
{
    return encode(arena, &base64, bytes);
}

struct str base32_encode(struct arena *arena, struct str bytes)
{
    return encode(arena, &base32, bytes);
}

bool base64_decode(struct arena *arena, struct str text, struct str *ret_bytes, size_t *ret_at)
{
    return decode(arena, &base64, text, ret_bytes, ret_at);
}

bool base32_decode(struct arena *arena, struct str text, struct str *ret_bytes, size_t *ret_at)
{
    return decode(arena, &base32, text, ret_bytes, ret_at);
}

struct str percent_encode(struct arena *arena, struct str bytes, const char *allowed)
{
    struct text text = {.arena = arena};
    for (size_t i = 0; i < bytes.n; i++) {
        char c = bytes.p[i];
        if (is_ascii_alphanumeric(c) || (c && (strchr("-_.~", c) || strchr(allowed, c))))
            text_add_char(&text, c);
        else
            text_format(&text, "%%%02X", (unsigned char)c);
    }
    return text_str(&text);
}

bool percent_decode(struct arena *arena, struct str text, struct str *ret_bytes)
{
    struct text bytes = {.arena = arena};
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '%') {
            text_add_char(&bytes, text.p[i]);
            continue;
        }
        int high = i + 2 < text.n ? digit_value(text.p[i + 1]) : 99;
        int low = i + 2 < text.n ? digit_value(text.p[i + 2]) : 99;
        if (high > 15 || low > 15)
            return false;
        text_add_char(&bytes, (char)(high * 16 + low));
        i += 2;
    }
    *ret_bytes = text_str(&bytes);
    return true;
}
