#!/usr/bin/env python3
"""Asks the real Helm what the tests of this folder expect, and writes it down, so that they mean something without it.

record.py           writes snippets/functions.json and fixtures.txt anew
record.py --check   compares them with what Helm prints now, and $BULKHEAD with Helm. Exit status 1: something differs,
                    and was shown.

Helm 4 is $HELM or `helm`, Helm 3 is $HELM3. What is asked: the calls of functions.yaml and what becomes of them here,
the templates of snippets/*.yaml, and every chart of fixtures/ with the layers of its releases, which
`bulkhead list` ($BULKHEAD or build/bulkhead) tells.
"""
import argparse
import base64
import collections
import difflib
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SNIPPETS = HERE / "snippets/functions.json"
FIXTURES = HERE / "fixtures.txt"
CHART = 'apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: "9.8"\n'

Group = collections.namedtuple("Group", "name values cases")
# `shape`: an expression for output that is not the same twice. `varies`: left out if it has an output.
Case = collections.namedtuple("Case", "template shape varies", defaults=(None, False))
# What a program made of a template or a chart: its output, or why there is none.
Answer = collections.namedtuple("Answer", "done text")


# --- Helm, and what should do as it does ---


class Program:
    charts_of_a_run = 1

    def __init__(self, path, *arguments):
        self.path = str(path)
        self.arguments = arguments

    def run(self, *words):
        return subprocess.run([self.path, *map(str, words)], capture_output=True, text=True, errors="surrogateescape",
                              check=False, stdin=subprocess.DEVNULL)

    def render(self, chart, name="rel", namespace="ns", layers=()):
        files = [word for layer in layers for word in ("-f", layer)]
        done = self.run("template", name, chart, "-n", namespace, *files, *self.arguments)
        if done.returncode == 0:
            return Answer(True, done.stdout)
        return Answer(False, done.stderr.partition("Error: ")[2].partition("\n\nUse --debug")[0].rstrip("\n"))

    def failures(self, charts):
        """Chart → why it cannot be rendered, for those that cannot; that they need not be YAML does not count."""
        answers = {chart: self.render(chart) for chart in charts}
        return {chart: answer.text for chart, answer in answers.items()
                if not answer.done and not answer.text.startswith("YAML parse error on c/")}


class Helm(Program):
    """`helm lint` says of hundreds of charts in one run why they cannot be rendered, in the words of `helm template`.
    It forgives what `fail` and `required` do, so charts with these are rendered."""

    def failures(self, charts):
        strict = [chart for chart in charts if re.search(r"\b(fail|required)\b", (chart / "templates/x.yaml").read_text())]
        found = super().failures(strict)
        for start in range(0, len(charts), 400):
            found |= self.lint([chart for chart in charts[start : start + 400] if chart not in strict])
        return found

    def lint(self, charts):
        found = {}
        for report in self.run("lint", "--quiet", *charts).stdout.split("==> Linting ")[1:]:
            path, _, text = report.partition("\n")
            error = re.search(r"^\[ERROR\] templates/: (.*?)\n*(?=^\[|\Z)", text, re.S | re.M)
            if error:
                found[pathlib.Path(path)] = error[1]
        return found


# --- templates ---


def make_chart(folder, values, template):
    (folder / "templates").mkdir(parents=True)
    (folder / "Chart.yaml").write_text(CHART)
    (folder / "values.yaml").write_text(values)
    (folder / "templates/x.yaml").write_text(template)
    return folder


def together(templates):
    """One template of many: each the body of a definition, so that its output comes out whole, neither as YAML nor
    trimmed. What stands behind them, other definitions, is wanted once."""
    bodies, behind = [], set()
    for number, template in templates:
        body, mark, rest = template.partition('{{ define "h" }}')
        behind.add(mark + rest)
        bodies.append(f'{{{{ define "b{number}" }}}}{body}{{{{ end }}}}---\nn: {number}\n'
                      f'out: {{{{ include "b{number}" . | b64enc }}}}\n')
    return "".join([*bodies, *behind])


def outputs(program, folder):
    """Number → output of the templates of a chart; bytes that are no UTF-8 are kept as Python keeps them."""
    answer = program.render(folder)
    if not answer.done:
        sys.exit(f"{program.path}: the templates that can be rendered cannot be rendered together: {answer.text}")
    found = re.findall(r"^n: (\d+)\nout: ?(.*)$", answer.text, re.M)
    # Helm takes these words out of what a template printed.
    return {int(number): base64.b64decode(text).decode(errors="surrogateescape").replace("<no value>", "")
            for number, text in found}


def ask_all(programs, values, cases):
    """What each of the programs makes of the templates."""
    with tempfile.TemporaryDirectory() as scratch:
        place = pathlib.Path(scratch)
        charts = [make_chart(place / str(number), values, case.template) for number, case in enumerate(cases)]
        return [ask(program, charts, values, cases, place / f"all-{number}") for number, program in enumerate(programs)]


def ask(program, charts, values, cases, place):
    failures = program.failures(charts)
    good = [(number, case.template) for number, case in enumerate(cases) if charts[number] not in failures]
    printed = outputs(program, make_chart(place, values, together(good)))
    return [Answer(True, printed[number]) if number in printed else Answer(False, failures[chart])
            for number, chart in enumerate(charts)]


# --- the matrix of functions and arguments ---


def functions_of_source():
    """The names in the tables of src/eval, in their order."""
    text = "".join(path.read_text() for path in sorted((ROOT / "src/eval").glob("funcs_*.c")))
    return re.findall(r'(?:FUNCTION\(|VARIADIC\(|\.name = )"(\w+)"', text.replace("\n", ""))


def split_arguments(text):
    """'1 "a b" (list 1)' → its three parts."""
    parts, depth, start = [], 0, 0
    for token in re.finditer(r'"(?:\\.|[^"\\])*"|[()]|\s+|$|[^\s()"]+', text):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if (token[0].isspace() or not token[0]) and depth == 0:
            parts.append(text[start : token.start()])
            start = token.end()
    return [part for part in parts if part]


def spread(table):
    """{"a b": x} → {"a": x, "b": x}"""
    return {name: value for names, value in table.items() for name in names.split()}


def template_of(name, arguments, behind):
    call = " ".join([name, *arguments])
    return f'{{{{ $x := {call} }}}}{{{{ printf "%T %v" $x $x }}}}{behind}'


def cases_of(name, calls, table, behind):
    """The calls, then the first of them with every kind at every place, with one argument more and fewer, and with none."""
    arguments, kinds, shape = split_arguments(calls[0]), table["kinds"], table["shapes"].get(name, {})
    varied = [arguments[:i] + [kind] + arguments[i + 1 :] for i in range(len(arguments)) for kind in kinds]
    varied += [arguments + ["1"], arguments[:-1], []]
    chosen = [(call, bool(shape) and "fixed" not in shape) for call in map(split_arguments, calls)]
    chosen += [(call, bool(shape)) for call in varied]
    cases = {template_of(name, call, behind): varies for call, varies in reversed(chosen)
             if " ".join([name, *call]) not in table["except"]}
    listed = [Case(template, None, varies) for template, varies in reversed(cases.items())]
    return listed + [Case(template, pattern) for template, pattern in shape.get("cases", [])]


def groups_of_snippets():
    table = yaml.safe_load((HERE / "functions.yaml").read_text())
    calls, behind = spread(table["functions"]), spread(table["behind"])
    missing = set(functions_of_source()) ^ set(calls)
    if missing:
        sys.exit(f"functions.yaml and the tables of src/eval differ in {' '.join(sorted(missing))}")
    groups = [Group(name, table["values"], cases_of(name, calls[name], table, behind.get(name, "")))
              for name in calls]
    for path in sorted((HERE / "snippets").glob("*.yaml")):
        written = yaml.safe_load(path.read_text())
        groups.append(Group(path.name, written["values"], [Case(template) for template in written["snippets"]]))
    return groups


def json_text(text):
    """Bytes that are no UTF-8 cannot stand in JSON: each becomes U+FFFD."""
    return re.sub("[\udc80-\udcff]", "\ufffd", text)


def record_case(case, helm4, helm3):
    if case.shape:
        for answer in (helm4, helm3):
            if not answer.done or not re.fullmatch(case.shape, answer.text):
                sys.exit(f"{case.template} is not of the shape {case.shape}: {answer}")
        return {"template": case.template, "shape": case.shape}
    recorded = {"template": case.template, "output" if helm4.done else "error": json_text(helm4.text)}
    if helm4.done != helm3.done or (helm4.done and helm4 != helm3):
        recorded["helm3"] = {"output": json_text(helm3.text)} if helm3.done else {}
    return recorded


def ask_snippets(programs):
    """(name of the group, values, case, answers of the programs) for all cases. Groups with the same values are asked
    about together."""
    by_values = collections.defaultdict(list)
    for group in groups_of_snippets():
        by_values[group.values].extend((group.name, case) for case in group.cases)
    for values, named in by_values.items():
        answers = ask_all(programs, values, [case for _, case in named])
        for (name, case), *each in zip(named, *answers):
            yield name, values, case, each


def record_snippets(asked):
    groups = {}
    for name, values, case, (four, three, *_) in asked:
        group = groups.setdefault(name, {"name": name, "values": values, "cases": []})
        if not (case.varies and (four.done or three.done)):
            group["cases"].append(record_case(case, four, three))
    return {"about": "Templates with what Helm 4.1.4 prints for them, and Helm 3.17.2 where it prints something else or fails where "
                     "the other does not: chart c 1.2.3 (appVersion 9.8), release rel in namespace ns. Written by record.py.",
            "groups": list(groups.values())}


def write_json(recorded):
    """One case on a line."""
    groups = []
    for group in recorded["groups"]:
        cases = ",\n".join("   " + json.dumps(case, ensure_ascii=False) for case in group["cases"])
        head = ", ".join(f'"{key}": {json.dumps(group[key], ensure_ascii=False)}' for key in ("name", "values"))
        groups.append(f'  {{{head}, "cases": [\n{cases}]}}')
    return f'{{\n "about": {json.dumps(recorded["about"])},\n "groups": [\n' + ",\n".join(groups) + "\n ]\n}\n"


# --- the charts of fixtures ---


Release = collections.namedtuple("Release", "fixture name namespace chart layers")


def releases(bulkhead):
    """The releases whose chart is in their fixture; of two of one name, which are a fixture's fault, the first."""
    for fixture in sorted([ROOT / "fixtures/ameide", *(ROOT / "fixtures/incidents").iterdir()]):
        charts = {path.parent.name: path.parent for path in sorted(fixture.rglob("Chart.yaml"))}
        done = bulkhead.run("list", "layers", "--path", fixture).stdout
        names = set()
        for head, body in re.findall(r"^(\S.*)\n((?:  .*\n)*)", done, re.M):
            name, namespace, chart = re.match(r"(\S+)(?: +namespace (\S+))?(?: +chart (\S+))?", head).groups()
            layers = [fixture / line for line in re.findall(r"^ {12}(\S.*)$", body, re.M)]
            if chart in charts and name not in names:
                names.add(name)
                yield Release(fixture, name, namespace or "default", charts[chart], layers)


def with_dependencies(chart, scratch):
    """A copy of the chart with its file:// dependencies in charts/, as `helm dependency build` would put them."""
    copy = scratch / str(len(list(scratch.iterdir()))) / chart.name
    shutil.copytree(chart, copy)
    metadata = yaml.safe_load((chart / "Chart.yaml").read_text())
    for dependency in metadata.get("dependencies") or []:
        place = dependency.get("repository") or ""
        target = copy / "charts" / dependency["name"]
        if place.startswith("file://") and not target.exists():
            target.parent.mkdir(exist_ok=True)
            target.symlink_to(with_dependencies((chart / place[len("file://") :]).resolve(), scratch))
    return copy


def ask_fixtures(programs, bulkhead):
    """(release, answers of the programs) for all releases."""
    with tempfile.TemporaryDirectory() as scratch:
        copies = {}
        for release in releases(bulkhead):
            if release.chart not in copies:
                copies[release.chart] = with_dependencies(release.chart, pathlib.Path(scratch))
            application = release.name.partition("/")[2]
            yield release, [program.render(copies[release.chart], application, release.namespace, release.layers)
                            for program in programs]


def varies(release):
    """Whether a template of the chart asks chance."""
    words = re.compile(r"\b(rand\w+|gen[A-Z]\w+|uuidv4|shuffle|bcrypt|htpasswd|now)\b")
    return any(words.search(path.read_text()) for path in release.chart.rglob("templates/*"))


def digest(release, answer):
    if not answer.done:
        return "refused"
    if varies(release):
        return "varies"
    return hashlib.sha256(answer.text.encode(errors="surrogateescape")).hexdigest()


def record_fixtures(asked):
    lines = [f"{digest(release, four)} {digest(release, three)} {release.fixture.relative_to(ROOT)} {release.name}\n"
             for release, (four, three, *_) in asked]
    return ("# SHA-256 of what Helm 4.1.4 and 3.17.2 print for the releases of fixtures/. Written by record.py.\n"
            + "".join(lines))


# --- comparing ---


def differences(what, wanted, found):
    """Shows them; 1 when there are any."""
    lines = difflib.unified_diff(wanted.splitlines(), found.splitlines(), f"{what}, wanted", "now", n=1, lineterm="")
    print(*lines, sep="\n", end="\n" if wanted != found else "")
    return int(wanted != found)


def compare_snippets(asked):
    """Helm 4 with bulkhead, Helm 3 with bulkhead that does as Helm 3."""
    wrong = 0
    for _, _, case, (four, three, mine_as_4, mine_as_3) in asked:
        for version, wanted, mine in ((4, four, mine_as_4), (3, three, mine_as_3)):
            is_any = (case.shape or case.varies) and wanted.done and mine.done
            if wanted != mine and not is_any:
                wrong += differences(f"Helm {version}: {case.template}", f"{wanted.done} {json_text(wanted.text)}",
                                     f"{mine.done} {json_text(mine.text)}") or 1
    return wrong


def compare_fixtures(asked):
    wrong = 0
    for release, (four, three, mine_as_4, mine_as_3) in asked:
        for version, wanted, mine in ((4, four, mine_as_4), (3, three, mine_as_3)):
            # Of charts that it refuses Helm 3 speaks in words of its own.
            is_any = wanted.done == mine.done and (varies(release) if wanted.done else version == 3)
            if not is_any:
                wrong += differences(f"Helm {version}: {release.fixture.name} {release.name}", wanted.text, mine.text)
    return wrong


def check(programs, bulkhead):
    snippets = list(ask_snippets(programs))
    fixtures = list(ask_fixtures(programs, bulkhead))
    wrong = differences(SNIPPETS.name, SNIPPETS.read_text(), write_json(record_snippets(snippets)))
    wrong += differences(FIXTURES.name, FIXTURES.read_text(), record_fixtures(fixtures))
    wrong += compare_snippets(snippets) + compare_fixtures(fixtures)
    print(f"{len(snippets)} templates and {len(fixtures)} releases of fixtures, {wrong} differences")
    return wrong > 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    arguments = parser.parse_args()
    helm4 = Helm(os.environ.get("HELM", "helm"))
    helm3 = Helm(os.environ.get("HELM3", "helm3"))
    path = os.environ.get("BULKHEAD", ROOT / "build/bulkhead")
    bulkhead = Program(path)
    for variable in ("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"):
        os.environ.setdefault(variable, os.path.join(tempfile.gettempdir(), "bulkhead-oracle"))
    os.environ["TZ"] = "UTC"
    if arguments.check:
        mine = [Program(path, "--helm-version", version) for version in "43"]
        sys.exit(check([helm4, helm3, *mine], bulkhead))
    SNIPPETS.write_text(write_json(record_snippets(ask_snippets([helm4, helm3]))))
    FIXTURES.write_text(record_fixtures(ask_fixtures([helm4, helm3], bulkhead)))


if __name__ == "__main__":
    main()
