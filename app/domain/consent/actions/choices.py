"""What a client chooses, or is asked to: for whom and what for, as it is stored and told again."""

from typing import Any

from sqlalchemy import Row

from app.access.vocabulary import Purpose, mask_of
from app.domain.consent.schemas.consents import ConsentChoice


def stored(choice: ConsentChoice) -> dict[str, Any]:
    """The choice as columns, of a consent and of a request for one alike."""
    return {
        "kind": choice.kind.value,
        "sender_organisation_id": choice.sender_organisation_id,
        "recipient_organisation_id": choice.recipient.organisation_id,
        "recipient_role": choice.recipient.role.value,
        "recipient_membership_id": choice.recipient.membership_id,
        "categories": mask_of(set(choice.categories)),
        "purposes": sum(purpose.bit for purpose in set(choice.purposes)),
        "record_id": choice.record_id,
    }


def recipient_of(row: Row[Any]) -> dict[str, Any]:
    """For whom it is."""
    return {
        "organisation_id": row.recipient_organisation_id,
        "role": row.recipient_role,
        "membership_id": row.recipient_membership_id,
    }


def purposes_of(row: Row[Any]) -> list[Purpose]:
    """What for, in the order of the vocabulary."""
    return [purpose for purpose in Purpose if row.purposes & purpose.bit]
