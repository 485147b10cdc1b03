"""Serves pages made of templates alone, with our own files and our own policy; no application."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader

from app.facades.web import files
from app.facades.web.rendering import POLICY, environment

HERE = Path(__file__).parent
FRAME: dict[str, Any] = {
    "me": {"role": "client", "name": "Sanne Voorbeeld"},
    "hat": {"role": "client", "organisation": {"name": "GGZ Voorbeeld"}, "clientId": "c"},
    "nav": [
        {"href": "/caseload", "words": "Mijn caseload", "current": True},
        {"href": "/tasks", "words": "Mijn taken", "current": False},
    ],
    "flash": "Het contact is vastgelegd.",
    "csrf": "token",
    "session_ends_in": 900,
    "demo": True,
    "may": lambda _: True,
    "query": {},
}


def page(template: str, **values: Any) -> str:
    """A template of the tests or of the house, in the frame of somebody who is logged in."""
    overlay = environment().overlay(
        loader=ChoiceLoader(
            [FileSystemLoader(HERE), environment().loader or FileSystemLoader(HERE)]
        )
    )
    return overlay.get_template(template).render({**FRAME, **values})


@contextmanager
def served(pages: dict[str, str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The address of a server with these pages, and what was sent to it."""
    sent: list[tuple[str, str]] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            file = files.files().get(path.removeprefix(f"{files.PREFIX}/"))
            if file is not None:
                return self._answer(200, file.content, file.media)
            return self._answer(200 if path in pages else 404, pages.get(path, "").encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            sent.append((self.path, body))
            self._answer(204)

        def _answer(
            self, status: int, content: bytes = b"", media: str = "text/html; charset=utf-8"
        ) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Session-Ends-In", "900")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Nothing is told; what a test sees is what counts."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", sent
        server.shutdown()
