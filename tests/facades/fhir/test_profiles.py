"""Every profile that a resource claims is one whose bounds it keeps."""

from collections.abc import Iterator
from typing import Any

import pytest

from app.facades.fhir import records
from app.facades.fhir.registry import Resource, Whose
from app.facades.fhir.resources import (
    TYPES,
    consent,
    episodeofcare,
    organization,
    patient,
    practitioner,
    practitionerrole,
)
from tests.build.stage import Stage
from tests.domain.trajectory.courses import started
from tests.facades.fhir.asking import found
from tests.facades.fhir.documents import each
from tests.facades.fhir.mapped import OF_TRAJECTORY, everything, of_kind
from tests.facades.fhir.profiling import asked, claimed, faults

Json = dict[str, Any]
PARTIES: tuple[tuple[Resource, str], ...] = (
    (patient.RESOURCE, "ClientOut"),
    (organization.RESOURCE, "OrganisationOut"),
    (practitioner.RESOURCE, "PractitionerOut"),
    (episodeofcare.RESOURCE, "TrajectoryOut"),
)
CONVERSATION = "44444444-4444-4444-8444-444444444444"
PUBLISHED = ("http://nictiz.nl/", "https://profiles.ihe.net/", "http://koppeltaal.nl/")


def told() -> Iterator[Json]:
    """Every resource of every document of the contract, with every code."""
    yield from everything()
    for record in each("ConsentOut"):
        of_one = {**record, "categories": ["start_conversation"], "conversationId": CONVERSATION}
        yield from of_kind(
            consent.RESOURCE, consent.RESOURCE.kinds[0], {**of_one, "recordId": None}
        )
    for resource, schema in PARTIES:
        for record in each(schema):
            yield from records.resources(resource, resource.kinds[0], record, OF_TRAJECTORY, "")
    for record in each("PractitionerOut"):
        for content in practitionerrole.mapped(record, Whose()):
            profile = [str(practitionerrole.RESOURCE.profile)]
            yield {"resourceType": "PractitionerRole", "meta": {"profile": profile}, **content}


def test_every_resource_keeps_the_bounds_of_the_profiles_that_it_claims() -> None:
    wrong = {fault for resource in told() for fault in faults(resource)}
    assert wrong == set()


def test_no_profile_is_claimed_whose_bounds_are_not_known_and_each_known_one_is_claimed() -> None:
    found = {profile for resource in told() for profile in claimed(resource)}
    named = {str(resource.profile) for resource in TYPES.values() if resource.profile}
    assert {each for each in found | named if each.startswith(PUBLISHED)} == set(asked())


async def test_what_a_search_finds_keeps_them_too(stage: Stage) -> None:
    course = await started(stage)
    await course.with_coach()
    kinds = [kind for kind, resource in TYPES.items() if resource.patient]
    directory = ["Patient", "Organization", "Practitioner", "PractitionerRole"]
    paths = [("alfa", f"{kind}?patient={course.client}") for kind in kinds]
    paths += [("clinician", path) for path in directory]
    seen = [one for party, path in paths for one in await found(stage, party, path)]
    assert {fault for resource in seen for fault in faults(resource)} == set()
    assert sum(bool(claimed(resource)) for resource in seen) > len(kinds)


BROKEN: dict[str, Any] = {
    "Goal": {"description": {}},
    "Observation": {"code": {"coding": [{"system": "http://snomed.info/sct", "code": "1"}]}},
    "Consent": {"policyRule": {"text": "x"}},
    "Task": {"for": None},
    "AuditEvent": {"outcome": "4"},
    "Encounter": {"reasonCode": [{"coding": [{"code": "x"}]}]},
}


@pytest.mark.parametrize("kind", sorted(BROKEN))
def test_what_a_profile_forbids_or_asks_is_noticed(kind: str) -> None:
    one = next(each for each in told() if each["resourceType"] == kind and claimed(each))
    assert faults(one) == []
    assert faults({**one, **BROKEN[kind]}) != []
