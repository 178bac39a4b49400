#include "kube/kube.h"
#include "unit.h"

#include <math.h>

UNIT_ARENA(arena)

static const struct {
    const char *written;
    double number;
} quantities[] = {
    {"1", 1},   {"1.5", 1.5}, {"500m", 0.5}, {"2k", 2000}, {"1Ki", 1024}, {"2Gi", 2147483648},
    {"'3'", 3}, {"1G", 1e9},  {"lots", NAN}, {"1Zi", NAN}, {"[1]", NAN},  {"", NAN},
};

START_TEST(quantities_are_read_as_kubernetes_reads_them)
{
    struct str text = str_from_c(quantities[_i].written);
    const struct yaml_stream *stream = yaml_parse_bytes(&arena, text, 0, &limits_default);
    double number = quantity_of(&arena, yaml_root(stream));
    ck_assert_int_eq(isnan(number), isnan(quantities[_i].number));
    if (!isnan(number))
        ck_assert_double_eq_tol(number, quantities[_i].number, 1e-9);
}
END_TEST

UNIT_TESTS("kube/quantity", EACH(quantities_are_read_as_kubernetes_reads_them, quantities))
