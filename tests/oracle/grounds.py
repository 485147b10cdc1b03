"""Each ground as SQL: from which facts it comes, and every condition with the reason it refuses.

Written from the access model (sections 1 to 5) and the matrix, never from the policy. A condition
that is null does not hold.
"""

from dataclasses import dataclass, field

NOW = ":now"
SHUT = "('never', 'own', 'request', 'supervise', 'technical', 'grouped')"
"""Cells that no consent opens (section 1)."""


def holds(fact: str, name: str = "") -> dict[str, str]:
    """A half-open period: begun, and not over."""
    return {
        f"{name}not_begun": f"{fact}.valid_from <= {NOW}",
        f"{name}ended": f"({fact}.valid_until IS NULL OR {NOW} < {fact}.valid_until)",
    }


def cell(*words: str) -> dict[str, str]:
    """What the ceiling must say of this category for this role."""
    wanted = ", ".join(f"'{word}'" for word in words)
    return {"never": "c.cell <> 'never'", "ceiling": f"c.cell IN ({wanted}) OR c.cell = 'never'"}


NOT_NEVER = {"never": "c.cell <> 'never'"}

UNBLOCKED = {
    "blocked": f"""NOT EXISTS (SELECT 1 FROM block b JOIN block_category bc USING (id)
        WHERE bc.category = c.category AND (b.organisation = v.organisation OR b.member = v.hat)
          AND b.valid_from <= {NOW} AND (b.valid_until IS NULL OR {NOW} < b.valid_until))"""
}
"""Beats consent, treatment and assignment; not a legal task, not break-glass (section 1)."""

STANDS_IN = """seat s ON s.hat = v.hat"""
SEATED = {
    "substitution_not_begun": f"s.valid_from IS NULL OR s.valid_from <= {NOW}",
    "substitution_ended": f"s.valid_until IS NULL OR {NOW} < s.valid_until",
    "substitution_unfit": "s.fits",
}
"""One's own seat, or that of a colleague one stands in for (section 2)."""

ALWAYS = {
    "no_membership": f"""v.valid_from <= {NOW}
        AND (v.valid_until IS NULL OR {NOW} < v.valid_until)""",
    "role_unfit": """v.kind = 'person' OR EXISTS (SELECT 1 FROM fits x
        WHERE x.role = v.role AND x.kind = v.organisation_kind)""",
    "erased": "NOT EXISTS (SELECT 1 FROM erased)",
}
"""Section 2, step 1; the cell `never` is refused by each ground."""
PURPOSE_FITS = {
    "purpose_unfit": """EXISTS (SELECT 1 FROM fitting x
        WHERE x.role = v.role AND x.purpose = a.purpose)"""
}


@dataclass(frozen=True)
class Ground:
    """`facts` is joined to a viewer v, what v asks for (a) and a cell of the ceiling (c)."""

    name: str
    facts: str
    fact: str
    conditions: dict[str, str]
    trajectory: str = "NULL"
    sender: str = "NULL"
    scope: str = "NULL"
    reach: str = "all"
    ungated: str = "0"
    in_emergency: bool = False
    always: dict[str, str] = field(default_factory=lambda: ALWAYS)

    @property
    def every_condition(self) -> dict[str, str]:
        fitting = {} if self.in_emergency else PURPOSE_FITS
        return {**self.always, **fitting, **self.conditions}


BY_LAW_RELEASED = "c.gate NOT IN (12, 30, 34)"
"""A task or treatment needs the release only where the cell says so."""

GROUNDS = [
    Ground(
        "self",
        "link f ON f.id = v.hat AND v.role = 'client'",
        "f.id",
        {**cell("always"), **holds("f")},
        ungated="1",
    ),
    Ground(
        "mandate",
        "representative f ON f.id = v.hat AND v.role = 'representative'",
        "f.id",
        {
            **cell("always", "consent"),
            **holds("f"),
            "outside_mandate": """EXISTS (SELECT 1 FROM person_category x
                WHERE x.id = f.id AND x.category = c.category)""",
            "financial_only": "f.kind <> 'financial_administrator' OR c.gate <> 15",
        },
        ungated="1",
    ),
    Ground(
        "supporter",
        "supporter f ON f.id = v.hat AND v.role = 'supporter'",
        "f.id",
        {
            **cell("always", "consent"),
            **holds("f"),
            "outside_mandate": """EXISTS (SELECT 1 FROM person_category x
                WHERE x.id = f.id AND x.category = c.category)""",
        },
    ),
    Ground(
        "treatment",
        f"{STANDS_IN} JOIN treatment f ON f.member = s.member",
        "f.id",
        {
            **cell("treatment"),
            **holds("f"),
            **SEATED,
            **UNBLOCKED,
            "not_employed": "c.gate <> 4 OR v.employed",
        },
        ungated=BY_LAW_RELEASED,
    ),
    Ground(
        "assignment",
        f"{STANDS_IN} JOIN participant f ON f.member = s.member",
        "f.id",
        {
            **cell("assignment"),
            **holds("f"),
            **SEATED,
            **UNBLOCKED,
            "not_commissioned": """c.gate NOT IN (1, 9)
                OR f.commissioned IN ('uwv', 'municipality')""",
            "not_supervised": "c.gate <> 32",
        },
        trajectory="f.trajectory",
        ungated=BY_LAW_RELEASED,
    ),
    Ground(
        "statutory",
        f"{STANDS_IN} JOIN participant p ON p.member = s.member JOIN responsibility f",
        "f.id",
        {
            **cell("statutory", "consent_then_statutory"),
            **holds("f"),
            **holds("p", "assignment_"),
            **SEATED,
            "other_authority": "f.organisation = v.organisation",
            "other_trajectory": "f.trajectory = p.trajectory",
        },
        trajectory="f.trajectory",
        ungated=BY_LAW_RELEASED,
    ),
    Ground(
        "contract",
        "contract f",
        "f.placement",
        {
            **cell("contract"),
            **holds("f"),
            "other_organisation": "f.organisation = v.organisation AND f.inbox = v.inbox",
        },
        trajectory="f.trajectory",
        scope="f.placement",
    ),
    Ground(
        "supervision",
        "supervision f ON f.supervisor = v.hat JOIN participant p ON p.member = f.supervised"
        " JOIN viewer w ON w.hat = f.supervised",
        "f.id",
        {
            **cell("assignment"),
            "not_supervised": "c.gate = 32",
            **holds("f"),
            **holds("p", "assignment_"),
            **holds("w", "supervised_"),
            **UNBLOCKED,
            "other_organisation": "w.organisation = v.organisation",
        },
        trajectory="p.trajectory",
        ungated=BY_LAW_RELEASED,
    ),
    Ground(
        "request",
        "request f",
        "f.id",
        {**cell("request"), **holds("f"), "other_organisation": "f.inbox = v.inbox"},
        sender="v.organisation",
    ),
    Ground(
        "author",
        "participant f ON f.member = v.hat",
        "f.id",
        {**NOT_NEVER, **holds("f")},
        trajectory="f.trajectory",
        reach="authored",
        ungated="1",
    ),
    Ground(
        "own",
        "involved f ON f.member = v.hat",
        "f.id",
        {**cell("own"), **holds("f")},
        trajectory="f.trajectory",
        reach="own",
    ),
    Ground(
        "confirmation",
        "confirmation f ON f.member = v.hat",
        "f.id",
        {
            **NOT_NEVER,
            **holds("f"),
            "other_category": "c.category = 'start_conversation'",
        },
        trajectory="f.trajectory",
        scope="f.conversation",
        ungated="1",
    ),
    Ground(
        "controller",
        "participant f ON f.member = v.hat AND f.keeps",
        "f.id",
        {
            **NOT_NEVER,
            "still_assigned": f"f.valid_until <= {NOW} AND f.valid_from < f.valid_until",
        },
        trajectory="f.trajectory",
        sender="v.organisation",
        ungated=BY_LAW_RELEASED,
    ),
]

CONSENT = {
    "never": "c.cell <> 'never'",
    "ceiling": f"c.cell NOT IN {SHUT} OR c.cell = 'never'",
    "only_by_law": "c.category <> 'bsn'",
    **holds("f"),
    "withdrawn": f"f.withdrawn IS NULL OR {NOW} < f.withdrawn",
    **UNBLOCKED,
    "other_organisation": "f.organisation = v.organisation",
    "other_role": "f.role = v.role",
    "other_category": """EXISTS (SELECT 1 FROM consent_category x
        WHERE x.id = f.id AND x.category = c.category)""",
    "other_purpose": """EXISTS (SELECT 1 FROM consent_purpose x
        WHERE x.id = f.id AND x.purpose = a.purpose)""",
    "not_per_item": "c.gate NOT IN (16, 17, 28) OR f.scope IS NOT NULL",
}
GROUNDS += [
    Ground(
        "consent",
        "consent f ON f.member IS NOT NULL",
        "f.id",
        {**CONSENT, "other_person": "f.member = v.hat"},
        trajectory="f.trajectory",
        sender="f.sender",
        scope="f.scope",
    ),
    Ground(
        "consent",
        f"{STANDS_IN} JOIN participant p ON p.member = s.member JOIN consent f ON f.member IS NULL",
        "f.id",
        {
            **CONSENT,
            **SEATED,
            **holds("p", "assignment_"),
            "other_trajectory": "f.trajectory IS NULL OR f.trajectory = p.trajectory",
        },
        trajectory="p.trajectory",
        sender="f.sender",
        scope="f.scope",
    ),
    Ground(
        "referral",
        "referral f",
        "f.id",
        {
            **NOT_NEVER,
            **UNBLOCKED,
            "other_category": "c.category = 'existence'",
            "not_begun": f"f.valid_from <= {NOW}",
            "answered": f"""(f.accepted IS NULL OR {NOW} < f.accepted)
                AND (f.refused IS NULL OR {NOW} < f.refused)
                AND (f.withdrawn IS NULL OR {NOW} < f.withdrawn)""",
            "other_organisation": "f.organisation = v.organisation",
            "other_role": "f.role = v.role AND f.inbox = v.inbox",
        },
        trajectory="f.trajectory",
    ),
]
BREAK_GLASS = Ground(
    "break_glass",
    "glass f",
    "f.id",
    {
        **NOT_NEVER,
        "other_category": """c.category IN ('identity', 'existence', 'early_warning_plan',
            'medical')""",
        "other_purpose": "a.purpose = 'emergency'",
        "not_a_clinician": "v.role = 'clinician'",
        "other_person": "f.member = v.hat",
        "no_reason": "f.reason <> ''",
        **holds("f"),
        "does_not_treat": f"""EXISTS (SELECT 1 FROM treatment x JOIN viewer w ON w.hat = x.member
            WHERE w.organisation = v.organisation AND x.valid_from <= {NOW}
              AND (x.valid_until IS NULL OR {NOW} < x.valid_until))""",
    },
    in_emergency=True,
)
"""Section 5. No fact of it is stored yet, so its comparison waits for them."""

OF_THE_RECORD = {
    "other_trajectory": """y.trajectory IS NULL OR r.trajectory IS NULL
        OR r.trajectory = y.trajectory""",
    "other_sender": "y.sender IS NULL OR r.controller = y.sender",
    "other_record": "y.scope IS NULL OR r.scope = y.scope",
    "other_author": "y.reach <> 'authored' OR r.author = y.hat",
    "not_between": """y.reach <> 'own' OR EXISTS (SELECT 1 FROM party_to x
        WHERE x.place = r.place AND x.id = r.id AND x.organisation = y.organisation)""",
    "not_released": "NOT r.gated OR r.released OR y.ungated",
    "not_in_audience": """NOT r.addressed OR y.ground IN ('self', 'mandate', 'author')
        OR EXISTS (SELECT 1 FROM audience x
            WHERE x.place = r.place AND x.id = r.id AND x.role = y.role)""",
    "restricted": """NOT r.restricted OR y.ground = 'self'
        OR coalesce(r.controller = y.organisation, 0)""",
}
"""What only the single record knows: its trajectory, sender, author and gates (section 3)."""
