"""Small faults by rule in the pure parts of the decision, and in what carries it to a statement."""

from tests.mutation.operators import mutants
from tests.mutation.planting import ROOT, Plant

PURE = (
    *(
        f"app/access/policy/{name}.py"
        for name in (
            "__init__",
            "ages",
            "blocks",
            "consent",
            "emergency",
            "involvement",
            "members",
            "persons",
            "single",
            "substitution",
        )
    ),
    "app/access/ceilings.py",
    "app/access/vocabulary.py",
)
POLICY_TESTS = (
    "tests/rules/test_policy_ages.py",
    "tests/rules/test_policy_gates.py",
    "tests/rules/test_policy_emergency.py",
    "tests/rules/test_policy_mandates.py",
    "tests/access/test_ceilings.py",
    "tests/rules/test_policy_whole.py",
    "tests/rules/test_policy_laws.py",
)
"""In the order of what they cost."""
WITH_DATABASE = {
    "app/access/rows.py": ("tests/walls/test_where.py", "tests/access/test_answers.py"),
    "app/access/attribution.py": (
        "tests/access/test_log.py",
        "tests/access/test_sealing.py",
        "tests/domain/consent/test_oversee.py",
    ),
    "app/access/refusals.py": ("tests/access/test_log.py", "tests/domain/consent/test_oversee.py"),
    "app/access/days.py": ("tests/domain/ladder/test_measure.py",),
}  # fmt: skip


def plants() -> list[Plant]:
    """Every small fault, in the order of the modules and their lines."""
    found = [
        Plant(one.name, {path: one.source}, POLICY_TESTS, pure=True)
        for path in PURE
        for one in mutants(ROOT, path)
    ]
    return found + [
        Plant(one.name, {path: one.source}, killers)
        for path, killers in WITH_DATABASE.items()
        for one in mutants(ROOT, path)
    ]


def rebound(plant: Plant) -> bool:
    """Whether names can be bound anew; the words themselves are compared by identity all over."""
    return "app/access/vocabulary.py" not in plant.files
