#ifndef BULKHEAD_BASE_BASE_H
#define BULKHEAD_BASE_BASE_H

/* The door of base/: what every room may use. Nothing here knows a word of YAML, Helm or
 * Kubernetes, reads a file, prints or exits. */
#include "arena.h"
#include "calendar.h"
#include "decimal.h"
#include "diagnostic.h"
#include "encoding.h"
#include "letter.h"
#include "limits.h"
#include "map.h"
#include "number.h"
#include "parallel.h"
#include "path.h"
#include "quote.h"
#include "regex.h"
#include "semver.h"
#include "similar.h"
#include "str.h"
#include "text.h"
#include "utf8.h"
#include "vector.h"

#endif
