/* Writes the C source of the rule registry: embed OUTPUT RULE.yaml… RULE.c…
 * Every rules/<group>/<rule>.yaml becomes an entry with its text; one with a .c of the same stem is
 * bound to the symbol rule_<group>_<rule>, "-" written as "_". Those of some folders are no rules:
 * their texts are a list of their own. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has_ending(const char *path, const char *ending)
{
    size_t n = strlen(path);
    size_t m = strlen(ending);
    return n >= m && strcmp(path + n - m, ending) == 0;
}

static const struct folder {
    const char *path, *list, *count;
} folders[] = {
    {"/workloads/", "embedded_workloads", "embedded_workload_count"},
    {"/secret-kinds/", "embedded_secret_kinds", "embedded_secret_kind_count"},
};
#define FOLDER_COUNT (sizeof folders / sizeof *folders)

static bool is_in(const struct folder *folder, const char *path)
{
    return has_ending(path, ".yaml") && strstr(path, folder->path);
}

static bool is_rule(const char *path)
{
    bool is_other = false;
    for (size_t i = 0; i < FOLDER_COUNT; i++)
        is_other = is_other || is_in(&folders[i], path);
    return has_ending(path, ".yaml") && !is_other;
}

/* "…/rules/values/empty-override.yaml" → "values/empty-override". */
static void rule_name(const char *path, char *name, size_t size)
{
    const char *slash = strrchr(path, '/');
    const char *start = slash;
    while (start > path && start[-1] != '/')
        start--;
    const char *dot = strrchr(path, '.');
    snprintf(name, size, "%.*s", (int)(dot - start), start);
}

static void symbol_of(const char *name, char *symbol, size_t size)
{
    snprintf(symbol, size, "rule_%s", name);
    for (char *c = symbol; *c; c++) {
        if (*c == '/' || *c == '-')
            *c = '_';
    }
}

static bool has_code(const char *yaml, int count, char **paths)
{
    char code[4096];
    snprintf(code, sizeof code, "%.*s.c", (int)(strlen(yaml) - strlen(".yaml")), yaml);
    for (int i = 0; i < count; i++) {
        if (strcmp(paths[i], code) == 0)
            return true;
    }
    return false;
}

static bool write_text(FILE *out, const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in)
        return false;
    fputs("    \"", out);
    for (int c = getc(in); c != EOF; c = getc(in)) {
        if (c == '\n')
            fputs("\\n\"\n    \"", out);
        else if (c == '"' || c == '\\' || c == '?')
            fprintf(out, "\\%c", c);
        else
            putc(c, out);
    }
    fputs("\"", out);
    fclose(in);
    return true;
}

static bool write_entry(FILE *out, const char *path, int count, char **paths)
{
    char name[512];
    char symbol[600];
    rule_name(path, name, sizeof name);
    symbol_of(name, symbol, sizeof symbol);
    fprintf(out, "{\"%s\",\n", name);
    if (!write_text(out, path))
        return false;
    fprintf(out, ",\n    %s%s},\n", has_code(path, count, paths) ? "&" : "",
            has_code(path, count, paths) ? symbol : "NULL");
    return true;
}

static bool write_folder(FILE *out, const struct folder *folder, int count, char **paths)
{
    size_t written = 0;
    fprintf(out, "\nconst char *const %s[] = {\n", folder->list);
    for (int i = 0; i < count; i++) {
        if (!is_in(folder, paths[i]))
            continue;
        if (!write_text(out, paths[i]))
            return false;
        fputs(",\n", out);
        written++;
    }
    fprintf(out, "};\nconst size_t %s = %zu;\n", folder->count, written);
    return true;
}

static bool write_folders(FILE *out, int count, char **paths)
{
    for (size_t i = 0; i < FOLDER_COUNT; i++) {
        if (!write_folder(out, &folders[i], count, paths))
            return false;
    }
    return true;
}

static bool write_rules(FILE *out, int count, char **paths)
{
    size_t written = 0;
    fputs("\nconst struct embedded_rule embedded_rules[] = {\n", out);
    for (int i = 0; i < count; i++) {
        if (!is_rule(paths[i]))
            continue;
        if (!write_entry(out, paths[i], count, paths))
            return false;
        written++;
    }
    fprintf(out, "};\nconst size_t embedded_rule_count = %zu;\n", written);
    return true;
}

int main(int argc, char **argv)
{
    FILE *out = argc > 1 ? fopen(argv[1], "wb") : NULL;
    if (!out) {
        fprintf(stderr, "usage: embed OUTPUT RULE…\n");
        return EXIT_FAILURE;
    }
    fputs("#include \"engine/engine.h\"\n\n", out);
    for (int i = 2; i < argc; i++) {
        char name[512];
        char symbol[600];
        rule_name(argv[i], name, sizeof name);
        symbol_of(name, symbol, sizeof symbol);
        if (has_ending(argv[i], ".c"))
            fprintf(out, "extern const struct rule_code %s;\n", symbol);
    }
    if (!write_rules(out, argc - 2, argv + 2) || !write_folders(out, argc - 2, argv + 2)) {
        fprintf(stderr, "embed: a file cannot be read\n");
        return EXIT_FAILURE;
    }
    return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
