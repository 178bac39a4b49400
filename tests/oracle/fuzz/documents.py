"""YAML, JSON and TOML texts made at random: values files that are sound, and documents that may be anything."""

import json

SCALARS = """true false null ~ yes No on OFF y n 0 1 -1 010 0o10 0x1F 0b11 1_000 1e3 1.5 .5 -.inf .nan 1e400 12e03 0644 2024-01-01
2001-12-14t21:59:43.10-05:00 190:20:30 9223372036854775808 -9223372036854775809 123456789012345678901234567890 1.0 1.10 +1 -0 0.0 0x 1. a
abc x-y a.b "" '' "a\\nb" 'it''s' "\\u00e9" "\\x41" <<  = ! 100000 1000000 16777216 0.1 1e-7 1E5 +.5 _1 0_ 1__0 NULL Null TRUE 'true' "1"
"null" é 日本 - --- ... a:b a#b http://x/y C:\\x @a `b %c "{{ .x }}" .Inf -.INF .NaN 0o8 08 09 0b2 1e 1e+ 0x1G 00 -0x1 +0x1 -010 12:30
!!str\t1 !!int\t"3" !!float\t1 !!bool\t"yes" !!null\t"" !!binary\tYWJj !custom\tx !!timestamp\t2024-01-01 &x\t1 *x""".split()
KEYS = "a b c d e f k1 n on y 1 1.5 true null ~ a.b a-b 'q' \"w\" é ? <<".split()
VALUES = [
    "", "a", "b c", "Hello World", "12", "-7", "1.5", "true", "null", "~", "a,b,c", "x: y", "é ü 日本", "line\nline2\n", "  lead", "trail ", "\ttab",
    "{{ .Release.Name }}", "{{ .Values.nope }}", "YWJj", "1.2.3", "2024-01-02", "http://h/p?q=1", "#c", "- x", "'q'", '"w"', "a" * 90 + " b",
    "word " * 40, "0x10", "1e3", "on", 0, 1, -1, 3, 42, 1.5, -2.25, 1e6, 1e21, 100000, 1234567, 0.1, 9007199254740993, True, False, None,
]  # fmt: skip


class Documents:
    def __init__(self, random):
        self.random = random

    # Values that templates can use.

    def value(self, depth=3):
        random = self.random
        pick = random.random()
        if depth > 0 and pick < 0.2:
            return [self.value(depth - 1) for _ in range(random.randrange(4))]
        if depth > 0 and pick < 0.5:
            return self.mapping(depth - 1)
        return random.choice(VALUES)

    def mapping(self, depth=3, count=5):
        keys = ["a", "b", "c", "d", "x", "y", "k1", "a.b", "a-b", "name", "global", "enabled", "é"]
        return {self.random.choice(keys): self.value(depth) for _ in range(self.random.randrange(count + 1))}

    def values(self):
        """Values with at least one of each type, and the paths of all by the type's letter."""
        values = {f"{kind}{i}": self.value() for kind in "v" for i in range(6)}
        values.update(self.mapping(3))
        values.update(
            {
                "s1": "text",
                "n1": 3,
                "l1": ["b", "a", "c"],
                "d1": {"a": 1, "b": {"c": "x"}},
                "t1": True,
                "z1": None,
            }
        )
        paths = {}
        note_paths(values, "", paths)
        return values, paths

    def yaml(self, value, indent=0):
        """The value as YAML in one of the ways in which it can be written."""
        random = self.random
        if isinstance(value, dict) and value and random.random() < 0.85:
            step = random.choice([1, 2, 2, 4])
            lines = []
            for key, item in value.items():
                lines.append("\n" + " " * indent + self.key(key) + ":" + self.child(item, indent + step))
            return "".join(lines)
        if isinstance(value, list) and value and random.random() < 0.8:
            return "".join("\n" + " " * indent + "-" + self.child(item, indent + 2) for item in value)
        return " " + self.flow(value, indent)

    def child(self, value, indent):
        comment = self.random.choice([" # note"] + [""] * 15)
        text = self.yaml(value, indent)
        return (
            comment + text
            if text.startswith("\n")
            else text + comment if "\n" not in text and "|" not in text else text
        )

    def key(self, key):
        return json.dumps(key, ensure_ascii=self.random.random() < 0.5) if self.random.random() < 0.1 else key

    def flow(self, value, indent):
        if isinstance(value, str) and self.random.random() < 0.6:
            if value.isalnum() and value not in ("on", "true", "null") and not value[0].isdigit():
                return value
            if value.endswith("\n") and value[0] not in " \t\n" and self.random.random() < 0.7:
                return "|\n" + "".join(
                    " " * indent + " " + line + "\n" for line in value.splitlines()
                ).rstrip("\n")
            if "\n" not in value and "\t" not in value:
                return "'" + value.replace("'", "''") + "'"
        if value is None:
            return self.random.choice(["null", "~", ""]) if indent else "null"
        return json.dumps(value, ensure_ascii=self.random.random() < 0.5)

    def values_text(self, value):
        text = self.yaml(value).lstrip("\n") + "\n"
        return text.replace("\n", "\r\n") if self.random.random() < 0.05 else text

    # Documents that may be anything.

    def wild(self):
        """YAML that people do and do not write; one in five is no longer what it was."""
        random = self.random
        text = self.wild_node(0, 3).lstrip("\n")
        if random.random() < 0.1:
            text = (
                random.choice(
                    [
                        "---\n",
                        "--- ",
                        "%YAML 1.1\n---\n",
                        "# c\n",
                        "\ufeff",
                        "\n\n",
                        "a: 1\n---\n",
                        "--- # c\n",
                    ]
                )
                + text
            )
        if random.random() < 0.1:
            text += random.choice(
                ["\n---\nb: 2\n", "\n...\n", "\n---\n", "\n... x", "\n\n\n", "\n  ", "\n# c"]
            )
        for _ in range(random.choice([0, 0, 0, 0, 1, 2])):
            at = random.randrange(len(text) + 1)
            piece = random.choice(
                [
                    ":",
                    "-",
                    "'",
                    '"',
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    "#",
                    "&",
                    "*",
                    "!",
                    "|",
                    ">",
                    "%",
                    "@",
                    "`",
                    "\t",
                    "\n",
                    " ",
                    "? ",
                    "\r",
                    "\x00",
                    "\u2028",
                    "\x85",
                    "\\",
                ]
            )
            text = random.choice([text[:at] + piece + text[at:], text[:at] + text[at + 1 :]])
        return text

    def wild_node(self, indent, depth):
        random = self.random
        pick = random.random()
        if depth == 0 or pick < 0.25:
            return " " + self.wild_scalar(indent)
        if pick < 0.35:
            return " " + self.wild_flow(depth)
        pad = "\n" + " " * indent
        mark = random.choice([""] * 8 + ["&x", "*x", "!!map", "!t", "&y"])
        text = f" {mark}" if mark and indent else ""
        for _ in range(random.choice([1, 1, 2, 3])):
            if pick < 0.55:
                text += pad + "-" + self.wild_node(indent + 2, depth - 1)
            else:
                key = (
                    random.choice(KEYS)
                    if random.random() < 0.9
                    else random.choice(SCALARS).replace("\t", " ")
                )
                text += (
                    pad
                    + key
                    + random.choice([":"] * 12 + [" :", ":" + " " * 3, ": # c"])
                    + self.wild_node(indent + random.choice([1, 2, 2, 0]), depth - 1)
                )
        return text

    def wild_scalar(self, indent):
        random = self.random
        if random.random() < 0.15:
            pad = "\n" + " " * (indent + random.choice([1, 2]))
            head = random.choice(["|", ">", "|-", ">-", "|+", ">+", "|2", ">1", "| # c", "|-2"])
            lines = random.choices(
                ["a", "b c", "", "  d", "# e", "long " * 30, "\tt", "x: y", " "], k=random.randrange(4)
            )
            return head + "".join(pad + line if line.strip() else "\n" + line for line in lines)
        if random.random() < 0.1:
            pad = "\n" + " " * (indent + 1)
            return (
                random.choice(["a", '"a', "'a"])
                + pad
                + "b"
                + random.choice(["", '"', "'", pad + "c", '\\\n  d"', "\n" + pad + "e"])
            )
        return random.choice(SCALARS).replace("\t", " ")

    def wild_flow(self, depth):
        random = self.random
        items = [
            (
                self.wild_flow(depth - 1)
                if depth > 0 and random.random() < 0.3
                else random.choice(SCALARS).replace("\t", " ")
            )
            for _ in range(random.randrange(4))
        ]
        if random.random() < 0.5:
            return "[" + random.choice([", ", ",", ",\n  "]).join(items) + random.choice(["", "", ","]) + "]"
        pairs = [random.choice(KEYS) + random.choice([": ", ": ", ":", " : "]) + item for item in items]
        return "{" + random.choice([", ", ","]).join(pairs) + random.choice(["", "", ","]) + "}"

    def json(self):
        text = json.dumps(self.value(), ensure_ascii=self.random.random() < 0.5)
        if self.random.random() < 0.4:
            at = self.random.randrange(len(text) + 1)
            piece = self.random.choice(
                [
                    "",
                    "0",
                    "-",
                    "1e5",
                    ",",
                    '"',
                    "\\",
                    "\\u12",
                    "\\ud800",
                    "[",
                    "}",
                    ":",
                    "\t",
                    "nul",
                    ".",
                    "\x01",
                    "+",
                    "01",
                    "1e999",
                    "é",
                ]
            )
            text = text[:at] + piece + text[at + self.random.choice([0, 1]) :]
        return text

    def toml(self):
        random = self.random
        lines = []
        for _ in range(random.randrange(1, 6)):
            key = random.choice(["a", "b", "c.d", '"q k"', "'l'", "a.b", "1", "x-y", "é", "c"])
            scalar = random.choice(
                [
                    "1",
                    "+1",
                    "-0",
                    "1_000",
                    "0x1F",
                    "0o7",
                    "0b1",
                    "1.5",
                    "1e3",
                    "inf",
                    "nan",
                    "true",
                    '"s\\n"',
                    "'l'",
                    '"""\nm\\\n  x"""',
                    "'''a\nb'''",
                    "1979-05-27T07:32:00Z",
                    "1979-05-27",
                    "07:32:00",
                    "1979-05-27 07:32:00.5",
                    "[1, 2]",
                    '["a", [1]]',
                    "{a = 1, b.c = 2}",
                    "[]",
                    "{}",
                    "01",
                    "1__0",
                    "[1, 'x',]",
                    "1.",
                    ".5",
                    '"\\u00e9"',
                    '"\\q"',
                ]
            )
            lines.append(
                random.choice(
                    [f"{key} = {scalar}"] * 6
                    + [f"[{key}]", f"[[{key}]]", "# c", f"{key}={scalar} # c", f"{key} =", f"= {scalar}"]
                )
            )
        return random.choice(["\n", "\n", "\r\n"]).join(lines) + "\n"


def note_paths(value, path, paths):
    """Adds the paths below a value to those of their types."""
    letter = (
        "b"
        if isinstance(value, bool)
        else {str: "s", int: "n", float: "n", list: "l", dict: "d"}.get(type(value), "a")
    )
    if path:
        paths.setdefault(letter, []).append(path)
        paths.setdefault("a", []).append(path)
    if isinstance(value, dict):
        for key, item in value.items():
            if key.isascii() and key.isalnum():
                note_paths(item, f"{path}.{key}", paths)
