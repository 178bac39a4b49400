#ifndef BULKHEAD_EVAL_ZONE_H
#define BULKHEAD_EVAL_ZONE_H

#include "time.h"
#include "tree/tree.h"

/* Private to eval/: the time zones of Go's time.LoadLocation, as Sprig's functions of dates use
 * them. */

/* Gives the time the offset and the abbreviation that its zone has at that instant. `zones` holds
 * the files of the IANA database (RFC 8536) by their names; NULL: there are none. A zone that is
 * not known is UTC, and so is local time. */
void time_set_zone(struct arena *arena, struct tree *zones, struct str name, struct go_time *time);

#endif
