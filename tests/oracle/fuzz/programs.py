"""Runs Helm and bulkhead on charts and says what each makes of them."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from typing import NamedTuple

CASE_OF_ERROR = re.compile(r"\bc/templates/_?(case\d+)\.(?:tpl|yaml)")
SOURCE = re.compile(r"^# Source: c/templates/(case\d+)\.yaml\ntext: (.*)$", re.M)
LOCATED_ERROR = re.compile(r"^\S*?:?(?:\d+:\d+: )?error: (.*)$", re.M)
ADDRESS = re.compile(r"\b0xc[0-9a-f]{9}\b")
CASE_FILE = 'text: {{ include (print .Template.BasePath "/_%s.tpl") . | toJson }}\n'


class Outcome(NamedTuple):
    """What a program made of a chart: its output, or why there is none."""

    done: bool
    text: str

    def kind_beside(self, other):
        """How two outcomes differ, None if they do not."""
        if self == other:
            return None
        if self.done and other.done:
            return "output"
        if not self.done and not other.done:
            return "failure text"
        return "fails in one"

    def topic(self):
        """What a failure is about: the first words of its innermost message."""
        if self.done:
            return ""
        message = self.text.split("\n\nUse --debug")[0].split(">: ")[-1].split("\n")[-1]
        return " ".join(re.findall(r"[A-Za-z]{3,}", message)[:4])


class Program:
    """Helm or bulkhead, with a folder that its charts are written to."""

    def __init__(self, path, flags=()):
        self.path = path
        self.flags = list(flags)
        self.folder = tempfile.mkdtemp(prefix="bulkhead-fuzz-")
        self.runs = 0
        self.environment = dict(os.environ, TZ="UTC", HOME=self.folder)
        for name in ("CACHE", "CONFIG", "DATA"):
            self.environment[f"HELM_{name}_HOME"] = os.path.join(self.folder, name)

    def close(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def write(self, files):
        """Writes a case's files, and nothing else, below its folder."""
        root = os.path.join(self.folder, "case")
        shutil.rmtree(root, ignore_errors=True)
        for path, content in files.items():
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "wb") as file:
                file.write(content.encode("utf-8", "surrogateescape"))

    def remove(self, path):
        os.remove(os.path.join(self.folder, "case", path))

    def run(self, arguments):
        """Renders the chart c that was written last."""
        self.runs += 1
        command = [self.path, "template", "rel", "c", "--namespace", "ns", *arguments, *self.flags]
        try:
            ran = subprocess.run(
                command,
                cwd=os.path.join(self.folder, "case"),
                env=self.environment,
                capture_output=True,
                timeout=60,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return Outcome(False, "no end after 60 seconds")
        if ran.returncode == 0:
            return Outcome(True, ADDRESS.sub("ADDRESS", ran.stdout.decode("utf-8", "surrogateescape")))
        text = ran.stderr.decode("utf-8", "surrogateescape")
        located = LOCATED_ERROR.search(text)
        if ran.returncode > 0 and "Error: " in text:
            return Outcome(False, text[text.index("Error: ") :].strip())
        if ran.returncode > 0 and located:
            return Outcome(False, "Error: " + located[1])
        return Outcome(False, f"exit status {ran.returncode}: {text[:2000]}")

    def render(self, files, arguments=()):
        self.write(files)
        return self.run(arguments)

    def render_cases(self, shared, cases):
        """Renders many templates in few runs: what one gives does not depend on the others. One that
        fails is taken out and the rest rendered again."""
        files = dict(shared)
        for name, text in cases.items():
            files[f"c/templates/_{name}.tpl"] = text
            files[f"c/templates/{name}.yaml"] = CASE_FILE % name
        self.write(files)
        outcomes = {}
        while True:
            whole = self.run(())
            if whole.done:
                break
            found = CASE_OF_ERROR.search(whole.text)
            name = found and found[1]
            if name not in cases or name in outcomes:
                return self.render_each(shared, cases)
            outcomes[name] = whole
            self.remove(f"c/templates/_{name}.tpl")
            self.remove(f"c/templates/{name}.yaml")
        for name, text in SOURCE.findall(whole.text):
            outcomes[name] = Outcome(True, json.loads(text))
        for name in cases:
            outcomes.setdefault(name, Outcome(False, "no output"))
        return outcomes

    def render_each(self, shared, cases):
        outcomes = {}
        for name, text in cases.items():
            outcome = self.render(alone(shared, name, text))
            found = SOURCE.search(outcome.text) if outcome.done else None
            outcomes[name] = Outcome(True, json.loads(found[2])) if found else outcome
        return outcomes


def alone(shared, name, text):
    """The files of a chart with only this case."""
    return {
        **shared,
        f"c/templates/_{name}.tpl": text,
        f"c/templates/{name}.yaml": CASE_FILE % name,
    }
