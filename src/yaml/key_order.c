#include "write.h"

static uint32_t first_of(struct str s)
{
    uint32_t c = 0;
    if (s.n)
        utf8_decode(s, &c);
    return c;
}

/* True when digits other than zeros stand directly before an offset. */
static bool follows_number(struct str s, size_t offset)
{
    while (offset > 0 && s.p[offset - 1] >= '0' && s.p[offset - 1] <= '9') {
        if (s.p[--offset] != '0')
            return true;
    }
    return false;
}

/* The number at the start, and how many characters it has. Overflow wraps, as in Go. */
static size_t read_number(struct str s, uint64_t start, int64_t *ret_number)
{
    uint64_t number = start;
    size_t length = 0;
    while (s.n && is_go_digit(first_of(s))) {
        uint32_t c;
        s = str_from(s, utf8_decode(s, &c));
        number = number * 10 + c - '0';
        length++;
    }
    *ret_number = (int64_t)number;
    return length;
}

/* Two different characters, behind the same text. */
static int compare_from(struct str a, struct str b, size_t offset)
{
    struct str rest_a = str_from(a, offset);
    struct str rest_b = str_from(b, offset);
    uint32_t ca = first_of(rest_a);
    uint32_t cb = first_of(rest_b);
    bool a_is_letter = is_go_letter(ca);
    bool b_is_letter = is_go_letter(cb);
    if (a_is_letter && b_is_letter)
        return ca < cb ? -1 : 1;
    if (a_is_letter || b_is_letter)
        return b_is_letter ? -1 : 1;
    int64_t number_a;
    int64_t number_b;
    uint64_t start = (ca == '0' || cb == '0') && follows_number(a, offset);
    size_t length_a = read_number(rest_a, start, &number_a);
    size_t length_b = read_number(rest_b, start, &number_b);
    if (number_a != number_b)
        return number_a < number_b ? -1 : 1;
    if (length_a != length_b)
        return length_a < length_b ? -1 : 1;
    return ca < cb ? -1 : 1;
}

int yaml_compare_keys(struct str a, struct str b)
{
    size_t offset = 0;
    while (offset < a.n && offset < b.n) {
        uint32_t ca;
        uint32_t cb;
        size_t width = utf8_decode(str_from(a, offset), &ca);
        utf8_decode(str_from(b, offset), &cb);
        if (ca != cb)
            return compare_from(a, b, offset);
        offset += width;
    }
    return (a.n > b.n) - (a.n < b.n);
}
