"""A Patient as a client to register, and as one whose name or number is mended."""

from collections.abc import Sequence

from app.facades.fhir import names, outcomes
from app.facades.fhir.asking import Asked, must
from app.facades.fhir.differing import elements
from app.facades.fhir.drafts.about import own_organisation
from app.facades.fhir.elements import Json, filled
from app.facades.fhir.registry import Draft
from app.facades.fhir.taking import Taking, taking

TELECOM = {"email": "email", "phone": "telephone"}
MENDED = frozenset({"name", "telecom", "birthDate"})
QUALIFIER = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier"


async def create(asked: Asked, sent: Json) -> Draft:
    """A client of one's own organisation; what the API has no place for is refused by name."""
    left = taking(sent)
    body = filled(**_number(left), **_name(left), **_telecom(left))
    birth = left.required(left.take("birthDate", to="birthDate"), "birthDate")
    left.fixed("active", among={True})
    await own_organisation(asked, left, "managingOrganization")
    left.done()
    return Draft("/clients", {**body, "birthDate": birth}, left.places)


def _number(left: Taking) -> Json:
    """The BSN; other numbers of the sender have no place here."""
    for each in left.each("identifier"):
        if each.leaves.get((*each.at, "system")) == names.BSN:
            each.take("system")
            each.fixed("use", among={"official"})
            return {"bsn": left.required(each.take("value", to="bsn"), "identifier")}
    raise left.wrong("identifier", code="required", detail="A BSN is required here.")


def _name(left: Taking) -> Json:
    """One name; all given names are one text, as they are spoken."""
    name = next(left.each("name"), left.within("name"))
    name.fixed("use", among={"official", "usual"})
    given = [part.take() for part in name.each("given")]
    family = name.take("family", to="familyName")
    words = [*given, family]
    name.fixed("text", among={" ".join(str(word) for word in words)})
    for part in name.each("_given"):
        _qualifier(part)
    left.places["#/givenName"] = "Patient.name[0].given"
    return {
        "givenName": left.required(" ".join(given) or None, "name"),
        "familyName": left.required(family, "name"),
    }


def _qualifier(part: Taking) -> None:
    """That a given name is one of birth says nothing more; initials would be something else."""
    for each in part.each("extension"):
        if each.leaves.get((*each.at, "url")) == QUALIFIER:
            each.fixed("valueCode", among={"BR"})
            if not each.there("valueCode"):
                each.take("url")


def _telecom(left: Taking) -> Json:
    """One address and one number; a second one has no place here."""
    found: Json = {}
    for each in left.each("telecom"):
        field = TELECOM.get(str(each.leaves.get((*each.at, "system"))))
        if field and field not in found:
            each.take("system")
            found[field] = each.take("value", to=field)
    return found


async def update(asked: Asked, now: Json, sent: Json, changed: Sequence[str]) -> Draft | None:
    """What is told otherwise of name, address, number and birth date.

    What is left out is taken away. None where the same is only said in other words.
    """
    found = elements(changed)
    other = [name for name in sorted(found - MENDED) if not await _same(asked, now, sent, name)]
    if other:
        raise outcomes.unsupported(*(f"Patient.{name}" for name in other))
    left = taking({"resourceType": "Patient", **{n: sent[n] for n in found & MENDED if n in sent}})
    body: Json = _name(left) if "name" in found else {}
    if "telecom" in found:
        body |= {**dict.fromkeys(TELECOM.values()), **_telecom(left)}
    if "birthDate" in found:
        day = left.take("birthDate", to="birthDate")
        body["birthDate"] = left.required(day, "birthDate")
    left.done()
    return Draft(f"/clients/{now['id']}", body, left.places, method="PATCH") if body else None


async def _same(asked: Asked, now: Json, sent: Json, name: str) -> bool:
    """Whether a sender only says in its own way who this is, or omits what the server gives."""
    if name == "active":
        return sent.get(name) is True
    if name == "managingOrganization":
        return name not in sent
    return name == "identifier" and await _same_person(asked, now, sent.get(name, []))


async def _same_person(asked: Asked, now: Json, identifiers: Sequence[Json]) -> bool:
    """The numbers that were told, and a BSN only if it finds this client."""
    found = [each for each in identifiers if each not in now.get("identifier", [])]
    for each in found:
        if each.get("system") != names.BSN or each.keys() - {"system", "value", "use"}:
            return False
        told = must(await asked.call("POST", "/clients/_search", {"bsn": each.get("value", "")}))
        if now["id"] not in {client["id"] for client in told.json["items"]}:
            return False
    return bool(identifiers)
