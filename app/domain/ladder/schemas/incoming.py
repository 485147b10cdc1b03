"""What is told when a rung is measured, and what the client answers."""

from typing import Annotated, Self

from pydantic import ConfigDict, Field, model_validator

from app.domain.ladder.rules.rungs import Agrees, Instrument, Occasion, Scheme, rungs_of
from app.platform.http.schemas import Day, Id, In, Text, refuse

RungNumber = Annotated[int, Field(ge=1, le=6)]


class CriteriaIn(In):
    """Answers to the criteria; a field that is left out was not asked."""

    has_contract: bool | None = None
    self_employed: bool | None = None
    support_instruments: list[Instrument] = Field(default=[], max_length=10)
    supplementary_benefit: bool | None = None
    responsibility_to_others: bool | None = None
    organised: bool | None = None
    weekly: bool | None = None
    in_person: bool | None = None


class GrowthIn(In):
    """The rung thought attainable within a term: an estimate, never a ceiling."""

    rung: RungNumber
    horizon_months: Annotated[int, Field(ge=1, le=60)]
    reasoning: Text | None = None


class ImportedIn(In):
    """A level of another system, which must say how it counts."""

    scheme: Scheme
    level: Annotated[int, Field(ge=1, le=6)]


class MeasurementIn(In):
    """A measurement: any rung after any other. `reason` tells why it differs from the criteria.

    It must be there when the answers to the criteria rule the rung out.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "rung": 4,
                    "measuredOn": "2025-07-03",
                    "occasion": "six_monthly",
                    "clientAgrees": "yes",
                    "criteria": {
                        "hasContract": False,
                        "responsibilityToOthers": True,
                        "weekly": True,
                        "inPerson": True,
                    },
                    "clientWords": "Twee dagen met hout, dat past bij mij.",
                }
            ]
        }
    )

    rung: RungNumber
    measured_on: Day
    occasion: Occasion
    client_agrees: Agrees = Agrees.NOT_ASKED
    imported: ImportedIn | None = None
    criteria: CriteriaIn | None = None
    reason: Text | None = None
    context: Text | None = None
    client_words: Text | None = None
    growth_potential: GrowthIn | None = None
    supersedes: Id | None = None

    @model_validator(mode="after")
    def _fits_its_import(self) -> Self:
        told = self.imported
        if told is not None and self.rung not in rungs_of(told.scheme, told.level):
            raise refuse("wrong_scheme", "This rung cannot be that level of that scheme.")
        return self


class AgreementIn(In):
    """The client's own answer, if wished with words."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"agrees": "yes", "words": "Zo zie ik het ook."}]}
    )

    agrees: Agrees
    words: Text | None = None

    @model_validator(mode="after")
    def _is_an_answer(self) -> Self:
        if self.agrees is Agrees.NOT_ASKED:
            raise refuse("not_an_answer", "The client answers yes or no.")
        return self
