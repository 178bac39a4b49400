#include "oracle_unit.h"

/* Every template of snippets/engine.json gives what Helm's engine made of it, or fails with the
 * same message. */

START_TEST(templates_give_what_the_engine_gave)
{
    json_error_t error;
    json_t *recorded = json_load_file(RECORDED, JSON_ALLOW_NUL, &error);
    ck_assert_msg(recorded != NULL, "%s: %d", error.text, error.line);
    ck_assert_uint_eq(check_templates(recorded, 4), 0);
    json_decref(recorded);
}
END_TEST

UNIT_TESTS("engine", ONCE(templates_give_what_the_engine_gave))
