"""protocol.py BULKHEAD REPOSITORY: TAP of what the language server answers about the repository of shop.sh."""
import json
import random
import subprocess
import sys

from client import Client

BULKHEAD, ROOT = sys.argv[1], sys.argv[2]
LAYER = "apps/web.yaml"
TEMPLATE = "charts/web/templates/deployment.yaml"
count = failed = 0


def check(name, got, wanted):
    global count, failed
    count += 1
    if got == wanted:
        print("ok %d - %s" % (count, name))
    else:
        failed += 1
        print("not ok %d - %s\n# wanted %r\n# got    %r" % (count, name, wanted, got))


def codes(diagnostics, path):
    return sorted(each.get("code", "") for each in diagnostics.get(path, []))


def column(text, line, word):
    return text.split("\n")[line].index(word)


def edited(text, edit):
    """The text after an edit of lines that hold no character beyond the first plane."""
    lines = text.split("\n")
    start, end = edit["range"]["start"], edit["range"]["end"]
    tail = lines[end["line"]][end["character"]:] + "".join("\n" + each for each in lines[end["line"] + 1:])
    head = "".join(each + "\n" for each in lines[:start["line"]]) + lines[start["line"]][:start["character"]]
    return head + edit["newText"] + tail


def lint_as_diagnostics():
    output = subprocess.run([BULKHEAD, "lint", "--format", "json", ROOT], stdout=subprocess.PIPE, check=False).stdout
    return sorted((each["file"], each["rule"], each["message"], each["line"], each["column"], len(each["related"]))
                  for each in json.loads(output)["findings"])


def pushed(client):
    return sorted((path, each["code"], each["message"], each["range"]["start"]["line"] + 1,
                   each["range"]["start"]["character"] + 1, len(each["relatedInformation"]))
                  for path, all in client.diagnostics.items() for each in all)


def errors_and_life():
    client = Client(BULKHEAD, ROOT)
    check("a question before initialize", client.ask("textDocument/hover")["error"]["code"], -32002)
    answer = client.ask("initialize", {"rootUri": client.uri(""), "capabilities": {}})
    check("UTF-16 without a word", answer["result"]["capabilities"]["positionEncoding"], "utf-16")
    check("a question before initialized", client.at("textDocument/hover", LAYER, 1, 2) is None, False)
    check("initialize twice", client.ask("initialize")["error"]["code"], -32600)
    check("an unknown method", client.ask("textDocument/dance")["error"]["code"], -32601)
    check("no position", client.ask("textDocument/hover", {"textDocument": {"uri": client.uri(LAYER)}})["error"]["code"],
          -32602)
    client.notify("$/whatever", {})
    client.send_bytes(b"Content-Length: 9\r\n\r\n{nothing}")
    check("no JSON", client.receive()["error"]["code"], -32700)
    client.send_bytes(b"Content-Length: 2\r\n\r\n[]")
    check("no JSON-RPC", client.receive()["error"]["code"], -32600)
    client.send_bytes(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
    check("no header", client.receive()["error"]["code"], -32700)
    check("it goes on", client.ask("textDocument/dance")["error"]["code"], -32601)
    client.send_bytes(b"Content-Length: many\r\n\r\n")
    check("no length", client.receive()["error"]["code"], -32700)
    check("it goes on", client.ask("textDocument/dance")["error"]["code"], -32601)
    check("a file that is not there", client.at("textDocument/hover", "nothing.yaml", 0, 0), None)
    check("a file outside", client.ask("textDocument/hover", {
        "textDocument": {"uri": "file:///etc/hostname"}, "position": {"line": 0, "character": 0}})["result"], None)
    check("shutdown", client.ask("shutdown")["result"], None)
    check("a question after shutdown", client.ask("textDocument/hover")["error"]["code"], -32600)
    client.notify("exit")
    check("exit status of a proper end", client.process.wait(timeout=30), 0)
    client = Client(BULKHEAD, ROOT)
    client.ask("initialize", {"rootUri": None, "capabilities": {}})
    client.notify("initialized")
    client.open(LAYER)
    check("no folder", client.at("textDocument/hover", LAYER, 1, 2), None)
    client.process.stdin.close()
    check("exit status without a word", client.process.wait(timeout=30), 2)


def diagnostics(client):
    client.wait_until(lambda all: codes(all, LAYER))
    check("what lint finds", pushed(client), lint_as_diagnostics())
    finding = client.diagnostics[LAYER][0]
    check("where", finding["range"], {"start": {"line": 2, "character": 13}, "end": {"line": 2, "character": 15}})
    check("severity", finding["severity"], 1)
    check("page of the rule", finding["codeDescription"]["href"].endswith("/docs/rules/values/empty-override.md"), True)
    check("the chain", client.places([each["location"] for each in finding["relatedInformation"]]),
          ["env/dev/globals.yaml:1:14", "env/prod/globals.yaml:1:14"])
    client.open(LAYER)
    whole = client.text(LAYER)
    client.change(LAYER, {"text": whole.replace("tolerations: []\n", "")})
    client.wait_until(lambda all: not codes(all, LAYER))
    check("gone when it is typed away", client.diagnostics[LAYER], [])
    client.change(LAYER, {"range": {"start": {"line": 0, "character": 12}, "end": {"line": 0, "character": 20}},
                          "text": "s\nreplica: 3"})
    client.wait_until(lambda all: codes(all, LAYER) == ["values/unread-key"])
    finding = client.diagnostics[LAYER][0]
    check("a change behind a cart is where the editor means it", finding["range"],
          {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 7}})
    check("what does nothing is grey", finding.get("tags"), [1])
    client.change(LAYER, {"text": whole + "half\n"})
    client.wait_until(lambda all: "values/not-yaml" in codes(all, LAYER))
    check("half-typed", codes(client.diagnostics, LAYER), ["values/not-yaml"])
    client.open("env/prod/web.yaml", "replicas: 5\nvolume: 1\n")
    client.wait_until(lambda all: codes(all, "env/prod/web.yaml"))
    check("other files are looked at meanwhile", (codes(client.diagnostics, LAYER), codes(client.diagnostics, "env/prod/web.yaml")),
          (["values/not-yaml"], ["values/unread-key"]))
    client.notify("textDocument/didClose", {"textDocument": {"uri": client.uri("env/prod/web.yaml")}})
    client.change(LAYER, {"text": whole})
    client.wait_until(lambda all: codes(all, LAYER) == ["values/empty-override"])
    check("as before", codes(client.diagnostics, LAYER), ["values/empty-override"])
    client.open(".bulkhead.yaml", client.text(".bulkhead.yaml").replace("rules:", "rulez:"))
    client.wait_until(lambda all: all.get(".bulkhead.yaml"))
    check("a wrong configuration", "rulez" in client.diagnostics[".bulkhead.yaml"][0]["message"], True)
    client.notify("textDocument/didClose", {"textDocument": {"uri": client.uri(".bulkhead.yaml")}})
    client.wait_until(lambda all: not all.get(".bulkhead.yaml"))


def hovers(client):
    hover = client.at("textDocument/hover", LAYER, 1, 2)
    check("hover on a key", hover["contents"]["value"], "\n".join([
        "`replicas`", "", "| release | value | from |", "|---|---|---|",
        "| dev/web | `2` | apps/web.yaml:2 |", "| prod/web | `5` | env/prod/web.yaml:1 |", "",
        "Read by charts/web/templates/deployment.yaml:7", ""]))
    check("its range", hover["range"], {"start": {"line": 1, "character": 0}, "end": {"line": 1, "character": 8}})
    hover = client.at("textDocument/hover", LAYER, 4, 3)["contents"]["value"]
    check("a key that a subchart reads", hover.split("\n")[-2], "Read by charts/web/charts/disk/templates/claim.yaml:4")
    text = client.text(TEMPLATE)
    hover = client.at("textDocument/hover", TEMPLATE, 6, column(text, 6, "replicas |"))["contents"]["value"]
    check("hover in a template", hover.split("\n")[4:6],
          ["| dev/web | `2` | apps/web.yaml:2 |", "| prod/web | `5` | env/prod/web.yaml:1 |"])
    behind = column(text, 7, "tag }}") + 1  # the cart has two units of UTF-16
    hover = client.at("textDocument/hover", TEMPLATE, 7, behind)
    check("behind a cart", hover["range"],
          {"start": {"line": 7, "character": behind - len("image.")},
           "end": {"line": 7, "character": behind + len("tag")}})
    check("the same in both environments", hover["contents"]["value"].split("\n")[4],
          "| dev/web | `latest` | charts/web/values.yaml:2 |")
    hover = client.at("textDocument/hover", "charts/web/charts/disk/templates/claim.yaml", 3, 26)["contents"]["value"]
    check("in a subchart", hover.split("\n")[4], "| dev/web | `1Gi` | apps/web.yaml:5 |")
    check("on nothing", client.at("textDocument/hover", LAYER, 0, 3), None)


def places(client):
    text = client.text(TEMPLATE)
    value = (6, column(text, 6, "replicas |"))
    check("definition of .Values", client.places(client.at("textDocument/definition", TEMPLATE, *value)),
          ["apps/web.yaml:2:1", "charts/web/values.yaml:1:1", "env/prod/web.yaml:1:1"])
    check("definition of a key", client.places(client.at("textDocument/definition", "env/prod/web.yaml", 0, 0)),
          ["charts/web/values.yaml:1:1"])
    check("definition of an include",
          client.places(client.at("textDocument/definition", TEMPLATE, 4, column(text, 4, "web.labels"))),
          ["charts/web/templates/_helpers.tpl:1:13"])
    check("references of a definition", client.places(client.at(
        "textDocument/references", "charts/web/templates/_helpers.tpl", 0, 14, context={"includeDeclaration": False})),
          ["charts/web/charts/disk/templates/claim.yaml:5:24", "charts/web/templates/deployment.yaml:5:24"])
    check("definition from a subchart", client.places(client.at(
        "textDocument/definition", "charts/web/charts/disk/templates/claim.yaml", 4, 25)),
          ["charts/web/templates/_helpers.tpl:1:13"])
    check("references of a key", client.places(client.at("textDocument/references", LAYER, 1, 0)),
          ["apps/web.yaml:2:1", "charts/web/templates/deployment.yaml:7:24", "charts/web/values.yaml:1:1",
           "env/prod/web.yaml:1:1"])
    check("references of a key that an application without a chart loads",
          client.places(client.at("textDocument/references", "env/prod/globals.yaml", 0, 0)),
          ["apps/web.yaml:3:1", "charts/web/templates/deployment.yaml:10:20", "charts/web/values.yaml:5:1",
           "env/prod/globals.yaml:1:1"])
    check("references of a subchart's default",
          client.places(client.at("textDocument/references", "charts/web/charts/disk/values.yaml", 0, 0)),
          ["apps/web.yaml:5:3", "charts/web/charts/disk/templates/claim.yaml:4:25",
           "charts/web/charts/disk/values.yaml:1:1", "charts/web/values.yaml:4:9"])


def completion(client, path, text, line, character):
    """Labels, and what the text becomes when the first is taken."""
    client.change(path, {"text": text})
    items = client.at("textDocument/completion", path, line, character)
    return [each["label"] for each in items], edited(text, items[0]["textEdit"]) if items else text


def completions(client):
    labels, text = completion(client, LAYER, "replicas: 2\nti\n", 1, 2)
    check("keys that are not written yet", labels[:4], ["image", "title", "store", "tolerations"])
    check("what was typed is replaced", text, "replicas: 2\nimage:\n")
    labels, _ = completion(client, LAYER, "image:\n  \n", 1, 2)
    check("keys of a map", labels, ["tag"])
    labels, _ = completion(client, LAYER, "store:\n\n  # the disk\n  s\n", 3, 3)
    check("keys of a subchart", labels, ["size"])
    labels, _ = completion(client, LAYER, "title: |\n  ti\n", 1, 4)
    check("nothing in a text", labels, [])
    labels, text = completion(client, LAYER, "nodeSelector:\n  sh\n", 1, 4)
    check("labels of pools", labels, ["shop/pool: dev", "shop/pool: prod"])
    check("a label is written out", text, "nodeSelector:\n  shop/pool: dev\n")
    labels, text = completion(client, LAYER, "tolerations:\n- \n", 1, 2)
    check("taints of pools", labels, ["shop/environment=dev:NoSchedule", "shop/environment=prod:NoSchedule"])
    check("a toleration is written out", text, 'tolerations:\n'
          '- {key: shop/environment, operator: Equal, value: "dev", effect: NoSchedule}\n')
    labels, _ = completion(client, LAYER, "tolerations:\n  - key: shop/environment\n    value: \n", 2, 11)
    check("values of taints", labels, ["dev", "prod"])
    client.change(LAYER, {"text": client.text(LAYER)})
    client.open(TEMPLATE)
    labels, text = completion(client, TEMPLATE, "a: {{ .Values.image.t", 0, 21)
    check("keys in a template", labels, ["tag"])
    check("they stand behind the dot", text, "a: {{ .Values.image.tag")
    labels, _ = completion(client, TEMPLATE, "a: {{ .Values.", 0, 14)
    check("all keys in a template", sorted(labels), ["image", "replicas", "store", "title", "tolerations"])
    labels, _ = completion(client, TEMPLATE, "a: .Values.", 0, 11)
    check("not outside of an action", labels, [])
    client.notify("textDocument/didClose", {"textDocument": {"uri": client.uri(TEMPLATE)}})


def actions(client):
    client.wait_until(lambda all: codes(all, LAYER) == ["values/empty-override"])
    finding = client.diagnostics[LAYER][0]
    asked = {"textDocument": {"uri": client.uri(LAYER)}, "range": finding["range"],
             "context": {"diagnostics": [finding, {"range": finding["range"], "source": "yaml", "message": "x"}]}}
    answers = client.ask("textDocument/codeAction", asked)["result"]
    check("suppressions", [each["title"] for each in answers],
          ["Ignore values/empty-override here", "Ignore values/empty-override in this file"])
    for answer in answers:
        edit = answer["edit"]["changes"][client.uri(LAYER)][0]
        client.change(LAYER, {"text": edited(client.text(LAYER), edit)})
        client.wait_until(lambda all: not codes(all, LAYER))
        check(answer["title"] + " does it", codes(client.diagnostics, LAYER), [])
        client.change(LAYER, {"text": client.text(LAYER)})
        client.wait_until(lambda all: codes(all, LAYER))
    wrong = client.text(LAYER).replace("[]", "[{key: a}]") + "title: |\n  one\n  two\n"
    client.change(LAYER, {"text": wrong.replace("replicas: 2", "state: on\nreplicas: 2")})
    client.wait_until(lambda all: "values/yaml-boolean" in codes(all, LAYER))
    finding = [each for each in client.diagnostics[LAYER] if each["code"] == "values/yaml-boolean"][0]
    asked["context"]["diagnostics"] = [finding]
    answer = client.ask("textDocument/codeAction", asked)["result"][0]
    check("a fix", (answer["title"], answer["edit"]["changes"][client.uri(LAYER)][0]["newText"]),
          ("Fix values/yaml-boolean", '"on"'))
    client.change(LAYER, {"text": client.text(LAYER)})
    answers = client.ask("textDocument/codeAction", asked)["result"]
    check("no fix for another text", [each["title"].split()[0] for each in answers], ["Ignore", "Ignore"])


def symbols(client):
    answer = client.ask("textDocument/documentSymbol", {"textDocument": {"uri": client.uri(LAYER)}})["result"]
    check("symbols of a layer", [(each["name"], each["kind"], [below["name"] for below in each.get("children", [])])
                                 for each in answer],
          [("replicas", 16, []), ("tolerations", 18, []), ("store", 19, ["size"])])
    answer = client.ask("textDocument/documentSymbol",
                        {"textDocument": {"uri": client.uri("charts/web/templates/_helpers.tpl")}})["result"]
    check("symbols of a template", [(each["name"], each["kind"]) for each in answer], [("web.labels", 12)])


def storm(client):
    """Anything typed anywhere: every question is answered, and at the end all is as if nothing had been."""
    dice = random.Random(5)
    pieces = ["a", " ", "\n", "  ", ": ", "- ", "{", "}", "[", "'", '"', "{{", "}}", ".Values.", "&x ", "*x", "|", "🛒",
              "\u0000", "\r\n", "<<: ", "---\n", "include \"", "#", "tolerations:\n- ", "\t", "%", "replicas"]
    paths = [LAYER, TEMPLATE, "charts/web/values.yaml", "charts/web/Chart.yaml", ".bulkhead.yaml", "env/dev/globals.yaml",
             "charts/web/templates/_helpers.tpl"]
    methods = ["hover", "definition", "references", "completion", "documentSymbol", "codeAction"]
    for path in paths:
        client.open(path)
    asked = answered = 0
    for _ in range(250):
        path = dice.choice(paths)
        start, end = ({"line": dice.randrange(9), "character": dice.randrange(30)} for _ in range(2))
        if (start["line"], start["character"]) > (end["line"], end["character"]):
            start, end = end, start
        if dice.random() < 0.1:
            client.change(path, {"text": client.text(path)})
        else:
            end = end if dice.random() < 0.1 else start
            client.change(path, {"range": {"start": start, "end": end}, "text": dice.choice(pieces)})
        asked += 1
        answered += "result" in client.ask("textDocument/" + dice.choice(methods), {
            "textDocument": {"uri": client.uri(path)}, "position": start, "range": {"start": start, "end": end},
            "context": {"diagnostics": client.diagnostics.get(path, [])}})
    check("every question is answered", answered, asked)
    for path in paths:
        client.notify("textDocument/didClose", {"textDocument": {"uri": client.uri(path)}})
    expected = lint_as_diagnostics()
    client.wait_until(lambda all: all_have_rules(all) and pushed(client) == expected)
    check("all is as before", pushed(client), expected)


def all_have_rules(diagnostics):
    return all("code" in each for found in diagnostics.values() for each in found)


def encodings():
    client = Client(BULKHEAD, ROOT)
    check("UTF-8 when the client likes it", client.start(["utf-8", "utf-16"])["capabilities"]["positionEncoding"], "utf-8")
    text = client.text(TEMPLATE)
    behind = column(text, 7, "tag }}")
    hover = client.at("textDocument/hover", TEMPLATE, 7, behind + 3)
    check("bytes are counted", hover["range"]["end"]["character"], behind + 3 + len("tag"))
    client.notify("textDocument/didOpen", {"textDocument": {
        "uri": client.uri(LAYER).replace("web", "%77eb"), "languageId": "yaml", "version": 7, "text": "replicas: 9\n"}})
    hover = client.at("textDocument/hover", TEMPLATE, 6, column(text, 6, "replicas |"))["contents"]["value"]
    check("a URI with escapes is the same file", hover.split("\n")[4], "| dev/web | `9` | apps/web.yaml:1 |")
    check("goodbye", client.stop(), 0)


errors_and_life()
shared = Client(BULKHEAD, ROOT)
shared.start()
for part in (diagnostics, hovers, places, actions, completions, symbols, storm):
    part(shared)
check("goodbye", shared.stop(), 0)
encodings()
print("1..%d" % count)
sys.exit(failed > 0)
