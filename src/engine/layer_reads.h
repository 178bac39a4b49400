#ifndef BULKHEAD_ENGINE_LAYER_READS_H
#define BULKHEAD_ENGINE_LAYER_READS_H

#include "pass.h"

/* The values of a layer beside what the charts of the releases that load it read of them. */

/* The charts of those releases, each once; count 0 when one of them is not known, or reads all. */
struct chart_reads {
    const struct reads **items;
    size_t count, capacity;
};

/* One value of the layer. */
struct value_reads {
    const struct value_reads *parent; /* NULL: the root of the file */
    const struct yaml_entry *entry;   /* NULL for an item of a list, and at the root */
    const struct yaml_node *node;
    struct str path;
    const struct chart_reads *charts;
    const struct read_set *sets; /* what stands for it, by chart */
};

/* True when a template of some chart reads the value in some way, or when a schema may want its key
 * to be there. */
bool value_is_read(const struct value_reads *value);
/* The uses in all charts. */
unsigned value_uses(const struct value_reads *value);

/* Calls visit for every value of the layer, in the order of the file, parents first; what came
 * through "<<" is passed over. A visit that returns false keeps the walk from going into that
 * value. Nothing is visited when a chart is not known, and nothing of a file that is no complete
 * YAML. Everything lives in pass_arena. */
typedef bool value_reads_visit(void *context, const struct value_reads *value);
void layer_reads_walk(struct pass *pass, const struct layer_use *use, value_reads_visit *visit,
                      void *context);

#endif
