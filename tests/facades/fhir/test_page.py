"""The page about FHIR tells what is taken, changed and searched for; no more and no less."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from fhir.resources.R4B import get_fhir_model_class

from app.facades.fhir import names
from app.facades.fhir.asking import Asked
from app.facades.fhir.drafts.measurement import CORRECTED
from app.facades.fhir.drafts.patient import MENDED
from app.facades.fhir.outcomes import Refused
from app.facades.fhir.resources import TYPES
from tests.domain.trajectory.courses import Course
from tests.facades.fhir.test_sending import coded, consent, measurement, plan
from tests.facades.fhir.test_writing import patient, service_request

Json = dict[str, Any]
PAGE = Path(__file__).parents[3] / "app" / "integrators" / "fhir.md"
OF_ALL = frozenset({"id", "meta", "text", "language", "implicitRules"})
HERE = SimpleNamespace(organisation="o")
COURSE = cast(
    "Course",
    SimpleNamespace(
        client="c",
        trajectory="t",
        stage=SimpleNamespace(parties={"coach": HERE, "expert": HERE}, organisations={"ggz": "g"}),
    ),
)
OWN_ORGANISATION = {"reference": "Organization/o"}
OWN_POSITION = {"reference": "PractitionerRole/m"}
SENT: dict[str, Json] = {
    "Patient": patient(managingOrganization=OWN_ORGANISATION),
    "ServiceRequest": service_request(
        COURSE,
        "k",
        code=coded("referral", "referral"),
        category=[{"coding": [{"system": "http://snomed.info/sct", "code": "1"}]}],
        requester=OWN_ORGANISATION,
    ),
    "CarePlan": plan(COURSE, author=OWN_POSITION),
    "Consent": consent(
        COURSE,
        sourceAttachment={"url": "/v1/consent-texts/2025-01", "title": "Formulier"},
        dateTime="2025-01-14",
        extension=[{"url": names.own_extension("all-trajectories"), "valueBoolean": True}],
    ),
    "Observation": measurement(
        COURSE,
        performer=[OWN_POSITION],
        category=[
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                        "code": "social-history",
                    }
                ]
            }
        ],
    ),
}
"""Of each type all that the page says is taken."""
EITHER = {"valueInteger"}
"""Another way to say the rung, instead of the code."""


class Asking:
    """A caller in an organisation, who may know of one trajectory."""

    async def see(self, path: str, **_: Any) -> Json:
        if path == "/me":
            hat = {"current": True, "organisation": {"id": "o"}}
            return {"membershipId": "m", "role": "client", "hats": [hat]}
        return {"clientId": "c", "id": "t"}


def rows(heading: str) -> dict[str, list[set[str]]]:
    """Of a table under a heading: the names in each column, by type."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    return {
        first.strip(" *"): [set(re.findall(r"`([\w-]+)`", cell)) for cell in rest]
        for first, *rest in lines
        if first.strip() != "Type"
    }


def elements(kind: str) -> set[str]:
    """All of R4."""
    fields = get_fhir_model_class(kind).model_fields
    named = {field.alias or name for name, field in fields.items()}
    plain = {name for name in named if not name.startswith("_")}
    return plain - OF_ALL - {"resourceType", "resource_type", "fhir_comments", "modifierExtension"}


def test_every_search_is_on_the_page() -> None:
    told = {kind: columns[0] for kind, columns in rows("What is found").items()}
    assert told == {kind: set(each.params) for kind, each in TYPES.items()}
    starred = set(re.findall(r"^\| (\w+)\* \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    assert starred == {kind for kind, each in TYPES.items() if each.patient}


def test_every_type_that_is_written_is_on_the_page() -> None:
    told = rows("What goes in")
    assert set(told) == {kind for kind, each in TYPES.items() if each.create or each.update}
    assert set(SENT) == {kind for kind, each in TYPES.items() if each.create}
    assert told["Patient"][1] == MENDED
    assert told["Observation"][1] == CORRECTED


@pytest.mark.parametrize("kind", SENT)
async def test_what_the_page_names_is_taken_and_nothing_else(kind: str) -> None:
    create, told = TYPES[kind].create, rows("What goes in")[kind][0]
    assert create is not None
    asked, sent = cast("Asked", Asking()), SENT[kind]
    await create(asked, sent)
    assert set(sent) - OF_ALL - {"resourceType"} == told - EITHER
    for name in sorted(elements(kind) - told):
        with pytest.raises(Refused) as refused:
            await create(asked, {**sent, name: {"odd": "x"}})
        assert [fault.pointer for fault in refused.value.errors] == [f"{kind}.{name}.odd"], name
