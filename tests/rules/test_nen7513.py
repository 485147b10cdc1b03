"""What the log holds is enough for each field that NEN 7513 asks."""

from uuid import UUID

import pytest

from app.access.nen7513 import ACTIONS, event_of
from app.access.vocabulary import Basis, Purpose, Verb

ONE = UUID(int=1)


@pytest.mark.parametrize(
    ("verb", "code"),
    [(Verb.CREATE, "C"), (Verb.READ, "R"), (Verb.UPDATE, "U"), (Verb.SEARCH, "E")],
)
def test_each_verb_has_its_action_code(verb: Verb, code: str) -> None:
    event = event_of(verb, None, [], 1, allowed=True)
    assert event.action_code == code
    assert event.event_code == ("DCM#110112" if verb is Verb.SEARCH else "DCM#110110")


def test_every_verb_that_exists_has_an_action_code() -> None:
    assert set(ACTIONS) == set(Verb)


@pytest.mark.parametrize("basis", Basis)
def test_the_checks_follow_from_the_grounds(basis: Basis) -> None:
    event = event_of(Verb.READ, Purpose.TREATMENT, [f"{basis.value}:{ONE}"], 2, allowed=True)
    assert event.treatment_relation is (basis is Basis.TREATMENT)
    assert event.client_consent is (basis.value in {"consent", "confirmation", "referral"})
    assert event.consent_profile == ((ONE,) if basis is Basis.CONSENT else ())
    assert event.authorisation_protocol == "urn:trede:policy:2"
    assert not event.emergency_button


def test_a_refusal_and_an_emergency_are_told() -> None:
    event = event_of(Verb.READ, Purpose.EMERGENCY, [], 1, allowed=False)
    assert (event.outcome, event.authorisation, event.emergency_button) == ("4", False, True)
