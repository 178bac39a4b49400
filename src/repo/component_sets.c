#include "repo.h"

struct component_set_list component_sets_find(struct arena *arena, struct tree *tree,
                                              const struct model *model)
{
    struct component_set_list list = {0};
    const struct application_set_list sets = application_sets_find(arena, tree, model->config);
    for (size_t i = 0; i < model->application_count; i++) {
        const struct application *application = &model->applications[i];
        const struct file *file =
            application->component ? tree_file(tree, application->component->span.file) : NULL;
        for (size_t k = 0; file && k < sets.count; k++) {
            if (str_list_has(&sets.items[k].files, file->path))
                vector_push(arena, &list, ((struct component_set){application, &sets.items[k]}));
        }
    }
    return list;
}
