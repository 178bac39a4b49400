#ifndef BULKHEAD_DEPLOY_ENVIRONMENT_WORDS_H
#define BULKHEAD_DEPLOY_ENVIRONMENT_WORDS_H

#include "base/base.h"

/* Words by which people call environments.  */

/* True for a known word ("dev", "staging"), also with digits behind it ("dev1") or as the first or
 * last part of a name that is joined by dashes ("prod-eu"). */
bool environment_word_is_known(struct str name);
/* True for a known word that stands alone, perhaps with digits behind it. */
bool environment_word_is_plain(struct str name);
/* True for words that mean all environments in the place of one: "common", "base". */
bool environment_word_is_base(struct str name);
/* Where the environment stands between weakest (0) and strongest; unknown names lie in between. */
unsigned environment_word_rank(struct str name);
/* True for words in places of environments that are never one: "schema", "example", "ci", … */
bool environment_word_is_other(struct str name);

#endif
