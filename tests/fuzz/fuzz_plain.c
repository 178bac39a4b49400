/* The plain reader gives for any bytes what libyaml gives, or leaves them to it. */
#include <stdlib.h>

#include "../unit/yaml/same_stream.h"

static const struct limits small = {.yaml_depth = 60, .yaml_alias_nodes = 3000};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = {0};
    bool taken = false;
    if (!reads_the_same(&arena, (struct str){(const char *)data, size}, &small, &taken))
        abort();
    arena_release(&arena);
    return 0;
}
