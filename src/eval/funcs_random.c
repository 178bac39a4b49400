#include <inttypes.h>

#include "evaluation.h"
#include "functions.h"
#include "random.h"

/* Random texts: stand-ins of the right length and alphabet. See docs/decisions/stand-ins.md. */

/* SplitMix64 (Steele, Lea, Flood 2014), from a constant seed. */
uint64_t random_next(struct call *call)
{
    uint64_t mixed = call->evaluation->random += 0x9E3779B97F4A7C15;
    mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
    return mixed ^ mixed >> 31;
}

static bool random_text(struct call *call, const char *alphabet, struct value *ret_value)
{
    int64_t count = call->arguments[0].integer;
    size_t letters = strlen(alphabet);
    struct text text = {.arena = call->arena};
    if (count > 0 && !call_spend(call, (uint64_t)count))
        return false;
    for (int64_t i = 0; i < count; i++)
        text_add_char(&text, alphabet[random_next(call) % letters]);
    *ret_value = value_string(text_str(&text));
    return true;
}

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS "0123456789"

static bool run_rand_alpha_num(struct call *call, struct value *ret_value)
{
    return random_text(call, LETTERS DIGITS, ret_value);
}

static bool run_rand_alpha(struct call *call, struct value *ret_value)
{
    return random_text(call, LETTERS, ret_value);
}

static bool run_rand_ascii(struct call *call, struct value *ret_value)
{
    return random_text(call, " !\"#$%&'()*+,-./" DIGITS ":;<=>?@" LETTERS "[\\]^_`{|}~", ret_value);
}

static bool run_rand_numeric(struct call *call, struct value *ret_value)
{
    return random_text(call, DIGITS, ret_value);
}

static bool run_rand_bytes(struct call *call, struct value *ret_value)
{
    int64_t count = call->arguments[0].integer;
    struct text text = {.arena = call->arena};
    if (count < 0)
        return call_fail(call, "runtime error: makeslice: len out of range");
    if (!call_spend(call, (uint64_t)count * 2))
        return false;
    for (int64_t i = 0; i < count; i++)
        text_add_char(&text, (char)(random_next(call) & 0xFF));
    *ret_value = value_string(base64_encode(call->arena, text_str(&text)));
    return true;
}

static bool run_uuidv4(struct call *call, struct value *ret_value)
{
    uint64_t high = (random_next(call) & ~0xF000uLL) | 0x4000;
    uint64_t low = (random_next(call) & ~(3uLL << 62)) | 2uLL << 62;
    *ret_value = value_string(str_format(
        call->arena, "%08" PRIx64 "-%04" PRIx64 "-%04" PRIx64 "-%04" PRIx64 "-%012" PRIx64,
        high >> 32, high >> 16 & 0xFFFF, high & 0xFFFF, low >> 48, low & 0xFFFFFFFFFFFF));
    return true;
}

static bool run_shuffle(struct call *call, struct value *ret_value)
{
    struct str text = value_str(call->arguments[0]);
    if (!call_spend(call, text.n * 5))
        return false;
    uint32_t *characters = arena_make_array(call->arena, uint32_t, text.n + 1);
    size_t count = 0;
    while (text.n) {
        text = str_from(text, utf8_decode(text, &characters[count]));
        count++;
    }
    struct text out = {.arena = call->arena};
    while (count) {
        size_t at = random_next(call) % count;
        text_add_code_point(&out, characters[at]);
        characters[at] = characters[--count];
    }
    *ret_value = value_string(text_str(&out));
    return true;
}

static const struct function table[] = {
    FUNCTION("randAlphaNum", run_rand_alpha_num, PARAMETER_INT),
    FUNCTION("randAlpha", run_rand_alpha, PARAMETER_INT),
    FUNCTION("randAscii", run_rand_ascii, PARAMETER_INT),
    FUNCTION("randNumeric", run_rand_numeric, PARAMETER_INT),
    FUNCTION("randBytes", run_rand_bytes, PARAMETER_INT),
    FUNCTION("uuidv4", run_uuidv4, PARAMETER_NONE),
    FUNCTION("shuffle", run_shuffle, PARAMETER_STRING),
};
const struct function_family funcs_random = FUNCTION_FAMILY(table);
