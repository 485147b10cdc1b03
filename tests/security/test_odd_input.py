"""Input that parsers stumble over is refused, stored nowhere and repeated nowhere."""

import json
import re
from typing import Any

import httpx
import pytest

from tests.build.contract import document
from tests.build.stage import Stage
from tests.domain.consent.asking import ABSENT, QUESTION, with_question

REFUSED = {400, 413, 415}
GOOD = json.dumps(QUESTION)
ODD_BODIES = {
    "not a number": GOOD.replace('"wia"', "NaN"),
    "infinite": GOOD.replace('"wia"', "1e999"),
    "2^63": GOOD.replace('"wia"', "9223372036854775808"),
    "5000 digits": GOOD.replace('"wia"', "9" * 5000),
    "NUL": GOOD.replace("hout", r"hout\u0000"),
    "half a pair": GOOD.replace("hout", r"\ud800"),
    "twice the same key": GOOD.replace("{", '{"wantsWork": "no", ', 1),
    "unknown field": GOOD.replace("{", '{"authorId": "me", ', 1),
    "true for a text": GOOD.replace('"Iets met hout."', "true"),
    "number for a day": GOOD.replace('"2025-01-14"', "20250114"),
    "leap second": GOOD.replace('"2025-01-14"', '"2016-12-31T23:59:60Z"'),
    "nested": "[" * 100_000 + "]" * 100_000,
    "nested within": GOOD.replace('"wia"', '{"a":' * 50 + "1" + "}" * 50),
    "bidirectional": GOOD.replace("hout", "hout\u202e"),
    "homoglyph": GOOD.replace('"yes"', '"y\u0435s"'),
    "zero width": GOOD.replace('"yes"', '"y\u200bes"'),
    "full width": GOOD.replace("2025-01-14", "\uff12\uff10\uff12\uff15-01-14"),
    "turkish": GOOD.replace('"wia"', '"w\u0131a"'),
    "50,000 characters": GOOD.replace("hout", "a" * 50_000),
}


async def sent(stage: Stage, path: str, content: bytes, **headers: str) -> httpx.Response:
    """As the clinician, these bytes."""
    own = {
        "authorization": f"Bearer {stage.token('clinician')}",
        "content-type": "application/json",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return await stage.http.post(path, content=content, headers=own)


def stored(stage: Stage) -> int:
    with stage.database.connect_as_superuser() as db:
        found = db.execute("SELECT count(*) FROM work_question").fetchone()
    assert found is not None
    return int(found[0])


async def test_an_odd_body_is_refused_and_stored_nowhere(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    path, before = f"{alfa.of_client}/work-questions", stored(stage)
    odd = {name: text.encode() for name, text in ODD_BODIES.items()}
    odd |= {
        "utf-16": GOOD.encode("utf-16"),
        "byte order mark": b"\xef\xbb\xbf" + GOOD.encode(),
        "not utf-8": GOOD.encode().replace(b"hout", b"h\xff"),
        "20 MB": GOOD.replace("hout", "a" * 20_000_000).encode(),
    }
    for name, content in odd.items():
        answer = await sent(stage, path, content)
        assert answer.status_code in REFUSED, name
        assert answer.headers["content-type"] == "application/problem+json", name
        assert "Iets" not in answer.text, name
    assert stored(stage) == before
    assert (await sent(stage, path, GOOD.encode())).status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"content_encoding": "gzip"},
        {"content_encoding": "br"},
        {"content_type": "application/xml"},
        {"content_type": "application/fhir+json"},
        {"content_type": "application/json-patch+json"},
        {"content_type": "application/merge-patch+json"},
        {"content_type": "multipart/form-data; boundary=x"},
        {"content_type": "application/x-www-form-urlencoded"},
    ],
)
async def test_what_is_packed_or_no_json_is_refused_unread_for_hidden_and_visible(
    stage: Stage, headers: dict[str, str]
) -> None:
    alfa, _ = await with_question(stage)
    answers = [
        await sent(stage, path, b"\x1f\x8b" * 1000, **headers, x_request_id=ABSENT)
        for path in (f"{alfa.of_client}/work-questions", f"/v1/clients/{ABSENT}/work-questions")
    ]
    assert [answer.status_code for answer in answers] == [415, 415]
    assert answers[0].content == answers[1].content


async def test_an_odd_path_or_parameter_reaches_nothing(stage: Stage) -> None:
    alfa, _ = await with_question(stage)
    member = str(alfa.trajectory)
    for odd in (
        f"%20{alfa.client}",
        f"+{alfa.client}",
        f"{{{alfa.client}}}",
        str(alfa.client).replace("-", ""),
        f"{alfa.client}%00",
        f"{alfa.client},{alfa.client}",
        f"urn:uuid:{alfa.client}",
    ):
        answer = await stage.get("clinician", f"/v1/clients/{odd}")
        assert answer.status_code == 404, odd
    for odd in (f"{member}&trajectoryId={member}", f"{member},{member}", f"{member}%00"):
        answer = await stage.get("clinician", f"/v1/responsibilities?trajectoryId={odd}")
        assert answer.status_code in {200, 400, 404}, odd
        assert answer.json().get("items", []) == [], odd
    for odd in ("1_0", "+1", "%201", "1.0", "%EF%BC%91", "0", "101", "1&pageSize=2"):
        answer = await stage.get("clinician", f"/v1/clients?pageSize={odd}")
        assert answer.status_code == 400, odd


async def test_names_are_compared_once_and_in_one_form(stage: Stage) -> None:
    """A decomposed letter is stored composed; what only looks like a number is none."""
    body = {
        "bsn": "999990019",
        "givenName": "Rene\u0301",
        "familyName": "Test",
        "birthDate": "1990-05-17",
    }
    made = await stage.made("clinician", "/v1/clients", body)
    seen = await stage.seen("clinician", f"/v1/clients/{made['id']}")
    assert seen["givenName"] == "Ren\u00e9"
    for bsn in ("\uff19" * 5 + "0019", "999990019\u200b", "9999 90 019", "\u0669" * 5 + "0019"):
        refused = await stage.post("clinician", "/v1/clients", {**body, "bsn": bsn})
        assert refused.status_code == 400, bsn
        assert bsn not in refused.text


async def test_what_breaks_lines_and_headers_stays_within_its_field(stage: Stage) -> None:
    for odd in ("A\r\nSet-Cookie: a=1", "A\u2028B", "A\x1b[31mB", "=1+1\tA"):
        made = await stage.call("PATCH", "ggz_admin", "/v1/me", {"name": odd}, if_match='"x"')
        assert made.status_code in {400, 404, 405}
        assert "set-cookie" not in made.headers


def patterns(part: Any) -> set[str]:
    """Every regular expression of the contract."""
    if isinstance(part, list):
        return set().union(*map(patterns, part))
    if not isinstance(part, dict):
        return set()
    own = {part["pattern"]} if isinstance(part.get("pattern"), str) else set()
    return own.union(*map(patterns, part.values()))


def test_no_pattern_of_the_contract_takes_long_over_a_near_miss() -> None:
    """A pattern that backtracks would not come to an end here."""
    found = patterns(document())
    assert found
    for pattern in found:
        for filling in ("a", "1", "_", "a_", "1234 AB", "a@", "a.", " ", "-", "é"):
            assert re.search(pattern, filling * 50_000 + "\n!") is None
