"""Whether the types in the file can hold what will be sent; read from the Catalogi API."""

from collections.abc import Iterator
from datetime import date

from app.zgw.calls import RefusedError
from app.zgw.moments import END
from app.zgw.settings import ZgwFile
from app.zgw.shapes import Type
from app.zgw.zaken import Zaken

GENERIC = {
    "coach": {"behandelaar"},
    "body": {"zaakcoordinator", "beslisser"},
}


def misfits(file: ZgwFile, zaken: Zaken, today: date) -> list[str]:
    """Each in one line, by the name in the file; empty when everything fits."""
    found = [*_of_zaaktype(file, zaken, today)]
    for name, url in file.statustypen.items():
        found += _of_status(f"statustypen.{name}", _type(zaken, url), file, end=name == END)
    for name, url in file.resultaattypen.items():
        found += _belongs(f"resultaattypen.{name}", _type(zaken, url), file)
    for role, generic in GENERIC.items():
        url = getattr(file.roltypen, role)
        if url is not None:
            found += _of_rol(f"roltypen.{role}", generic, _type(zaken, url), file)
    return found


def _type(zaken: Zaken, url: str) -> Type | None:
    try:
        return zaken.type_of(url)
    except RefusedError:
        return None


def _of_zaaktype(file: ZgwFile, zaken: Zaken, today: date) -> Iterator[str]:
    found = _type(zaken, file.zaak.zaaktype)
    if found is None:
        yield "zaak.zaaktype: is not found"
        return
    if found.concept:
        yield "zaak.zaaktype: is not published"
    begins, ends = found.begin_geldigheid, found.einde_geldigheid
    if (begins is not None and begins > today) or (ends is not None and ends <= today):
        yield "zaak.zaaktype: is not valid today"


def _belongs(name: str, found: Type | None, file: ZgwFile) -> Iterator[str]:
    if found is None:
        yield f"{name}: is not found"
    elif found.zaaktype != file.zaak.zaaktype:
        yield f"{name}: belongs to another zaaktype"


def _of_status(name: str, found: Type | None, file: ZgwFile, *, end: bool) -> Iterator[str]:
    yield from _belongs(name, found, file)
    if found is not None and found.is_eindstatus is not None and found.is_eindstatus != end:
        yield f"{name}: {'is not' if end else 'is'} the last status of the zaaktype"


def _of_rol(name: str, generic: set[str], found: Type | None, file: ZgwFile) -> Iterator[str]:
    yield from _belongs(name, found, file)
    if found is not None and found.omschrijving_generiek not in generic:
        yield f"{name}: must be {' or '.join(sorted(generic))}"
