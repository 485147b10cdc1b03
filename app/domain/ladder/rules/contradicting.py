"""Whether what was answered can go with the rung that was chosen; pure."""

from app.domain.ladder.rules.rungs import Answers

PAID, SUPPORTED, UNPAID, ORGANISED, SOCIAL = 6, 5, 4, 3, 2


def rules_out(answers: Answers, rung: int) -> bool:
    """Whether these answers, whatever was not asked, make it another rung.

    The highest rung that applies counts. Source: the definitions of the domain description, part
    C1. A person may know better, and then says why (C2).
    """
    return not _may_be(answers, rung) or any(
        _is(answers, higher) for higher in (UNPAID, ORGANISED, SOCIAL) if higher > rung
    )


def _may_be(answers: Answers, rung: int) -> bool:
    """No answer says no to what the definition of this rung asks for."""
    paid = answers.has_contract or answers.self_employed
    unpaid = answers.has_contract is False and answers.self_employed is False
    support = bool(answers.support_instruments) or answers.supplementary_benefit is True
    if rung >= SUPPORTED:
        return not unpaid and not (rung == PAID and support)
    asked = {
        UNPAID: (answers.responsibility_to_others, answers.weekly, answers.in_person),
        ORGANISED: (answers.organised, answers.weekly),
        SOCIAL: (answers.weekly,),
    }
    return not paid and False not in asked.get(rung, ())


def _is(answers: Answers, rung: int) -> bool:
    """Every criterion of this rung was answered with yes."""
    if rung == UNPAID:
        work = answers.responsibility_to_others and answers.weekly and answers.in_person
        return bool(work)
    return bool(answers.weekly and (rung == SOCIAL or answers.organised))
