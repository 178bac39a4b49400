#ifndef BULKHEAD_REPORT_XML_PARTS_H
#define BULKHEAD_REPORT_XML_PARTS_H

#include "base/base.h"

/* Private to report/: XML 1.0. What it cannot hold, control characters and bytes that are no UTF-8,
 * becomes U+FFFD. */

/* ` name="value"`. */
void xml_add_attribute(struct text *out, const char *name, struct str value);
void xml_add_number(struct text *out, const char *name, size_t value);
/* Text between tags. */
void xml_add_text(struct text *out, struct str text);

#endif
