"""Faults in modules of functions: planted after the tests are collected, so that each costs little.

The tests are collected once; for each fault a process is forked in which the module's names are
bound anew, wherever they were imported, and the tests are run until one fails.
"""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from types import ModuleType
from unittest.mock import patch

import pytest

from tests.mutation.code import POLICY_TESTS
from tests.mutation.planting import OWN, PATIENCE, ROOT, Plant, ended, module_of


class Nursery:
    """A plug-in of pytest that runs the collected tests once per fault, each time in a fork."""

    def __init__(self, plants: Iterable[Plant], end: float, workers: int) -> None:
        self.plants = iter(plants)
        self.end = end
        self.workers = workers
        self.found: list[tuple[Plant, str]] = []

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        running: dict[int, tuple[Plant, float]] = {}
        while True:
            while len(running) < self.workers and time.monotonic() < self.end:
                plant = next(self.plants, None)
                if plant is None:
                    break
                running[self._forked(plant, session)] = (
                    plant,
                    min(time.monotonic() + PATIENCE, self.end + 5),
                )
            if not running:
                return True
            for process, outcome in ended(running):
                self.found.append((running.pop(process)[0], outcome))

    def _forked(self, plant: Plant, session: pytest.Session) -> int:
        sys.stdout.flush()
        process = os.fork()
        if process == 0:  # pragma: no cover - another process
            code = 3
            try:
                os.setpgid(0, 0)
                code = _killed(plant, session)
            finally:
                os._exit(code)
        return process


def _killed(plant: Plant, session: pytest.Session) -> int:  # pragma: no cover - another process
    try:
        for path, text in plant.files.items():
            rebind(sys.modules[module_of(path)], text)
    except Exception:  # noqa: BLE001 - what cannot be imported is noticed by any test
        return 1
    for item in session.items:
        if not str(item.path).endswith(tuple(plant.killers)):
            continue
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        if session.testsfailed:
            return 1
    return 0


def rebind(module: ModuleType, text: str) -> None:
    """Run the other text as this module; whoever holds a name of it holds the new one."""
    before = dict(vars(module))
    exec(compile(text, str(module.__file__), "exec", dont_inherit=True), vars(module))  # noqa: S102
    changed = {
        id(old): vars(module)[name]
        for name, old in before.items()
        if not name.startswith("__") and vars(module).get(name, old) is not old
    }
    for other in list(sys.modules.values()):
        if getattr(other, "__name__", "").split(".")[0] in OWN or "test" in str(other):
            for name, held in list(getattr(other, "__dict__", {}).items()):
                if id(held) in changed and other is not module:
                    vars(other)[name] = changed[id(held)]


def outcomes(plants: Iterable[Plant], end: float, workers: int = 1) -> Iterator[tuple[Plant, str]]:
    """Each fault with what became of it; those that the time did not suffice for are left out."""
    from hypothesis import Phase, settings  # noqa: PLC0415

    # A counter-example is enough; nobody reads the smallest one.
    once = [Phase.explicit, Phase.generate]
    settings.register_profile("found", phases=once, database=None, derandomize=True)
    settings.load_profile("found")
    nursery = Nursery(plants, end, workers)
    fixed = ["-q", "--assert=plain", "--import-mode=importlib", "--noconftest", "--capture=fd"]
    fixed += ["-p", "no:cacheprovider", "-p", "no:terminal"]
    fixed += ["-c", os.devnull, "--rootdir", str(ROOT)]
    own = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
    with patch.dict(os.environ, own):
        pytest.main([*fixed[1:], *(str(ROOT / path) for path in POLICY_TESTS)], plugins=[nursery])
    yield from nursery.found
