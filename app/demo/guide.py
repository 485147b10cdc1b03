"""What the demo shows at the end: where to look, as whom, and calls to paste."""

from app.demo.caseload import COURSES
from app.demo.cast import ADMINISTRATORS, BSN, NEWCOMERS, ORGANISATIONS, PEOPLE, subject
from app.demo.player import Player
from app.platform.security.demo_issuer import PREFIX

STAY = "2026-09-04"
"""Where the clock stays: the day after Echo's trajectory ended. Those assigned to it keep reading
for 30 days; of Alfa's, which ended in April, only the own records of each controller are left."""

_TEXT = """
--- Trede is ready: {url}
    Open it in a browser, and log in as one of the personas: {url}/
    Documentation of the API, also offline: {url}/docs
    The clock of this demo stands at {stay} and runs on while it is served.
    Alfa's trajectory ended on 2026-04-03: its parties now read only what their own organisation
    keeps. Echo's ended on 2026-09-03: those assigned keep reading for 30 days.
    Beside these two, 23 trajectories of every kind are under way, most of them of one coach.

--- Personas, each with a login:
{personas}

    A token: curl -s -d persona=coach-echo {url}/demo-issuer/token
    To paste first:
{token}

--- Calls:
    1. What Echo's coach sees of the trajectory
{coach}
    2. What UWV's labour expert learns when asking for the status by BSN
{status}
    3. Who looked at Echo's data, as Echo reads it
{log}
    4. The whole caseload of a coach: phase, rung, next step, what waits and what is new
{caseload}
    5. What waits for this coach, and the reminders that the process made
{tasks}
{reminders}
    6. Employers that the coach's organisation knows and keeps for itself
{employers}

    Ctrl-C ends it. The next start takes seconds and plays nothing again.
"""
_ASKING = (
    'token() {{ curl -s -d "persona=$1" {url}/demo-issuer/token'
    """ | sed -E 's/.*"access_token":"([^"]+)".*/\\1/'; }}"""
)
_GET = 'curl -s -H "Authorization: Bearer $(token {persona})" "{url}{path}"'
_POST = _GET + " -H 'Content-Type: application/json' -d '{body}'"
COACH = "coach-caseload"
_OF_COACH = (
    ("caseload", "/v1/caseload?pageSize=50"),
    ("tasks", "/v1/tasks"),
    ("reminders", "/v1/reminders?pageSize=50"),
    ("employers", "/v1/employers"),
)


async def guide(player: Player, url: str) -> str:
    """The text, with addresses that work now."""
    trajectories = await player.seen("coach-echo", "/v1/trajectories")
    me = await player.seen("echo", "/v1/me")
    trajectory, client = trajectories["items"][0]["id"], me["hats"][0]["clientId"]
    log = f"/v1/clients/{client}/access-log?newestFirst=true"
    lines = {
        "token": _ASKING.format(url=url),
        "coach": _GET.format(persona="coach-echo", url=url, path=f"/v1/trajectories/{trajectory}"),
        "status": _POST.format(
            persona="expert-echo",
            url=url,
            path="/v1/trajectory-statuses/_search",
            body=f'{{"bsn": "{BSN["echo"]}"}}',
        ),
        "log": _GET.format(persona="echo", url=url, path=log),
        **{name: _GET.format(persona=COACH, url=url, path=path) for name, path in _OF_COACH},
    }
    shown = {name: f"       {line}" for name, line in lines.items()}
    return _TEXT.format(url=url, stay=STAY, personas="\n".join(_personas(url)), **shown)


def _personas(url: str) -> list[str]:
    found = {
        "alfa": "Testclient Alfa",
        "echo": "Testclient Echo",
        "representative-echo": "Gemachtigde-E1",
    }
    found |= {course.client: f"Testclient {course.client.capitalize()}" for course in COURSES}
    for persona, (name, role, key) in PEOPLE.items():
        found[persona] = f"{name}, {role.value.replace('_', ' ')}, {ORGANISATIONS[key][1]}"
    lines = [f"    {persona:20} {words}" for persona, words in found.items()]
    administrators, newcomers = ", ".join(ADMINISTRATORS[1:]), ", ".join(NEWCOMERS[1:])
    return [
        *lines,
        f"    {'system':20} the platform",
        f"    {ADMINISTRATORS[0]:20} an administrator, and {administrators}",
        f"    {NEWCOMERS[0]:20} logins of nobody yet, and {newcomers}: link to whom you register,",
        f"    with issuer {url}{PREFIX} and subject {subject(NEWCOMERS[0])}",
    ]
