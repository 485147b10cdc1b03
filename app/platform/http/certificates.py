"""The certificate of a client, as the proxy in front of us saw it; nobody else can say it.

The proxy ends TLS, so only it knows that the client held the key. It names the certificate in
`Client-Cert` (RFC 9440, or PEM in the escaped form that nginx writes) and shows by a secret of its
own, in `X-Trede-Proxy`, that it is the proxy. Anything else leaves no certificate at all.
"""

import hmac
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256
from urllib.parse import unquote_to_bytes

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificate

HEADER, PROOF = b"client-cert", b"x-trede-proxy"
LONGEST = 16 * 1024
PEM = b"-----BEGIN CERTIFICATE-----"


class Proxy:
    """Who may tell of certificates; without a secret nobody."""

    def __init__(self, secret: str | None) -> None:
        self._secret = None if secret is None else secret.encode()

    def thumbprint(self, headers: Iterable[tuple[bytes, bytes]]) -> str | None:
        """`x5t#S256` (RFC 8705, 3.1) of the one certificate that a proxy of ours names."""
        named = [(name.lower(), value) for name, value in headers]
        proofs = [value for name, value in named if name == PROOF]
        told = [value for name, value in named if name == HEADER]
        if self._secret is None or len(proofs) != 1 or len(told) != 1:
            return None
        if not hmac.compare_digest(proofs[0], self._secret):
            return None
        return _thumbprint(told[0])


def _thumbprint(value: bytes) -> str | None:
    try:
        digest = sha256(_der(value.strip())).digest()
    except ValueError:
        return None
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _der(value: bytes) -> bytes:
    """The certificate itself. Raises ValueError for what is none."""
    if len(value) > LONGEST:
        raise ValueError("too long for a certificate")
    if value.startswith(b":") and value.endswith(b":"):
        der = b64decode(value[1:-1], validate=True)
        return load_der_x509_certificate(der).public_bytes(Encoding.DER)
    pem = unquote_to_bytes(value)
    if not pem.startswith(PEM) or pem.count(PEM) != 1:
        raise ValueError("neither of the two forms")
    return load_pem_x509_certificate(pem).public_bytes(Encoding.DER)
