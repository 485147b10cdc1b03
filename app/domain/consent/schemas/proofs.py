"""Proofs about the access log, for anyone's own RFC 6962 verifier."""

from base64 import b64encode
from typing import Annotated
from uuid import UUID

from pydantic import Field, PlainSerializer, WithJsonSchema

from app.access.disclosure import Disclosed
from app.access.vocabulary import Category
from app.platform.http.schemas import Out

Hash = Annotated[
    bytes,
    PlainSerializer(lambda value: b64encode(value).decode(), return_type=str),
    WithJsonSchema({"type": "string", "contentEncoding": "base64"}),
]


class ConsistencyProofOut(Out):
    """That the log of the old size is the beginning of the log of the new size."""

    old_size: int
    new_size: int
    hashes: list[Hash]


class InclusionProofOut(Out):
    """That a leaf stands in the tree of a signed checkpoint."""

    leaf_index: int
    size: int
    hashes: list[Hash]
    checkpoint: Annotated[str, Field(description="The signed note; its third line is the root.")]


class SealedEntryOut(Disclosed, category=Category.ACCESS_LOG):
    """One entry of the log as its leaf commits to it.

    leafHash = SHA-256(0x00 || SHA-256(salt || content)), content as UTF-8.
    """

    id: UUID
    content: Annotated[str, Field(description="The entry in canonical JSON.")]
    salt: Hash
    leaf_hash: Hash
    proof: Annotated[
        InclusionProofOut | None, Field(description="Null until a public checkpoint covers it.")
    ]
