#ifndef BULKHEAD_BASE_CALENDAR_H
#define BULKHEAD_BASE_CALENDAR_H

#include <stdint.h>

/* Days of a month (1 to 12) in the Gregorian calendar. */
int days_in_month(int64_t year, int month);

#endif
