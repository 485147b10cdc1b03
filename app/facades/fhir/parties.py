"""Who took part in something, as FHIR refers to parties.

A colleague who is told by name has a resource here; of a role, or of a role of an organisation,
nothing more is told, so it is contained in the resource that speaks of it.
"""

from dataclasses import dataclass, field

from app.access.vocabulary import PERSONS, Role
from app.facades.fhir.elements import Json, filled, reference, to_record
from app.facades.fhir.registry import Whose
from app.facades.fhir.terminology.vocabularies import own

TEAM = "team"
"""The key of the team of a trajectory."""


def patient(whose: Whose) -> Json | None:
    return reference("Patient", whose.patient)


def member(membership: str, name: str | None = None) -> Json:
    """A colleague of an organisation."""
    return filled(reference=f"PractitionerRole/{membership}", display=name)


@dataclass
class Parties:
    """The parties of one resource, and those of them that it has to contain."""

    whose: Whose
    contained: list[Json] = field(default_factory=list)

    def role(
        self,
        role: str | None,
        organisation: str | None = None,
        membership: str | None = None,
        vocabulary: str = "role",
    ) -> Json | None:
        """A party by its role; None where no role is told."""
        if not role:
            return None
        if role == Role.CLIENT:
            return patient(self.whose)
        if role in PERSONS:
            return self._relative(role)
        if membership:
            return member(membership)
        return self._contain(
            "PractitionerRole",
            code=[own(vocabulary, role)],
            organization=reference("Organization", organisation),
        )

    def _relative(self, role: str) -> Json:
        return self._contain(
            "RelatedPerson", patient=patient(self.whose), relationship=[own("role", role)]
        )

    def _contain(self, kind: str, **content: object) -> Json:
        """The same party twice is one."""
        found = filled(resourceType=kind, **content)
        for at, each in enumerate(self.contained, 1):
            if {**each, "id": ""} == {**found, "id": ""}:
                return {"reference": f"#party-{at}"}
        self.contained.append({"resourceType": kind, "id": f"party-{len(self.contained) + 1}"})
        self.contained[-1] |= found
        return {"reference": f"#party-{len(self.contained)}"}


def team_of(trajectory: str) -> Json:
    """Everyone who takes part in a trajectory."""
    return to_record("CareTeam", TEAM, trajectory)
