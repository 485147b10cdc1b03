"""Conditions of row security that may go and nothing opens: why, one by one."""

from tests.mutation.conjuncts import Conjunct

REVOKED = "The login that this policy is for has no INSERT on the table; the compiler adds here."
SAID_TWICE = (
    "Nothing in a row that moves changes what WITH CHECK asks once more, in the same words."
)
TWO_POLICIES = "Two policies say who may move it, and both must agree: either closes it alone."
BY_A_PARTY = "Who receives or sends is a party of it, and only these and the client move it."
ONE_CLIENT = (
    "The compiler sees one client's rows only, so the other condition on the client closes it."
)
EXPLAINED: dict[tuple[str, str], str] = {
    ("break_glass.adds", "WITH CHECK"): REVOKED,
    ("break_glass_review.adds", "WITH CHECK"): REVOKED,
    ("data_subject_decision.adds", "WITH CHECK"): REVOKED,
}
"""A whole policy, by its name and part."""
COMPILING = "(client_id = ( SELECT compiling_client() AS compiling_client))"
COMPILED: dict[str, tuple[str, ...]] = {
    "break_glass.breaks": ("(t.client_id = break_glass.client_id)",),
    "break_glass_review.reviews": ("(b.client_id = break_glass_review.client_id)",),
    "data_subject_decision.decides": ("(r.client_id = data_subject_decision.client_id)",),
    "tombstone.decides": ("(r.client_id = tombstone.client_id)", "(c.id = tombstone.client_id)"),
    "tombstone.misplaces": ("(m.client_id = tombstone.client_id)",),
    "tombstone.falls_due": ("(d.client_id = tombstone.client_id)", "(x.client_id = d.client_id)"),
}
"""Where the compiler adds beside a row that it must see: the same client, said twice or more."""
KEPT_APART = (
    "Whoever adds sees employers as row security shows them: its own organisation's, and no other."
)
OF_OWN_EMPLOYER = "(e.organisation_id = ( SELECT viewer_organisation() AS viewer_organisation))"
ITSELF = "(organisation_id = ( SELECT viewer_organisation() AS viewer_organisation))"
OF_EMPLOYERS = ("employer_contact", "employer_note", "employer_person", "employer_site",
                "workplace_scan")  # fmt: skip
ROLE_AND_ROLE = (
    "block.by_the_client_too", "block.moves", "consent.by_the_client", "consent.moves",
    "incapacity.by_care_too", "incapacity.moves", "representative.by_client_or_care_too",
    "representative.moves", "responsibility.moves", "supporter.by_the_client_too",
    "supporter.moves",
)  # fmt: skip


def why(one: Conjunct) -> str | None:
    """Why nothing opens without it; None = it must be noticed."""
    policy = f"{one.table}.{one.policy}"
    whole = EXPLAINED.get((policy, one.part))
    if whole is not None:
        return whole
    if policy in COMPILED and one.dropped in {COMPILING, *COMPILED[policy]}:
        return ONE_CLIENT
    if policy in ROLE_AND_ROLE and _is_role(one):
        return TWO_POLICIES
    if policy == "referral.moves" and "<> ALL" in one.dropped and "access_grant" not in one.dropped:
        return BY_A_PARTY
    if policy == "referral.by_its_parties" and one.part == "USING":
        return None if "num_nonnulls" in one.dropped else SAID_TWICE
    return _of_what_waits(one, policy)


def _of_what_waits(one: Conjunct, policy: str) -> str | None:
    """Employers, reminders, concerns, and a municipality that begins with a client of its own."""
    if one.table in OF_EMPLOYERS and one.dropped == OF_OWN_EMPLOYER:
        return KEPT_APART
    if policy == "reminder.closes" and one.dropped == COMPILING:
        return SAID_TWICE
    if one.policy == "withdraws" and one.table in OF_EMPLOYERS:
        asked_again = "viewer_" in one.dropped and "IS N" not in one.dropped
        return SAID_TWICE if one.part == "USING" or asked_again else None
    if policy == "concern.moves" and one.dropped.startswith("((g.basis = ANY"):
        return TWO_POLICIES
    if policy == "responsibility.begins" and one.dropped == ITSELF:
        return TWO_POLICIES
    return None


def _is_role(one: Conjunct) -> bool:
    role = "viewer_role()" in one.dropped and "SELECT true" not in one.dropped
    return one.part == "USING" and role
