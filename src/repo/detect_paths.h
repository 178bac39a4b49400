#ifndef BULKHEAD_REPO_DETECT_PATHS_H
#define BULKHEAD_REPO_DETECT_PATHS_H

#include "detect.h"

/* Private to repo/: what the path of a values file says about environment and application. */

/* Names that one folder gives to the things in it. */
struct folder_names {
    size_t known_folders; /* folders that are called by words for environments */
    size_t known_files;   /* values files, the same */
    bool words_below;     /* files in its folders are named by environments */
};

/* What is known of a tree before its paths are taken apart. */
struct survey {
    struct arena *arena;
    struct str_list charts;   /* directories */
    struct map used_charts;   /* those of them that other charts depend on by file:// */
    struct map chart_by_name; /* last name of the directory → struct str */
    struct map folders;       /* path → struct folder_names */
    struct map stems; /* "folder/web" for web-dev.yaml → how many environments, as pointer */
};

/* A values file's path with the environment and the application taken out of it. */
struct dissection {
    struct str pattern;     /* "apps/{app}/values-{env}.yaml" */
    struct str environment; /* what stands in the place of {env} */
    struct str application; /* empty for a file of a whole environment */
    struct str chart;       /* directory of the chart it belongs to; p == NULL for none */
    bool known;             /* the environment is a word of its own for one: "dev", not "web-dev" */
    bool by_place;          /* it stands where only environments stand: environments/x/ */
    bool base;              /* it is a word for all environments: "common" */
};

/* Directories of charts that one of the charts depends on by file://, as keys. */
struct map charts_used_by_others(struct detection *detection, const struct str_list *charts);
struct survey survey_make(struct detection *detection);
/* True when the path may be that of a values file. */
bool path_may_hold_values(struct str path);
/* False when the path says nothing of environments. */
bool path_dissect(const struct survey *survey, struct str path, struct dissection *ret_dissection);
/* True for names of folders that only hold things of one sort: values, environments. */
bool path_is_container(struct str name);
/* True for names of folders whose folders are environments: environments, clusters. */
bool path_holds_environments(struct str name);

#endif
