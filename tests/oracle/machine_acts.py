"""What the machine may do next: each act is one request of a likely party, or nothing to do."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import httpx

from app.access.vocabulary import FITTING_PURPOSES, Category, Role
from app.access.world import MandateKind
from tests.build.stage import Party
from tests.oracle.facts import matrix

if TYPE_CHECKING:
    from tests.oracle.machine import Machine

Act = Callable[["Machine"], Awaitable[httpx.Response | None]]
TICK = timedelta(microseconds=1)
TO = (
    Role.REINTEGRATION_COACH,
    Role.LABOUR_EXPERT,
    Role.INSURANCE_PHYSICIAN,
    Role.MUNICIPAL_CASE_MANAGER,
    Role.IPS_COACH,
    Role.PSYCHOLOGIST,
    Role.CLINICIAN,
)
MOVING = {
    "colleague": ("ggz_admin", "ggz"),
    "psychologist": ("ggz_admin", "ggz"),
    "ips": ("ggz_admin", "ggz"),
    "coach": ("company_admin", "company"),
    "coach_colleague": ("company_admin", "company"),
    "expert_colleague": ("uwv_admin", "uwv"),
}
"""Who may leave and be hired again, by whom."""
ENDS = (
    "SELECT valid_until FROM consent WHERE client_id = %(client)s UNION"
    " SELECT valid_until FROM block WHERE client_id = %(client)s UNION"
    " SELECT valid_from FROM block WHERE client_id = %(client)s UNION"
    " SELECT valid_from FROM consent WHERE client_id = %(client)s UNION"
    " SELECT valid_until FROM representative WHERE client_id = %(client)s UNION"
    " SELECT valid_until FROM break_glass WHERE client_id = %(client)s UNION"
    " SELECT valid_until FROM incapacity WHERE client_id = %(client)s UNION"
    " SELECT valid_from FROM substitution UNION SELECT valid_until FROM substitution"
)
ERASED = {"work_question", "medical", "wellbeing", "life_event", "early_warning_plan", "feedback"}
KEPT = {"outcome": "refuse", "ground": "interest_of_another"}


async def give(m: "Machine") -> httpx.Response:
    to = m.stage.parties[m.someone(*TO)]
    until = m.random.choice((None, None, 1, 2))
    assert to.role is not None
    body: dict[str, Any] = {
        "kind": "secrecy_waiver",
        "recipient": {"organisationId": str(to.organisation), "role": to.role.value},
        "categories": _shareable(m, to.role),
        "purposes": [p.value for p in FITTING_PURPOSES[to.role]][: m.random.choice((1, 2))],
        "textVersion": "2025-01",
        "givenHow": "portal",
        "trajectoryId": str(m.course.trajectory),
        "senderOrganisationId": None,
    }
    if until is not None:
        body["validUntil"] = (m.now + timedelta(days=until)).date().isoformat()
    if m.random.random() < 0.3:
        body["recipient"]["membershipId"] = str(to.membership)
    if m.random.random() < 0.3:
        body["senderOrganisationId"] = str(m.stage.organisations["ggz"])
    return await _speaking(m, f"{m.course.of_client}/consents", body)


async def withdraw(m: "Machine") -> httpx.Response | None:
    found = _of_client(m, "consent", "withdrawn_at IS NULL")
    if not found:
        return None
    return await _speaking(m, f"/v1/consents/{m.random.choice(found)}/withdrawals", {})


async def block(m: "Machine") -> httpx.Response:
    to = m.stage.parties[m.someone(*TO, Role.REPRESENTATIVE, Role.SUPPORTER)]
    if to.inbox is None:
        whom = {"personId": str(to.membership)}
    elif m.random.random() < 0.5:
        whom = {"organisationId": str(to.organisation)}
    else:
        whom = {"membershipId": str(to.membership)}
    body = {**whom, "categories": _categories(m)}
    return await m.stage.post("alfa", f"{m.course.of_client}/blocks", body)


async def lift(m: "Machine") -> httpx.Response | None:
    found = _of_client(m, "block", "valid_until IS NULL")
    return await _end(m, "alfa", f"{m.course.of_client}/blocks", found, "lifts")


async def expire(m: "Machine") -> httpx.Response | None:
    """Time goes to the very edge of a period that begins or ends, or to just beside it."""
    coming = f"SELECT at FROM ({ENDS}) e(at) WHERE at > %(now)s ORDER BY at LIMIT 1"
    with m.stage.database.connect_as_superuser() as db:
        row = db.execute(coming, {"client": m.course.client, "now": m.now + TICK}).fetchone()
    if row is None:
        return None
    m.at(row[0] + m.random.choice((-TICK, timedelta(0), TICK)))
    return await m.stage.get("alfa", m.course.of_client)


async def assign(m: "Machine") -> httpx.Response:
    pairs = (("coach_colleague", "expert"), ("coach", "expert"), ("coach_colleague", "coach"),
             ("coach", "coach_colleague"), ("ips", "clinician"))  # fmt: skip
    here = _taking_part(m, "participant")
    key, by = m.random.choice([(key, by) for key, by in pairs if by in here] or pairs)
    body = {**m.course.coach(), "membershipId": str(m.stage.parties[key].membership)}
    return await m.stage.post(by, f"{m.course.of_trajectory}/participants", body)


async def unassign(m: "Machine") -> httpx.Response | None:
    """Mostly by who it is, who may leave at any time."""
    here = _taking_part(m, "participant")
    if not here:
        return None
    who = m.random.choice(sorted(here))
    by = who if m.random.random() < 0.8 else m.random.choice(("expert", "coach", "alfa"))
    return await _end(m, by, f"{m.course.of_trajectory}/participants", [str(here[who])], "ends")


async def hand_over(m: "Machine") -> httpx.Response:
    """From one coach to the other, mostly by who hired them, after the yes of the client."""
    leaving, coming = m.random.sample(("coach", "coach_colleague"), 2)
    one = {"trajectoryId": str(m.course.trajectory)}
    if m.random.random() < 0.9:
        one["clientAgreement"] = m.course.coach()["clientAgreement"]
    body = {
        "toMembershipId": str(m.stage.parties[coming].membership),
        "trajectories": [one],
    }
    path = f"/v1/memberships/{m.stage.parties[leaving].membership}/hand-overs"
    return await m.stage.post(m.random.choice(("expert", "expert", leaving)), path, body)


async def treat(m: "Machine") -> httpx.Response:
    key = m.random.choice(("colleague", "psychologist", "ips"))
    body = {"membershipId": str(m.stage.parties[key].membership)}
    return await m.stage.post("clinician", f"{m.course.of_client}/treatment-team", body)


async def stop_treating(m: "Machine") -> httpx.Response | None:
    """Rarely the last one: what follows would be a record that nobody works on."""
    here = _taking_part(m, "treatment_team_member")
    if not here or (len(here) < 2 and m.random.random() < 0.8):
        return None
    treating = [key for key in here if key != "ips"]
    by, who = m.random.choice(treating or [*here]), m.random.choice(sorted(here))
    return await _end(m, by, f"{m.course.of_client}/treatment-team", [str(here[who])], "ends")


async def leave(m: "Machine") -> httpx.Response | None:
    staying = [key for key in MOVING if key not in m.left]
    if not staying:
        return None
    key = m.random.choice(staying)
    admin, organisation = MOVING[key]
    path = f"/v1/organisations/{m.stage.organisations[organisation]}/memberships"
    membership = str(m.stage.parties[key].membership)
    answer = await _end(m, admin, path, [membership], "ends", {"at": m.now.isoformat()})
    if answer is not None and answer.is_success:
        m.left.add(key)
    return answer


async def hire(m: "Machine") -> httpx.Response | None:
    if not m.left:
        return None
    key = m.random.choice(sorted(m.left))
    admin, organisation = MOVING[key]
    party = m.stage.parties[key]
    (who,) = m.ids("SELECT practitioner_id FROM membership WHERE id = %s", party.membership)
    assert party.role is not None
    answer = await m.stage.post(
        admin,
        f"/v1/organisations/{m.stage.organisations[organisation]}/memberships",
        {"practitionerId": str(who), "role": party.role.value},
    )
    if answer.is_success:
        (party.membership,) = m.ids("SELECT %s::uuid", answer.json()["id"])
        m.left.remove(key)
    return answer


async def refer(m: "Machine") -> httpx.Response | None:
    """On a consent that was just given for it; one body at a time answers for the trajectory."""
    open_task = await stop_task(m, "alfa")
    if open_task is not None and not open_task.is_success:
        return open_task
    key = m.random.choice(("case_manager", "expert", "expert_colleague"))
    to = m.stage.parties[key]
    assert to.role is not None
    given = await m.stage.post(
        "alfa",
        f"{m.course.of_client}/consents",
        {
            "kind": "secrecy_waiver",
            "recipient": {"organisationId": str(to.organisation), "role": to.role.value},
            "categories": ["existence", "identity", "start_conversation"],
            "purposes": ["reintegration"],
            "textVersion": "2025-01",
            "givenHow": "portal",
            "trajectoryId": str(m.course.trajectory),
            "senderOrganisationId": str(m.stage.organisations["ggz"]),
        },
    )
    if not given.is_success:
        return given
    day = m.now.date().isoformat()
    body = m.course.referral(key, given.json()["id"], clientAgreedOn=day)
    return await m.stage.post("clinician", "/v1/referrals", body)


async def answer_referral(m: "Machine") -> httpx.Response | None:
    """By the body that was asked, or taken back by who sent it."""
    still = "accepted_at IS NULL AND refused_at IS NULL AND withdrawn_at IS NULL"
    found = _of_client(m, "referral", still)
    if not found:
        return None
    (body_asked,) = m.ids("SELECT organisation_id FROM referral WHERE id = %s", found[0])
    theirs = "case_manager" if body_asked == m.stage.organisations["municipality"] else "expert"
    how, body, by = m.random.choice(
        (
            ("acceptances", {}, theirs),
            ("acceptances", {}, theirs),
            ("refusals", {"reason": "other_region"}, theirs),
            ("withdrawals", {}, m.random.choice(("clinician", "alfa"))),
        )
    )
    return await _end(m, by, "/v1/referrals", found[:1], how, body)


async def stop_task(m: "Machine", by: str = "") -> httpx.Response | None:
    found = _of_client(m, "responsibility", "valid_until IS NULL")
    path = f"{m.course.of_trajectory}/responsibilities"
    return await _end(m, by or m.random.choice(("alfa", "alfa", "expert")), path, found, "stops")


async def break_glass(m: "Machine") -> httpx.Response:
    body = {
        "clientId": str(m.course.client),
        "reason": "psychiatric_crisis",
        "explanation": "Client staat verward aan de balie.",
    }
    by = m.random.choice(("colleague", "clinician", "other_clinician"))
    return await m.stage.post(by, "/v1/emergency-accesses", body, purpose_of_use="emergency")


async def review(m: "Machine") -> httpx.Response | None:
    found = _of_client(m, "break_glass", "true")
    body = {"outcome": "justified", "finding": "Crisis."}
    return await _end(m, "ggz_desk", "/v1/emergency-accesses", found, "reviews", body)


async def restrict(m: "Machine") -> httpx.Response:
    body = {
        "organisationId": str(m.stage.organisations[m.random.choice(("ggz", "uwv", "company"))]),
        "category": m.random.choice(("work_history", "medical", "contact_log", "work_advice")),
        "ground": "accuracy_contested",
        "explanation": "Dit klopt niet.",
    }
    return await m.stage.post("alfa", f"{m.course.of_client}/restrictions", body)


async def lift_restriction(m: "Machine") -> httpx.Response | None:
    found = _of_client(m, "restriction", "lifted_at IS NULL")
    by = m.random.choice(("alfa", "alfa", "clinician", "expert"))
    path = f"{m.course.of_client}/restrictions"
    return await _end(m, by, path, found, "lifts", {"because": "Het is verbeterd."})


async def authorise(m: "Machine") -> httpx.Response:
    """A representative or supporter with a login, recorded by the client or by care."""
    kind = m.random.choice([*MandateKind, *[MandateKind.WRITTEN_AUTHORISATION] * 6])
    day = (m.now + timedelta(days=m.random.choice((1, 3, 60)))).date().isoformat()
    scope = sorted({"existence", *m.random.sample(["ladder", "status", "action_plan"], 2)})
    role, path = Role.SUPPORTER, "supporters"
    body: dict[str, Any] = {"name": "Naaste", "scope": scope, "validUntil": day}
    if m.random.random() < 0.7:
        role, path = Role.REPRESENTATIVE, "representatives"
        body |= {"kind": kind.value, "evidence": "Papier."}
    by = "alfa" if path == "supporters" else m.random.choice(("alfa", "clinician"))
    made = await m.stage.post(by, f"{m.course.of_client}/{path}", body)
    if not made.is_success:
        return made
    hat, subject = made.json()["id"], f"subject-{uuid4()}"
    link = {
        "clientId": str(m.course.client),
        "issuer": m.stage.issuer.url,
        "subject": subject,
        "role": role.value,
        "personId": hat,
    }
    answer = await m.stage.post(by, "/v1/account-links", link)
    if answer.is_success:
        (found,) = m.ids("SELECT %s::uuid", hat)
        name = f"{role.value} {len(m.stage.parties)}"
        m.stage.parties[name] = Party(name, subject, found, role=role)
    return answer


async def end_mandate(m: "Machine") -> httpx.Response | None:
    found = _of_client(m, "representative", "true")
    path = f"{m.course.of_client}/representatives"
    return await _end(m, m.random.choice(("alfa", "alfa", "clinician")), path, found, "ends")


async def find_incapacity(m: "Machine") -> httpx.Response:
    body = {
        "decision": "Delen van het behandelplan",
        "finding": "Client kan de gevolgen nu niet overzien.",
        "categories": ["medical", "ladder"],
        "validUntil": (m.now + timedelta(days=90)).date().isoformat(),
    }
    return await m.stage.post("clinician", f"{m.course.of_client}/incapacities", body)


async def end_incapacity(m: "Machine") -> httpx.Response | None:
    found = _of_client(m, "incapacity", f"valid_until > '{m.now.isoformat()}'")
    return await _end(m, "clinician", f"{m.course.of_client}/incapacities", found, "ends")


async def cover(m: "Machine") -> httpx.Response:
    absent, stand_in = m.random.choice(
        (("clinician", "colleague"), ("coach", "coach_colleague"), ("expert", "expert_colleague"))
    )
    since = m.now.date() + timedelta(days=m.random.choice((0, 0, 1)))
    body = {
        "absentMembershipId": str(m.stage.parties[absent].membership),
        "substituteMembershipId": str(m.stage.parties[stand_in].membership),
        "validFrom": since.isoformat(),
        "validUntil": (since + timedelta(days=2)).isoformat(),
    }
    return await m.stage.post(absent, "/v1/substitutions", body)


async def supervise(m: "Machine") -> httpx.Response:
    below = m.stage.parties[m.random.choice(("coach", "coach_colleague"))]
    body = {
        "supervisedMembershipId": str(below.membership),
        "supervisorMembershipId": str(m.stage.parties["company_supervisor"].membership),
    }
    return await m.stage.post("company_admin", "/v1/supervisions", body)


async def switch_policy(m: "Machine") -> httpx.Response | None:
    path = f"/v1/organisations/{m.stage.organisations['ggz']}"
    now = await m.stage.get("ggz_desk", path)
    body = {"policyVersion": 3 - now.json().get("policyVersion", 1)}
    return await m.stage.call("PATCH", "ggz_desk", path, body, if_match=now.headers["etag"])


async def erase(m: "Machine") -> httpx.Response:
    """The client asks care to destroy its part; the desk destroys some of it, and answers."""
    body = {"kind": "erasure", "organisationId": str(m.stage.organisations["ggz"])}
    asked = await m.stage.post("alfa", f"{m.course.of_client}/data-subject-requests", body)
    if not asked.is_success:
        return asked
    request = f"/v1/data-subject-requests/{asked.json()['id']}"
    held = await m.stage.made("ggz_desk", f"{request}/records/_search")
    for category in sorted({item["category"] for item in held["items"]}):
        gone = category in ERASED and m.random.random() < 0.5
        decided = {"outcome": "destroy", "ground": "on_request"} if gone else KEPT
        body = {"category": category, **decided}
        await m.stage.made("ggz_desk", f"{request}/decisions", body)
    return await m.stage.post("ggz_desk", f"{request}/answers", {"answer": "Zo is besloten."})


ACTS: dict[str, Act] = {
    act.__name__: act
    for act in (
        give,
        withdraw,
        block,
        lift,
        expire,
        assign,
        unassign,
        hand_over,
        treat,
        stop_treating,
        leave,
        hire,
        refer,
        answer_referral,
        stop_task,
        break_glass,
        review,
        restrict,
        lift_restriction,
        authorise,
        end_mandate,
        find_incapacity,
        end_incapacity,
        cover,
        supervise,
        switch_policy,
        erase,
    )
}


def _categories(m: "Machine") -> list[str]:
    count = m.random.choice((1, 4, 12))
    some = m.random.sample([category.value for category in Category], count)
    return sorted({*some, *(["existence"] if m.random.random() < 0.5 else [])})


def _shareable(m: "Machine", role: Role) -> list[str]:
    """Mostly what a consent can open for this role (the matrix)."""
    opened = [
        row["category"]
        for row in matrix("ceiling_v1.csv")
        if row["category"] != "bsn"
        and row[role] in {"consent", "treatment", "assignment", "statutory"}
    ]
    return sorted(m.random.sample(opened, min(len(opened), m.random.choice((1, 3, 9)))))


def _of_client(m: "Machine", table: str, condition: str) -> list[str]:
    found = m.ids(
        f"SELECT id FROM {table} WHERE client_id = %s AND {condition}",
        m.course.client,
    )
    return [str(one) for one in found] if "ORDER BY" in condition else sorted(map(str, found))


def _taking_part(m: "Machine", table: str) -> dict[str, str]:
    """Who has a seat without an end, and which."""
    with m.stage.database.connect_as_superuser() as db:
        seats = db.execute(
            f"SELECT membership_id, id FROM {table} WHERE client_id = %s AND valid_until IS NULL",
            [m.course.client],
        ).fetchall()
    keys = {party.membership: key for key, party in m.stage.parties.items()}
    return {keys[who]: str(seat) for who, seat in seats if who in keys and keys[who] not in m.left}


async def _speaking(m: "Machine", path: str, body: Any) -> httpx.Response:
    """The client, now and then who acts for the client."""
    who = m.someone(Role.REPRESENTATIVE, Role.CLIENT) if m.random.random() < 0.3 else "alfa"
    return await m.stage.post(who, path, body)


async def _end(  # noqa: PLR0917 - who, which, what
    m: "Machine", by: str, path: str, found: list[str], act: str, body: Any = None
) -> httpx.Response | None:
    """One of these is moved, with the ETag that this party is shown."""
    if not found:
        return None
    one = f"{path}/{m.random.choice(found)}"
    shown = await m.stage.get(by, one)
    tag = shown.headers.get("etag")
    headers = {} if tag is None else {"if_match": tag}
    return await m.stage.post(by, f"{one}/{act}", body, **headers)
