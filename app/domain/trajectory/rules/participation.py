"""Who may let whom take part: the party that commissions him, each from its own seat."""

from app.access.vocabulary import Role

COACHING = frozenset({Role.REINTEGRATION_COACH, Role.IPS_COACH})
_HIRED = frozenset({Role.REINTEGRATION_COACH, Role.JOB_COACH})
_COLLEAGUES: dict[Role, frozenset[Role]] = {
    Role.CLINICIAN: frozenset({Role.CLINICIAN, Role.PSYCHOLOGIST, Role.IPS_COACH}),
    Role.IPS_COACH: frozenset({Role.CLINICIAN, Role.PSYCHOLOGIST, Role.IPS_COACH}),
    Role.LABOUR_EXPERT: frozenset({Role.LABOUR_EXPERT, Role.INSURANCE_PHYSICIAN}),
    Role.MUNICIPAL_CASE_MANAGER: frozenset({Role.MUNICIPAL_CASE_MANAGER}),
}
_COMMISSIONERS = frozenset({Role.CLINICIAN, Role.LABOUR_EXPERT, Role.MUNICIPAL_CASE_MANAGER})


def may_add(role: Role, added: Role, *, own_organisation: bool) -> bool:
    """Colleagues by whoever already takes part; hired coaches by care, UWV or municipality.

    Another body enters only by accepting a referral, never by being added.
    """
    if added in _HIRED:
        return role in _COMMISSIONERS
    return own_organisation and added in _COLLEAGUES.get(role, frozenset())


def may_add_self(role: Role) -> bool:
    """Whoever treats; others reach a trajectory by taking part, or for some days by standing in."""
    return role is Role.CLINICIAN


def is_commissioned(added: Role) -> bool:
    """Coaches work on someone's order; whose decides what they may see (gates 1 and 9)."""
    return added in _HIRED | COACHING
