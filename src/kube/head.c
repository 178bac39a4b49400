#include "head.h"

static const struct yaml_field metadata_fields[] = {
    {"annotations", ".metadata.annotations", "map[string]string", YAML_FIELD_TEXT_MAP, NULL},
    {"name", ".metadata.name", "string", YAML_FIELD_TEXT, NULL},
};
static const struct yaml_fields metadata = {NULL, metadata_fields,
                                            sizeof metadata_fields / sizeof *metadata_fields};

static const struct yaml_field head_fields[] = {
    {"apiVersion", "SimpleHead.apiVersion", "string", YAML_FIELD_TEXT, NULL},
    {"kind", "SimpleHead.kind", "string", YAML_FIELD_TEXT, NULL},
    {"metadata", "SimpleHead.metadata",
     "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string "
     "\"json:\\\"annotations\\\"\" }",
     YAML_FIELD_STRUCT, &metadata},
};
static const struct yaml_fields head = {"util.SimpleHead", head_fields,
                                        sizeof head_fields / sizeof *head_fields};
static const struct yaml_fields head_3 = {"releaseutil.SimpleHead", head_fields,
                                          sizeof head_fields / sizeof *head_fields};

struct str head_mismatch(struct arena *arena, const struct yaml_node *root, unsigned helm)
{
    return yaml_fields_mismatch(arena, root, helm == 3 ? &head_3 : &head);
}
