"""The register of processing of the own organisation, made anew each time it is asked for."""

from app.access.acts import DirectoryAct
from app.access.processing.spans import Register
from app.access.session import Session
from app.access.vocabulary import OrganisationKind, Role, Verb
from app.domain.consent.rules.words import CATEGORIES
from app.domain.party.queries import organisations
from app.domain.privacy.rules import register as rules
from app.domain.privacy.schemas.register import ActivityOut, KeptOut, PartOut, RegisterOut
from app.platform.http.problems import NotAllowed

READ = DirectoryAct(
    Verb.READ, (Role.PRIVACY_DESK, Role.DATA_PROTECTION_OFFICER, Role.ORGANISATION_ADMIN)
)
SUBJECTS = ("clients", "their representatives and supporters", "members of organisations")


async def read(session: Session) -> RegisterOut:
    """Under the version of the policy that the organisation follows now; NotAllowed for others."""
    READ.allow(session.viewer)
    if session.viewer.organisation_id is None:
        raise NotAllowed
    row = await organisations.one(session, session.viewer.organisation_id)
    if row is None:
        raise NotAllowed
    kind = OrganisationKind(row.kind)
    return RegisterOut(
        organisation_id=row.id,
        controller=row.name,
        kind=kind,
        policy_version=row.policy_version,
        made_at=session.viewer.moment,
        data_subjects=list(SUBJECTS),
        transfers=[],
        measures=list(rules.MEASURES),
        activities=[
            _activity(each, session.services.telling.register)
            for each in rules.register(kind, row.policy_version, session.services.retention)
        ],
    )


def _activity(activity: rules.Activity, book: Register) -> ActivityOut:
    kept = activity.kept
    return ActivityOut(
        processing_activity_id=book.activity(activity.category),
        category=activity.category,
        label=CATEGORIES[activity.category],
        articles=list(activity.articles),
        within=[_part(line) for line in activity.within],
        recipients=[_part(line) for line in activity.recipients],
        kept=KeptOut(
            retention_class=kept.name,
            years=kept.years,
            begins=kept.begins,
            source=kept.source,
        ),
    )


def _part(line: rules.Line) -> PartOut:
    return PartOut(
        organisation_kind=line.kind,
        role=line.role,
        ground=line.ground,
        gate=line.gate,
        purposes=list(line.purposes),
        write=line.writes,
        article=line.article,
    )
