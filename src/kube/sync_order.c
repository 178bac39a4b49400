#include "sync_order.h"

static const struct yaml_entry *annotation(const struct object *object, const char *name)
{
    return yaml_find(yaml_at(object->root, STR("metadata.annotations")), str_from_c(name));
}

struct hook_word {
    const char *word;
    enum sync_phase phase;
};

static const struct hook_word argocd_words[] = {
    {"PreSync", SYNC_BEFORE},
    {"Sync", SYNC_MAIN},
    {"PostSync", SYNC_AFTER},
};
/* Argo CD runs those of upgrades at the first sync, too. */
static const struct hook_word helm_words[] = {
    {"pre-install", SYNC_BEFORE},
    {"post-install", SYNC_AFTER},
    {"pre-upgrade", SYNC_BEFORE},
    {"post-upgrade", SYNC_AFTER},
};
enum { HELM_INSTALL_WORDS = 2 };

static enum sync_phase earliest(struct str hooks, const struct hook_word *words, size_t count)
{
    enum sync_phase found = SYNC_NEVER;
    while (hooks.p) {
        struct str hook = str_trim(str_cut(&hooks, ','));
        for (size_t i = 0; i < count; i++) {
            if (str_is(hook, words[i].word) && (!found || words[i].phase < found))
                found = words[i].phase;
        }
    }
    return found;
}

static enum sync_phase phase_of(const struct object *object, bool is_of_argocd,
                                const struct yaml_entry **ret_by)
{
    const struct yaml_entry *own = annotation(object, "argocd.argoproj.io/hook");
    if (own && is_of_argocd) {
        *ret_by = own;
        return earliest(yaml_text(own->value), argocd_words,
                        sizeof argocd_words / sizeof *argocd_words);
    }
    *ret_by = annotation(object, "helm.sh/hook");
    if (!object->hook.p || str_is(object->hook, "crd-install"))
        return SYNC_MAIN;
    size_t count = sizeof helm_words / sizeof *helm_words;
    return earliest(object->hook, helm_words, is_of_argocd ? count : HELM_INSTALL_WORDS);
}

struct sync_moment sync_moment_of(const struct object *object, bool is_of_argocd)
{
    struct sync_moment moment = {0};
    moment.phase = phase_of(object, is_of_argocd, &moment.phase_by);
    if (is_of_argocd)
        moment.wave_by = annotation(object, "argocd.argoproj.io/sync-wave");
    if (!moment.wave_by && object->hook.p)
        moment.wave_by = annotation(object, "helm.sh/hook-weight");
    struct str wave = moment.wave_by ? yaml_text(moment.wave_by->value) : (struct str){0};
    if (!wave.n || !parse_go_int(wave, 10, &moment.wave))
        moment.wave = 0;
    return moment;
}

int sync_moments_compare(const struct sync_moment *a, const struct sync_moment *b)
{
    if (a->phase != b->phase)
        return a->phase < b->phase ? -1 : 1;
    return a->wave == b->wave ? 0 : a->wave < b->wave ? -1 : 1;
}

struct str sync_moment_text(struct arena *arena, const struct sync_moment *moment,
                            const struct sync_moment *other)
{
    static const char *const phases[] = {
        [SYNC_NEVER] = "never",
        [SYNC_BEFORE] = "before all that is no hook",
        [SYNC_MAIN] = "with all that is no hook",
        [SYNC_AFTER] = "after all that is no hook",
    };
    if (moment->phase != other->phase)
        return str_from_c(phases[moment->phase]);
    return str_format(arena, "in wave %lld", (long long)moment->wave);
}
