#include "parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

enum { PARALLEL_MOST_JOBS = 64 };

struct shared_loop {
    atomic_size_t next;
    size_t count;
    void (*work)(void *context, unsigned worker, size_t index);
    void *context;
};

struct worker {
    struct shared_loop *loop;
    unsigned number;
};

static void *run_worker(void *argument)
{
    struct worker *worker = argument;
    struct shared_loop *loop = worker->loop;
    for (;;) {
        size_t index = atomic_fetch_add(&loop->next, 1);
        if (index >= loop->count)
            return NULL;
        loop->work(loop->context, worker->number, index);
    }
}

void parallel_for(size_t count, unsigned jobs,
                  void (*work)(void *context, unsigned worker, size_t index), void *context)
{
    struct shared_loop loop = {.count = count, .work = work, .context = context};
    struct worker workers[PARALLEL_MOST_JOBS];
    pthread_t threads[PARALLEL_MOST_JOBS];
    bool started[PARALLEL_MOST_JOBS] = {false};
    if (jobs > PARALLEL_MOST_JOBS)
        jobs = PARALLEL_MOST_JOBS;
    for (unsigned i = 1; i < jobs && i < count; i++) {
        workers[i] = (struct worker){&loop, i};
        started[i] = pthread_create(&threads[i], NULL, run_worker, &workers[i]) == 0;
    }
    workers[0] = (struct worker){&loop, 0};
    run_worker(&workers[0]);
    for (unsigned i = 1; i < jobs; i++) {
        if (started[i])
            pthread_join(threads[i], NULL);
    }
}

unsigned parallel_processors(void)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    return online > 0 ? (unsigned)online : 1;
}
