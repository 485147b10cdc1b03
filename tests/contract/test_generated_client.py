"""An integrator generates a client from the contract, and works with it: no SDK is needed.

The generator is `openapi-python-client`, which knows nothing of us; its client calls a real
process with a token of a client system.
"""

import importlib
import subprocess
import sys
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest

from tests.build.contract import DOCUMENT, METHODS, document
from tests.build.machines import system_of
from tests.build.processes import serving
from tests.build.stage import Stage
from tests.databases import TestDatabase

PACKAGE = "trede_client"
SETTINGS = """
post_hooks: []
content_type_overrides:
  application/x-ndjson: application/octet-stream
  text/csv: application/octet-stream
"""
"""Files of lines and tables are bytes to this generator, as `app/integrators/README.md` says."""
KEY = "6f1f7f3e-0a3b-4c55-9a39-0d5a5a0f2b11"
PERSON = {
    "bsn": "999990044",
    "givenName": "Testclient",
    "familyName": "Delta",
    "birthDate": "1990-05-17",
}
TRAJECTORY = {"kind": "ips", "workQuestionAskedOn": "2025-06-01"}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The package, as it comes out; a warning of the generator is a fault of the contract."""
    folder = tmp_path_factory.mktemp("generated")
    tool = Path(sys.executable).with_name("openapi-python-client")
    config = folder / "settings.yaml"
    config.write_text(SETTINGS)
    asked = f"--path {DOCUMENT} --output-path {folder / PACKAGE} --config {config}"
    made = subprocess.run(
        [tool, "generate", *asked.split(), "--meta", "none", "--fail-on-warning"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(folder))


def of(path: str) -> Any:
    return importlib.import_module(f"{PACKAGE}.{path}")


def test_a_generator_makes_a_function_of_every_operation(client: ModuleType) -> None:
    folder = Path(str(client.__file__)).parent / "api"
    made = [each for each in folder.glob("*/*.py") if each.name != "__init__.py"]
    declared = [m for path in document()["paths"].values() for m in METHODS if m in path]
    assert len(made) == len(declared) > 300


async def test_a_generated_client_brings_in_a_client_with_a_trajectory_and_reads_them_back(
    client: ModuleType, stage: Stage, database: TestDatabase, tmp_path: Path
) -> None:
    stage.on("2025-06-02")
    system, models = await system_of(stage), of("models")
    mine = {"on_behalf_of": str(stage.parties["clinician"].membership)}
    register, begin = of("api.clients.post_clients"), of("api.trajectories.post_trajectories")
    read = of("api.clients.get_clients_by_client_id")
    follow = of("api.trajectories.get_trajectories_by_trajectory_id")
    with (
        serving(database, tmp_path) as [address],
        client.AuthenticatedClient(f"{address}/v1", await system.token(), timeout=60) as http,
    ):
        asked = {"client": http, "body": models.ClientIn.from_dict(PERSON), **mine}
        made = register.sync_detailed(**asked, idempotency_key=KEY)
        assert made.status_code == HTTPStatus.CREATED, made.content
        found = made.parsed.id
        assert register.sync(**asked, idempotency_key=KEY).id == found
        assert read.sync(found, client=http, **mine).family_name == PERSON["familyName"]
        body = models.TrajectoryIn.from_dict({**TRAJECTORY, "clientId": str(found)})
        trajectory = begin.sync(client=http, body=body, **mine)
        again = follow.sync(trajectory.id, client=http, **mine)
        assert (again.client_id, again.kind) == (found, "ips")
        hidden = read.sync(uuid4(), client=http, **mine)
        assert isinstance(hidden, models.Problem)
        assert hidden.status == HTTPStatus.NOT_FOUND
