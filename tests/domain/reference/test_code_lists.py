"""Every code that the API can give has a name in two languages, and screens can ask for them."""

import typing
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pkgutil import walk_packages

from pydantic import BaseModel

import app.domain
from app.domain.reference.rules import code_lists
from tests.build.stage import Stage

LISTS = {
    "access_limit": "app.domain.consent.rules.deciding.Limit",
    "access_wish": "app.domain.consent.rules.deciding.Wish",
    "file_form": "app.domain.bulk.rules.imports.FileForm",
    "import_state": "app.domain.bulk.rules.imports.ImportState",
    "delivery_fault": "app.domain.event.rules.trying.DeliveryFault",
    "subscription_end": "app.domain.event.rules.trying.SubscriptionEnd",
    "subscription_state": "app.domain.event.rules.trying.SubscriptionState",
    "end_reason": "app.domain.trajectory.rules.end_reasons.EndReason",
    "coarse_end": "app.domain.trajectory.rules.end_reasons.CoarseEnd",
    "process": "app.domain.trajectory.rules.kinds.Kind",
    "legal_frame": "app.domain.trajectory.rules.kinds.LegalFrame",
    "funding": "app.domain.trajectory.rules.kinds.Funding",
    "variant": "app.domain.trajectory.rules.kinds.Variant",
    "clock_basis": "app.domain.trajectory.rules.kinds.ClockBasis",
    "step": "app.domain.trajectory.rules.words.StepName",
    "phase": "app.domain.trajectory.rules.words.Phase",
    "need": "app.domain.trajectory.rules.words.Need",
    "seat": "app.domain.trajectory.rules.words.Seat",
    "step_state": "app.domain.trajectory.rules.process.State",
    "outcome": "app.domain.trajectory.rules.moves.Outcome",
    "milestone": "app.domain.trajectory.rules.milestones.Milestone",
    "pause_reason": "app.domain.trajectory.rules.pauses.PauseReason",
    "coarse_pause_reason": "app.domain.trajectory.rules.pauses.CoarseReason",
    "oad_name": "app.domain.trajectory.rules.practice.OadName",
    "programme": "app.domain.trajectory.rules.practice.Programme",
    "agreed_how": "app.domain.trajectory.schemas.participants.AgreedHow",
    "scheme": "app.domain.application.rules.Scheme",
    "paper": "app.domain.application.rules.Paper",
    "application_outcome": "app.domain.application.rules.Outcome",
    "application_refusal": "app.domain.application.rules.Reason",
    "travels_by": "app.domain.assessment.rules.TravelsBy",
    "counsellor": "app.domain.assessment.rules.Counsellor",
    "benefit": "app.domain.assessment.rules.BenefitKind",
    "education_level": "app.domain.assessment.rules.EducationLevel",
    "job_end_reason": "app.domain.assessment.rules.EndReason",
    "nights": "app.domain.assessment.rules.Nights",
    "owner": "app.domain.assessment.rules.Owner",
    "chosen_by": "app.domain.assessment.rules.ChosenBy",
    "channel": "app.domain.client.rules.Channel",
    "weekday": "app.domain.client.rules.Weekday",
    "particular": "app.domain.client.rules.Particular",
    "match": "app.domain.client.rules.Match",
    "follow_up_outcome": "app.domain.concern.rules.FollowUpOutcome",
    "consent_kind": "app.domain.consent.rules.giving.ConsentKind",
    "consent_state": "app.domain.consent.rules.giving.ConsentState",
    "consent_answer": "app.domain.consent.rules.giving.Answer",
    "consent_request": "app.domain.consent.rules.giving.RequestState",
    "given_by": "app.domain.consent.rules.giving.GivenBy",
    "given_how": "app.domain.consent.rules.giving.GivenHow",
    "log_state": "app.domain.privacy.schemas.verifying.LogState",
    "scan_media": "app.domain.consent.rules.scanning.ScanMedia",
    "restriction_ground": "app.domain.consent.rules.restricting.RestrictionGround",
    "log_entry": "app.domain.consent.schemas.access_log.EntryKind",
    "transition_phase": "app.domain.continuity.rules.Phase",
    "life_area": "app.domain.continuity.rules.Area",
    "day_activity_form": "app.domain.dayactivity.rules.Form",
    "growth": "app.domain.dayactivity.rules.Growth",
    "activity": "app.domain.dayactivity.rules.Activity",
    "building_block": "app.domain.dayactivity.rules.BuildingBlock",
    "emergency_reason": "app.domain.emergency.rules.Reason",
    "emergency_review": "app.domain.emergency.rules.ReviewState",
    "employer_contact_mode": "app.domain.employer.rules.contacts.EmployerContactMode",
    "employer_contact_purpose": "app.domain.employer.rules.contacts.ContactPurpose",
    "employer_contact_outcome": "app.domain.employer.rules.contacts.ContactOutcome",
    "declined_reason": "app.domain.employer.rules.contacts.DeclinedReason",
    "scan_aspect": "app.domain.employer.rules.scans.Aspect",
    "scan_colour": "app.domain.employer.rules.scans.ScanColour",
    "ladder_occasion": "app.domain.ladder.rules.rungs.Occasion",
    "ladder_agrees": "app.domain.ladder.rules.rungs.Agrees",
    "ladder_scheme": "app.domain.ladder.rules.rungs.Scheme",
    "ladder_instrument": "app.domain.ladder.rules.rungs.Instrument",
    "ladder_reason": "app.domain.ladder.rules.rungs.Reason",
    "accommodation": "app.domain.placement.rules.accommodations.AccommodationKind",
    "accommodation_requested_by": "app.domain.placement.rules.accommodations.RequestedBy",
    "contact": "app.domain.placement.rules.contacts.ContactKind",
    "contact_mode": "app.domain.placement.rules.contacts.ContactMode",
    "contact_place": "app.domain.placement.rules.contacts.ContactPlace",
    "placement_kind": "app.domain.placement.rules.placements.PlacementKind",
    "placement_end_reason": "app.domain.placement.rules.placements.EndReason",
    "job_coach": "app.domain.placement.rules.placements.JobCoach",
    "spoken_by": "app.domain.placement.rules.search.SpokenBy",
    "matches_plan": "app.domain.placement.rules.search.MatchesPlan",
    "provision": "app.domain.placement.rules.supports.Provision",
    "provision_authority": "app.domain.placement.rules.supports.Authority",
    "work_support": "app.domain.placement.rules.supports.WorkSupport",
    "registered": "app.domain.placement.rules.supports.Registered",
    "register_source": "app.domain.placement.rules.supports.RegisterSource",
    "answers_for_return": "app.domain.placement.rules.supports.AnswersForReturn",
    "contract_kind": "app.domain.placement.rules.terms.ContractKind",
    "work_setting": "app.domain.placement.rules.terms.Setting",
    "oddity": "app.domain.privacy.rules.oddities.Oddity",
    "retention_begins": "app.domain.privacy.rules.retention.Begins",
    "on_request": "app.domain.privacy.rules.retention.OnRequest",
    "signaller": "app.domain.concern.rules.Signaller",
    "receiving_role": "app.domain.referral.rules.ReceivingRole",
    "referral_state": "app.domain.referral.rules.ReferralState",
    "referral_refusal": "app.domain.referral.rules.RefusalReason",
    "reminder": "app.domain.reporting.rules.reminders.ReminderKind",
    "reminder_outcome": "app.domain.reporting.rules.reminders.Outcome",
    "drop_reason": "app.domain.reporting.rules.reminders.DropReason",
    "task": "app.domain.reporting.rules.tasks.TaskKind",
    "request_kind": "app.domain.rights.rules.deciding.RequestKind",
    "request_state": "app.domain.rights.rules.deciding.DataSubjectRequestState",
    "decision_outcome": "app.domain.rights.rules.deciding.DecisionOutcome",
    "decision_ground": "app.domain.rights.rules.deciding.DecisionGround",
    "conversation": "app.domain.startconversation.rules.conversation.Kind",
    "conversation_mode": "app.domain.startconversation.rules.conversation.Mode",
    "conversation_reply": "app.domain.startconversation.rules.conversation.Reply",
    "confirmed_how": "app.domain.startconversation.rules.conversation.How",
    "team": "app.domain.team.rules.TeamKind",
    "team_role": "app.domain.team.rules.TeamRole",
    "not_handed_on": "app.domain.team.schemas.hand_overs.NotHandedOn",
    "work_question_occasion": "app.domain.treatment.rules.Occasion",
    "intake_model": "app.domain.treatment.rules.IntakeModel",
    "attended_by": "app.domain.treatment.rules.AttendedBy",
    "work_status": "app.domain.treatment.rules.WorkStatus",
    "benefit_status": "app.domain.treatment.rules.BenefitStatus",
    "wants_work": "app.domain.treatment.rules.WantsWork",
    "treatment_standard": "app.domain.treatment.rules.Standard",
    "colour": "app.domain.treatment.rules.Colour",
    "early_warning_plan": "app.domain.treatment.rules.PlanKind",
    "wellbeing_kind": "app.domain.wellbeing.rules.Kind",
    "wellbeing_subject": "app.domain.wellbeing.rules.Subject",
    "meaning_element": "app.domain.wellbeing.rules.MeaningElement",
    "recovery_phase": "app.domain.wellbeing.rules.RecoveryPhase",
    "disclosure_choice": "app.domain.wellbeing.rules.Choice",
    "life_event": "app.domain.wellbeing.rules.LifeEventKind",
    "role": "app.access.vocabulary.Role",
    "category": "app.access.vocabulary.Category",
    "purpose": "app.access.vocabulary.Purpose",
    "organisation_kind": "app.access.vocabulary.OrganisationKind",
    "basis": "app.access.vocabulary.Basis",
    "ground": "app.access.vocabulary.Ground",
    "reach": "app.access.vocabulary.Reach",
    "verb": "app.access.vocabulary.Verb",
    "may_write": "app.access.ceilings.MayWrite",
    "mandate": "app.access.world.MandateKind",
}
SAME_WORDS = {
    "app.domain.emergency.rules.Outcome",  # the two a review can come to
    "app.domain.trajectory.rules.moves.Move",  # named as the moment it writes
}
PROTOCOL = {f"app.domain.machine.rules.{name}" for name in ("Scope", "Algorithm", "Profile")}
"""Words of OAuth, which nobody translates."""
WITHOUT_ENUM = {
    "concern_route",
    "cooperation_category",
    "cooperation_form",
    "guidance",
    "peer_role",
    "provider_quality",
    "signaller_kind",
    "timeout_kind",
    "training",
}
"""Lists of the field in which no record of the API has a place."""


def enum(path: str) -> type[StrEnum]:
    module, _, name = path.rpartition(".")
    found: type[StrEnum] = getattr(import_module(module), name)
    return found


def enums_in(annotation: object) -> Iterator[type[StrEnum]]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield annotation
    for part in typing.get_args(annotation):
        yield from enums_in(part)


def below(schema: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for one in schema.__subclasses__():
        yield one
        yield from below(one)


def used() -> set[str]:
    """The codes of all fields of all schemas of the nouns."""
    for module in walk_packages(app.domain.__path__, "app.domain."):
        import_module(module.name)
    return {
        f"{code.__module__}.{code.__name__}"
        for schema in below(BaseModel)
        if schema.__module__.startswith("app.domain.")
        for field in schema.model_fields.values()
        for code in enums_in(field.annotation)
    }


def test_every_code_in_the_api_has_a_label_and_no_label_is_left_over() -> None:
    for name, path in LISTS.items():
        assert set(code_lists()[name]) == set(enum(path)), name
    assert set(code_lists()) == set(LISTS) | WITHOUT_ENUM


def test_no_schema_gives_a_code_that_no_list_explains() -> None:
    assert used() - set(LISTS.values()) == SAME_WORDS | PROTOCOL


async def test_a_screen_gets_all_lists_at_once_or_one_by_its_name(stage: Stage) -> None:
    everything = (await stage.http.get("/v1/reference/code-lists")).json()["items"]
    by_name = {one["code"]: one for one in everything}
    assert set(by_name) == set(code_lists())
    assert all(code["labelNl"] and code["labelEn"] for one in everything for code in one["codes"])
    one = await stage.http.get("/v1/reference/code-lists/pause_reason")
    assert one.json() == by_name["pause_reason"]
    assert [code["labelNl"] for code in one.json()["codes"]][:2] == ["Ziekte", "Opname"]
    assert (await stage.http.get("/v1/reference/code-lists/no_such_list")).status_code == 404


async def test_the_lists_of_the_field_are_whole(stage: Stage) -> None:
    sizes = {
        "building_block": 7,
        "cooperation_category": 4,
        "cooperation_form": 3,
        "peer_role": 5,
        "provider_quality": 4,
        "recovery_phase": 4,
        "signaller_kind": 3,
        "timeout_kind": 4,
    }
    for name, size in sizes.items():
        answer = await stage.http.get(f"/v1/reference/code-lists/{name}")
        assert len(answer.json()["codes"]) == size, name
