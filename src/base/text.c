#include "text.h"

#include <stdio.h>

#include "utf8.h"

static void reserve(struct text *text, size_t more)
{
    size_t needed = text->n + more + 1;
    if (needed <= text->capacity)
        return;
    size_t capacity = text->capacity ? text->capacity * 2 : 64;
    if (capacity < needed)
        capacity = needed;
    char *moved = arena_alloc(text->arena, capacity, 1);
    if (text->n)
        memcpy(moved, text->p, text->n);
    text->p = moved;
    text->capacity = capacity;
}

void text_add(struct text *text, struct str s)
{
    if (s.n == 0)
        return;
    reserve(text, s.n);
    memcpy(text->p + text->n, s.p, s.n);
    text->n += s.n;
}

void text_add_c(struct text *text, const char *s)
{
    text_add(text, str_from_c(s));
}

void text_add_char(struct text *text, char c)
{
    text_add(text, (struct str){&c, 1});
}

void text_add_repeated(struct text *text, char c, size_t times)
{
    reserve(text, times);
    memset(text->p + text->n, c, times);
    text->n += times;
}

void text_format_list(struct text *text, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n > 0) {
        reserve(text, (size_t)n);
        vsnprintf(text->p + text->n, (size_t)n + 1, format, again);
        text->n += (size_t)n;
    }
    va_end(again);
}

void text_format(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    text_format_list(text, format, args);
    va_end(args);
}

struct str text_str(struct text *text)
{
    reserve(text, 0);
    text->p[text->n] = 0;
    return (struct str){text->p, text->n};
}

void text_add_code_point(struct text *text, uint32_t code_point)
{
    char bytes[4];
    text_add(text, (struct str){bytes, utf8_write(code_point, bytes)});
}
