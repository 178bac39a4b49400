#include "finding_words.h"
#include "writers.h"
#include "xml_parts.h"

/* Findings are in the order of their paths: those of a file stand together. */
void report_checkstyle(struct text *out, const struct report_input *input)
{
    const struct finding_list *findings = &input->result->findings;
    struct str open = {0};
    text_add_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n");
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->items[i];
        struct str path = finding_path(out->arena, input, finding);
        if (!open.p || !str_equal(path, open)) {
            text_add_c(out, open.p ? "  </file>\n  <file" : "  <file");
            xml_add_attribute(out, "name", path);
            text_add_c(out, ">\n");
        }
        open = path;
        text_add_c(out, "    <error");
        xml_add_number(out, "line", finding_line(finding));
        if (finding->position.path.n)
            xml_add_number(out, "column", finding->position.column);
        xml_add_attribute(out, "severity", str_from_c(severity_name(finding->severity)));
        xml_add_attribute(out, "message", finding->message);
        xml_add_attribute(out, "source",
                          str_join(out->arena, STR("bulkhead."), finding->rule->name));
        text_add_c(out, "/>\n");
    }
    text_add_c(out, open.p ? "  </file>\n</checkstyle>\n" : "</checkstyle>\n");
}
