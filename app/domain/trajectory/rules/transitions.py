"""Moves without a record of their own: who may make them, and what must be there first."""

from app.access.vocabulary import Role
from app.domain.trajectory.rules.end_reasons import EndReason
from app.domain.trajectory.rules.end_reasons import lacking as lacking_for
from app.domain.trajectory.rules.milestones import Milestone
from app.domain.trajectory.rules.moves import Move
from app.domain.trajectory.rules.needs import lacking
from app.domain.trajectory.rules.presentation import lacks_for
from app.domain.trajectory.rules.processes import PROCESSES
from app.domain.trajectory.rules.standing import Standing

__all__ = ["Move", "may_move", "possible", "refusals", "refusals_of_end"]
M = Milestone


def may_move(role: Role, move: Move) -> bool:
    """Whether this role makes this move in any process at all."""
    return any(
        role in process.moves[move].roles for process in PROCESSES.values() if move in process.moves
    )


def refusals(role: Role, move: Move, standing: Standing) -> tuple[str, ...]:
    """Codes of why this cannot be now, in words this role may read; none: it can."""
    rule = standing.process.moves.get(move)
    if standing.has(M.ENDED) and not (rule is not None and rule.after_end):
        return ("trajectory_ended",)
    if rule is None or role not in rule.roles:
        return ("not_applicable",)
    if rule.only is not None and standing.variant not in {None, rule.only}:
        return ("not_applicable",)
    if any(standing.has(milestone) for milestone in rule.closed_by):
        return ("already_done",)
    return lacks_for(role, lacking(rule.needs, standing))


def possible(role: Role, standing: Standing) -> tuple[str, ...]:
    """The moves this role can make now."""
    return tuple(
        move.value for move in Move if may_move(role, move) and not refusals(role, move, standing)
    )


def refusals_of_end(reason: EndReason, standing: Standing) -> tuple[str, ...]:
    """Why a trajectory of this kind cannot end for this reason; none: it can."""
    process = standing.process
    if reason in process.ends_never_by:
        return ("not_a_reason_here",)
    outreach = sum(event.milestone is M.OUTREACH for event in standing.reached)
    looked_back = not lacking((process.looked_back,), standing)
    lacks = lacking_for(reason, final_review=looked_back, outreach=outreach)
    if lacks == "final_review_lacking":
        return (f"{process.looked_back.value}_lacking",)
    return () if lacks is None else (lacks,)
