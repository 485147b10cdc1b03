"""What a client system may register: public keys it can prove itself with, and a scope; pure."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any

from app.access.acts import DirectoryAct
from app.access.vocabulary import Role, Verb, Viewer
from app.platform.http.problems import Fault, NotAllowed
from app.platform.security.keys import read_keys

READ = DirectoryAct(Verb.READ, (Role.ORGANISATION_ADMIN,))
REGISTER = DirectoryAct(Verb.CREATE, (Role.ORGANISATION_ADMIN,))
CHANGE = DirectoryAct(Verb.UPDATE, (Role.ORGANISATION_ADMIN,))

MOST = 50
"""Client systems of one organisation that are enabled: each may have us call an address."""
MOST_KEYS = 20
PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
"""Members of a JWK that only its owner may hold (RFC 7518, section 6)."""
PUBLIC = ("kty", "kid", "use", "key_ops", "alg", "n", "e", "crv", "x", "y")


def require_person(viewer: Viewer) -> None:
    """What a client system registers would outlive its own disabling. Raises NotAllowed."""
    if viewer.machine_id is not None:
        raise NotAllowed("Keys are registered by an administrator in person.")


class Scope(StrEnum):
    """What the machine may do at most, whoever it acts for."""

    READ = "trede.read"
    WRITE = "trede.write"


class Algorithm(StrEnum):
    """How it may sign: those of SMART Backend Services and the OAuth NL profile."""

    ES384 = "ES384"
    RS384 = "RS384"
    PS256 = "PS256"
    RS256 = "RS256"


class Profile(StrEnum):
    """By which rules it proves itself."""

    SMART = "smart"
    OAUTH_NL = "oauth_nl"


JTI_OF_128_BITS = 22
"""Characters of base64url: fewer cannot hold what the NL GOV profile wants of a `jti`."""


_FITTING = {
    "RSA": frozenset({Algorithm.RS384, Algorithm.PS256, Algorithm.RS256}),
    "EC": frozenset({Algorithm.ES384}),
}


def key_faults(document: Mapping[str, Any], algorithms: Collection[Algorithm]) -> Iterator[Fault]:
    """Everything that is wrong with a set of keys; a private key in it is the first to be told."""
    keys = document.get("keys")
    if not isinstance(keys, list) or not 1 <= len(keys) <= MOST_KEYS:
        detail = f"A key set holds 1 to {MOST_KEYS} keys."
        yield Fault("body", "#/jwks/keys", "out_of_range", detail)
        return
    kids = [key.get("kid") for key in keys if isinstance(key, dict)]
    for at, key in enumerate(keys):
        pointer = f"#/jwks/keys/{at}"
        if not isinstance(key, dict):
            yield Fault("body", pointer, "wrong_type", "Must be an object.")
        elif any(name in key for name in PRIVATE):
            detail = "This is a private key. Replace it: it has left your system."
            yield Fault("body", pointer, "private_key", detail)
        elif kids.count(key.get("kid")) > 1:
            detail = "Each key needs a `kid` of its own."
            yield Fault("body", f"{pointer}/kid", "duplicate", detail)
        else:
            yield from _unusable(key, pointer, algorithms)


def _unusable(
    key: Mapping[str, Any], pointer: str, algorithms: Collection[Algorithm]
) -> Iterator[Fault]:
    """A key that no allowed algorithm can use would only fail later, without saying why."""
    if not any(read_keys({"keys": [key]}).values()):
        detail = (
            "Must be a public signing key with a `kid`: RSA of 2048 to 8192 bits with an exponent"
            " of 24 bits at most, or P-384."
        )
        yield Fault("body", pointer, "unusable_key", detail)
        return
    fitting = _FITTING[key["kty"]] if key.get("crv", "P-384") == "P-384" else frozenset()
    stated = fitting if "alg" not in key else fitting & {key["alg"]}
    if not stated & set(algorithms):
        detail = "None of the algorithms of this client system fits this key."
        yield Fault("body", pointer, "does_not_fit", detail)


def public_part(document: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored and shown of a key set that passed `key_faults`."""
    return {
        "keys": [{name: key[name] for name in PUBLIC if name in key} for key in document["keys"]]
    }
