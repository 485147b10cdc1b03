"""One measurement as it is shown, and the reference data of the ladder."""

from typing import Any

from pydantic.alias_generators import to_camel
from sqlalchemy import Row

from app.access.collection import Records
from app.access.session import Session
from app.domain.ladder import queries
from app.domain.ladder.rules.rungs import (
    RUNGS,
    Answers,
    Instrument,
    Occasion,
    Reason,
    instruments_of,
    suggest,
)
from app.domain.ladder.schemas.outgoing import (
    CriteriaOut,
    GrowthOut,
    ImportedOut,
    LadderReferenceOut,
    MeasurementOut,
    RungOut,
    SuggestionOut,
)
from app.domain.ladder.tables import LadderMeasurement

CRITERIA = tuple(CriteriaOut.model_fields)


def presented(_session: Session, row: Row[Any]) -> dict[str, Any]:
    """What is no column: the client's latest word, the import, and what the notes suggest."""
    imported = None
    if row.imported_scheme is not None:
        imported = ImportedOut(scheme=row.imported_scheme, level=row.imported_level)
    values: dict[str, Any] = {
        "measured_by": row.author_role,
        "client_agrees": row.client_answer or row.client_agrees,
        "imported": imported,
        "supersedes": row.supersedes_id,
    }
    if row.note_id is None:
        return {**values, "criteria": None, "suggestion": None, "growth_potential": None}
    return {**values, **_of_notes(row)}


def _of_notes(row: Row[Any]) -> dict[str, Any]:
    told = {name: getattr(row, name) for name in CRITERIA}
    answers = Answers(**{**told, "support_instruments": instruments_of(row.support_instruments)})
    criteria = suggestion = growth = None
    if answers.given:
        criteria = CriteriaOut(**{name: getattr(answers, name) for name in CRITERIA})
        rung, reasons = suggest(answers)
        suggestion = SuggestionOut(rung=rung, reasons=list(reasons), differs=rung != row.rung)
    if row.growth_rung is not None:
        growth = GrowthOut(
            rung=row.growth_rung,
            horizon_months=row.growth_horizon_months,
            by_role=row.growth_by_role,
            reasoning=row.growth_reasoning,
        )
    return {"criteria": criteria, "suggestion": suggestion, "growth_potential": growth}


MEASUREMENTS = Records(
    LadderMeasurement, MeasurementOut, statement=queries.MEASUREMENTS, present=presented
)


async def reference() -> LadderReferenceOut:
    """The rungs and criteria; the same for everyone."""
    return LadderReferenceOut(
        rungs=[RungOut.model_validate(vars(rung)) for rung in RUNGS],
        criteria=[to_camel(name) for name in CRITERIA],
        instruments=list(Instrument),
        occasions=list(Occasion),
        reasons=list(Reason),
    )
