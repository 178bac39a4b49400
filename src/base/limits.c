#include "limits.h"

const struct limits limits_default = {
    .file_bytes = 64uL * 1024 * 1024,
    .files = 1000uL * 1000,
    .directory_depth = 128,
    .yaml_depth = 1000,
    .yaml_alias_nodes = 4uL * 1000 * 1000,
};
