"""Whoever copies an example out of the API document sends something that fits the contract."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from app.__main__ import contract_of
from app.access.vocabulary import Category, Role
from app.domain.machine.rules import Algorithm, key_faults
from app.domain.machine.schemas import MachineIn
from app.platform.http.schemas import In

DOCUMENT: dict[str, Any] = json.loads(contract_of())
OPERATIONS = {
    f"{method} {path}": operation
    for path, item in DOCUMENT["paths"].items()
    for method, operation in item.items()
    if method in {"get", "post", "put", "patch", "delete"}
}


def _kinds(parent: type[In] = In) -> Iterator[type[In]]:
    for kind in parent.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _examples(kind: type[In]) -> list[dict[str, Any]]:
    extra: Any = kind.model_config.get("json_schema_extra")
    if not isinstance(extra, dict) or not kind.__module__.startswith("app."):
        return []
    return list(extra.get("examples", []))


BODIES = {f"{kind.__module__}.{kind.__name__}": kind for kind in _kinds() if _examples(kind)}


@pytest.mark.parametrize("name", [n for n, each in OPERATIONS.items() if "requestBody" in each])
def test_every_body_has_an_example(name: str) -> None:
    for medium in OPERATIONS[name]["requestBody"]["content"].values():
        schema = medium["schema"]
        if "$ref" in schema:
            schema = DOCUMENT["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        assert "example" in medium or "examples" in medium or schema.get("examples")


@pytest.mark.parametrize("name", BODIES)
def test_every_example_of_a_body_passes_its_own_checks(name: str) -> None:
    for example in _examples(BODIES[name]):
        BODIES[name].model_validate_json(json.dumps(example))


def test_the_key_in_the_example_of_a_client_system_can_be_used() -> None:
    for example in _examples(MachineIn):
        assert list(key_faults(example["jwks"], list(Algorithm))) == []


@pytest.mark.parametrize(
    ("name", "roles"),
    [
        ("post /clients", {Role.CLINICIAN, Role.IPS_COACH, Role.MUNICIPAL_CASE_MANAGER}),
        ("post /trajectories", {Role.CLINICIAN, Role.IPS_COACH, Role.MUNICIPAL_CASE_MANAGER}),
        (
            "post /referrals/{referral_id}/acceptances",
            {Role.LABOUR_EXPERT, Role.MUNICIPAL_CASE_MANAGER},
        ),
        (
            "post /trajectory-statuses/_search",
            {Role.LABOUR_EXPERT, Role.INSURANCE_PHYSICIAN, Role.MUNICIPAL_CASE_MANAGER},
        ),
        (
            "post /trajectories/{trajectory_id}/ladder-measurements/{measurement_id}/agreements",
            {Role.CLIENT},
        ),
        (
            "post /trajectories/{trajectory_id}/action-plans/{plan_id}/agreements",
            {Role.CLIENT, Role.REPRESENTATIVE},
        ),
        (
            "post /trajectories/{trajectory_id}/work-advice/{advice_id}/releases",
            {Role.CLIENT, Role.REPRESENTATIVE},
        ),
        (
            "post /trajectories/{trajectory_id}/placements/{placement_id}/agreements",
            {Role.LABOUR_EXPERT, Role.MUNICIPAL_CASE_MANAGER},
        ),
    ],
)
def test_an_operation_names_the_roles_that_can_do_it(name: str, roles: set[Role]) -> None:
    assert set(OPERATIONS[name]["x-trede-act"]["roles"]) == {role.value for role in roles}


def test_every_act_names_at_least_one_role_and_only_known_categories() -> None:
    acts = {name: each.get("x-trede-act") for name, each in OPERATIONS.items()}
    told = {name: act for name, act in acts.items() if act is not None}
    assert [name for name, act in told.items() if not act["roles"]] == []
    assert {c for act in told.values() for c in act["categories"]} <= {c.value for c in Category}


def test_what_makes_something_answers_201_and_what_moves_something_200() -> None:
    """One habit for all, so that an integrator needs to look up none."""
    moved = {
        name: [code for code in operation["responses"] if code.startswith("2")]
        for name, operation in OPERATIONS.items()
        if operation.get("x-trede-act", {}).get("verb") == "update" and name.startswith("post")
    }
    # A transition is a record of its own, with an address.
    assert moved.pop("post /trajectories/{trajectory_id}/transitions") == ["201"]
    assert {name for name, codes in moved.items() if codes != ["200"]} == set()
    assert len(moved) > 20
    singular = {name for name in moved if not name.endswith("s")}
    assert singular == set(), "acts are named by what they leave behind, in the plural"
