#include <arpa/inet.h>
#include <gcrypt.h>

#include "base/base.h"
#include "format.h"
#include "functions.h"
#include "object.h"

/* Keys and certificates: stand-ins of the right shape that come from the arguments, since a linter
 * must say the same twice. See docs/decisions/stand-ins.md. */

struct certificate {
    struct str cert, key;
};

static struct str print_certificate(struct arena *arena, const void *data)
{
    const struct certificate *certificate = data;
    return str_format(arena, "{%.*s %.*s}", STR_ARG(certificate->cert), STR_ARG(certificate->key));
}

static struct value certificate_to_plain(struct arena *arena, const void *data)
{
    const struct certificate *certificate = data;
    struct value_map *map = value_map_new(arena, MAP_ANY);
    value_map_set(map, STR("Cert"), value_string(certificate->cert));
    value_map_set(map, STR("Key"), value_string(certificate->key));
    return value_of_map(map);
}

static const struct object_member members[] = {
    TEXT_FIELD("Cert", struct certificate, cert),
    TEXT_FIELD("Key", struct certificate, key),
};
const struct object_type certificate_type = {
    .name = "sprig.certificate",
    .kind = "struct",
    .members = members,
    .member_count = sizeof members / sizeof *members,
    .print = print_certificate,
    .to_plain = certificate_to_plain,
};

/* Bytes that look like nothing, from a seed. */
static struct str bytes_from(struct arena *arena, struct str seed, size_t count)
{
    unsigned char digest[64];
    struct text text = {.arena = arena};
    for (uint32_t block = 0; text.n < count; block++) {
        struct str counted = str_format(arena, "%.*s %u", STR_ARG(seed), block);
        gcry_md_hash_buffer(GCRY_MD_SHA512, digest, counted.p, counted.n);
        text_add(&text, (struct str){(const char *)digest, sizeof digest});
    }
    return str_slice(text_str(&text), 0, count);
}

/* RFC 7468: base64 in lines of 64 characters. */
static struct str pem(struct arena *arena, const char *label, struct str bytes)
{
    struct str encoded = base64_encode(arena, bytes);
    struct text text = {.arena = arena};
    text_format(&text, "-----BEGIN %s-----\n", label);
    for (size_t i = 0; i < encoded.n; i += 64)
        text_format(&text, "%.*s\n", STR_ARG(str_slice(encoded, i, i + 64)));
    text_format(&text, "-----END %s-----\n", label);
    return text_str(&text);
}

enum { RSA_KEY_BYTES = 1192, CERTIFICATE_BYTES = 800 };

static struct str key_of(struct arena *arena, struct str seed)
{
    return pem(arena, "RSA PRIVATE KEY",
               bytes_from(arena, str_join(arena, STR("key "), seed), RSA_KEY_BYTES));
}

static const struct {
    const char *type, *label;
    size_t bytes;
} key_types[] = {
    {"", "RSA PRIVATE KEY", 2348},   {"rsa", "RSA PRIVATE KEY", 2348},
    {"dsa", "DSA PRIVATE KEY", 858}, {"ecdsa", "EC PRIVATE KEY", 121},
    {"ed25519", "PRIVATE KEY", 48},
};

static bool run_gen_private_key(struct call *call, struct value *ret_value)
{
    struct str type = value_str(call->arguments[0]);
    *ret_value = value_string(str_join(call->arena, STR("Unknown type "), type));
    for (size_t i = 0; i < sizeof key_types / sizeof *key_types; i++) {
        if (str_is(type, key_types[i].type))
            *ret_value = value_string(pem(call->arena, key_types[i].label,
                                          bytes_from(call->arena, type, key_types[i].bytes)));
    }
    return true;
}

/* All arguments as one text: other arguments give another certificate. */
static struct str seed_of(const struct call *call)
{
    struct text seed = {.arena = call->arena};
    text_add_c(&seed, call->function->name);
    for (size_t i = 0; i < call->count; i++) {
        struct str json;
        struct value value = call->arguments[i];
        if (value.type == VALUE_OBJECT)
            value = certificate_to_plain(call->arena, value.object->data);
        if (value_to_json(call->arena, value, (struct json_style){0}, &json))
            text_format(&seed, " %.*s", STR_ARG(json));
    }
    return text_str(&seed);
}

static bool give_certificate(struct call *call, struct str key, struct value *ret_value)
{
    struct certificate *certificate = arena_make(call->arena, struct certificate);
    struct str seed = seed_of(call);
    certificate->cert =
        pem(call->arena, "CERTIFICATE", bytes_from(call->arena, seed, CERTIFICATE_BYTES));
    certificate->key = key.p ? key : key_of(call->arena, seed);
    *ret_value = object_new(call->arena, &certificate_type, certificate);
    return true;
}

static bool is_address(struct call *call, struct str text)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    const char *c = str_to_c(call->arena, text);
    return inet_pton(AF_INET, c, bytes) == 1 || inet_pton(AF_INET6, c, bytes) == 1;
}

/* The lists of addresses and of names, which some of the functions take as their second and third
 * argument. */
static bool check_names(struct call *call)
{
    static const char *const what[] = {"error parsing ip", "error processing alternate dns name"};
    for (size_t i = 0; i < 2 && call->function->parameters[1] == PARAMETER_LIST; i++) {
        const struct value_list *list = call->arguments[i + 1].list;
        for (size_t k = 0; k < list->count; k++) {
            struct value item = list->items[k];
            struct str text = value_to_text(call->arena, item, call_helm(call));
            if (item.type != VALUE_STRING)
                return call_fail(call, "%s: %.*s is not a string", what[i], STR_ARG(text));
            if (i == 0 && !is_address(call, text))
                return call_fail(call, "%s: %.*s", what[i], STR_ARG(text));
        }
    }
    return true;
}

static bool run_generate(struct call *call, struct value *ret_value)
{
    return check_names(call) && give_certificate(call, (struct str){0}, ret_value);
}

/* The variants whose last argument is the key. */
static bool run_generate_with_key(struct call *call, struct value *ret_value)
{
    struct str key = value_str(call->arguments[call->count - 1]);
    if (!str_contains(key, STR("-----BEGIN ")))
        return call_fail(call, "parsing private key: no PEM data in input");
    return check_names(call) && give_certificate(call, key, ret_value);
}

static bool run_build_custom_cert(struct call *call, struct value *ret_value)
{
    struct certificate *certificate = arena_make(call->arena, struct certificate);
    size_t at;
    if (!base64_decode(call->arena, value_str(call->arguments[0]), &certificate->cert, &at))
        return call_fail(call, "unable to decode base64 certificate");
    if (!base64_decode(call->arena, value_str(call->arguments[1]), &certificate->key, &at))
        return call_fail(call, "unable to decode base64 private key");
    if (!str_contains(certificate->cert, STR("-----BEGIN ")))
        return call_fail(call, "unable to decode certificate");
    if (!str_contains(certificate->key, STR("-----BEGIN ")))
        return call_fail(call, "error parsing private key: no PEM data in input");
    *ret_value = object_new(call->arena, &certificate_type, certificate);
    return true;
}

/* --- AES in CBC mode; the key is the password, cut or filled up to 32 bytes --- */

enum { AES_KEY = 32, AES_BLOCK = 16 };

static void release_cipher(gcry_cipher_hd_t *cipher)
{
    gcry_cipher_close(*cipher);
}

/* In place. */
static bool apply_aes(struct str password, const char *vector, char *bytes, size_t n, bool encrypts)
{
    char key[AES_KEY] = {0};
    CLEANUP(release_cipher) gcry_cipher_hd_t cipher = NULL;
    if (password.n)
        memcpy(key, password.p, password.n < AES_KEY ? password.n : AES_KEY);
    if (gcry_cipher_open(&cipher, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_CBC, 0) ||
        gcry_cipher_setkey(cipher, key, AES_KEY) || gcry_cipher_setiv(cipher, vector, AES_BLOCK))
        return false;
    return encrypts ? !gcry_cipher_encrypt(cipher, bytes, n, NULL, 0)
                    : !gcry_cipher_decrypt(cipher, bytes, n, NULL, 0);
}

static bool run_encrypt_aes(struct call *call, struct value *ret_value)
{
    struct str password = value_str(call->arguments[0]);
    struct str plain = value_str(call->arguments[1]);
    size_t padding = AES_BLOCK - plain.n % AES_BLOCK;
    size_t n = plain.n + padding;
    if (!call_spend(call, n * 3))
        return false;
    char *bytes = arena_make_array(call->arena, char, AES_BLOCK + n);
    struct str vector = bytes_from(call->arena, seed_of(call), AES_BLOCK);
    memcpy(bytes, vector.p, AES_BLOCK);
    if (plain.n)
        memcpy(bytes + AES_BLOCK, plain.p, plain.n);
    memset(bytes + AES_BLOCK + plain.n, (int)padding, padding);
    if (!apply_aes(password, vector.p, bytes + AES_BLOCK, n, true))
        return call_fail(call, "AES failed");
    *ret_value = value_string(base64_encode(call->arena, (struct str){bytes, AES_BLOCK + n}));
    return true;
}

static bool run_decrypt_aes(struct call *call, struct value *ret_value)
{
    struct str sealed;
    size_t at;
    struct str password = value_str(call->arguments[0]);
    *ret_value = value_string(STR(""));
    if (!value_str(call->arguments[1]).n)
        return true;
    if (!base64_decode(call->arena, value_str(call->arguments[1]), &sealed, &at))
        return call_fail(call, "illegal base64 data at input byte %zu", at);
    if (sealed.n < AES_BLOCK)
        return call_fail(call, "runtime error: slice bounds out of range [:%d] with capacity %zu",
                         AES_BLOCK, value_str(call->arguments[1]).n / 4 * 3);
    if (sealed.n < AES_BLOCK + AES_BLOCK || sealed.n % AES_BLOCK)
        return call_fail(call, "crypto/cipher: input not full blocks");
    size_t n = sealed.n - AES_BLOCK;
    char *bytes = arena_make_array(call->arena, char, n);
    memcpy(bytes, sealed.p + AES_BLOCK, n);
    if (!apply_aes(password, sealed.p, bytes, n, false))
        return call_fail(call, "AES failed");
    size_t padding = (unsigned char)bytes[n - 1];
    if (padding > n)
        return call_fail(call, "runtime error: slice bounds out of range [:-%zu]", padding - n);
    *ret_value = value_string((struct str){bytes, n - padding});
    return true;
}

static const struct function table[] = {
    FUNCTION("genPrivateKey", run_gen_private_key, PARAMETER_STRING),
    FUNCTION("genCA", run_generate, PARAMETER_STRING, PARAMETER_INT),
    FUNCTION("genCAWithKey", run_generate_with_key, PARAMETER_STRING, PARAMETER_INT,
             PARAMETER_STRING),
    FUNCTION("genSelfSignedCert", run_generate, PARAMETER_STRING, PARAMETER_LIST, PARAMETER_LIST,
             PARAMETER_INT),
    FUNCTION("genSelfSignedCertWithKey", run_generate_with_key, PARAMETER_STRING, PARAMETER_LIST,
             PARAMETER_LIST, PARAMETER_INT, PARAMETER_STRING),
    FUNCTION("genSignedCert", run_generate, PARAMETER_STRING, PARAMETER_LIST, PARAMETER_LIST,
             PARAMETER_INT, PARAMETER_CERTIFICATE),
    FUNCTION("genSignedCertWithKey", run_generate_with_key, PARAMETER_STRING, PARAMETER_LIST,
             PARAMETER_LIST, PARAMETER_INT, PARAMETER_CERTIFICATE, PARAMETER_STRING),
    FUNCTION("buildCustomCert", run_build_custom_cert, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("encryptAES", run_encrypt_aes, PARAMETER_STRING, PARAMETER_STRING),
    FUNCTION("decryptAES", run_decrypt_aes, PARAMETER_STRING, PARAMETER_STRING),
};
const struct function_family funcs_certificate = FUNCTION_FAMILY(table);
