"""What is installed is what runs: pages with their templates, words, style and font."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).parents[2]
BESIDE = ("app/facades/web/npm/", "app/facades/web/shots/")
"""What the pages are made of, and pictures of them: nothing reads these when they are served."""


def test_an_installed_copy_holds_every_file_that_it_reads() -> None:
    packaging = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    taken = ["*.py", *packaging["package-data"]["*"]]
    found = (path.relative_to(ROOT).as_posix() for path in (ROOT / "app").rglob("*.*"))
    read = [path for path in found if not path.startswith(BESIDE) and "__pycache__" not in path]
    assert any(path.endswith("app.js") for path in read)
    lost = [path for path in read if not any(fnmatch(path, pattern) for pattern in taken)]
    assert lost == []
