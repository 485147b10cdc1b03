"""Whom one can ask to a talk: by name and role, and never oneself, who sits there anyway."""

from collections.abc import Iterable

from app.access.vocabulary import Role
from app.domain.startconversation.rules.conversation import AUTHORITY_ROLES, ORGANISERS, PARTIES
from app.facades.operations import Json
from app.facades.web.pages.startconversations.parties import Key, People, own_seat
from app.facades.web.visits import Visit
from app.platform.http.schemas import UUID_TEXT

Offer = tuple[str, str, str]
"""What is sent, how the party is called, and what stands beside that."""
ASKED = "party"
MOST_FOUND = 10
MOST_CHOSEN = 20
_BODY = {"uwv": Role.LABOUR_EXPERT, "municipal": Role.MUNICIPAL_CASE_MANAGER}


async def likely(visit: Visit, trajectory: Json, known: People) -> list[Key]:
    """Who takes part already, who pays, and where the treatment is, as far as that is shown."""
    found = [seat for seat in known.names if seat[0] in PARTIES]
    roles = {role for role, _ in found} | {visit.role}
    payer, body = trajectory.get("responsibleOrganisationId"), trajectory.get("variant")
    if payer is not None and body in _BODY and not roles & AUTHORITY_ROLES:
        found.append((_BODY[body], payer))
    if Role.CLINICIAN not in roles:
        registrar = await visit.see(f"/organisations/{trajectory['registeredBy']}")
        if Role.CLINICIAN in registrar["roles"]:
            found.append((Role.CLINICIAN, registrar["id"]))
    return found


def offered(visit: Visit, known: People, found: Iterable[Key], but: Iterable[Key]) -> list[Offer]:
    """In words; without oneself, and without who was asked already."""
    aside = {own_seat(visit), *but}
    told = [seat for seat in dict.fromkeys(found) if seat not in aside and seat[1] is not None]
    return [(f"{role}:{at}", *known.who(role, at)) for role, at in told]


def usual(offers: Iterable[Offer]) -> list[str]:
    """Those without whom there is no such talk; they are chosen in advance."""
    return [value for value, *_ in offers if value.partition(":")[0] in ORGANISERS]


async def searched(visit: Visit, name: str) -> list[Key]:
    """The parties of organisations that are called like this."""
    told = await visit.see("/organisations", name=name, pageSize=MOST_FOUND)
    return [
        (role, each["id"]) for each in told["items"] for role in each["roles"] if role in PARTIES
    ]


def chosen(visit: Visit) -> list[Key]:
    """The parties that were ticked; what is no id of an organisation is none."""
    pairs = (value.partition(":") for value in visit.several(ASKED))
    found: list[Key] = [(role, at) for role, _, at in pairs if UUID_TEXT.fullmatch(at)]
    return found[:MOST_CHOSEN]


def as_invitations(found: Iterable[Key]) -> list[Json]:
    return [{"role": role, "organisationId": at} for role, at in found]
