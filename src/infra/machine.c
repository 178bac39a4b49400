#include "machine.h"

/* Families in which the number of processors gives the memory. In a pattern "#" is that number, "@"
 * what AWS calls it ("large", "4xlarge"), "*" any letters. Sources: the size tables of the
 * providers' documentation. */
static const struct {
    const char *pattern;
    double gibibytes; /* for each processor */
} families[] = {
    {"Standard_D#*_v3", 4},
    {"Standard_D#*_v4", 4},
    {"Standard_D#*_v5", 4},
    {"Standard_D#*_v6", 4},
    {"Standard_E#*_v3", 8},
    {"Standard_E#*_v4", 8},
    {"Standard_E#*_v5", 8},
    {"Standard_E#*_v6", 8},
    {"Standard_F#s_v2", 2},
    {"Standard_B#s_v2", 4},
    {"Standard_B#as_v2", 4},
    {"Standard_L#s_v2", 8},
    {"Standard_L#s_v3", 8},
    {"m5.@", 4},
    {"m5a.@", 4},
    {"m6i.@", 4},
    {"m6a.@", 4},
    {"m6g.@", 4},
    {"m7i.@", 4},
    {"m7a.@", 4},
    {"m7g.@", 4},
    {"c5.@", 2},
    {"c6i.@", 2},
    {"c6a.@", 2},
    {"c6g.@", 2},
    {"c7i.@", 2},
    {"c7a.@", 2},
    {"c7g.@", 2},
    {"r5.@", 8},
    {"r6i.@", 8},
    {"r6a.@", 8},
    {"r6g.@", 8},
    {"r7i.@", 8},
    {"r7g.@", 8},
    {"e2-standard-#", 4},
    {"e2-highmem-#", 8},
    {"e2-highcpu-#", 1},
    {"n1-standard-#", 3.75},
    {"n1-highmem-#", 6.5},
    {"n2-standard-#", 4},
    {"n2-highmem-#", 8},
    {"n2-highcpu-#", 1},
    {"n2d-standard-#", 4},
    {"n2d-highmem-#", 8},
    {"n2d-highcpu-#", 1},
    {"t2d-standard-#", 4},
    {"c2-standard-#", 4},
    {"c2d-standard-#", 4},
};

/* Sizes that no rule gives. */
static const struct {
    const char *size;
    int64_t processors;
    double gibibytes;
} sizes[] = {
    {"Standard_A2_v2", 2, 4},    {"Standard_A4_v2", 4, 8},   {"Standard_B1ms", 1, 2},
    {"Standard_B2s", 2, 4},      {"Standard_B2ms", 2, 8},    {"Standard_B4ms", 4, 16},
    {"Standard_B8ms", 8, 32},    {"Standard_B12ms", 12, 48}, {"Standard_B16ms", 16, 64},
    {"Standard_D2_v2", 2, 7},    {"Standard_D3_v2", 4, 14},  {"Standard_D4_v2", 8, 28},
    {"Standard_DS2_v2", 2, 7},   {"Standard_DS3_v2", 4, 14}, {"Standard_DS4_v2", 8, 28},
    {"Standard_DS5_v2", 16, 56}, {"t3.medium", 2, 4},        {"t3.large", 2, 8},
    {"t3.xlarge", 4, 16},        {"t3.2xlarge", 8, 32},      {"t3a.medium", 2, 4},
    {"t3a.large", 2, 8},         {"t3a.xlarge", 4, 16},      {"t3a.2xlarge", 8, 32},
    {"t4g.medium", 2, 4},        {"t4g.large", 2, 8},        {"t4g.xlarge", 4, 16},
    {"t4g.2xlarge", 8, 32},
};

/* The processors of "large", "xlarge" or "4xlarge"; 0 for any other word. */
static int64_t processors_of_word(struct str word)
{
    int64_t times = 1;
    if (str_is(word, "large"))
        return 2;
    if (str_is(word, "xlarge"))
        return 4;
    if (!str_ends_with(word, STR("xlarge")) ||
        !parse_go_int(str_slice(word, 0, word.n - 6), 10, &times) || times < 2 || times > 48)
        return 0;
    return times * 4;
}

static struct str cut_digits(struct str *rest)
{
    size_t n = 0;
    while (n < rest->n && is_ascii_digit(rest->p[n]))
        n++;
    struct str digits = str_slice(*rest, 0, n);
    *rest = str_from(*rest, n);
    return digits;
}

static int64_t cut_processors(char kind, struct str *size)
{
    int64_t processors = 0;
    if (kind == '@') {
        processors = processors_of_word(*size);
        *size = str_empty_at(*size, size->n);
    } else if (!parse_go_int(cut_digits(size), 10, &processors) || processors > 512) {
        processors = 0;
    }
    return processors;
}

/* The processors of a size that fits the pattern; 0 when it does not. */
static int64_t match(const char *pattern, struct str size)
{
    int64_t processors = 0;
    for (; *pattern; pattern++) {
        if (*pattern == '#' || *pattern == '@') {
            processors = cut_processors(*pattern, &size);
            if (!processors)
                return 0;
        } else if (*pattern == '*') {
            /* "l" halves the memory, "-" leaves processors out. */
            while (size.n && strchr("abdeps", size.p[0]))
                size = str_from(size, 1);
        } else {
            if (!size.n || size.p[0] != *pattern)
                return 0;
            size = str_from(size, 1);
        }
    }
    return size.n ? 0 : processors;
}

/* Of the first processor 6 %, of the second 1 %, of the next two 0.5 %, of the rest 0.25 % are
 * reserved (GKE, EKS); AKS reserves more. Of memory at least 255 MiB (EKS) and what starts
 * eviction, 100 MiB. */
static struct machine_offer offer_of(int64_t processors, double gibibytes)
{
    enum { MEBIBYTE = 1024 * 1024 };
    int64_t third = processors > 4 ? 2 : processors > 2 ? processors - 2 : 0;
    int64_t reserved = 60 + (processors > 1 ? 10 : 0) + third * 5 +
                       (processors > 4 ? (processors - 4) * 5 / 2 : 0);
    return (struct machine_offer){
        .cpu = processors * 1000 - reserved,
        .memory = (int64_t)(gibibytes * 1024) * MEBIBYTE - (int64_t)355 * MEBIBYTE,
    };
}

bool machine_find(struct str size, struct machine_offer *ret_offer)
{
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        if (str_equal_ignoring_case(size, str_from_c(sizes[i].size))) {
            *ret_offer = offer_of(sizes[i].processors, sizes[i].gibibytes);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        int64_t processors = match(families[i].pattern, size);
        if (processors) {
            *ret_offer = offer_of(processors, families[i].gibibytes * (double)processors);
            return true;
        }
    }
    return false;
}
