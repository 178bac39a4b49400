#ifndef BULKHEAD_DEPLOY_HELMFILE_H
#define BULKHEAD_DEPLOY_HELMFILE_H

#include "deployer.h"

/* Private to deploy/: Helmfile's state files for one environment. Semantics: Helmfile 1, pkg/state
 * and pkg/app; files without .gotmpl that look like those of Helmfile 0 are rendered too. */
struct helmfile {
    struct deployer *deployer;
    struct str environment; /* a name, "default" when there are none */
    struct value_map *values;
    struct str folder; /* of the file that is read */
    struct str namespace;
    struct str_list repository_names, repository_urls;
    const struct yaml_node *templates; /* NULL */
    unsigned depth;
};

/* The documents of a file: rendered when it is a template, as written otherwise. NULL: it cannot be
 * known, which is reported. */
const struct yaml_stream *helmfile_parse(struct helmfile *helmfile, struct str path);
/* The dot of templates; the release may be NULL. */
struct value helmfile_dot(struct helmfile *helmfile, const struct yaml_node *release);
/* Adds what a list of files and maps says to the values. */
void helmfile_add_values(struct helmfile *helmfile, const struct yaml_node *list);
/* Adds the release that is written so, when it is installed. */
void helmfile_read_release(struct helmfile *helmfile, const struct yaml_node *written);
/* The path of the tree that a name in the file means; p == NULL when it is none. */
struct str helmfile_path(struct helmfile *helmfile, struct str name);

#endif
