#ifndef BULKHEAD_CLI_RULE_PAGE_H
#define BULKHEAD_CLI_RULE_PAGE_H

#include "engine/engine.h"

/* The page of a rule in docs/rules/, in Markdown, from the rule's file: text, options, examples. */
void rule_page_write(struct text *out, const struct rule *rule);
/* The table of all rules. */
void rule_index_write(struct text *out, const struct rule_set *rules);

#endif
