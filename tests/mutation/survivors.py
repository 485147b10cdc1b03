"""Small faults that no test notices, each with why nothing is wrong with it."""

ALIAS = "A name for a type; nothing reads it while the application runs."
EXPORTED = "What a star import would take; nobody imports so, and import-linter reads names."
CLOSED_BELOW = "Where there is no member there is no period either, and that is asked too."
NO_END = "Asked twice: no end of a seat, no time after it; either question alone answers it."
OWNED = "Only contracts and referrals open an inbox to blocks, and they name its owner themselves."
MASKED = "The grant's own categories are taken together with it right after."
CHOSEN_OF = (
    "Read by the noun consent: its tests in test_mandates_by_law.py and test_prove.py hold it."
)
PLAIN = "The matrices are plain ASCII without line ends in cells: any way of reading is the same."
TOLD = "Only the words of the error are shorter."
NOBODY_HAS = "No cell of the matrix is like that; the line is for one that would be."

_P, _C = "app/access/policy/", "app/access/ceilings.py"
_NO_MEMBER = "member is None or period is None"
_KINDS = "{MandateKind.WRITTEN_AUTHORISATION, MandateKind.RELATIVE}"
_READS = "(FOLDER / name).open(encoding='utf-8', newline='')"

EXPLAINED: dict[str, str] = {
    f"{_P}__init__.py : ['grants', 'treats'] -> (['treats'])": EXPORTED,
    f"{_P}__init__.py : ['grants', 'treats'] -> (['grants'])": EXPORTED,
    f"{_P}blocks.py organisations: owners |= {{member.inbox_id: member.organisati ..."
    " er in world.members} -> pass": OWNED,
    f"{_P}blocks.py _barred: EVERY_CATEGORY & ~barred -> (~barred)": MASKED,
    f"{_P}involvement.py : {{Category.STATUS, Category.FEEDBACK}} -> ({{Category.STATUS}})": (
        NOBODY_HAS
    ),
    f"{_P}involvement.py of_treatment: {_NO_MEMBER} or member.role not in GGZ_TEAM"
    " -> (period is None or member.role not in GGZ_TEAM)": CLOSED_BELOW,
    f"{_P}involvement.py of_assignment: {_NO_MEMBER} -> (period is None)": CLOSED_BELOW,
    f"{_P}single.py of_confirmation: {_NO_MEMBER} -> (period is None)": CLOSED_BELOW,
    f"{_P}involvement.py of_assignment: assignment.keeps_own_records and assignment.p ..."
    " id_until is not None -> (assignment.keeps_own_records)": NO_END,
    f"{_P}involvement.py _afterwards: None if end is None else member.period.meets(Period(end))"
    " -> (member.period.meets(Period(end)))": NO_END,
    f"{_P}persons.py : (Period, frozenset[Category]) -> ((frozenset[Category],))": ALIAS,
    f"{_P}persons.py : (Period, frozenset[Category]) -> ((Period,))": ALIAS,
    f"{_P}persons.py : {_KINDS} -> ({{MandateKind.RELATIVE}})": CHOSEN_OF,
    f"{_P}persons.py : {_KINDS} -> ({{MandateKind.WRITTEN_AUTHORISATION}})": CHOSEN_OF,
    f"{_C} _rows: {_READS} -> ((FOLDER / name).open(encoding='utf-8'))": PLAIN,
    f"{_C} _rows: {_READS} -> ((FOLDER / name).open(newline=''))": PLAIN,
    f"{_C} _total: (c, r) -> ((c,))": TOLD,
}
