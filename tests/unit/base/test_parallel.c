#include "unit.h"

#include <stdatomic.h>

enum { COUNT = 5000 };

struct tally {
    atomic_int times[COUNT];
    atomic_int wrong_worker;
    unsigned jobs;
};

static void count(void *context, unsigned worker, size_t index)
{
    struct tally *tally = context;
    atomic_fetch_add(&tally->times[index], 1);
    if (worker >= tally->jobs)
        atomic_fetch_add(&tally->wrong_worker, 1);
}

START_TEST(every_index_is_worked_on_once)
{
    const unsigned jobs[] = {1, 2, 7, 64};
    for (size_t k = 0; k < sizeof jobs / sizeof *jobs; k++) {
        static struct tally tally;
        memset(&tally, 0, sizeof tally);
        tally.jobs = jobs[k];
        parallel_for(COUNT, jobs[k], count, &tally);
        for (size_t i = 0; i < COUNT; i++)
            ck_assert_int_eq(tally.times[i], 1);
        ck_assert_int_eq(tally.wrong_worker, 0);
    }
}
END_TEST

UNIT_TESTS("base/parallel", ONCE(every_index_is_worked_on_once))
