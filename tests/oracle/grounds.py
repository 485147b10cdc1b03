"""Each ground as SQL: from which facts it comes, and every condition with the reason it refuses.

Written from the access model (sections 1 to 5) and the matrix, never from the policy. A condition
that is null does not hold.
"""

import re
from dataclasses import dataclass, field, replace
from typing import Any

NOW = ":now"
SHUT = "('never', 'own', 'request', 'supervise', 'technical', 'grouped')"
"""Cells that no consent opens (section 1)."""


FACTS_TO_COME = {"erased"}
"""Reasons of refusal for which no fact is stored yet."""


def told(reason: str) -> str:
    """As a reason of refusal is counted: of what only leads to a fact, begun or over is one."""
    reason = reason.removeprefix("parents_")
    for link in ("assignment", "substitution", "task", "contract", "supervised", "supervision"):
        if reason in {f"{link}_not_begun", f"{link}_ended"}:
            return f"{link}_not_in_force"
    return reason


def reasons() -> set[str]:
    """Every reason that can be given, apart from the lack of any ground."""
    every = {name for ground in GROUNDS for name in ground.every_condition} | set(OF_THE_RECORD)
    return {told(name) for name in every} - FACTS_TO_COME


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
"""Section 1 says which two a block does not beat, a legal task and break-glass; so it beats all
that a party has by working with the client, and what follows from that (author, own, supervision).
"""

AGE = "(SELECT years FROM age)"
UNABLE = f"""EXISTS (SELECT 1 FROM incapacity x
    WHERE x.valid_from <= {NOW} AND x.valid_until IS NOT NULL AND {NOW} < x.valid_until
      AND (c.category = 'existence' OR EXISTS (SELECT 1 FROM incapacity_category y
          WHERE y.id = x.id AND y.category = c.category)))"""
"""Per decision, never about the person; existence leads to what it is about (domain part E8)."""
UNBARRED = f"""NOT EXISTS (SELECT 1 FROM block b JOIN block_category bc USING (id)
    WHERE bc.category = c.category AND b.person = v.hat
      AND b.valid_from <= {NOW} AND (b.valid_until IS NULL OR {NOW} < b.valid_until))"""
MEDICAL = """('medical', 'insurance_physician_notes', 'psychological_anamnesis', 'work_advice',
    'work_capacity', 'early_warning_plan', 'wellbeing')"""
"""What tells of health: the cells of gate 15, and three that the client or a physician fills."""

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
    "role_unfit": """v.kind <> 'member' OR EXISTS (SELECT 1 FROM fits x
        WHERE x.role = v.role AND x.kind = v.organisation_kind)""",
    "erased": """NOT EXISTS (SELECT 1 FROM erased x
        WHERE x.organisation IS NULL OR x.organisation = v.organisation)""",
}
"""Section 2, step 1; the cell `never` is refused by each ground."""
OF_ORGANISATION = {**ALWAYS, "role_unfit": "v.organisation_kind = 'ggz_provider'"}
"""A client system for its organisation acts where treatment is recorded (section 1)."""
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

COMMISSIONED = {
    "not_commissioned": "c.gate NOT IN (1, 9) OR f.commissioned IN ('uwv', 'municipality')",
    "not_supervised": "c.gate <> 32",
}
"""Gates 1 and 9; and a supervisor has nothing by a seat of the own (gate 32)."""
INVOLVED = {
    "not_treating": "i.working",
    "not_begun": f"i.valid_from <= {NOW}",
    "ended": f"i.valid_until IS NULL OR {NOW} < i.valid_until",
    "substitution_not_begun": f"i.cover_from IS NULL OR i.cover_from <= {NOW}",
    "substitution_ended": f"i.cover_until IS NULL OR {NOW} < i.cover_until",
    "substitution_unfit": "i.fits",
}
"""Treats the client or takes part; only the GGZ team treats."""
RESPONSIBLE = {
    "not_responsible": "i.responsible",
    "task_not_begun": f"i.task_from IS NULL OR i.task_from <= {NOW}",
    "task_ended": f"i.task_until IS NULL OR {NOW} < i.task_until",
}
"""Gate 2: whoever works at UWV or a municipality is nobody while that body is not responsible."""

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
            "financial_only": f"f.kind <> 'financial_administrator' OR c.category NOT IN {MEDICAL}",
            "care_only": "f.kind <> 'personal_care_guardian' OR c.category <> 'benefit'",
            "too_young": f"""CASE f.kind WHEN 'parent' THEN {AGE} IS NOT NULL
                WHEN 'written_authorisation' THEN {AGE} >= 16 ELSE {AGE} >= 18 END""",
            "of_age": f"f.kind <> 'parent' OR {AGE} < 18",
            "can_weigh_it": f"""CASE f.kind WHEN 'parent' THEN {AGE} < 16 WHEN 'relative' THEN 0
                WHEN 'legal_guardian' THEN c.gate <> 15
                WHEN 'personal_care_guardian' THEN c.gate <> 15 ELSE 1 END OR {UNABLE}""",
            "somebody_above": f"""f.kind <> 'relative' OR NOT EXISTS (SELECT 1 FROM representative o
                WHERE o.kind IN ('legal_guardian', 'personal_care_guardian',
                                 'written_authorisation')
                  AND o.valid_from <= {NOW}
                  AND (o.valid_until IS NULL OR {NOW} < o.valid_until))""",
            "barred": f"f.kind IN ('legal_guardian', 'parent') OR {UNBARRED}",
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
            "barred": UNBARRED,
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
        sender="CASE c.gate WHEN 24 THEN v.organisation END",
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
            **COMMISSIONED,
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
            **UNBLOCKED,
            "other_organisation": "f.organisation = v.organisation AND f.inbox = v.inbox",
        },
        trajectory="f.trajectory",
        scope="f.placement",
    ),
    Ground(
        "supervision",
        """supervision f ON f.supervisor = v.hat JOIN involved i ON i.hat = f.supervised
            JOIN viewer w ON w.hat = f.supervised""",
        "f.id",
        {
            **cell("assignment"),
            "not_supervised": "c.gate = 32",
            **holds("f", "supervision_"),
            **INVOLVED,
            **RESPONSIBLE,
            "not_assigned": "i.trajectory IS NOT NULL",
            **holds("w", "supervised_"),
            "supervised_unfit": """EXISTS (SELECT 1 FROM fits x
                WHERE x.role = w.role AND x.kind = w.organisation_kind)""",
            **UNBLOCKED,
            "other_organisation": "w.organisation = v.organisation",
        },
        trajectory="i.trajectory",
    ),
    Ground(
        "request",
        "request f",
        "f.id",
        {**cell("request"), **holds("f"), "other_organisation": "f.inbox = v.inbox"},
        sender="v.organisation",
        ungated="1",
    ),
    Ground(
        "request",
        """request f JOIN (
            SELECT trajectory, organisation FROM responsibility
            UNION SELECT p.trajectory, w.organisation
            FROM participant p JOIN viewer w ON w.hat = p.member) works
            ON works.organisation = v.organisation AND c.category = 'existence'""",
        "f.id",
        {
            **cell("request"),
            **holds("f"),
            "other_organisation": "f.inbox = v.inbox",
        },
        trajectory="works.trajectory",
        ungated="1",
    ),
    Ground(
        "author",
        "involved i ON i.hat = v.hat",
        "i.id",
        {
            **NOT_NEVER,
            **INVOLVED,
            **RESPONSIBLE,
            **UNBLOCKED,
            "may_not_write": """EXISTS (SELECT 1 FROM writes x
                WHERE x.category = c.category AND x.role = v.role)""",
            "only_own": "c.category <> 'consent'",
        },
        trajectory="i.trajectory",
        reach="authored",
        ungated="1",
    ),
    Ground(
        "author",
        "registration f ON f.machine = v.hat",
        "f.machine",
        {
            **holds("f"),
            **UNBLOCKED,
            "may_not_write": """EXISTS (SELECT 1 FROM writes x JOIN fits y ON y.role = x.role
                WHERE x.category = c.category AND y.kind = v.organisation_kind)""",
        },
        reach="authored",
        ungated="1",
        always=OF_ORGANISATION,
    ),
    Ground(
        "author",
        "registration f ON f.machine = v.hat",
        "f.machine",
        {
            **holds("f"),
            **UNBLOCKED,
            "may_not_write": """EXISTS (SELECT 1 FROM writes x JOIN fits y ON y.role = x.role
                WHERE x.category = c.category AND y.kind = v.organisation_kind)""",
            "not_whom": "c.category = 'identity'",
        },
        sender="v.organisation",
        ungated="1",
        always=OF_ORGANISATION,
    ),
    Ground(
        "own",
        "involved i ON i.hat = v.hat",
        "i.id",
        {**cell("own"), **INVOLVED, **RESPONSIBLE, **UNBLOCKED},
        trajectory="i.trajectory",
        reach="own",
    ),
    Ground(
        "confirmation",
        "confirmation f ON f.member = v.hat AND c.category = 'start_conversation'",
        "f.id",
        {
            **cell("consent"),
            **holds("f"),
            **UNBLOCKED,
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
            **cell("assignment", "statutory", "consent_then_statutory"),
            "still_assigned": f"f.valid_until <= {NOW} AND f.valid_from < f.valid_until",
            **UNBLOCKED,
            **COMMISSIONED,
        },
        trajectory="f.trajectory",
        sender="v.organisation",
    ),
]

GIVEN = {
    "never": "c.cell <> 'never'",
    "ceiling": f"c.cell NOT IN {SHUT} OR c.cell = 'never'",
    "only_by_law": "c.category <> 'bsn'",
    **holds("f"),
    "withdrawn": f"f.withdrawn IS NULL OR {NOW} < f.withdrawn",
    **UNBLOCKED,
    "other_organisation": "f.organisation = v.organisation",
    "other_role": "f.role = v.role",
    "other_person": "f.member IS NULL OR f.member = v.hat",
    "other_category": """EXISTS (SELECT 1 FROM consent_category x
        WHERE x.id = f.id AND x.category = c.category)""",
    "other_purpose": """EXISTS (SELECT 1 FROM consent_purpose x
        WHERE x.id = f.id AND x.purpose = a.purpose)""",
}
"""One consent covers all dimensions by itself; the BSN is used where a law says so (UAVG 46)."""
BY_CONSENT = [
    Ground(
        "consent",
        """assigned i ON i.hat = v.hat JOIN consent f ON (f.organisation <> v.organisation)
            + (f.role <> v.role) + (f.member IS NOT NULL AND f.member <> v.hat) <= 1""",
        "f.id",
        {
            **GIVEN,
            **{
                {"not_begun": "assignment_not_begun", "ended": "assignment_ended"}.get(
                    name, name
                ): sql
                for name, sql in INVOLVED.items()
            },
            "other_trajectory": """i.trajectory IS NULL OR f.trajectory IS NULL
                OR f.trajectory = i.trajectory""",
            "not_per_item": "c.gate NOT IN (16, 17) OR f.scope IS NOT NULL",
            "not_contracted": "v.role <> 'employer'",
        },
        trajectory="CASE WHEN f.scope IS NULL THEN coalesce(i.trajectory, f.trajectory) END",
        sender="f.sender",
        scope="f.scope",
    ),
    Ground(
        "consent",
        "contract k ON k.inbox = v.inbox AND v.role = 'employer' JOIN consent f",
        "f.id",
        {
            **GIVEN,
            **holds("k", "contract_"),
            "other_trajectory": "f.trajectory IS NULL OR f.trajectory = k.trajectory",
            "not_per_item": "c.gate NOT IN (16, 17) OR f.scope IS NOT NULL",
        },
        trajectory="k.trajectory",
        sender="f.sender",
        scope="f.scope",
    ),
    Ground(
        "referral",
        """referral g JOIN consent f
            ON c.category IN ('existence', 'identity') AND f.organisation = g.organisation
            AND g.inbox = v.inbox""",
        "f.id",
        {
            **GIVEN,
            "not_referred": f"g.valid_from <= {NOW}",
            "answered": f"""(g.accepted IS NULL OR {NOW} < g.accepted)
                AND (g.refused IS NULL OR {NOW} < g.refused)
                AND (g.withdrawn IS NULL OR {NOW} < g.withdrawn)""",
            "not_agreed": """EXISTS (SELECT 1 FROM consent_category x
                WHERE x.id = f.id AND x.category = 'existence')""",
            "other_purpose": """a.purpose = 'reintegration' AND EXISTS (
                SELECT 1 FROM consent_purpose x WHERE x.id = f.id AND x.purpose = a.purpose)""",
            "other_trajectory": "f.trajectory IS NULL OR f.trajectory = g.trajectory",
            "other_record": "f.scope IS NULL OR f.scope = g.id",
        },
        trajectory="CASE c.category WHEN 'existence' THEN g.trajectory END",
        sender="f.sender",
        scope="CASE c.category WHEN 'existence' THEN g.id END",
    ),
]
"""Whoever works with the client reads a consent; an employer works by his contract (gate 7); before
anyone does it opens the inbox: the referral, and the name if the client shares it (gate 6)."""


def alone(ground: Ground) -> Ground:
    """From 16 the client; under 12 the parent; and for an adult who acts by a mandate (E8)."""
    whose = f"""CASE WHEN {AGE} < 12 THEN f.giver <> 'client' WHEN {AGE} < 16 THEN 0
        WHEN {AGE} >= 16 THEN f.giver = 'client' OR f.age_when_given >= 16 END"""
    return replace(ground, conditions={**ground.conditions, "needs_another_yes": whose})


def both(ground: Ground) -> Ground:
    """From 12 to 15 two consents, each of which covers everything by itself (WGBO 450)."""
    parents = {
        f"parents_{name}": re.sub(r"\bf\.", "p.", sql)
        for name, sql in ground.conditions.items()
        if re.search(r"\bf\.", sql)
    }
    same = ("trajectory", "sender", "scope")
    agree = " AND ".join(
        f"(f.{one} IS NULL OR p.{one} IS NULL OR f.{one} = p.{one})" for one in same
    )
    found: dict[str, Any] = {
        one: re.sub(rf"\bf\.{one}\b", f"coalesce(f.{one}, p.{one})", getattr(ground, one))
        for one in same
    }
    conditions = {
        **ground.conditions,
        **parents,
        "parents_agree_to_another": agree,
    }
    facts = f"""{ground.facts} JOIN consent p ON f.giver = 'client' AND p.giver <> 'client'
        AND {AGE} BETWEEN 12 AND 15"""
    return replace(ground, facts=facts, conditions=conditions, **found)


GROUNDS += [make(ground) for make in (alone, both) for ground in BY_CONSENT]
EMERGENCY = {
    **NOT_NEVER,
    "other_purpose": "a.purpose = 'emergency'",
    "not_a_clinician": "v.role = 'clinician'",
    "other_person": "f.member = v.hat",
    "no_reason": "f.reason <> ''",
    **holds("f"),
    "too_long": f"{NOW} < f.valid_from + 24 * 3600 * 1000000",
    "does_not_treat": f"""EXISTS (SELECT 1 FROM assigned x JOIN viewer w ON w.hat = x.hat
        JOIN fits y ON y.role = w.role AND y.kind = w.organisation_kind
        WHERE x.trajectory IS NULL AND x.working AND w.organisation = v.organisation
          AND x.valid_from <= {NOW} AND (x.valid_until IS NULL OR {NOW} < x.valid_until)
          AND (x.cover_from IS NULL OR x.cover_from <= {NOW})
          AND (x.cover_until IS NULL OR {NOW} < x.cover_until) AND x.fits
          AND w.valid_from <= {NOW} AND (w.valid_until IS NULL OR {NOW} < w.valid_until))""",
}
"""Section 5: for a short time, here never more than a day, where one's organisation treats."""
GROUNDS += [
    Ground(
        "break_glass",
        "glass f",
        "f.id",
        {
            **EMERGENCY,
            "other_category": """c.category IN ('identity', 'existence', 'early_warning_plan',
                'medical')""",
        },
        sender="CASE c.gate WHEN 24 THEN v.organisation END",
        ungated="1",
        in_emergency=True,
    ),
    Ground(
        "break_glass",
        "glass f ON c.category = 'consent'",
        "f.id",
        EMERGENCY,
        scope="f.id",
        reach="authored",
        ungated="1",
        in_emergency=True,
    ),
    Ground(
        "review",
        "glass f ON c.category IN ('consent', 'access_log')",
        "f.id",
        {
            **cell("request"),
            "not_begun": f"f.valid_from <= {NOW}",
            "other_organisation": "f.desk = v.inbox",
            "not_a_clinician": """EXISTS (SELECT 1 FROM viewer w
                JOIN fits y ON y.role = w.role AND y.kind = w.organisation_kind
                WHERE w.hat = f.member AND w.role = 'clinician')""",
        },
        scope="f.id",
    ),
]
"""Who breaks the glass sees that; the desk reviews it, afterwards and for good (four eyes)."""

OF_THE_RECORD = {
    "other_trajectory": """y.trajectory IS NULL OR r.trajectory IS NULL
        OR r.trajectory = y.trajectory""",
    "other_sender": "y.sender IS NULL OR r.controller = y.sender",
    "other_record": "y.scope IS NULL OR r.scope = y.scope",
    "other_author": "y.reach <> 'authored' OR r.author = y.hat",
    "not_between": """y.reach <> 'own' OR EXISTS (SELECT 1 FROM party_to x
        WHERE x.place = r.place AND x.id = r.id AND x.organisation = y.organisation)""",
    "asked_of_another": """r.place <> 'referral' OR y.role NOT IN
            ('insurance_physician', 'labour_expert', 'municipal_case_manager')
        OR EXISTS (SELECT 1 FROM party_to x
            WHERE x.place = r.place AND x.id = r.id AND x.organisation = y.organisation)""",
    "not_released": "NOT r.gated OR r.released OR y.ungated",
    "not_in_audience": """NOT r.addressed OR y.ground IN ('self', 'mandate', 'author', 'request')
        OR (y.ground IN ('treatment', 'break_glass') AND r.category = 'early_warning_plan')
        OR EXISTS (SELECT 1 FROM audience x
            WHERE x.place = r.place AND x.id = r.id AND x.role = y.role)""",
    "told_to_another": """NOT r.confided OR y.ground IN ('self', 'request')
        OR y.hat IN (r.author, coalesce(r.told_to, ''))""",
    "restricted": """NOT r.restricted OR y.ground = 'self'
        OR coalesce(r.controller = y.organisation, 0)""",
}
"""What only the single record knows: its trajectory, sender, author and gates (section 3)."""
