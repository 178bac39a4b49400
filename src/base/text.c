#include "text.h"

#include <stdio.h>

#include "utf8.h"

void text_reserve(struct text *text, size_t more)
{
    size_t needed = text->n + more + 1;
    if (text->p && needed <= text->capacity)
        return;
    size_t capacity = text->capacity ? text->capacity * 2 : 64;
    if (capacity < needed)
        capacity = needed;
    char *moved = arena_alloc(text->arena, capacity, 1);
    if (text->p)
        memcpy(moved, text->p, text->n);
    text->p = moved;
    text->capacity = capacity;
}

void text_add_repeated(struct text *text, char c, size_t times)
{
    text_reserve(text, times);
    memset(text->p + text->n, c, times);
    text->n += times;
}

void text_format_list(struct text *text, const char *format, va_list args)
{
    enum { OFTEN_ENOUGH = 63 };
    va_list again;
    va_copy(again, args);
    text_reserve(text, OFTEN_ENOUGH);
    size_t room = text->capacity - text->n;
    int n = vsnprintf(text->p + text->n, room, format, args);
    if (n > 0 && (size_t)n >= room) {
        text_reserve(text, (size_t)n);
        vsnprintf(text->p + text->n, (size_t)n + 1, format, again);
    }
    text->n += n > 0 ? (size_t)n : 0;
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
    text_reserve(text, 0);
    text->p[text->n] = 0;
    return (struct str){text->p, text->n};
}

void text_add_code_point(struct text *text, uint32_t code_point)
{
    char bytes[4];
    text_add(text, (struct str){bytes, utf8_write(code_point, bytes)});
}
