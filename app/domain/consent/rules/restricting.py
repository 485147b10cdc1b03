"""Why a record may be restricted (GDPR, article 18, paragraph 1); pure."""

from enum import StrEnum

from app.access.ceilings import MayWrite, writing
from app.access.vocabulary import Category, Role


class RestrictionGround(StrEnum):
    """The four cases of the article, and what may not be used because it is only kept by law."""

    ACCURACY_CONTESTED = "accuracy_contested"
    UNLAWFUL_NOT_ERASED = "unlawful_not_erased"
    NEEDED_FOR_CLAIM = "needed_for_claim"
    OBJECTION_PENDING = "objection_pending"
    KEPT_BY_LAW = "kept_by_law"


def may_restrict(role: Role, category: Category, *, answers: bool) -> bool:
    """The client, whose right it is; or who may correct such records of the own organisation."""
    if role is Role.CLIENT:
        return True
    return answers and writing()[category, role] is MayWrite.CORRECT_OWN
