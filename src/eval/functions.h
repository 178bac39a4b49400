#ifndef BULKHEAD_EVAL_FUNCTIONS_H
#define BULKHEAD_EVAL_FUNCTIONS_H

#include "function.h"

/* The families, each the table at the end of its funcs_<family>.c. */
extern const struct function_family funcs_builtin;
extern const struct function_family funcs_certificate;
extern const struct function_family funcs_date;
extern const struct function_family funcs_dict;
extern const struct function_family funcs_encode;
extern const struct function_family funcs_hash;
extern const struct function_family funcs_helm;
extern const struct function_family funcs_letters;
extern const struct function_family funcs_list;
extern const struct function_family funcs_logic;
extern const struct function_family funcs_math;
extern const struct function_family funcs_path;
extern const struct function_family funcs_print;
extern const struct function_family funcs_random;
extern const struct function_family funcs_regex;
extern const struct function_family funcs_semver;
extern const struct function_family funcs_strings;
extern const struct function_family funcs_toml;
extern const struct function_family funcs_url;

/* Those that only the templates of a deployer have. */
extern const struct function_family funcs_argocd;
extern const struct function_family funcs_helmfile;

/* Puts the functions of a major version of Helm into the map: name → const struct function. To be
 * called before there are threads, since the library for hashes wants to be started. */
void functions_list(struct arena *arena, unsigned helm, struct map *by_name);
/* A template_functions over such a map. */
const void *functions_find(const void *by_name, struct str name);

/* Starts libgcrypt; again does nothing. In funcs_hash.c. */
void hashes_start(void);

#endif
