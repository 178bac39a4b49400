"""Whole charts made at random: subcharts, values layers, flags, hooks, many documents in a file."""

import json

from documents import VALUES, Documents
from templates import Templates

KINDS = """ConfigMap Secret Deployment Service Namespace Job CronJob Ingress IngressClass ServiceAccount Role RoleBinding ClusterRole
CustomResourceDefinition StatefulSet DaemonSet Pod PersistentVolumeClaim StorageClass PodDisruptionBudget HorizontalPodAutoscaler
MutatingWebhookConfiguration ValidatingWebhookConfiguration NetworkPolicy Widget APIService PriorityClass List configmap ReplicaSet""".split()
HOOKS = "pre-install post-install pre-delete post-delete pre-upgrade post-upgrade pre-rollback post-rollback test test-success".split()
HOOKS += ["crd-install", "nope", "pre-install,post-install", "Test", " test ", "", "pre-install, nope"]
SEPARATORS = [
    "---\n",
    "---\n",
    "---\n",
    "\n---\n",
    "--- \n",
    "---\n---\n",
    "\n\n---\n\n",
    "---  # c\n",
    "----\n",
    " ---\n",
    "--- {}\n",
    "---\r\n",
    "\n---",
]
IGNORES = [
    "*.txt",
    "d/",
    "/f.txt",
    "!f.txt",
    "# c",
    "",
    "templates/b.yaml",
    "*.md",
    "d/*",
    "?.txt",
    "[a-f].txt",
    ".git",
    "*/g.txt",
    " f.txt ",
    "charts/",
    "README.md/",
]
PATHS = [
    "a",
    "b",
    "a.b",
    "one.a",
    "one.x",
    "two.a",
    "global.a",
    "global",
    "d1.a",
    "d1.b.c",
    "l1[0]",
    "l1[2]",
    "l1",
    "tags.t",
    "one.enabled",
    "x",
    "one",
    "s1",
    "al.a",
    "z1.y",
    "a\\.b",
    "l1[1].a",
    "l1[0][1]",
]
TEXTS = [
    "1",
    "true",
    "null",
    "",
    "a",
    "{a,b}",
    "a b",
    "1.5",
    "0123",
    "{}",
    "x\\,y",
    "é",
    "1e3",
    "{a,{b}}",
    "=",
    "off",
    "99999999999999999999",
    "-1",
    "0",
    "[1]",
]


class Chart:
    """Makes one chart into `files`, below a folder."""

    def __init__(self, random, files, folder, name, depth):
        self.random = random
        self.files = files
        self.folder = folder
        self.name = name
        self.depth = depth
        self.documents = Documents(random)

    def make(self):
        random = self.random
        self.values, self.paths = self.documents.values()
        card = {
            "apiVersion": random.choice(["v2", "v2", "v2", "v1"]),
            "name": self.name,
            "version": random.choice(["1.2.3", "0.1.0-beta.1", "1.0.0+x", "v2.0.0"]),
        }
        self.describe(card)
        dependencies = self.subcharts() if self.depth else []
        if dependencies and card["apiVersion"] == "v2":
            card["dependencies"] = dependencies
        elif dependencies:
            self.files[f"{self.folder}/requirements.yaml"] = json.dumps({"dependencies": dependencies})
        self.files[f"{self.folder}/Chart.yaml"] = self.documents.values_text(card)
        if random.random() < 0.95:
            self.files[f"{self.folder}/values.yaml"] = self.documents.values_text(self.values)
        self.templates()
        self.others()

    def describe(self, card):
        random = self.random
        extra = {
            "appVersion": random.choice(["1.0", 1.5, 1, "latest", True]),
            "description": "d é",
            "type": random.choice(["application", "application", "library", ""]),
            "keywords": ["a", "b"],
            "annotations": {"a/b": "c", "n": "1"},
            "maintainers": [{"name": "m", "email": "e"}, {"name": "n", "url": "u"}],
            "home": "http://h",
            "sources": ["s"],
            "icon": "i",
            "kubeVersion": random.choice([">=1.20", ">=1.20.0-0", "<1.0.0", "*", "bad"]),
            "deprecated": random.choice([True, False]),
            "condition": "c",
            "tags": "t",
            "unknown": {"a": 1},
        }
        for key, value in extra.items():
            if random.random() < 0.15:
                card[key] = value

    def subcharts(self):
        """Charts in charts/ and what declares them; values for them come into the own ones."""
        random = self.random
        dependencies = []
        for name in random.choice([[], ["one"], ["one", "two"], ["two"]]):
            Chart(random, self.files, f"{self.folder}/charts/{name}", name, self.depth - 1).make()
            if random.random() < 0.4:
                self.values[name] = random.choice(
                    [
                        self.documents.mapping(2),
                        {"enabled": random.choice([True, False])},
                        {"a": None, "d1": None},
                        None,
                        1,
                    ]
                )
            for alias in random.choice([[None], [None], [None], ["al"], ["al", None], ["al", "other"], []]):
                dependencies.append(self.dependency(name, alias))
        if random.random() < 0.2:
            self.values["tags"] = {"t": random.choice([True, False]), "u": random.choice([True, False, "x"])}
        return dependencies

    def dependency(self, name, alias):
        random = self.random
        found = {
            "name": name,
            "version": random.choice(["*", "", ">=0.0.0-0", "^1.0.0", "1.x", ">=0-0"]),
            "repository": random.choice(["", "http://r"]),
        }
        if alias:
            found["alias"] = alias
        if random.random() < 0.3:
            found["condition"] = random.choice(
                [
                    f"{name}.enabled",
                    "nope.enabled,one.enabled",
                    "global.a",
                    "t1",
                    "al.enabled",
                    "d1",
                    " one.enabled , t1",
                ]
            )
        if random.random() < 0.2:
            found["tags"] = random.choice([["t"], ["t", "u"], ["nope"]])
        if random.random() < 0.3:
            found["import-values"] = random.choice(
                [
                    ["data"],
                    ["d1"],
                    [{"child": "d1", "parent": "imported"}],
                    [{"child": "d1.b", "parent": "d1"}, "x"],
                    [{"child": "s1", "parent": "p"}],
                    [{"child": "nope", "parent": "."}],
                    [{"child": "d1", "parent": "."}],
                ]
            )
        return found

    def templates(self):
        random = self.random
        for file in random.sample(
            [
                "a.yaml",
                "b.yaml",
                "z/c.yml",
                "A.yaml",
                "d.json",
                "NOTES.txt",
                "_helpers.tpl",
                "_x.yaml",
                "e.txt",
                "tests/t.yaml",
                "a-b.yaml",
            ],
            random.choice([1, 2, 3]),
        ):
            if file.startswith("_"):
                text = '{{ define "%s.help" }}%s{{ end }}{{ define "shared" }}%s{{ end }}' % (
                    self.name,
                    random.choice(VALUES),
                    self.name,
                )
            else:
                text = "".join(
                    self.document() + random.choice(SEPARATORS) for _ in range(random.choice([1, 1, 2, 3, 4]))
                )
                text = (
                    random.choice(["", "", "", "---\n", "\n", "# c\n", "\ufeff", "{{- /* c */ -}}\n"]) + text
                )
            if random.random() < 0.04:
                text = text.replace("\n", "\r\n")
            self.files[f"{self.folder}/templates/{file}"] = text

    def document(self):
        random = self.random
        pick = random.random()
        if pick < 0.06:
            return random.choice(
                [
                    "",
                    "# only\n",
                    "\n",
                    "null\n",
                    "- a\n",
                    "text\n",
                    "a: [\n",
                    "kind: 1\n",
                    "apiVersion: v1\nkind: [a]\n",
                    "metadata: x\n",
                    "{}\n",
                    "a: 1\na: 2\n",
                    "\ta: 1\n",
                    "kind: A\nmetadata: {name: [x]}\n",
                    "kind: A\nmetadata: {annotations: [x]}\n",
                    "kind: A\nmetadata: {annotations: {a: 1}}\n",
                ]
            )
        if pick < 0.2:
            return self.template_text() + "\n"
        lines = [
            f"apiVersion: {random.choice(['v1', 'apps/v1', 'v2'])}",
            f"kind: {random.choice(KINDS)}",
            "metadata:",
        ]
        lines.append(
            f"  name: {random.choice(['a', 'b', 'c', '{{ .Release.Name }}-x', '{{ .Chart.Name }}', '1'])}"
        )
        if random.random() < 0.3:
            lines.append("  annotations:")
            lines.append("    helm.sh/hook: " + random.choice(HOOKS))
            if random.random() < 0.5:
                lines.append(
                    "    helm.sh/hook-weight: " + random.choice(['"1"', '"-5"', "3", "x", '""', '"1.5"'])
                )
            if random.random() < 0.3:
                lines.append(
                    "    helm.sh/hook-delete-policy: "
                    + random.choice(["hook-succeeded", "nope", "before-hook-creation,hook-failed"])
                )
        lines.append("data:")
        lines.append(
            "  v: {{ .Values%s | toJson }}"
            % random.choice(["", "", ".a", ".global", ".d1", ".one", ".imported", ".l1", ".Nope"])
        )
        if random.random() < 0.5:
            lines.append(
                "  i: "
                + random.choice(
                    [
                        '{{ include "shared" . | quote }}',
                        '{{ .Files.Get "f.txt" | quote }}',
                        "{{ .Chart | toJson }}",
                        "{{ .Template | toJson }}",
                        "{{ .Release | toJson }}",
                        '{{ (.Files.Glob "**.txt").AsConfig | toJson }}',
                        "{{ .Subcharts | keys | sortAlpha | toJson }}",
                        '{{ include "one.help" . | quote }}',
                        "{{ .Capabilities.KubeVersion.Version }}",
                        '{{ .Capabilities.APIVersions.Has "w/v1" }}',
                        "{{ range $p, $_ := .Files }}{{ $p }},{{ end }}",
                        "{{ tpl (.Values.s1 | toString) . | quote }}",
                        "{{ toYaml .Values | nindent 4 }}",
                    ]
                )
            )
        return "\n".join(lines) + "\n"

    def template_text(self):
        name = f"{self.name}{len(self.files)}"
        return Templates(self.random, self.paths, name).body(1)

    def others(self):
        random = self.random
        for path in random.sample(
            ["f.txt", "d/g.txt", "README.md", "LICENSE", "crds/c.yaml", ".hidden", "d/e/h.txt", "a.bin"],
            random.choice([0, 1, 3]),
        ):
            self.files[f"{self.folder}/{path}"] = random.choice(
                [
                    "x\n",
                    "",
                    "a: 1\n---\nb: 2\n",
                    "{{ .x }}",
                    "é\nß",
                    "kind: CustomResourceDefinition\n",
                    "\udcff\udcfe",
                ]
            )
        if random.random() < 0.15:
            self.files[f"{self.folder}/.helmignore"] = "\n".join(random.choices(IGNORES, k=3)) + "\n"


def make_arguments(random, files):
    """Flags of helm template, and the values files that they name."""
    documents = Documents(random)
    arguments = []
    for i in range(random.choice([0, 0, 1, 2])):
        files[f"values{i}.yaml"] = documents.values_text(
            {
                **documents.mapping(3),
                **random.choice(
                    [{}, {"one": documents.mapping(2)}, {"d1": None}, {"global": documents.mapping(2)}]
                ),
            }
        )
        arguments += ["--values", f"values{i}.yaml"]
    for _ in range(random.choice([0, 0, 1, 2])):
        flag = random.choice(
            ["--set", "--set", "--set", "--set-string", "--set-json", "--set-literal", "--set-file"]
        )
        text = random.choice(TEXTS)
        if flag == "--set-json":
            text = random.choice(['{"a":1}', "[1,2]", '"s"', "null", "1", "{", '{"a":null}'])
        elif flag == "--set-file":
            text = random.choice(["c/Chart.yaml", "nope"])
        elif random.random() < 0.2:
            text += "," + random.choice(PATHS) + "=" + random.choice(TEXTS)
        whole = random.choice(PATHS) + "=" + text
        arguments += [flag, text if flag == "--set-json" and random.random() < 0.3 else whole]
    for flag in (
        "--no-hooks",
        "--skip-tests",
        "--include-crds",
        "--is-upgrade",
        "--debug",
        "--skip-schema-validation",
    ):
        if random.random() < 0.07:
            arguments.append(flag)
    if random.random() < 0.07:
        arguments += [
            "--show-only",
            random.choice(
                [
                    "templates/a.yaml",
                    "templates/*.yaml",
                    "templates/nope.yaml",
                    "charts/one/templates/a.yaml",
                    "templates/z/c.yml",
                    "templates/_helpers.tpl",
                ]
            ),
        ]
    if random.random() < 0.1:
        arguments += [
            "--kube-version",
            random.choice(["1.20", "v1.30.2", "1.31.0-eks-1", "bad", "1.29.1+k3s1"]),
        ]
    if random.random() < 0.1:
        arguments += ["--api-versions", random.choice(["w/v1", "w/v1,x/v2", "w/v1/Kind"])]
    return arguments


def make(random):
    """The files of a chart in the folder c, and the flags to render it with."""
    files = {}
    Chart(random, files, "c", "c", random.choice([0, 1, 2])).make()
    return files, make_arguments(random, files)
