"""What stands at the top of every page: the few places where each role works."""

from dataclasses import dataclass

from app.access.vocabulary import Role
from app.facades.web.visits import Visit


@dataclass(frozen=True, slots=True)
class Link:
    """A place of the site, in the words of who goes there."""

    href: str
    words: str
    current: bool = False


_CASELOAD = Link("/caseload", "Mijn caseload")
_TASKS = Link("/tasks", "Mijn taken")
_CLIENTS = Link("/clients", "Cliënten")
_REFERRALS = Link("/referrals", "Aanmeldingen")
_STATUS = Link("/trajectory-statuses", "Status opvragen")
_RESPONSIBLE = Link("/responsibilities", "Verantwoordelijkheid")
_EMPLOYERS = Link("/employers", "Werkgevers")
_TEAMS = Link("/teams", "Teams")
_REQUESTS = Link("/data-subject-requests", "Verzoeken")
_OWN = (
    Link("/my-trajectory", "Mijn traject"),
    Link("/my-ladder", "Mijn ladder"),
    Link("/my-plans", "Mijn plannen"),
    Link("/my-access", "Wie ziet wat"),
    Link("/my-log", "Wie keek er"),
    Link("/my-file", "Mijn dossier"),
)
_TRUSTED = tuple(link for link in _OWN if link.href not in {"/my-access", "/my-log"})
"""Who looked is between the client and who acts for the client."""
_TREATING = (_CASELOAD, _TASKS, _CLIENTS, _REFERRALS, _TEAMS)
_COACHING = (_CASELOAD, _TASKS, _REFERRALS, _EMPLOYERS, _TEAMS)
_FUNDING = (_STATUS, _TASKS, _CASELOAD, _REFERRALS, _RESPONSIBLE)
_PLACING = (*_FUNDING, _EMPLOYERS)
_DIRECTORY = (Link("/organisations", "Organisaties"), _TEAMS)
"""For who has nothing else here; everybody may know who works where."""
_OF_ROLE: dict[Role, tuple[Link, ...]] = {
    Role.CLIENT: _OWN,
    Role.REPRESENTATIVE: _OWN,
    Role.SUPPORTER: _TRUSTED,
    Role.CLINICIAN: _TREATING,
    Role.PSYCHOLOGIST: _TREATING,
    Role.IPS_COACH: _COACHING,
    Role.REINTEGRATION_COACH: _COACHING,
    Role.INSURANCE_PHYSICIAN: _FUNDING,
    Role.LABOUR_EXPERT: _PLACING,
    Role.MUNICIPAL_CASE_MANAGER: (*_PLACING, _CLIENTS),
    Role.JOB_COACH: (_CASELOAD, _TASKS, _EMPLOYERS, _TEAMS),
    Role.EMPLOYER: (Link("/workplaces", "Werkplekken"), _TASKS),
    Role.SUPERVISOR: (_CASELOAD, _TEAMS, _TASKS, _EMPLOYERS),
    Role.PRIVACY_DESK: (
        Link("/privacy-desk", "Privacyloket"),
        _REQUESTS,
        Link("/emergency-accesses", "Noodtoegang"),
        Link("/privacy-desk/log", "Toegangslog"),
    ),
    Role.DATA_PROTECTION_OFFICER: (
        Link("/privacy-desk", "Overzicht"),
        Link("/privacy-desk/log", "Toegangslog"),
        Link("/emergency-accesses", "Noodtoegang"),
        Link("/privacy-desk/register", "Register"),
    ),
    Role.ORGANISATION_ADMIN: (
        Link("/organisation", "Organisatie"),
        Link("/organisation/members", "Medewerkers"),
        Link("/organisation/machines", "Systemen"),
        _TEAMS,
    ),
    Role.SYSTEM_ADMIN: (Link("/organisations", "Organisaties"),),
}


def navigation(visit: Visit) -> list[Link]:
    """The places of this role; the one where the page stands is marked."""
    path = visit.request.url.path
    found = _OF_ROLE.get(Role(visit.role), _DIRECTORY)
    around = [link.href for link in found if f"{path}/".startswith(f"{link.href}/")]
    nearest = max(around, key=len, default=None)
    return [Link(link.href, link.words, link.href == nearest) for link in found]


def home(visit: Visit) -> str:
    """Where a person of this role begins."""
    found = navigation(visit)
    return found[0].href if found else "/hat"
