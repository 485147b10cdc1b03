"""What is made of a record of the API: valid, whole as FHIR asks, and no word more than it told."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from app.access.vocabulary import Purpose
from app.facades.fhir.resources import auditevent, careplan, consent, goal, observation, task
from app.facades.fhir.terminology.published import published
from app.facades.fhir.terminology.systems import ACT_REASON, KT2_TASK, PCF
from app.facades.fhir.terminology.vocabularies import LADDER, own
from tests.facades.fhir.documents import bare, each, full
from tests.facades.fhir.mapped import (
    CLIENT,
    OF_CLIENT,
    OF_TRAJECTORY,
    READER,
    TRAJECTORY,
    everything,
    looked,
    of_kind,
)

Json = dict[str, Any]
ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
DEMANDED = {
    "CarePlan": ("status", "intent", "subject"),
    "Goal": ("lifecycleStatus", "description", "subject"),
    "Task": ("status", "intent"),
    "Appointment": ("status", "participant"),
    "Encounter": ("status", "class"),
    "Observation": ("status", "code"),
    "Consent": ("status", "scope", "category"),
    "AuditEvent": ("type", "recorded", "agent", "source"),
    "Provenance": ("target", "recorded", "agent"),
    "CareTeam": ("status", "subject", "participant"),
}
"""What R4 demands, and of a CareTeam what its readers do."""
KOPPELTAAL = frozenset(
    {
        "resourceType",
        "id",
        "meta",
        "implicitRules",
        "language",
        "text",
        "contained",
        "extension",
        "identifier",
        "instantiatesCanonical",
        "partOf",
        "status",
        "intent",
        "priority",
        "code",
        "description",
        "for",
        "executionPeriod",
        "authoredOn",
        "lastModified",
        "requester",
        "owner",
    }
)
"""Every other element of a Task is refused in that network."""


KOPPELTAAL_OWNERS = frozenset({"Patient", "Practitioner"})


def test_every_resource_is_valid_in_json_and_in_xml_and_has_what_fhir_demands() -> None:
    types = set()
    for resource in everything(3):
        kind = resource["resourceType"]
        model = get_fhir_model_class(kind)
        valid = model.model_validate(resource)
        again = model.model_validate_xml(valid.model_dump_xml())
        assert json.loads(again.model_dump_json()) == json.loads(valid.model_dump_json()), kind
        assert all(resource.get(name) for name in DEMANDED[kind]), (kind, resource)
        assert ID.fullmatch(resource["id"]), resource["id"]
        types.add(kind)
    assert types == set(DEMANDED)


def test_what_is_contained_is_referred_to_and_what_is_referred_to_here_is_contained() -> None:
    for resource in everything():
        held = [f"#{each['id']}" for each in resource.get("contained", [])]
        named = {to for to in _references(resource) if to.startswith("#")}
        assert len(held) == len(set(held)), resource["resourceType"]
        assert set(held) == named, resource["resourceType"]


def test_every_own_code_is_published() -> None:
    systems = {each["url"]: each for each in published()["CodeSystem"].values()}
    for resource in everything():
        for coded in _codings(resource):
            if str(coded.get("system", "")).startswith("https://trede.example/"):
                codes = {one["code"] for one in systems[coded["system"]]["concept"]}
                assert coded["code"] in codes, coded


def test_nothing_stands_in_a_resource_that_the_document_did_not_tell() -> None:
    """Two worlds: of what is withheld there is no trace, whatever lies behind it."""
    names = {"action-plans": "ActionPlanOut", "treatment-plans": "TreatmentPlanOut"}
    for resource in (careplan.RESOURCE, goal.RESOURCE):
        for kind in resource.kinds:
            if kind.path not in names:
                continue
            told = full(names[kind.path])
            withheld = {**told, "goals": [], "interventions": []}
            words = json.dumps(of_kind(resource, kind, withheld))
            other = {**told, "goals": [], "interventions": [], "unknown": "geheim"}
            assert words == json.dumps(of_kind(resource, kind, other))
            assert '"Goal/tgoal' not in words


@pytest.mark.parametrize("field", ["reason", "context", "clientWords", "criteria", "suggestion"])
def test_a_part_of_a_measurement_that_is_withheld_leaves_no_trace(field: str) -> None:
    kind = observation.RESOURCE.kinds[0]
    told = full("MeasurementOut")
    without = {name: value for name, value in told.items() if name != field}
    null = {**told, field: None}
    one, other = (of_kind(observation.RESOURCE, kind, each) for each in (without, null))
    assert one == other
    assert len(one[0]["component"]) < len(of_kind(observation.RESOURCE, kind, told)[0]["component"])


def test_each_rung_goes_out_in_a_code_and_comes_back_the_same() -> None:
    for rung in range(1, 7):
        record = {**bare("MeasurementOut"), "rung": rung}
        made = of_kind(observation.RESOURCE, observation.RESOURCE.kinds[0], record)[0]
        assert made["valueCodeableConcept"] == own(LADDER, str(rung))
        assert made["effectiveDateTime"] == record["measuredOn"]


def test_a_measurement_that_was_corrected_is_counted_once() -> None:
    kind = observation.RESOURCE.kinds[0]
    first = {**bare("MeasurementOut"), "supersededBy": CLIENT}
    second = {**bare("MeasurementOut"), "supersedes": CLIENT}
    statuses = [of_kind(observation.RESOURCE, kind, each)[0]["status"] for each in (first, second)]
    assert statuses == ["entered-in-error", "corrected"]


def test_a_goal_and_a_conversation_keep_to_the_profiles_of_nictiz() -> None:
    for resource in everything(3):
        if resource["resourceType"] == "Goal":
            assert len(resource.get("note", [])) <= 1
            assert resource["description"]["text"]
            assert not any("measure" in target for target in resource.get("target", []))
        if resource["resourceType"] == "Encounter":
            assert resource["period"]["start"] == resource["period"]["end"]
            kinds = [who["individual"]["reference"] for who in resource.get("participant", [])]
            held = {f"#{one['id']}" for one in resource.get("contained", [])}
            assert all(to in held or to.startswith("PractitionerRole/") for to in kinds)


def test_a_consent_stays_within_the_limits_of_ihe() -> None:
    kind = consent.RESOURCE.kinds[0]
    one = {"recordId": None}, {"conversationId": None}, {"recordId": None, "conversationId": None}
    told = [{**record, **less} for record in each("ConsentOut") for less in ({}, *one)]
    for record in told:
        if not record["categories"]:
            continue
        made = of_kind(consent.RESOURCE, kind, record)[0]
        provision = made["provision"]
        assert made["scope"]["coding"][0]["code"] == "patient-privacy"
        for needed in ("patient", "dateTime", "performer", "organization", "sourceAttachment"):
            assert made[needed], needed
        assert [set(each) for each in made["policy"]] == [{"uri"}]
        assert not {"policyRule", "verification"} & made.keys()
        assert provision["type"] == "permit"
        assert not {"action", "class", "code", "provision"} & provision.keys()
        assert [a["role"]["coding"][0]["code"] for a in provision["actor"]] == ["IRCP"]
        _within_tier(made["meta"].get("profile", []), provision)


def _within_tier(profile: list[str], provision: Json) -> None:
    assert profile in ([f"{PCF}Intermediate"], [])
    if profile == [f"{PCF}Intermediate"]:
        assert "securityLabel" not in provision
        for data in provision["data"]:
            kind = data["reference"]["reference"].partition("/")[0]
            assert (data["meaning"], kind) == ("related", "Encounter")
    else:
        assert provision["securityLabel"], "a consent without its categories is a wider one"


def test_a_consent_stands_only_while_it_is_in_force() -> None:
    kind = consent.RESOURCE.kinds[0]
    told = full("ConsentOut")
    status = {
        state: of_kind(consent.RESOURCE, kind, {**told, "state": state})[0]["status"]
        for state in ("in_force", "not_yet", "waiting", "ended", "withdrawn")
    }
    assert [state for state, found in status.items() if found == "active"] == ["in_force"]
    assert status["withdrawn"] == status["ended"] == "inactive"
    withdrawn = {**told, "withdrawnAt": "2025-02-01T10:00:00Z", "validUntil": None}
    made = of_kind(consent.RESOURCE, kind, withdrawn)[0]
    assert made["provision"]["period"]["end"] == "2025-02-01T10:00:00Z"
    assert "withdrawalReason" not in json.dumps(made)


def test_a_purpose_goes_out_in_our_code_and_in_the_nearest_of_hl7() -> None:
    found = published()["ConceptMap"]["purpose-to-act-reason"]["group"][0]["element"]
    assert {each["code"] for each in found} == set(Purpose)
    told = {**full("ConsentOut"), "purposes": ["reintegration"]}
    near = {}
    for role in ("labour_expert", "reintegration_coach"):
        recipient = {**told["recipient"], "role": role}
        record = {**told, "recipient": recipient}
        made = of_kind(consent.RESOURCE, consent.RESOURCE.kinds[0], record)[0]
        codings = made["provision"]["purpose"]
        near[role] = [one["code"] for one in codings if one["system"] == ACT_REASON]
    assert near == {"labour_expert": ["GOV"], "reintegration_coach": ["COC"]}


def test_an_entry_of_the_log_is_as_balp_has_it() -> None:
    for record in each("LogEntryOut"):
        entry = looked(record)
        made = auditevent.event(entry, OF_CLIENT)
        assert made["type"]["code"] == "rest"
        kinds = [agent["type"]["coding"][0]["code"] for agent in made["agent"]]
        assert set(kinds[:2]) == {"110152", "110153"}
        user = made["agent"][2]["type"]["coding"][0]["code"]
        assert user == ("AUT" if made["action"] in {"C", "U"} else "IRCP")
        assert [agent["requestor"] for agent in made["agent"]] == [False, False, True]
        assert all(agent["who"] for agent in made["agent"])
        persons = [e for e in made["entity"] if e["type"]["code"] == "1"]
        assert [e["what"]["reference"] for e in persons] == [f"Patient/{CLIENT}"]
        data = [e for e in made["entity"] if e["type"]["code"] == "2"]
        role = "24" if made["action"] == "E" else "4"
        assert [e["role"]["code"] for e in data] == [role]
        assert made["outcome"] == entry["nen7513"]["outcome"]
        refused = made["outcome"] == "4"
        assert ("profile" in made["meta"]) is not refused
        assert made["agent"][2]["policy"] == [entry["nen7513"]["authorisationProtocol"]]


def test_the_name_of_who_looked_is_told_only_where_the_log_tells_it() -> None:
    record = looked(full("LogEntryOut"))
    assert "woorden" in json.dumps(auditevent.event(record, OF_CLIENT)["agent"])
    made = auditevent.event({**record, "name": None, "system": None}, OF_CLIENT)
    assert "woorden" not in json.dumps(made["agent"]).replace(record["nen7513"]["sourceId"], "")


def test_a_task_of_koppeltaal_has_what_that_asks_and_nothing_that_it_forbids() -> None:
    claimed = 0
    for resource in everything():
        if resource["resourceType"] != "Task":
            continue
        assert resource.keys() <= KOPPELTAAL
        if KT2_TASK in resource.get("meta", {}).get("profile", []):
            claimed += 1
            assert resource["identifier"]
            assert resource["for"]["reference"] == f"Patient/{CLIENT}"
            assert resource["owner"]["reference"].partition("/")[0] in KOPPELTAAL_OWNERS
            assert resource["priority"] == "routine"
    assert claimed


def test_a_reminder_that_is_closed_is_done_or_laid_aside_and_never_failed() -> None:
    told = full("ReminderOut")
    outcomes = ("done_by_act", "done_by_hand", "dropped", None)
    found = [
        task.reminder({**told, "outcome": each}, OF_TRAJECTORY, READER)["status"]
        for each in outcomes
    ]
    assert found == ["completed", "completed", "cancelled", "requested"]


def test_a_plan_is_a_draft_until_the_client_agreed() -> None:
    kind = careplan.RESOURCE.kinds[0]
    told = {**full("ActionPlanOut"), "supersededBy": None}
    agreed = of_kind(careplan.RESOURCE, kind, told)[0]
    draft = of_kind(careplan.RESOURCE, kind, {**told, "agreedOn": None})[0]
    assert (agreed["status"], draft["status"]) == ("active", "draft")
    goals = [goal.RESOURCE.kinds[0].mapped(each, OF_TRAJECTORY) for each in (told,)]
    made = of_kind(goal.RESOURCE, goal.RESOURCE.kinds[0], told)
    assert [f"Goal/{each['id']}" for each in made] == [g["reference"] for g in agreed["goal"]]
    assert len(goals[0]) == len(told["goals"])


def _references(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        if isinstance(found.get("reference"), str):
            yield found["reference"]
        for each in found.values():
            yield from _references(each)
    elif isinstance(found, list):
        for each in found:
            yield from _references(each)


def _codings(found: Any) -> Iterator[Json]:
    if isinstance(found, dict):
        if "system" in found and "code" in found:
            yield found
        for each in found.values():
            yield from _codings(each)
    elif isinstance(found, list):
        for each in found:
            yield from _codings(each)


def test_every_reference_to_a_trajectory_or_client_is_to_this_one() -> None:
    for resource in everything():
        for to in _references(resource):
            kind, _, id_ = to.partition("/")
            if kind == "EpisodeOfCare" and resource["resourceType"] != "Consent":
                assert id_ == TRAJECTORY
