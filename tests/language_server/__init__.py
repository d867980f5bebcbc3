"""The language server that editors such as VS Code use for YAML, driven over its standard input and output."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any, Self

HERE = Path(__file__).parent
PROGRAM = HERE / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"

_SETTINGS = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
"""Without the catalogue of schemas that it would look up on the web."""


def missing() -> str | None:
    """Return why the server cannot run, or None."""
    if shutil.which("node") is None or not PROGRAM.exists():
        return "the language server is not installed; `make language-server` installs it with npm"
    return None


class LanguageServer:
    """A running server. It speaks the Language Server Protocol 3.17: JSON-RPC with a header of the length."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            ["node", str(PROGRAM), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.asked = 0
        self.problems: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": {"yaml": _SETTINGS}})
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def open(self, file: Path, text: str) -> str:
        """Open a file with this text, as an editor does; return how the server calls it."""
        document = {"uri": file.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return file.as_uri()

    def problems_of(self, uri: str) -> list[tuple[int, str]]:
        """Return the problems of an open file, as (line, message), as soon as the server has found out."""
        while uri not in self.problems:
            self._take()
        return [(each["range"]["start"]["line"] + 1, each["message"]) for each in self.problems[uri]]

    def completions(self, uri: str, line: int, column: int) -> set[str]:
        """Return what the server proposes at a place (a line from 1, letters before the cursor)."""
        found = self.ask("textDocument/completion", self._at(uri, line, column))
        return {each["label"] for each in (found["items"] if isinstance(found, dict) else found or ())}

    def hover(self, uri: str, line: int, column: int) -> str:
        """Return what the server says about a place."""
        found = self.ask("textDocument/hover", self._at(uri, line, column))
        return str(found["contents"]["value"]) if found else ""

    def ask(self, method: str, parameters: Any) -> Any:
        """Send a request and return its result."""
        self.asked += 1
        self._send({"id": self.asked, "method": method, "params": parameters})
        while (message := self._take()).get("id") != self.asked or "method" in message:
            pass
        return message.get("result")

    def tell(self, method: str, parameters: Any) -> None:
        """Send a message that has no answer."""
        self._send({"method": method, "params": parameters})

    def _at(self, uri: str, line: int, column: int) -> Any:
        return {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column}}

    def _send(self, message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _take(self) -> dict[str, Any]:
        """Read the next message; answer it if it is a request, and keep the problems that it tells."""
        stream = self.process.stdout
        assert stream
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        message: dict[str, Any] = json.loads(stream.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message
