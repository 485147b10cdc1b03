"""The processes, how they go where, and what pays for them, made from the rules themselves."""

from pathlib import Path
from uuid import UUID

from app.access.vocabulary import Role
from app.domain.reference.actions.lists import named
from app.domain.reference.rules import labels
from app.domain.reference.schemas import (
    FundedOut,
    LeftOutOut,
    PracticeOut,
    ProcessOut,
    StepOut,
)
from app.domain.trajectory.rules.funding import paid
from app.domain.trajectory.rules.kinds import OFFERED, Funding, Kind
from app.domain.trajectory.rules.practice import EVERY, Programme
from app.domain.trajectory.rules.practice import practices as rules_of_practice
from app.domain.trajectory.rules.processes import PROCESSES
from app.domain.trajectory.rules.steps import Step
from app.platform.http.paging import Page


def processes() -> Page[ProcessOut]:
    """Every kind of trajectory, with the steps of those that are offered."""
    return Page[ProcessOut](
        items=[
            ProcessOut(
                **named("process", kind),
                code=kind,
                offered=kind in OFFERED,
                months=list(PROCESSES[kind].months),
                steps=[_step(step) for step in PROCESSES[kind].steps],
            )
            for kind in Kind
        ]
    )


def practices(path: Path | None) -> Page[PracticeOut]:
    """How it goes where: the line for everyone else, and those of organisations that differ."""
    return Page[PracticeOut](
        items=[
            PracticeOut(
                organisation_id=None if name == EVERY else UUID(name),
                offers=[kind for kind in Kind if kind in practice.offers],
                oad_name=practice.oad_name,
                leaves_out=[
                    LeftOutOut(kind=kind, step=step) for kind, step in sorted(practice.leaves_out)
                ],
                three_way=[kind for kind in Kind if kind in practice.three_way],
                programmes=[name for name in Programme if name in practice.programmes],
                concerns=practice.concerns,
            )
            for name, practice in sorted(rules_of_practice(path).items())
        ]
    )


def _step(step: Step) -> StepOut:
    label = labels()["step", step.name]
    out = StepOut(
        label_en=label.english,
        label_nl=label.dutch,
        code=step.name,
        roles=[role for role in Role if role in step.acts],
        records=list(step.records),
        needs=[need.value for need in step.needs],
    )
    if step.only is not None:
        out.only = step.only
    return out


def funding() -> Page[FundedOut]:
    """Kinds of trajectory and of contact, and the laws that pay for them."""
    kinds = frozenset(kind.value for kind in Kind)
    return Page[FundedOut](
        items=[
            FundedOut(
                **named("process" if code in kinds else "contact", code),
                code=code,
                funding=[law for law in Funding if law in laws],
            )
            for code, laws in paid().items()
        ]
    )
