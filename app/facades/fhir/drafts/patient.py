"""A Patient as a client to register."""

from app.facades.fhir import names
from app.facades.fhir.asking import Asked
from app.facades.fhir.drafts.parties import own_organisation
from app.facades.fhir.elements import Json, filled
from app.facades.fhir.registry import Draft
from app.facades.fhir.taking import Taking, taking

TELECOM = {"email": "email", "phone": "telephone"}
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
