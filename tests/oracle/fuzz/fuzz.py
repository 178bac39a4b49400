#!/usr/bin/env python3
"""Looks for differences between bulkhead's renderer and Helm: random templates, documents and charts.

    tests/oracle/fuzz/fuzz.py --helm HELM --bulkhead build/bulkhead --seconds 600

What differs is made small and kept as a folder that both programs can be run on again.
"""

import argparse
import os
import random
import re
import sys
import time
from collections import Counter

import charts
from documents import Documents
from programs import Program, alone
from shrink import shrink
from templates import Templates

CASES = 150
CHART = "apiVersion: v2\nname: c\nversion: 1.2.3\nappVersion: '9.8'\ndescription: d\nkeywords: [k]\n"
# What may differ: a text in either program's answer, and why.
KNOWN = {
    r"slice index out of bounds": "a slice in Go may have room behind its end, which slice then gives",
    r"%!\w\(\*": "a verb that Go does not know prints what pointers point at",
    r"ADDRESS": "numbers that stand for addresses",
    r"2026-01-01": "what stands for now is a fixed instant",
    r"expected whitespace or line break": "libyaml takes no comma and no bracket into a tag, Go's reader does",
    r"yaml: invalid map key": "keys of several types are sorted by the addresses of their types",
}
# What reads a document, and what writes it again.
DOCUMENTS = {
    "yaml": [
        ("fromYaml", "toJson"),
        ("fromYaml", "toYaml"),
        ("fromYaml", "toYamlPretty"),
        ("fromYamlArray", "toJson"),
    ],
    "json": [("fromJson", "toJson"), ("fromJson", "toYaml"), ("fromJsonArray", "toJson")],
    "toml": [("fromToml", "toJson"), ("fromToml", "toToml")],
}
HELPERS = '{{ define "shared" }}[{{ . | kindOf }}]{{ end }}'


def shared_files(values, documents):
    return {
        "c/Chart.yaml": CHART,
        "c/values.yaml": documents.values_text(values),
        "c/templates/_helpers.tpl": HELPERS,
        "c/f.txt": "one\ntwo\r\nthree",
        "c/d/g.txt": "",
    }


class Search:
    """Compares two programs until the time is up, and keeps what differs."""

    def __init__(self, options):
        flags = ["--helm-version", options.helm_version, "--strict-dependencies"]
        self.helm = Program(options.helm)
        self.bulkhead = Program(options.bulkhead, flags)
        self.options = options
        self.executions = Counter()
        self.differences = Counter()

    def templates(self, seed):
        """A chart of many templates, each its own case."""
        chance = random.Random(seed)
        documents = Documents(chance)
        values, paths = documents.values()
        shared = shared_files(values, documents)
        cases = {f"case{i}": Templates(chance, paths, f"case{i}").make() for i in range(CASES)}
        expected = self.helm.render_cases(shared, cases)
        given = self.bulkhead.render_cases(shared, cases)
        self.executions["templates"] += len(cases)
        for name, text in cases.items():
            if expected[name] != given[name]:
                self.difference(seed, "templates", alone(shared, name, text), (), expected[name], given[name])

    def documents(self, seed):
        """Texts that one template reads with every function that reads, and writes again."""
        chance = random.Random(seed)
        make = Documents(chance)
        kind = chance.choice(["yaml", "yaml", "yaml", "json", "toml"])
        texts = [{"yaml": make.wild, "json": make.json, "toml": make.toml}[kind]() for _ in range(CASES)]
        expected = self.read_all(self.helm, kind, texts)
        given = self.read_all(self.bulkhead, kind, texts)
        self.executions[kind] += len(texts)
        for i, text in enumerate(texts):
            if expected[i] != given[i]:
                self.difference(seed, kind, document_files(kind, [text]), (), None, None)

    def read_all(self, program, kind, texts):
        outcome = program.render(document_files(kind, texts))
        parts = outcome.text.split("\n- - ")
        if not outcome.done or len(parts) != len(texts) + 1:
            return [program.render(document_files(kind, [text])) for text in texts]
        return parts[1:]

    def charts(self, seed):
        files, arguments = charts.make(random.Random(seed))
        expected = self.helm.render(files, arguments)
        given = self.bulkhead.render(files, arguments)
        self.executions["charts"] += 1
        if expected != given:
            self.difference(seed, "charts", files, arguments, expected, given)

    def difference(self, seed, kind, files, arguments, expected, given):
        """Makes the case small, unless Helm itself gives two answers, and tells it."""
        expected, given = self.both(files, arguments)
        how = expected.kind_beside(given)
        again, _ = self.both(files, arguments)
        if not how or again != expected:
            self.differences["not the same twice"] += 1
            return
        for pattern in KNOWN:
            if re.search(pattern, expected.text + given.text):
                self.differences[f"known: {pattern}"] += 1
                return
        aim = (how, expected.topic())
        small = shrink(files, lambda some: self.differs_so(some, arguments, aim), self.options.shrink)
        expected, given = self.both(small, arguments)
        self.differences[f"{kind}: {how}"] += 1
        self.tell(seed, kind, how, small, arguments, expected, given)

    def both(self, files, arguments):
        return self.helm.render(files, arguments), self.bulkhead.render(files, arguments)

    def differs_so(self, files, arguments, how):
        """Whether the two still differ, and Helm still says the same kind of thing."""
        expected, given = self.both(files, arguments)
        return (expected.kind_beside(given), expected.topic()) == how

    def tell(self, seed, kind, how, files, arguments, expected, given):
        name = f"{kind}-{seed}-{sum(self.differences.values())}"
        folder = os.path.join(self.options.keep, name)
        for path, text in files.items():
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(text.encode("utf-8", "surrogateescape"))
        words = " ".join(f"'{word}'" for word in arguments)
        print(f"\n== {how}; seed {seed}; cd {folder} && HELM template rel c --namespace ns {words}")
        for path, text in sorted(files.items()):
            if path != "c/Chart.yaml" and not text.startswith("text: {{ include (print"):
                print(f"-- {path}\n{text}".encode("utf-8", "replace").decode())
        for title, outcome in (("Helm", expected), ("bulkhead", given)):
            print(f"-- {title}\n{outcome.text}".encode("utf-8", "replace").decode())
        sys.stdout.flush()


def document_files(kind, texts):
    """A chart that reads each text with all functions for its kind, an item of a list for each."""
    files = {"c/Chart.yaml": CHART}
    lines = ["items:"]
    for i, text in enumerate(texts):
        files[f"c/d/{i}"] = text
        for k, (reader, writers) in enumerate(DOCUMENTS[kind]):
            mark = "  - " if k else "- - "
            lines.append(
                f'{{{{ $x := {reader} ($.Files.Get "d/{i}") }}}}{mark}{{{{ $x | {writers} | toJson }}}}'
            )
    files["c/templates/x.yaml"] = "\n".join(lines) + "\n"
    return files


def parse_options():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--helm",
        default=os.environ.get("HELM", "helm"),
        help="the Helm to compare with; default: $HELM, or helm",
    )
    parser.add_argument("--helm-version", default="4", choices=["3", "4"], help="which Helm that is")
    parser.add_argument("--bulkhead", default="build/bulkhead")
    parser.add_argument(
        "--only", choices=["templates", "documents", "charts"], help="what to make; default: all in turn"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the first round; each round adds one")
    parser.add_argument(
        "--rounds", type=int, default=0, help="how many rounds; default: until the time is up"
    )
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument(
        "--shrink", type=int, default=150, help="how many tries a difference gets to become small"
    )
    parser.add_argument("--keep", default="/tmp/bulkhead-fuzz", help="where differing charts are kept")
    options = parser.parse_args()
    options.helm = os.path.abspath(options.helm) if os.sep in options.helm else options.helm
    options.bulkhead = os.path.abspath(options.bulkhead)
    return options


def main():
    options = parse_options()
    search = Search(options)
    ways = [options.only] if options.only else ["templates", "documents", "charts"]
    end = time.monotonic() + options.seconds
    seed = options.seed
    while time.monotonic() < end and not (options.rounds and seed - options.seed >= options.rounds):
        for way in ways:
            getattr(search, way)(seed)
        seed += 1
    search.helm.close()
    search.bulkhead.close()
    total = sum(search.differences.values())
    print(
        f"\nseeds {options.seed} to {seed - 1}: {sum(search.executions.values())} cases {dict(search.executions)}"
    )
    print(f"{total} differ {dict(search.differences)}")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
