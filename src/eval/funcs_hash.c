#include <gcrypt.h>
#include <inttypes.h>

#include "base/base.h"
#include "functions.h"

/* Sprig's checksums and passwords (crypto.go). What is salted at random in Go has a salt here that
 * comes from its arguments: see docs/decisions/stand-ins.md. */

static struct str hexadecimal(struct arena *arena, const unsigned char *bytes, size_t n)
{
    static const char digits[] = "0123456789abcdef";
    char *text = arena_alloc(arena, 2 * n + 1, 1);
    for (size_t i = 0; i < n; i++) {
        text[2 * i] = digits[bytes[i] >> 4];
        text[2 * i + 1] = digits[bytes[i] & 15];
    }
    return (struct str){text, 2 * n};
}

void hashes_start(void)
{
    if (gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P))
        return;
    gcry_check_version(NULL);
    gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
}

static bool hash(struct call *call, int algorithm, struct value *ret_value)
{
    unsigned char digest[64];
    struct str s = value_str(call->arguments[0]);
    gcry_md_hash_buffer(algorithm, digest, s.n ? s.p : "", s.n);
    *ret_value = value_string(hexadecimal(call->arena, digest, gcry_md_get_algo_dlen(algorithm)));
    return true;
}

static bool run_sha1sum(struct call *call, struct value *ret_value)
{
    return hash(call, GCRY_MD_SHA1, ret_value);
}

static bool run_sha256sum(struct call *call, struct value *ret_value)
{
    return hash(call, GCRY_MD_SHA256, ret_value);
}

static bool run_sha512sum(struct call *call, struct value *ret_value)
{
    return hash(call, GCRY_MD_SHA512, ret_value);
}

/* RFC 1950. */
static bool run_adler32sum(struct call *call, struct value *ret_value)
{
    struct str s = value_str(call->arguments[0]);
    uint32_t a = 1;
    uint32_t b = 0;
    for (size_t i = 0; i < s.n; i++) {
        a = (a + (unsigned char)s.p[i]) % 65521;
        b = (b + a) % 65521;
    }
    *ret_value = value_string(str_format(call->arena, "%" PRIu32, b << 16 | a));
    return true;
}

/* Of the shape of a bcrypt hash of cost 10: the digits come from a SHA-512 of the password. */
static struct str bcrypt_stand_in(struct arena *arena, struct str password)
{
    static const char digits[] = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    unsigned char digest[64];
    struct text text = {.arena = arena};
    gcry_md_hash_buffer(GCRY_MD_SHA512, digest, password.n ? password.p : "", password.n);
    text_add_c(&text, "$2a$10$");
    for (size_t i = 0; i < 53; i++)
        text_add_char(&text, digits[digest[i] & 63]);
    return text_str(&text);
}

/* The most that bcrypt takes. */
enum { BCRYPT_MOST = 72 };

static struct str bcrypt_or_problem(struct arena *arena, struct str password)
{
    if (password.n > BCRYPT_MOST)
        return STR(
            "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes");
    return bcrypt_stand_in(arena, password);
}

static bool run_bcrypt(struct call *call, struct value *ret_value)
{
    *ret_value = value_string(bcrypt_or_problem(call->arena, value_str(call->arguments[0])));
    return true;
}

static bool run_htpasswd(struct call *call, struct value *ret_value)
{
    struct str user = value_str(call->arguments[0]);
    struct str password = value_str(call->arguments[1]);
    struct str text = str_find_char(user, ':') != STR_NOT_FOUND
                          ? str_join(call->arena, STR("invalid username: "), user)
                          : str_format(call->arena, "%.*s:%.*s", STR_ARG(user),
                                       STR_ARG(bcrypt_or_problem(call->arena, password)));
    *ret_value = value_string(text);
    return true;
}

/* --- the master password algorithm --- */

static const struct {
    const char *type;
    const char *templates[21];
} password_types[] = {
    {"maximum", {"anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"}},
    {"long",
     {"CvcvnoCvcvCvcv", "CvcvCvcvnoCvcv", "CvcvCvcvCvcvno", "CvccnoCvcvCvcv", "CvccCvcvnoCvcv",
      "CvccCvcvCvcvno", "CvcvnoCvccCvcv", "CvcvCvccnoCvcv", "CvcvCvccCvcvno", "CvcvnoCvcvCvcc",
      "CvcvCvcvnoCvcc", "CvcvCvcvCvccno", "CvccnoCvccCvcv", "CvccCvccnoCvcv", "CvccCvccCvcvno",
      "CvcvnoCvccCvcc", "CvcvCvccnoCvcc", "CvcvCvccCvccno", "CvccnoCvcvCvcc", "CvccCvcvnoCvcc",
      "CvccCvcvCvccno"}},
    {"medium", {"CvcnoCvc", "CvcCvcno"}},
    {"short", {"Cvcn"}},
    {"basic", {"aaanaaan", "aannaaan", "aaannaaa"}},
    {"pin", {"nnnn"}},
};

static const char *characters_of(char class)
{
    switch (class) {
    case 'V':
        return "AEIOU";
    case 'C':
        return "BCDFGHJKLMNPQRSTVWXYZ";
    case 'v':
        return "aeiou";
    case 'c':
        return "bcdfghjklmnpqrstvwxyz";
    case 'a':
        return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    case 'n':
        return "0123456789";
    case 'o':
        return "@&%?,=[]_:-+*$#!'^~;()/.";
    default:
        return "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()";
    }
}

static void add_number(struct text *text, uint32_t number)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        text_add_char(text, (char)(number >> shift & 0xFF));
}

#define PASSWORD_SEED "com.lyndir.masterpassword"

/* The bytes from which the password's characters are chosen; false when libgcrypt refuses. */
static bool password_bytes(struct call *call, unsigned char bytes[32])
{
    const struct value *arguments = call->arguments;
    struct str password = value_str(arguments[2]);
    struct str user = value_str(arguments[3]);
    struct str site = value_str(arguments[4]);
    struct text salt = {.arena = call->arena};
    struct text seed = {.arena = call->arena};
    unsigned char key[64];
    gcry_md_hd_t hmac;
    text_add_c(&salt, PASSWORD_SEED);
    add_number(&salt, (uint32_t)user.n);
    text_add(&salt, user);
    text_add_c(&seed, PASSWORD_SEED);
    add_number(&seed, (uint32_t)site.n);
    text_add(&seed, site);
    add_number(&seed, (uint32_t)arguments[0].integer);
    struct str salt_text = text_str(&salt);
    struct str seed_text = text_str(&seed);
    /* scrypt with N = 32768, r = 8 (which libgcrypt has fixed), p = 2 */
    if (gcry_kdf_derive(password.n ? password.p : "", password.n, GCRY_KDF_SCRYPT, 32768,
                        salt_text.p, salt_text.n, 2, sizeof key, key) ||
        gcry_md_open(&hmac, GCRY_MD_SHA256, GCRY_MD_FLAG_HMAC))
        return false;
    gcry_md_setkey(hmac, key, sizeof key);
    gcry_md_write(hmac, seed_text.p, seed_text.n);
    memcpy(bytes, gcry_md_read(hmac, GCRY_MD_SHA256), 32);
    gcry_md_close(hmac);
    return true;
}

static const char *const *templates_of(struct str type)
{
    for (size_t i = 0; i < sizeof password_types / sizeof *password_types; i++) {
        if (str_is(type, password_types[i].type))
            return password_types[i].templates;
    }
    return NULL;
}

static bool run_derive_password(struct call *call, struct value *ret_value)
{
    unsigned char bytes[32];
    struct str type = value_str(call->arguments[1]);
    const char *const *templates = templates_of(type);
    if (!templates) {
        *ret_value =
            value_string(str_join(call->arena, STR("cannot find password template "), type));
        return true;
    }
    if (!value_str(call->arguments[2]).n || !password_bytes(call, bytes))
        return call_fail(call, "failed to derive password");
    size_t count = 1;
    while (count < 21 && templates[count])
        count++;
    const char *chosen = templates[bytes[0] % count];
    struct text text = {.arena = call->arena};
    for (size_t i = 0; chosen[i]; i++) {
        const char *characters = characters_of(chosen[i]);
        text_add_char(&text, characters[bytes[i + 1] % strlen(characters)]);
    }
    *ret_value = value_string(text_str(&text));
    return true;
}

static const struct function table[] = {
    FUNCTION("sha1sum", run_sha1sum, PARAMETER_STRING),
    FUNCTION("sha256sum", run_sha256sum, PARAMETER_STRING),
    FUNCTION("sha512sum", run_sha512sum, PARAMETER_STRING),
    FUNCTION("adler32sum", run_adler32sum, PARAMETER_STRING),
    FUNCTION("bcrypt", run_bcrypt, PARAMETER_STRING),
    FUNCTION("htpasswd", run_htpasswd, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("derivePassword", run_derive_password, PARAMETER_UINT32, PARAMETER_STRING,
             PARAMETER_STRING, PARAMETER_STRING, PARAMETER_STRING),
};
const struct function_family funcs_hash = FUNCTION_FAMILY(table);
