#ifndef BULKHEAD_VALUES_VALUES_H
#define BULKHEAD_VALUES_VALUES_H

/* The door of values/: layers, what they become when they are merged, and where each value came
 * from. Environments are not known here. */
#include "coalesce.h"
#include "from_toml.h"
#include "json.h"
#include "layer.h"
#include "merge.h"
#include "set.h"
#include "value.h"
#include "values_match.h"
#include "values_path.h"
#include "walk.h"

#endif
