#ifndef BULKHEAD_BASE_TEXT_H
#define BULKHEAD_BASE_TEXT_H

#include <stdarg.h>

#include "str.h"

/* A text that grows at its end. Make one with {.arena = …}; its bytes live in that arena. */
struct text {
    struct arena *arena;
    char *p;
    size_t n, capacity;
};

static inline void text_add(struct text *text, struct str s);
static inline void text_add_c(struct text *text, const char *s);
static inline void text_add_char(struct text *text, char c);
/* In UTF-8; what is no code point becomes U+FFFD. */
void text_add_code_point(struct text *text, uint32_t code_point);
void text_add_repeated(struct text *text, char c, size_t times);
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_format_list(struct text *text, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));
/* What was written so far, followed by a NUL that is not counted. Adding more may move it. */
struct str text_str(struct text *text);

/* Makes room for so many bytes more and a NUL. */
void text_reserve(struct text *text, size_t more);
static inline void text_add(struct text *text, struct str s)
{
    if (s.n == 0)
        return;
    if (!text->p || s.n >= text->capacity - text->n)
        text_reserve(text, s.n);
    memcpy(text->p + text->n, s.p, s.n);
    text->n += s.n;
}
static inline void text_add_c(struct text *text, const char *s)
{
    text_add(text, str_from_c(s));
}
static inline void text_add_char(struct text *text, char c)
{
    text_add(text, (struct str){&c, 1});
}

#endif
