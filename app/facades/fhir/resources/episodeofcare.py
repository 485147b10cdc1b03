"""EpisodeOfCare: a trajectory, as far as the caller may know of it."""

from app.facades.fhir import matching, names
from app.facades.fhir.elements import Json, absent, coding, concept, filled, kept, period, reference
from app.facades.fhir.parties import team_of
from app.facades.fhir.registry import Kind, Param, Resource, Whose

PLANNED = frozenset({"intake", "referred", "applied"})
TOLD = {
    "phase": "trajectory-phase",
    "variant": "trajectory-variant",
    "legalFrame": "legal-frame",
    "funding": "funding",
}
"""What FHIR has no element for; each in an extension with a code of our own."""


def mapped(trajectory: Json, _: Whose) -> list[Json]:
    clock = trajectory.get("clock") or {}
    status = status_of(trajectory)
    name = " ".join(kept_words(trajectory))
    kind = concept(names.own_system("trajectory-kind"), trajectory.get("kind"))
    return [
        filled(
            extension=_own(trajectory),
            status=status,
            _status=None if status else absent(),
            type=kept([kind]),
            patient=reference("Patient", trajectory["clientId"], name),
            managingOrganization=reference("Organization", trajectory["registeredBy"]),
            period=period(clock.get("startsOn"), clock.get("endsOn")),
            team=[team_of(trajectory["id"])],
        )
    ]


def status_of(trajectory: Json) -> str | None:
    """FHIR's word for where it stands; None where that is not told."""
    phase = trajectory.get("phase")
    if phase is None:
        return None
    if phase == "ended":
        return "finished"
    if trajectory.get("paused"):
        return "onhold"
    return "planned" if phase in PLANNED else "active"


def kept_words(record: Json) -> list[str]:
    """The parts of the client's name that are told."""
    return [str(record[name]) for name in ("givenName", "familyName") if record.get(name)]


def _own(trajectory: Json) -> list[Json]:
    return [
        {
            "url": names.own_extension(system),
            "valueCoding": coding(names.own_system(system), trajectory[name]),
        }
        for name, system in TOLD.items()
        if trajectory.get(name)
    ]


RESOURCE = Resource(
    type="EpisodeOfCare",
    about="A trajectory to work: its kind, where it stands, and who registered it.",
    kinds=(
        Kind(
            "",
            "trajectories",
            mapped,
            listed=True,
            of_client="trajectories?clientId={client_id}",
        ),
    ),
    patient="patient",
    params={
        "status": Param("token", "FHIR's word for where it stands.", matching.token("status")),
        "type": Param("token", "The kind of trajectory.", matching.token("type")),
        "organization": Param(
            "reference", "Who registered it.", matching.reference("managingOrganization")
        ),
        "date": Param("date", "When it began.", matching.day("period.start")),
    },
    includes={"patient": "patient", "organization": "managingOrganization"},
    profile=names.nl_core("EpisodeOfCare"),
)
