#ifndef BULKHEAD_VALUES_FROM_TOML_H
#define BULKHEAD_VALUES_FROM_TOML_H

#include "value.h"

/* TOML as github.com/BurntSushi/toml reads it into a map: 1.1 with some liberties, which are kept
 * (a dotted key may add to a table that was written before). Integers become int64, lists of tables
 * a []map[string]any. Tables and lists lie at most 100 within each other. */

struct toml_options {
    /* A date, time or both, normalized to "2006-01-02T15:04:05Z": false when it is none. Values do
     * not know times. */
    bool (*read_date)(struct arena *arena, struct str text, struct value *ret_value);
};

/* False when the text is no TOML; *ret_problem says why, in the words of that library: "toml: line
 * 2 (last key "a.b"): unexpected comma". Strings may borrow from the text. */
bool value_from_toml(struct arena *arena, struct str text, const struct toml_options *options,
                     struct value *ret_value, struct str *ret_problem);

#endif
