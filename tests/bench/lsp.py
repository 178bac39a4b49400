"""lsp.py BULKHEAD REPOSITORY FILE [LINE]: how fast the language server answers about a values file, milliseconds as
median and worst of twenty, and how soon after a letter was typed its findings are there."""
import statistics
import sys
import time

sys.path.insert(0, __file__.rsplit("/", 2)[0] + "/lsp")
from client import Client  # noqa: E402

bulkhead, root, path = sys.argv[1:4]
line = int(sys.argv[4]) - 1 if len(sys.argv) > 4 else 0
client = Client(bulkhead, root)


def timed(work):
    start = time.monotonic()
    work()
    return (time.monotonic() - start) * 1000


def insert(text):
    start = {"line": 0, "character": 0}
    client.change(path, {"range": {"start": start, "end": start}, "text": text})


def ask(method):
    answers = client.ask(method, {"textDocument": {"uri": client.uri(path)}, "position": {"line": line, "character": 1},
                                  "context": {"diagnostics": []}})
    assert "result" in answers


def report(what, times):
    print("%-34s %6.1f ms, at worst %6.1f ms" % (what, statistics.median(times), max(times)))


client.start()
client.open(path)
print("%-34s %6.1f ms" % ("first answer, with loading", timed(lambda: ask("textDocument/hover"))))
client.wait_until(lambda all: all)
for method in ("hover", "definition", "references", "completion", "documentSymbol", "codeAction"):
    report(method + " of a text", [timed(lambda: ask("textDocument/" + method)) for _ in range(20)])


def type_and_ask(method):
    global line
    insert("# a line more\n")
    line += 1
    ask("textDocument/" + method)


for method in ("hover", "completion"):
    report(method + " after a change", [timed(lambda: type_and_ask(method)) for _ in range(20)])


def type_and_see(number):
    had = len(client.diagnostics.get(path, []))
    insert("unheard%d: {state: on}\n" % number)
    client.wait_until(lambda all: len(all.get(path, [])) > had)


time.sleep(5)
times = []
for number in range(5):
    times.append(timed(lambda: type_and_see(number)))
    time.sleep(3)
report("findings after a change", times)
client.stop()
