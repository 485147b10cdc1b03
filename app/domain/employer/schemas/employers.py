"""What goes in and out about an employer, its sites and its people; no client data."""

from typing import Any, Self
from uuid import UUID

from pydantic import ConfigDict, model_validator

from app.platform.http.schemas import Day, Id, In, Moment, Out, ShortText, Text, refuse


def example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


class EmployerIn(In):
    """An entry in the directory of your organisation; others have entries of their own."""

    model_config = example(name="Bakkerij Proefkorst", kvk="90001354", sector="bakkerij", sroi=True)

    name: ShortText
    kvk: ShortText | None = None
    sector: ShortText | None = None
    sroi: bool | None = None
    recognised_for_training: bool | None = None
    inclusion_advice_on: Day | None = None


class EmployerChange(In):
    """What is given is changed; what is not, stays."""

    model_config = example(inclusionAdviceOn="2025-03-04")

    name: ShortText | None = None
    sector: ShortText | None = None
    sroi: bool | None = None
    recognised_for_training: bool | None = None
    inclusion_advice_on: Day | None = None

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not self.model_dump(exclude_none=True):
            raise refuse("required", "Give at least one field to change.")
        return self


class EmployerOut(Out):
    """`inclusionAdviceOn`: UWV's free advice to become an inclusive employer was given that day."""

    id: UUID
    organisation_id: UUID
    recorded_at: Moment
    name: str
    kvk: str | None = None
    sector: str | None = None
    sroi: bool | None = None
    recognised_for_training: bool | None = None
    inclusion_advice_on: Day | None = None


class EmployerSiteIn(In):
    """A place where people work."""

    model_config = example(
        name="Bakkerij", street="Voorbeeldstraat 1", postalCode="0000 AA", town="Proefstad"
    )

    name: ShortText
    street: ShortText | None = None
    postal_code: ShortText | None = None
    town: ShortText


class EmployerSiteOut(Out):
    id: UUID
    employer_id: UUID
    recorded_at: Moment
    name: str
    street: str | None = None
    postal_code: str | None = None
    town: str
    closed_on: Day | None = None


class EmployerPersonIn(In):
    """Someone to speak with, in their work; `harrieTrainedOn` is the training for colleagues."""

    model_config = example(
        name="Ploegbaas-B1", position="ploegbaas", harrieTrainedOn="2024-06-11", telephone="000"
    )

    site_id: Id | None = None
    name: ShortText
    position: ShortText | None = None
    telephone: ShortText | None = None
    email: ShortText | None = None
    harrie_trained_on: Day | None = None


class EmployerPersonOut(Out):
    """Of someone who left, name and numbers are gone."""

    id: UUID
    employer_id: UUID
    recorded_at: Moment
    site_id: UUID | None = None
    name: str | None = None
    position: str | None = None
    telephone: str | None = None
    email: str | None = None
    harrie_trained_on: Day | None = None
    left_on: Day | None = None


class EmployerEndIn(In):
    """The last day."""

    model_config = example(on="2025-12-31")

    on: Day


class EmployerNoteIn(In):
    """About the employer; never about someone who works or might work there."""

    model_config = example(text="Denkt mee over uren; belt liever dan mailt.")

    text: Text


class EmployerNoteOut(Out):
    """`withdrawnOn`: the words were taken out that day."""

    id: UUID
    employer_id: UUID
    recorded_at: Moment
    author_id: UUID
    text: str | None = None
    withdrawn_on: Day | None = None


class WordsWithdrawnIn(In):
    """The words go for good; codes and days stay."""

    model_config = example()
