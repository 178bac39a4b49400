#include "time.h"

static const struct {
    const char *text;
    enum layout_element element;
} elements[] = {
    {"January", LAYOUT_LONG_MONTH},
    {"Jan", LAYOUT_MONTH},
    {"Monday", LAYOUT_LONG_WEEKDAY},
    {"Mon", LAYOUT_WEEKDAY},
    {"MST", LAYOUT_ZONE_NAME},
    {"002", LAYOUT_ZERO_YEAR_DAY},
    {"01", LAYOUT_ZERO_MONTH},
    {"02", LAYOUT_ZERO_DAY},
    {"03", LAYOUT_ZERO_HOUR_12},
    {"04", LAYOUT_ZERO_MINUTE},
    {"05", LAYOUT_ZERO_SECOND},
    {"06", LAYOUT_YEAR},
    {"15", LAYOUT_HOUR},
    {"1", LAYOUT_NUMBER_MONTH},
    {"2006", LAYOUT_LONG_YEAR},
    {"2", LAYOUT_DAY},
    {"__2", LAYOUT_SPACE_YEAR_DAY},
    {"_2", LAYOUT_SPACE_DAY},
    {"3", LAYOUT_HOUR_12},
    {"4", LAYOUT_MINUTE},
    {"5", LAYOUT_SECOND},
    {"PM", LAYOUT_PM},
    {"pm", LAYOUT_LOWER_PM},
    {"-07:00", LAYOUT_NUMBER_COLON_ZONE},
    {"-0700", LAYOUT_NUMBER_ZONE},
    {"-07", LAYOUT_SHORT_ZONE},
    {"Z07:00", LAYOUT_ISO_COLON_ZONE},
    {"Z0700", LAYOUT_ISO_ZONE},
};

/* ".000" or ",999" that no other digit follows. */
static size_t fraction_at(struct str s, enum layout_element *ret_element)
{
    if (s.n < 2 || (s.p[0] != '.' && s.p[0] != ',') || (s.p[1] != '0' && s.p[1] != '9'))
        return 0;
    size_t n = 1;
    while (n < s.n && s.p[n] == s.p[1])
        n++;
    if (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
        return 0;
    *ret_element = s.p[1] == '0' ? LAYOUT_FRACTION_0 : LAYOUT_FRACTION_9;
    return n;
}

/* "Jan" at the start of "January" was tried before; "Jane" is no month. */
static bool is_cut_word(struct str s, struct str text)
{
    bool is_word = str_is(text, "Jan") || str_is(text, "Mon");
    return is_word && s.n > text.n && s.p[text.n] >= 'a' && s.p[text.n] <= 'z';
}

static size_t element_at(struct str s, enum layout_element *ret_element)
{
    size_t fraction = fraction_at(s, ret_element);
    if (fraction)
        return fraction;
    /* "_2006" is an underscore and a year. */
    if (str_starts_with(s, STR("_2006")))
        return 0;
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        struct str text = str_from_c(elements[i].text);
        if (str_starts_with(s, text) && !is_cut_word(s, text)) {
            *ret_element = elements[i].element;
            return text.n;
        }
    }
    return 0;
}

struct layout_part layout_next(struct str *layout)
{
    struct layout_part part = {.text = *layout};
    for (size_t i = 0; i < layout->n; i++) {
        size_t length = element_at(str_from(*layout, i), &part.element);
        if (!length)
            continue;
        part.text = str_slice(*layout, 0, i);
        part.digits = length - 1;
        *layout = str_from(*layout, i + length);
        return part;
    }
    *layout = STR("");
    return part;
}
