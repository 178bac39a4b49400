#include "analysis.h"

#include <unistd.h>

#include "look.h"

struct analysis {
    struct look look; /* the thread's own */
    pthread_t thread;
    int wake[2]; /* the thread writes a byte when there is a result */
    /* What the threads share. */
    pthread_mutex_t lock;
    pthread_cond_t is_wanted;
    struct snapshot *next; /* NULL: nothing is asked for */
    json_t *results;       /* an array of params; NULL: none */
    bool ends;
    atomic_bool is_unwanted;
};

static void hand_over(void *context, json_t *results)
{
    struct analysis *analysis = context;
    pthread_mutex_lock(&analysis->lock);
    if (!analysis->results)
        analysis->results = json_array();
    json_array_extend(analysis->results, results);
    pthread_mutex_unlock(&analysis->lock);
    json_decref(results);
    /* A full pipe has woken the server already. */
    ssize_t ignored = write(analysis->wake[1], "", 1);
    (void)ignored;
}

/* The next snapshot; NULL at the end. */
static struct snapshot *wait_for_work(struct analysis *analysis)
{
    pthread_mutex_lock(&analysis->lock);
    while (!analysis->next && !analysis->ends)
        pthread_cond_wait(&analysis->is_wanted, &analysis->lock);
    struct snapshot *next = analysis->ends ? NULL : analysis->next;
    if (next)
        analysis->next = NULL;
    atomic_store(&analysis->is_unwanted, analysis->ends);
    pthread_mutex_unlock(&analysis->lock);
    return next;
}

static void *run(void *argument)
{
    struct analysis *analysis = argument;
    for (struct snapshot *next; (next = wait_for_work(analysis));)
        look_at(&analysis->look, next);
    return NULL;
}

struct analysis *analysis_start(struct arena *arena, const struct analysis_options *options)
{
    struct analysis *analysis = arena_make(arena, struct analysis);
    analysis->look = (struct look){
        .view = {.root = options->root, .encoding = options->encoding, .jobs = options->jobs},
        .today = options->today,
        .is_unwanted = &analysis->is_unwanted,
        .publish = hand_over,
        .context = analysis,
        .published = json_object(),
    };
    pthread_mutex_init(&analysis->lock, NULL);
    pthread_cond_init(&analysis->is_wanted, NULL);
    if (pipe(analysis->wake) == 0) {
        if (pthread_create(&analysis->thread, NULL, run, analysis) == 0)
            return analysis;
        close(analysis->wake[0]);
        close(analysis->wake[1]);
    }
    look_close(&analysis->look);
    return NULL;
}

void analysis_end(struct analysis *analysis)
{
    pthread_mutex_lock(&analysis->lock);
    analysis->ends = true;
    atomic_store(&analysis->is_unwanted, true);
    pthread_cond_signal(&analysis->is_wanted);
    pthread_mutex_unlock(&analysis->lock);
    pthread_join(analysis->thread, NULL);
    snapshot_drop(analysis->next);
    look_close(&analysis->look);
    json_decref(analysis->results);
    close(analysis->wake[0]);
    close(analysis->wake[1]);
    pthread_cond_destroy(&analysis->is_wanted);
    pthread_mutex_destroy(&analysis->lock);
}

void analysis_ask(struct analysis *analysis, const struct view_file *files, size_t count,
                  bool disk_changed)
{
    struct snapshot *next = snapshot_make(files, count, disk_changed);
    pthread_mutex_lock(&analysis->lock);
    if (analysis->next)
        next->disk_changed = next->disk_changed || analysis->next->disk_changed;
    snapshot_drop(analysis->next);
    analysis->next = next;
    atomic_store(&analysis->is_unwanted, true);
    pthread_cond_signal(&analysis->is_wanted);
    pthread_mutex_unlock(&analysis->lock);
}

int analysis_descriptor(const struct analysis *analysis)
{
    return analysis->wake[0];
}

json_t *analysis_take(struct analysis *analysis)
{
    char bytes[64];
    ssize_t ignored = read(analysis->wake[0], bytes, sizeof bytes);
    (void)ignored;
    pthread_mutex_lock(&analysis->lock);
    json_t *results = analysis->results ? analysis->results : json_array();
    analysis->results = NULL;
    pthread_mutex_unlock(&analysis->lock);
    return results;
}
