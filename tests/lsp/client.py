"""A small client of the language server for the tests: messages out, messages in, and the diagnostics that were pushed."""
import json
import os
import queue
import subprocess
import threading
import urllib.parse

SECONDS = 120


class Client:
    def __init__(self, bulkhead, root):
        self.root = os.path.realpath(root)
        self.process = subprocess.Popen([os.path.abspath(bulkhead), "lsp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd="/")
        self.received = queue.Queue()
        self.diagnostics = {}
        self.number = 0
        self.versions = {}
        threading.Thread(target=self._read, daemon=True).start()

    # --- messages ---

    def _read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while True:
                line = stream.readline()
                if not line:
                    self.received.put(None)
                    return
                if line == b"\r\n":
                    break
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            self.received.put(json.loads(stream.read(length)))

    def send_bytes(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def receive(self):
        """The next message that is no push of diagnostics, which are noted."""
        while True:
            message = self.received.get(timeout=SECONDS)
            if message is None:
                raise EOFError("the server has ended")
            if message.get("method") != "textDocument/publishDiagnostics":
                return message
            self._note(message["params"])

    def _note(self, params):
        self.diagnostics[self.path(params["uri"])] = params["diagnostics"]

    def ask(self, method, params=None):
        """The whole answer to a request."""
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params or {}})
        while True:
            message = self.receive()
            if message.get("id") == self.number and "method" not in message:
                return message

    def notify(self, method, params=None):
        self.send({"method": method, "params": params or {}})

    def wait_until(self, holds):
        """Takes pushes of diagnostics until the condition holds for what was pushed."""
        while not holds(self.diagnostics):
            message = self.received.get(timeout=SECONDS)
            if message is None:
                raise EOFError("the server has ended")
            if message.get("method") == "textDocument/publishDiagnostics":
                self._note(message["params"])

    # --- files ---

    def uri(self, path):
        return "file://" + urllib.parse.quote(os.path.join(self.root, path))

    def path(self, uri):
        return os.path.relpath(urllib.parse.unquote(uri[len("file://"):]), self.root)

    def start(self, encodings=None, **capabilities):
        general = {"positionEncodings": encodings} if encodings else {}
        answer = self.ask("initialize", {"processId": None, "rootUri": self.uri(""),
                                         "capabilities": {"general": general, **capabilities}})
        self.notify("initialized")
        return answer["result"]

    def stop(self):
        """Exit status after a proper goodbye."""
        self.ask("shutdown")
        self.notify("exit")
        return self.process.wait(timeout=SECONDS)

    def text(self, path):
        with open(os.path.join(self.root, path), encoding="utf-8") as file:
            return file.read()

    def open(self, path, text=None):
        self.versions[path] = 1
        document = {"uri": self.uri(path), "languageId": "yaml", "version": 1,
                    "text": self.text(path) if text is None else text}
        self.notify("textDocument/didOpen", {"textDocument": document})

    def change(self, path, *changes):
        self.versions[path] += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": self.uri(path), "version": self.versions[path]}, "contentChanges": list(changes)})

    def at(self, method, path, line, character, **more):
        """The result of a request about a position; lines and characters from 0."""
        answer = self.ask(method, {"textDocument": {"uri": self.uri(path)},
                                   "position": {"line": line, "character": character}, **more})
        return answer["result"]

    def places(self, locations):
        """["path:line:column"] of Locations, counted from 1, sorted."""
        return sorted("%s:%d:%d" % (self.path(each["uri"]), each["range"]["start"]["line"] + 1,
                                    each["range"]["start"]["character"] + 1) for each in locations or [])
