"""XML that comes in: without tricks, and so that nothing in it is passed over.

The library that reads it takes the last of two, and leaves out what it does not know: attributes,
loose text, other namespaces, elements without a value. So what it made of it is held beside it.
"""

import re
from collections import Counter
from typing import Any

from lxml import etree

from app.facades.fhir import names
from app.platform.http import strict_json
from app.platform.http.problems import BadRequest, Fault

XHTML = "{http://www.w3.org/1999/xhtml}div"
SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
DEEPEST = 32
HUGE = re.compile(r"\s*[+-]?[\d._]+[eE][+-]?[\d_]{3,}\s*")
"""A few letters that become as many digits as they say when the number is written out."""
Path = tuple[str, ...]


def tree(raw: bytes) -> Any:
    """Without entities, document types, comments or the network, and not too deep."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise _bad("#", "invalid_xml", "The body is not well-formed XML.") from None
    if root.getroottree().docinfo.doctype:
        raise _bad("#", "invalid_xml", "A document type is not taken.")
    if _depth(root) > DEEPEST:
        raise _bad("#", "too_deep", f"The XML is nested deeper than {DEEPEST} levels.")
    if any(HUGE.fullmatch(value) for each in root.iter() for value in each.attrib.values()):
        raise _bad("#", "invalid_xml", "A number has an exponent that no measurement has.")
    root.attrib.pop(SCHEMA, None)
    return root


def type_of(root: Any) -> str:
    """The type of the resource; empty for what is not of FHIR."""
    name = etree.QName(root)
    return str(name.localname) if name.namespace == names.FHIR else ""


def written(root: Any) -> bytes:
    return bytes(etree.tostring(root))


def require_all_of(root: Any, understood: bytes | str) -> None:
    """Raises BadRequest where something stands that was not understood."""
    kept = Counter(_paths(etree.fromstring(understood)))
    for path, times in Counter(_paths(root)).items():
        if times > kept[path]:
            detail = "This is not as FHIR R4 has it."
            raise _bad(_told(path), "unknown_field", detail)


def _paths(root: Any) -> list[Path]:
    """Every element, attribute and loose text by the names above it; a narrative is one whole."""
    found: list[Path] = []
    ahead: list[tuple[Any, Path]] = [(root, (str(etree.QName(root).localname),))]
    while ahead:
        element, path = ahead.pop()
        found.append(path)
        found += [(*path, f"@{name}") for name in element.attrib]
        loose = [element.text, *(child.tail for child in element)]
        found += [(*path, "text()") for text in loose if text and text.strip()]
        ahead += [(child, (*path, _name(child))) for child in element if child.tag != XHTML]
    return found


def _name(element: Any) -> str:
    """With its namespace where that is not FHIR's, so that it is not taken for one of those."""
    name = etree.QName(element)
    return str(name.localname if name.namespace == names.FHIR else name.text)


def _told(path: Path) -> str:
    told = [part for part in path if strict_json.NAME.fullmatch(part)]
    return ".".join(told)


def _depth(root: Any) -> int:
    deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


def _bad(where: str, code: str, detail: str) -> BadRequest:
    return BadRequest(errors=[Fault("body", where, code, detail)])
