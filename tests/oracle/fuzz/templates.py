"""Template texts made at random: every construct of text/template around random expressions."""

from expressions import ALL, Expressions

SPACES = ["", "", "", " ", "\n", "\n", "\n  ", "\t", "  \n\n", "\r\n", " \n", "\v", "\u00a0"]
WORDS = [
    "a",
    "key: ",
    "- x",
    "é",
    "{ ",
    "}}",
    "# c",
    '"',
    "text text",
    "0",
    "-",
    "/*",
    "\\",
    "<no value>",
    "---",
]
TYPES = "sssnnilldba"
COMMENTS = ["/* c */", "/* a\nb */", "- /* c */ -", "/**/", "/* {{ . }} */", "- /* c */", "/* c */ -"]


class Templates:
    """Makes the text of one case; `name` keeps its definitions apart from other cases'."""

    def __init__(self, random, paths, name):
        self.random = random
        self.expressions = Expressions(random, paths)
        self.name = name
        self.defined = []
        self.in_loop = False

    def make(self):
        random = self.random
        if random.random() < 0.4:
            return self.functions()
        text = "".join(self.definition(i) for i in range(random.choice([0, 0, 1, 2]))) + self.body(3)
        return self.mutate(text) if random.random() < 0.04 else text

    def functions(self):
        """A few calls, one of each function as often as any other's, with the types of the results."""
        make = self.expressions
        calls = [make.call_of(self.random.choice(ALL), 2) for _ in range(self.random.choice([1, 1, 2]))]
        forms = [
            "{{ %s }}",
            "{{ %s }}",
            "{{ %s | toJson }}",
            '{{ printf "%%T %%v" %s }}',
            "{{ %s | quote }}",
            "{{ toYaml %s }}",
        ]
        return "|".join(self.random.choice(forms) % call for call in calls)

    def action(self, inside):
        """The delimiters, with trim markers and space as people and others write it."""
        random = self.random
        left = random.choice(["{{", "{{", "{{ ", "{{ ", "{{- ", "{{- ", "{{-\n", "{{\n", "{{\t"])
        right = random.choice(["}}", "}}", " }}", " }}", " -}}", " -}}", "\n-}}", "\r\n}}"])
        return left + inside + right

    def text(self, _depth=0):
        random = self.random
        return "".join(random.choice(WORDS) + random.choice(SPACES) for _ in range(random.randrange(3)))

    def body(self, depth):
        mark = len(self.expressions.variables)
        parts = []
        for _ in range(self.random.choice([1, 1, 2, 3])):
            parts.append(self.random.choice(SPACES) + self.statement(depth) + self.text())
        del self.expressions.variables[mark:]
        return "".join(parts)

    def statement(self, depth):
        simple = [
            self.output,
            self.output,
            self.output,
            self.declare,
            self.assign,
            self.comment,
            self.text,
            self.field,
        ]
        nested = [self.condition, self.with_block, self.range_block, self.include, self.tpl, self.block]
        if self.in_loop:
            simple.append(self.leave)
        return (
            self.random.choice(simple + nested if depth > 0 else simple)(depth) if depth else self.output(0)
        )

    def output(self, _depth=0):
        make = self.expressions
        inside = make.make(self.random.choice(TYPES), 2)
        if self.random.random() < 0.3:
            inside += self.random.choice(
                [
                    " | quote",
                    " | toYaml | nindent 2",
                    " | toJson",
                    ' | default "d"',
                    ' | printf "%v"',
                    " | len",
                ]
            )
        return self.action(inside)

    def field(self, _depth=0):
        """Fields, chains and methods of what Helm passes, and of what it does not."""
        return self.action(
            self.random.choice(
                """.Release.Name .Release .Chart.Name .Chart.Version .Chart .Chart.Type .Template.Name .Template .Values .Files .Subcharts
.Capabilities.KubeVersion .Capabilities.KubeVersion.Major .Capabilities.APIVersions .Capabilities.HelmVersion .Release.IsInstall .Nope
.Nope.Nope .Values.nope .Values.nope.nope .Chart.Nope .Release.Name.x $.Values.a.b (.Values).a (dict~"a"~1).a .Values.a.b.c.d ($) nil
(.Files.Get~"f.txt") (.Files.Lines~"f.txt") (.Files.Glob~"*.txt").AsConfig (.Files.Glob~"**").AsSecrets (.Files.GetBytes~"f.txt")
(.Capabilities.APIVersions.Has~"v1") .Capabilities.APIVersions.Has (.Release.Has~1) $x $.Nope (semver~"1.2.3").Major
(semver~"1.2.3-a").Prerelease (urlParse~"http://h").host .Chart.Maintainers .Chart.Annotations.x .Chart.AppVersion true 1.5 "s" . $
.Values.AsMap (toDate~"2006"~"2024").Year ("x").y 1.x .Files.Nope .Release.Service .Release.Revision .Chart.IsRoot .Chart.Sources""".split()
            ).replace("~", " ")
        )

    def declare(self, _depth=0):
        kind = self.random.choice(TYPES)
        value = self.expressions.make(kind, 2)
        name = f"$v{len(self.expressions.variables)}"
        self.expressions.variables.append((name, kind))
        return self.action(f"{name} := {value}")

    def assign(self, _depth=0):
        if not self.expressions.variables:
            return self.declare()
        name, kind = self.random.choice(self.expressions.variables)
        return self.action(f"{name} = {self.expressions.make(kind, 2)}")

    def comment(self, _depth=0):
        inside = self.random.choice(COMMENTS)
        return "{{" + inside + "}}"

    def leave(self, _depth=0):
        condition = self.expressions.make("b", 1)
        return (
            self.action(f"if {condition}")
            + self.action(self.random.choice(["break", "continue"]))
            + self.action("end")
        )

    def otherwise(self, depth, word):
        """The else parts of a block, now and then of another kind than the block."""
        text = ""
        while self.random.random() < 0.25:
            word = word if self.random.random() < 0.97 else "with"
            text += self.action(f"else {word} {self.expressions.make('a', 1)}") + self.body(depth - 1)
        return text + (self.action("else") + self.body(depth - 1) if self.random.random() < 0.4 else "")

    def condition(self, depth):
        test = self.expressions.make(self.random.choice("ba"), 2)
        return (
            self.action(f"if {test}")
            + self.body(depth - 1)
            + self.otherwise(depth, "if")
            + self.action("end")
        )

    def with_block(self, depth):
        kind = self.random.choice("sda")
        value = self.expressions.make(kind, 2)
        if self.random.random() < 0.3:
            value = f"$w := {value}"
        return (
            self.action(f"with {value}")
            + self.body(depth - 1)
            + self.otherwise(depth, "with")
            + self.action("end")
        )

    def range_block(self, depth):
        make = self.expressions
        kind = self.random.choice("llldddNa")
        head = make.make(kind, 2)
        mark = len(make.variables)
        count = self.random.choice([0, 1, 2])
        if count:
            names = [f"$r{mark + i}" for i in range(count)]
            make.variables += [(name, "a") for name in names]
            head = f"{', '.join(names)} := {head}"
        outer, self.in_loop = self.in_loop, True
        inner = self.body(depth - 1)
        self.in_loop = outer
        del make.variables[mark:]
        other = self.action("else") + self.body(depth - 1) if self.random.random() < 0.3 else ""
        return self.action(f"range {head}") + inner + other + self.action("end")

    def definition(self, index):
        name = f"{self.name}.{index}"
        text = self.action(f'define "{name}"') + self.body(2) + self.action("end")
        self.defined.append(name)
        return text

    def include(self, _depth=0):
        random = self.random
        name = (
            random.choice([*self.defined, *self.defined, *self.defined, "no.such"])
            if self.defined
            else "shared"
        )
        argument = random.choice([".", "$", "$", "(dict)", self.expressions.make("a", 1)])
        return self.action(
            random.choice(
                [
                    f'include "{name}" {argument}',
                    f'template "{name}" {argument}',
                    f'include "{name}" {argument} | indent 2',
                    f'template "{name}"',
                ]
            )
        )

    def tpl(self, depth):
        inner = (
            self.body(depth - 1)
            .replace("\\", "\\\\")
            .replace('"', '\\"')
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\v", "\\v")
        )
        return self.action(f'tpl "{inner}" {self.random.choice(["$", "$", ".", "(dict)"])}')

    def block(self, depth):
        if self.in_loop or self.random.random() < 0.7:
            return self.output()
        return (
            self.action(f'block "{self.name}.b{self.random.randrange(9)}" .')
            + self.body(depth - 1)
            + self.action("end")
        )

    def mutate(self, text):
        """Makes an error of the kind that people make: something is missing, twice or elsewhere."""
        random = self.random
        for _ in range(random.choice([1, 1, 2])):
            at = random.randrange(len(text) + 1)
            to = min(len(text), at + random.choice([1, 1, 2, 5]))
            text = random.choice(
                [
                    text[:at] + text[to:],
                    text[:at] + text[at:to] * 2 + text[to:],
                    text[:at]
                    + random.choice(
                        [
                            "{{",
                            "}}",
                            '"',
                            "`",
                            "(",
                            ")",
                            "|",
                            ".",
                            "$",
                            "end",
                            "{{end}}",
                            "-",
                            "'",
                            "\0",
                            ",",
                            ":=",
                            "\udcff",
                        ]
                    )
                    + text[at:],
                ]
            )
        return text
