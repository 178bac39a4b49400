#include "place.h"

/* In the order of the enumeration. */
static const char *const names[] = {"utf-16", "utf-8", "utf-32"};

const char *place_encoding_name(enum place_encoding encoding)
{
    return names[encoding];
}

enum place_encoding place_choose_encoding(const json_t *client_capabilities)
{
    const json_t *general = json_object_get(client_capabilities, "general");
    const json_t *offered = json_object_get(general, "positionEncodings");
    for (size_t i = 0; i < json_array_size(offered); i++) {
        const char *name = json_string_value(json_array_get(offered, i));
        for (size_t k = 0; name && k < sizeof names / sizeof *names; k++) {
            if (strcmp(name, names[k]) == 0)
                return (enum place_encoding)k;
        }
    }
    return PLACE_UTF16;
}

/* --- positions --- */

/* The units of the character at the start of a text that is not empty; its bytes in *ret_bytes. */
static size_t units_of(struct str text, enum place_encoding encoding, size_t *ret_bytes)
{
    uint32_t code_point;
    *ret_bytes = utf8_decode(text, &code_point);
    if (encoding == PLACE_UTF8)
        return *ret_bytes;
    return encoding == PLACE_UTF16 && code_point > 0xFFFF ? 2 : 1;
}

static bool number_of(const json_t *object, const char *key, size_t *ret_number)
{
    const json_t *number = json_object_get(object, key);
    if (!json_is_integer(number) || json_integer_value(number) < 0)
        return false;
    *ret_number = (size_t)json_integer_value(number);
    return true;
}

bool place_offset(struct str text, const json_t *position, enum place_encoding encoding,
                  size_t *ret_offset)
{
    size_t line, character;
    if (!number_of(position, "line", &line) || !number_of(position, "character", &character))
        return false;
    size_t offset = 0;
    for (; line > 0; line--) {
        size_t length = str_find_char(str_from(text, offset), '\n');
        if (length == STR_NOT_FOUND) {
            *ret_offset = text.n;
            return true;
        }
        offset += length + 1;
    }
    for (size_t units = 0; offset < text.n && text.p[offset] != '\n' && text.p[offset] != '\r';) {
        size_t bytes;
        units += units_of(str_from(text, offset), encoding, &bytes);
        if (units > character)
            break;
        offset += bytes;
    }
    *ret_offset = offset;
    return true;
}

json_t *place_position(struct str text, size_t offset, enum place_encoding encoding)
{
    struct str before = str_slice(text, 0, offset);
    size_t start = str_find_last_char(before, '\n');
    start = start == STR_NOT_FOUND ? 0 : start + 1;
    size_t units = 0;
    for (size_t i = start; i < before.n;) {
        size_t bytes;
        units += units_of(str_from(before, i), encoding, &bytes);
        i += bytes;
    }
    return json_pack("{s:I, s:I}", "line", (json_int_t)str_count_char(before, '\n'), "character",
                     (json_int_t)units);
}

json_t *place_range(struct str text, size_t start, size_t end, enum place_encoding encoding)
{
    return json_pack("{s:o, s:o}", "start", place_position(text, start, encoding), "end",
                     place_position(text, end, encoding));
}

/* --- URIs --- */

/* The value of a hexadecimal digit; 16 for anything else. */
static unsigned digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    return c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 16;
}

struct str place_path_of_uri(struct arena *arena, struct str uri)
{
    struct str scheme = STR("file://");
    if (!str_equal_ignoring_case(str_slice(uri, 0, scheme.n), scheme))
        return (struct str){0};
    struct str rest = str_from(uri, scheme.n);
    if (str_starts_with(rest, STR("localhost/")))
        rest = str_from(rest, strlen("localhost"));
    if (!rest.n || rest.p[0] != '/')
        return (struct str){0};
    struct text path = {.arena = arena};
    for (size_t i = 0; i < rest.n; i++) {
        bool is_escape = rest.p[i] == '%' && i + 2 < rest.n && digit_of(rest.p[i + 1]) < 16 &&
                         digit_of(rest.p[i + 2]) < 16;
        char c = rest.p[i];
        if (is_escape)
            c = (char)(digit_of(rest.p[i + 1]) * 16 + digit_of(rest.p[i + 2]));
        text_add_char(&path, c);
        i += is_escape ? 2 : 0;
    }
    return text_str(&path);
}

struct str place_uri_of_path(struct arena *arena, struct str path)
{
    struct text uri = {.arena = arena};
    text_add_c(&uri, "file://");
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (is_plain || (c && strchr("/-._~", c)))
            text_add_char(&uri, c);
        else
            text_format(&uri, "%%%02X", (unsigned)(unsigned char)c);
    }
    return text_str(&uri);
}
