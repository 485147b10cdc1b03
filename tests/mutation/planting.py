"""A fault is planted where a fresh process imports the application; the tree on disk stays whole.

Each fault has a process of its own, made by `fork` once the libraries are loaded: the application
and the tests are imported anew in it, with other text for the module that is at fault.
"""

import contextlib
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

ROOT = Path(__file__).parents[2]
OWN = ("app", "tests", "migrations")
LIBRARIES = (
    "alembic.command", "asyncpg", "cryptography.hazmat.primitives.asymmetric.ec", "fastapi",
    "httpx", "hypothesis.strategies", "joserfc.jwt", "psycopg", "pydantic_settings", "pytest",
    "pytest_asyncio", "sqlalchemy.dialects.postgresql", "sqlalchemy.ext.asyncio", "uvicorn",
)  # fmt: skip
SURVIVED, KILLED, BROKEN, SLOW = "survived", "killed", "broken", "not finished"
_OUTCOMES = {0: SURVIVED, 1: KILLED}
PATIENCE = 600.0
"""Seconds for one fault; what takes longer, or longer than all has, counts as not tried."""


@dataclass(frozen=True)
class Plant:
    """Other text for some files, and the tests that must not stay green with it."""

    name: str
    files: Mapping[str, str]
    killers: Sequence[str]
    pure: bool = False


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self.text = text

    def get_code(self, fullname: str) -> CodeType:  # noqa: ARG002 - the protocol's
        return compile(self.text, self.path, "exec", dont_inherit=True)


class _Finder(MetaPathFinder):
    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = {module_of(path): (path, text) for path, text in files.items()}

    def find_spec(
        self,
        fullname: str,
        path: Any = None,  # noqa: ARG002 - the protocol's
        target: ModuleType | None = None,  # noqa: ARG002
    ) -> ModuleSpec | None:
        if fullname not in self.files:
            return None
        place, text = self.files[fullname]
        full = str(ROOT / place)
        folder = [str(Path(full).parent)] if full.endswith("__init__.py") else None
        loader = _Loader(fullname, full, text)
        return spec_from_file_location(
            fullname, full, loader=loader, submodule_search_locations=folder
        )


def module_of(path: str) -> str:
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def warm_up() -> None:
    """Load what no fault is planted in, once for all processes."""
    for name in LIBRARIES:
        __import__(name)


def outcomes(plants: Iterable[Plant], end: float, workers: int = 1) -> Iterator[tuple[Plant, str]]:
    """Each fault with what became of it, until the time is over (on the monotonic clock)."""
    warm_up()
    waiting, running = iter(plants), dict[int, tuple[Plant, float]]()
    while True:
        while len(running) < workers and time.monotonic() < end:
            plant = next(waiting, None)
            if plant is None:
                break
            running[_forked(plant)] = (plant, min(time.monotonic() + PATIENCE, end + 5))
        if not running:
            return
        for process, outcome in ended(running):
            yield running.pop(process)[0], outcome


def ended(running: Mapping[int, tuple[Plant, float]]) -> list[tuple[int, str]]:
    found = []
    for process, (_, patience) in running.items():
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            found.append((process, _OUTCOMES.get(code, BROKEN)))
        elif time.monotonic() > patience:
            os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
            found.append((process, SLOW))
    if not found:
        time.sleep(0.01)
    return found


def _forked(plant: Plant) -> int:
    sys.stdout.flush()
    process = os.fork()
    if process == 0:  # pragma: no cover - another process
        code = 3
        try:
            os.setpgid(0, 0)
            code = _tried(plant)
        except BaseException:  # noqa: BLE001 - told, and then it ends in any case
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    with contextlib.suppress(OSError):
        os.setpgid(process, process)
    return process


def _tried(plant: Plant) -> int:  # pragma: no cover - another process
    """The exit code of the tests. A module that cannot be imported with the fault kills it too."""
    with Path(os.environ.get("TREDE_MUTATION_OUTPUT", os.devnull)).open("w") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
        os.chdir(ROOT)
        for name in [name for name, module in sys.modules.items() if _is_own(module)]:
            del sys.modules[name]
        sys.meta_path.insert(0, _Finder(plant.files))
        return _run(plant)


def _is_own(module: Any) -> bool:  # pragma: no cover - another process
    """By its file: pytest may have loaded a module of tests under a name of its own."""
    files = [getattr(module, "__file__", None) or "", *getattr(module, "__path__", ())]
    return any(Path(file).is_relative_to(ROOT / own) for file in files if file for own in OWN)


def _run(plant: Plant) -> int:  # pragma: no cover - another process
    import pytest  # noqa: PLC0415 - only now, in the process that the fault is planted in
    from hypothesis import Phase, settings  # noqa: PLC0415

    # A counter-example is enough; nobody reads the smallest one.
    once = [Phase.explicit, Phase.generate]
    settings.register_profile("found", phases=once, database=None, derandomize=True)
    settings.load_profile("found")
    fixed = ["-q", "-x", "--assert=plain", "--import-mode=importlib", "-p", "no:cacheprovider"]
    if plant.pure:  # without the application, its database and every plug-in: the start is quick
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        fixed += ["--noconftest", "-c", os.devnull, "--rootdir", str(ROOT)]
    else:
        fixed += ["-p", "no:xdist", "-o", "addopts=-p no:schemathesis"]
    code = int(pytest.main([*fixed, *plant.killers]))
    return 1 if code in {2, 4} else code
