"""A file becomes lines while it comes in, within bounds; pure."""

import codecs
from collections.abc import Iterator

LONGEST = 256 * 1024
"""Of one line; as long as any body of the API."""
MARK = "\ufeff"


class FileError(Exception):
    """The file as a whole cannot be read: a code, and what it says in words."""

    def __init__(self, code: str, detail: str) -> None:
        self.code, self.detail = code, detail
        super().__init__(code)


class Lines:
    """Takes pieces of a file and gives its whole lines, without their ends."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._rest = ""
        self._begun = False

    def feed(self, piece: bytes, *, last: bool = False) -> Iterator[str]:
        """The lines that are whole now. Raises FileError."""
        text = self._rest + self._decoded(piece, last=last)
        if not self._begun and text:
            self._begun, text = True, text.removeprefix(MARK)
        *whole, self._rest = text.split("\n")
        if last and self._rest:
            whole, self._rest = [*whole, self._rest], ""
        if len(self._rest) > LONGEST or any(len(line) > LONGEST for line in whole):
            raise FileError("line_too_long", f"A line has at most {LONGEST} characters.")
        yield from (line.removesuffix("\r") for line in whole)

    def _decoded(self, piece: bytes, *, last: bool) -> str:
        try:
            return self._decoder.decode(piece, last)
        except UnicodeDecodeError:
            raise FileError("not_utf8", "The file must be in UTF-8.") from None
