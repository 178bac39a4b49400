#ifndef BULKHEAD_ENGINE_PASS_H
#define BULKHEAD_ENGINE_PASS_H

#include "infra/infra.h"
#include "kube/kube.h"
#include "rule.h"

/* What a rule's hook may see and do. A pass belongs to one rule and one thread; what it hands out
 * from pass_arena lives until the hook returns, everything of the model longer. */

struct arena *pass_arena(struct pass *pass);
const struct model *pass_model(const struct pass *pass);
/* The merged values of a release. In the hooks values, release and application only for the
 * releases of the current application; in the hook repository for any. */
const struct merged *pass_values(struct pass *pass, const struct release *release);
/* What the templates of the release's chart may read; the same for all releases of a chart. NULL:
 * that is not known. Only for rules that say uses_reads. */
const struct reads *pass_reads(const struct pass *pass, const struct release *release);
const struct layer_use *pass_layer_use(const struct pass *pass, const struct layer *layer);
/* The rendered objects of a release; NULL when it cannot be rendered, which is noted once. In the
 * hooks of releases and applications only for releases of the current one, and they live until it
 * is done; in the hook repository for any release, and they live as long as the run. A rule that
 * calls this in other hooks than `object` says so by `uses_objects`. */
const struct object_list *pass_objects(struct pass *pass, const struct release *release);
/* The pod templates of these objects, in their order; NULL as above. Live as long as pass_arena. */
const struct workload_list *pass_workloads(struct pass *pass, const struct release *release);
/* What these objects make and need, where they are known. Lives as long as pass_arena. */
struct dependences pass_dependences(struct pass *pass, const struct release *release);
/* What decides who can reach whom, of all releases that could be rendered. Only in the hook
 * repository of rules that say uses_objects; lives as long as the run. */
const struct network *pass_network(struct pass *pass);
/* What kinds of objects look like. Only in the hook repository of rules that say uses_objects;
 * lives as long as the run. */
struct definitions *pass_definitions(struct pass *pass);
/* Which Secrets and stores of secrets there are, and who needs them; as pass_network. */
const struct secret_model *pass_secrets(struct pass *pass);
/* Who makes what, and what uses it by name, of all releases that could be rendered. As
 * pass_network.
 */
const struct makers *pass_makers(struct pass *pass);
const struct reference_list *pass_references(struct pass *pass);
/* Where its pods run, as far as pools and configuration tell. Lives as long as pass_arena. */
struct placement pass_placement(struct pass *pass, const struct workload *workload);
/* False when the template prints no such part whatever the values are. */
bool pass_is_wired(struct pass *pass, const struct workload *workload,
                   const struct workload_part *part);
/* What becomes of a release when its environment is switched off; NULL when it cannot be rendered,
 * as it is or switched off. In the hooks of releases and applications only for releases of the
 * current one. Lives as long as pass_objects. A rule that calls this says so by `uses_objects`. */
const struct shutdown *pass_shutdown(struct pass *pass, const struct release *release);
/* The flags that switch environments off. */
const struct shutdown_flags *pass_shutdown_flags(const struct pass *pass);
/* The first of the paths that the templates of the release's chart read, or may read because they
 * are not known; p == NULL: they read none. For rules that say uses_reads. */
struct str pass_flag_read(struct pass *pass, const struct release *release,
                          const struct str_list *paths);
/* True when values files write a flag and some chart reads it: only then something can be said
 * about what a release does without it. For rules that say uses_reads. */
bool pass_can_switch(struct pass *pass);
/* True when the environment is switched off now, by the configuration or its values. */
bool pass_is_off(struct pass *pass, const struct config_environment *environment);
/* The chart of a release with everything in it; NULL when it cannot be loaded. */
const struct chart_package *pass_package(struct pass *pass, const struct release *release);
/* Why a release of the current application cannot be rendered; NULL when it can be, and when it
 * cannot be told: its chart is not there or lacks dependencies, or some of its values are unknown.
 * A rule that calls this says so by `uses_objects`. */
const struct release_failure *pass_failure(struct pass *pass, const struct release *release);
/* The fields of a release of the current application that are something else at each rendering; the
 * first call for a release whose templates call such a function renders it once more, traced. */
const struct chance_list *pass_chances(struct pass *pass, const struct release *release);
/* Renders a release, as it is and switched off, and notes which way the conditions of its templates
 * went, see branches.h; false when it cannot be rendered as it is. A rule that calls this says so
 * by `uses_objects`. */
bool pass_note_branches(struct pass *pass, const struct release *release,
                        struct branches *branches);
/* True when a release of the current application renders to something else with the boolean at the
 * values path the other way round, or cannot be rendered; see effect.h. A rule that calls this says
 * so by `uses_objects`. */
bool pass_feels_switch(struct pass *pass, const struct release *release, struct str path);
/* Why a field of such an object is what it is, or is not there; by its path in the object
 * ("spec.template.spec.tolerations", see values_path.h). Renders the release once more, traced. */
struct cause pass_cause(struct pass *pass, const struct object *object, struct str field);
/* The same of a part of the field's text, see cause_find_part. */
struct cause pass_cause_of(struct pass *pass, const struct object *object, struct str field,
                           struct text_part part);
/* The text of a span. */
struct str pass_text(const struct pass *pass, struct span span);
/* Paths of the repository, for rules about files. */
const struct str_list *pass_paths(const struct pass *pass);
/* The node pools that the repository declares; empty when there are none. */
const struct node_pools *pass_pools(const struct pass *pass);
struct tree *pass_tree(const struct pass *pass);

/* Options as configured, else as the rule's file says. The name must be declared there. */
bool pass_option_bool(const struct pass *pass, const char *name);
double pass_option_number(const struct pass *pass, const char *name);
struct str pass_option_string(const struct pass *pass, const char *name);
/* Lives as long as pass_arena. */
struct str_list pass_option_strings(struct pass *pass, const char *name);
const struct yaml_node *pass_option_map(const struct pass *pass, const char *name);

/* A finding in the making. Findings of one rule at the same span with the same values path become
 * one: their releases and related places are united, the arguments of the first count. In a message
 * {{ .environments }}, {{ .applications }} and {{ .objects }} are the united ones, {{ .path }} is
 * the values path. */
struct report;

/* Begins a finding at a span, with one of the rule's messages. The current release, or all releases
 * of the current layer or application, are noted as concerned; report_only_for narrows that. */
struct report *pass_report(struct pass *pass, struct span span, const char *message);
/* Begins a finding about a field of a rendered object, at what caused it: the value, else the
 * template's line, else where the application is declared. For a field that is missing because
 * nobody writes a value it is where that value would be written (writing.h). The release of the
 * object is concerned, the values path and the way through the templates are noted. In its message
 * {{ .remedy }} is "; set console.tolerations in env/dev/minio.yaml" when that is known, else
 * empty. */
struct report *pass_report_field(struct pass *pass, const struct object *object, struct str field,
                                 const char *message);
/* The same about a part of the field's text: at the value that has it in it, else at the template's
 * line that says it or puts it together. {{ .text }} is the part. */
struct report *pass_report_text(struct pass *pass, const struct object *object, struct str field,
                                struct text_part part, const char *message);
/* The same about an item of pass_shutdown, at the template's line that lets it be so, see
 * shutdown_span. Arguments: title, reason. */
struct report *pass_report_shutdown(struct pass *pass, const struct shutdown_item *item,
                                    const char *message);
/* The same about an object that several releases make, at each but the first. Arguments: object. */
void pass_report_again(struct pass *pass, const struct made *made, const char *message);
/* The same about the name by which an object uses another. Arguments: kind, name and namespace of
 * what it uses, hint. */
struct report *pass_report_reference(struct pass *pass, const struct reference *reference,
                                     struct str hint, const char *message);
/* The same about a map or list: where a template writes it around single values, which are not to
 * blame, it stands at the template's line. */
struct report *pass_report_structure(struct pass *pass, const struct object *object,
                                     struct str field, const char *message);
/* The same about the key of a field, which should not be there: where the values or the template
 * write it, whatever wrote what it holds. */
struct report *pass_report_key(struct pass *pass, const struct object *object, struct str field,
                               const char *message);
/* The same about a part of a pod; {{ .workload }} is the workload's title. */
struct report *pass_report_part(struct pass *pass, const struct workload *workload,
                                const struct workload_part *part, const char *message);
/* The same about what is wrong with where its pods run; {{ .pool }}, {{ .environment }},
 * {{ .taint }}, {{ .field }} and {{ .elsewhere }} are those of the placement. */
struct report *pass_report_placement(struct pass *pass, const struct workload *workload,
                                     const struct placement *placement, const char *message);
/* The same about a release that cannot be rendered; a warning where no configuration says which
 * values it gets. Arguments: problem, in Helm's words. */
struct report *pass_report_failure(struct pass *pass, const struct release_failure *failure,
                                   const char *message);
/* The same about a field that chance makes, at the call. Arguments: function, object. */
struct report *pass_report_chance(struct pass *pass, const struct chance *chance,
                                  const char *message);
void report_argument(struct report *report, const char *name, struct str value);
void report_values_path(struct report *report, struct str path);
/* A path that was meant instead: what is missing there is missing for the same reason (yield.h). */
void report_meant_path(struct report *report, struct str path);
/* A second place, with a note in words; in the order in which a reader should go there. */
void report_related(struct report *report, struct span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Gives this finding another severity than the rule's; of several that become one the highest
 * counts. What the configuration says about the rule still wins. */
void report_severity(struct report *report, enum severity severity);
/* Replaces the releases concerned by those that are named with calls of this function. */
void report_only_for(struct report *report, const struct release *release);
/* The same for all releases of an application. */
void report_only_for_all(struct report *report, const struct application *application);
/* Replaces [span) by text in the finding's fix; several edits make one fix. */
void report_edit(struct report *report, struct span span, struct str text);

#endif
