"""The parties of the plays, who register themselves over HTTP; everything about them is made up."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from app.access.vocabulary import OrganisationKind as Kind
from app.access.vocabulary import Role
from app.demo.player import Player

OPENING = "2024-11-04"
"""The day on which the parties are registered, before anything happens."""
SYSTEM = "system"

ORGANISATIONS: dict[str, tuple[Kind, str, dict[str, str]]] = {
    "ggz": (Kind.GGZ_PROVIDER, "GGZ Voorbeeldland", {"agb": "06990001"}),
    "fictie": (Kind.GGZ_PROVIDER, "GGZ Fictie", {"agb": "06990002"}),
    "uwv": (Kind.UWV, "UWV Testdistrict", {"oin": "00000099000000001000"}),
    "gemeente": (
        Kind.MUNICIPALITY,
        "Gemeente Proefgemeente",
        {"oin": "00000099000000002000", "municipalityCode": "1999"},
    ),
    "proef": (Kind.REINTEGRATION_COMPANY, "Re-integratie Proef BV", {"kvk": "99000001"}),
    "houtplaats": (Kind.EMPLOYER, "Houtplaats Fictief", {"kvk": "99000002"}),
    "testhuis": (Kind.EMPLOYER, "Meubelmaker Testhuis", {"kvk": "99000003"}),
    "tuin": (Kind.EMPLOYER, "Stadstuin Fictief", {"kvk": "99000004"}),
    "groen": (Kind.SOCIAL_PROVIDER, "Tuin Voorbeeld", {"kvk": "99000005"}),
}
PEOPLE: dict[str, tuple[str, Role, str]] = {
    "clinician-alfa": ("Behandelaar-A1", Role.CLINICIAN, "ggz"),
    "psychologist-alfa": ("Psycholoog-A1", Role.PSYCHOLOGIST, "ggz"),
    "physician-alfa": ("Arts-A1", Role.INSURANCE_PHYSICIAN, "uwv"),
    "expert-alfa": ("Deskundige-A1", Role.LABOUR_EXPERT, "uwv"),
    "manager-alfa": ("Klantmanager-A1", Role.MUNICIPAL_CASE_MANAGER, "gemeente"),
    "coach-alfa": ("Coach-A1", Role.REINTEGRATION_COACH, "proef"),
    "employer-alfa": ("Werkgever-A1", Role.EMPLOYER, "houtplaats"),
    "clinician-echo": ("Behandelaar-E1", Role.CLINICIAN, "fictie"),
    "psychologist-echo": ("Psycholoog-E1", Role.PSYCHOLOGIST, "fictie"),
    "physician-echo": ("Arts-E1", Role.INSURANCE_PHYSICIAN, "uwv"),
    "expert-echo": ("Deskundige-E1", Role.LABOUR_EXPERT, "uwv"),
    "coach-echo": ("Coach-E1", Role.REINTEGRATION_COACH, "proef"),
    "clinician-bravo": ("Behandelaar-B1", Role.CLINICIAN, "ggz"),
    "coach-bravo": ("IPS-coach-B1", Role.IPS_COACH, "ggz"),
    "expert-bravo": ("Deskundige-B1", Role.LABOUR_EXPERT, "uwv"),
    "clinician-delta": ("Behandelaar-D1", Role.CLINICIAN, "fictie"),
    "manager-delta": ("Klantmanager-D1", Role.MUNICIPAL_CASE_MANAGER, "gemeente"),
    "coach-delta": ("Begeleider-D1", Role.REINTEGRATION_COACH, "groen"),
    "clinician-foxtrot": ("Behandelaar-F1", Role.CLINICIAN, "ggz"),
    "manager-foxtrot": ("Klantmanager-F1", Role.MUNICIPAL_CASE_MANAGER, "gemeente"),
    "coach-foxtrot": ("Begeleider-F1", Role.REINTEGRATION_COACH, "groen"),
    "clinician-golf": ("Behandelaar-G1", Role.CLINICIAN, "fictie"),
    "expert-golf": ("Deskundige-G1", Role.LABOUR_EXPERT, "uwv"),
    "coach-golf": ("Begeleider-G1", Role.REINTEGRATION_COACH, "groen"),
    "clinician-caseload": ("Behandelaar-K1", Role.CLINICIAN, "ggz"),
    "psychologist-caseload": ("Psycholoog-K1", Role.PSYCHOLOGIST, "ggz"),
    "coach-caseload": ("IPS-coach-K1", Role.IPS_COACH, "ggz"),
    "supervisor-caseload": ("Werkbegeleider-K1", Role.SUPERVISOR, "ggz"),
    "expert-caseload": ("Deskundige-K1", Role.LABOUR_EXPERT, "uwv"),
    "physician-caseload": ("Arts-K1", Role.INSURANCE_PHYSICIAN, "uwv"),
    "manager-caseload": ("Klantmanager-K1", Role.MUNICIPAL_CASE_MANAGER, "gemeente"),
    "clinician-colleague": ("Behandelaar-C1", Role.CLINICIAN, "fictie"),
    "psychologist-colleague": ("Psycholoog-C1", Role.PSYCHOLOGIST, "fictie"),
    "coach-colleague": ("Coach-C1", Role.REINTEGRATION_COACH, "proef"),
    "coach-garden": ("Begeleider-C1", Role.REINTEGRATION_COACH, "groen"),
    "desk-fictie": ("Privacyloket-E1", Role.PRIVACY_DESK, "fictie"),
    "officer-fictie": ("Functionaris-E1", Role.DATA_PROTECTION_OFFICER, "fictie"),
    "desk-uwv": ("Privacyloket-U1", Role.PRIVACY_DESK, "uwv"),
}
BSN = {
    "alfa": "999990019",
    "echo": "999990020",
    "bravo": "999990032",
    "delta": "999990044",
    "foxtrot": "999990056",
    "golf": "999990068",
    "charlie": "999990081",
    "hotel": "999990093",
    "india": "999990111",
    "juliett": "999990123",
    "kilo": "999990135",
    "lima": "999990147",
    "mike": "999990159",
    "november": "999990160",
    "oscar": "999990172",
    "papa": "999990184",
    "quebec": "999990196",
    "romeo": "999990202",
    "sierra": "999990214",
    "tango": "999990226",
    "uniform": "999990238",
    "victor": "999990251",
    "whiskey": "999990263",
    "xray": "999990275",
    "yankee": "999990287",
    "zulu": "999990299",
}
"""From the range for tests (9999...), with a valid check digit."""
PERSONS = (*BSN, "representative-echo")
"""Logins of people who are, or act for, a client."""
NEWCOMERS = ("newcomer-1", "newcomer-2", "newcomer-3")
"""Logins that nobody has yet, for whom a reader registers by hand."""
ADMINISTRATORS = tuple(f"admin-{key}" for key in ORGANISATIONS)
EVERYONE = (SYSTEM, *ADMINISTRATORS, *PEOPLE, *PERSONS, *NEWCOMERS)


def subject(persona: str) -> str:
    """How the demo issuer names this persona in its tokens."""
    return f"demo-{persona}"


@dataclass
class Cast:
    """The ids of the parties, by key; `employers` and `memberships` by persona."""

    issuer: str
    organisations: dict[str, str] = field(default_factory=dict)
    memberships: dict[str, str] = field(default_factory=dict)
    employers: dict[str, str] = field(default_factory=dict)
    directory: dict[str, str] = field(default_factory=dict)
    """Employers that the coach of the caseload entered, by key."""


async def assemble(player: Player, issuer: str) -> Cast:
    """Register everyone: the platform the organisations, their administrators their people."""
    cast = Cast(issuer)
    for key, (kind, name, numbers) in ORGANISATIONS.items():
        body: dict[str, Any] = {"kind": kind, "name": name, **numbers}
        made = await player.made(SYSTEM, "/v1/organisations", body)
        cast.organisations[key] = made["id"]
        administrator = (f"Beheerder {name}", Role.ORGANISATION_ADMIN, key)
        await _join(player, cast, SYSTEM, f"admin-{key}", administrator)
    async with asyncio.TaskGroup() as together:
        for key in ORGANISATIONS:
            together.create_task(_staff(player, cast, key))
    return cast


async def _staff(player: Player, cast: Cast, key: str) -> None:
    """The people of one organisation, by its own administrator."""
    for persona, person in PEOPLE.items():
        if person[2] == key:
            await _join(player, cast, f"admin-{key}", persona, person)


async def _join(
    player: Player, cast: Cast, by: str, persona: str, person: tuple[str, Role, str]
) -> None:
    name, role, key = person
    organisation = cast.organisations[key]
    practitioner = (await player.made(by, "/v1/practitioners", {"name": name}))["id"]
    membership = await player.made(
        by,
        f"/v1/organisations/{organisation}/memberships",
        {"practitionerId": practitioner, "role": role},
    )
    cast.memberships[persona], cast.employers[persona] = membership["id"], organisation
    login = {"issuer": cast.issuer, "subject": subject(persona)}
    await player.made(by, f"/v1/practitioners/{practitioner}/accounts", login)
