"""Rules of the house that no linter knows: where statements stand, sizes, names, addresses."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
LONGEST_FILE = 300
READS = {"select"}
WRITES = {"insert", "update", "delete"}
SWEEPING_NAMES = {"utils", "helpers", "common", "manager", "handler", "base", "service"}


def _modules() -> list[Path]:
    return sorted(APP.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(APP).as_posix()


def statements(source: str) -> set[str]:
    """Which of SQLAlchemy's select, insert, update and delete a module calls, however imported."""
    tree = ast.parse(source)
    functions: dict[str, str] = {}
    modules: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            functions |= {name.asname or name.name: name.name for name in node.names}
        elif isinstance(node, ast.Import):
            modules |= {
                name.asname or "sqlalchemy"
                for name in node.names
                if name.name.startswith("sqlalchemy")
            }
    called: set[str] = set()
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            called.add(functions.get(node.func.id, ""))
        elif isinstance(node.func, ast.Attribute):
            owner = ast.unparse(node.func.value).partition(".")[0]
            if owner in modules or functions.get(owner, "").islower():
                called.add(node.func.attr)
    return called & (READS | WRITES)


def allowed(module: str) -> set[str]:
    """Reads stand in queries, writes in queries and actions; access and platform hold both."""
    if module.startswith(("access/", "platform/")) or _is_part(module, "queries"):
        return READS | WRITES
    return WRITES if _is_part(module, "actions") else set()


def _is_part(module: str, part: str) -> bool:
    """Whether it is this part of a noun, as a file or as a package."""
    return module.endswith(f"/{part}.py") or f"/{part}/" in module


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("from sqlalchemy import select\nselect(1)", {"select"}),
        ("from sqlalchemy import select as s\ns(1)", {"select"}),
        ("from sqlalchemy.dialects.postgresql import insert\ninsert(T)", {"insert"}),
        ("import sqlalchemy as sa\nsa.update(T)", {"update"}),
        ("import sqlalchemy\nsqlalchemy.sql.delete(T)", {"delete"}),
        ("from sqlalchemy import sql\nsql.select(1)", {"select"}),
        ("from sqlalchemy import func\nfunc.now()", set()),
        ("numbers = [1]\nnumbers.insert(0, 1)\n{}.update(a=1)", set()),
        ("from elsewhere import select\nselect(1)", set()),
    ],
)
def test_a_statement_is_seen_however_it_is_imported(source: str, found: set[str]) -> None:
    assert statements(source) == found


def test_statements_stand_only_where_the_walls_are_looked_after() -> None:
    stray = {
        _name(path): sorted(found)
        for path in _modules()
        if (found := statements(path.read_text(encoding="utf-8")) - allowed(_name(path)))
    }
    assert stray == {}


def test_no_file_of_the_app_outgrows_what_one_can_hold_in_the_head() -> None:
    lines = {_name(path): len(path.read_bytes().splitlines()) for path in _modules()}
    assert {name: n for name, n in lines.items() if n > LONGEST_FILE} == {}


def test_no_module_has_a_name_that_fits_everything() -> None:
    words = {
        _name(path): set(path.relative_to(APP).with_suffix("").parts) & SWEEPING_NAMES
        for path in _modules()
    }
    assert {name: found for name, found in words.items() if found} == {}


def test_no_work_is_left_marked_for_later() -> None:
    mark = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    sources = [*_modules(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "migrations").rglob("*.py")]
    marked = [p for p in sources if mark.search(p.read_text(encoding="utf-8"))]
    assert marked == []


def test_every_pin_has_a_hash_and_no_file_of_pins_an_address() -> None:
    for pins in sorted((ROOT / ".ci" / "requirements").glob("*.txt")):
        text = pins.read_text(encoding="utf-8")
        assert not re.search(r"://|^\s*-", text.replace("    --hash=", ""), re.MULTILINE), pins.name
        packages = re.findall(r"^[a-z0-9].*", text, re.MULTILINE)
        assert packages
        assert all("==" in package and package.endswith("\\") for package in packages), pins.name
    lock = (ROOT / ".ci" / "npm" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert '"integrity"' in lock
