/* Links when the static libraries are there and need no more than each other: one function of each
 * that the program uses. See meson.build. */
#include <archive.h>
#include <gcrypt.h>
#include <jansson.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <utf8proc.h>
#include <yaml.h>

int main(int argc, char **argv)
{
    yaml_parser_t parser;
    char digest[32];
    struct archive *archive = archive_read_new();
    archive_read_support_filter_gzip(archive);
    archive_read_support_format_tar(archive);
    gcry_md_hash_buffer(GCRY_MD_SHA256, digest, argv[0], (size_t)argc);
    pcre2_code_free(NULL);
    return archive_read_open_memory(archive, argv[0], 1) + yaml_parser_initialize(&parser) +
           (json_object() != NULL) + (int)utf8proc_toupper('a');
}
