#include "limits.h"

const struct limits limits_default = {
    .file_bytes = 64uL * 1024 * 1024,
    .files = 1000uL * 1000,
    .directory_depth = 128,
    .yaml_depth = 1000,
    .yaml_alias_nodes = 4uL * 1000 * 1000,
    .archive_files = 20000,
    .archive_bytes = 256uL * 1024 * 1024,
    .template_depth = 500,
    .call_depth = 1000,
    .render_steps = 20uL * 1000 * 1000,
    .render_bytes = 512uL * 1024 * 1024,
    .schema_steps = 500uL * 1000,
    .regex_steps = 1000 * 1000,
};
