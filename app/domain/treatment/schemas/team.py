"""Members of the treatment team, in and out."""

from uuid import UUID

from pydantic import ConfigDict

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category, Role
from app.platform.http.schemas import Id, In, Moment


class TeamMemberIn(In):
    """A colleague of your own organisation who treats this client from now on."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"membershipId": "6f1c1f0a-3f57-4c8e-9d55-0b1c5f0e7a11"}]}
    )
    membership_id: Id


class TeamMemberOut(Disclosed, category=Category.MEDICAL):
    """Who treats this client, from when until when."""

    id: UUID
    membership_id: UUID
    name: str
    role: Role
    organisation_id: UUID
    valid_from: Moment
    valid_until: Moment | None
    recorded_at: Moment
    withheld: list[str]
