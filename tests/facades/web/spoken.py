"""What the API can say when it refuses, read out of the source, so that nothing is forgotten."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from app.platform.http import problems

ROOTS = ("app/access", "app/domain", "app/platform/http", "app/platform/security")
NOT_OF_THE_API = "demo_issuer.py"
CODE = re.compile(r"[a-z][a-z0-9_]*[a-z0-9]")
GAP = re.compile(r"\{[^}]*\}")
REFUSALS = {
    name
    for name, found in vars(problems).items()
    if isinstance(found, type) and issubclass(found, problems.Problem)
}
CODES_RETURNED = {"str | None", "tuple[str, ...]"}
"""What a function gives that tells by a code why something cannot be."""


WHOLE = (ast.Constant, ast.Tuple, ast.List, ast.IfExp)
PAIR = len(("field", "sentence"))
CODE_OF_FAULT = len(("place", "pointer"))


@dataclass(frozen=True)
class Said:
    """A sentence for people with the code it goes with; either may stand alone."""

    code: str | None
    detail: str | None


def literals(node: ast.expr) -> list[str]:
    """A text, both of a choice, or one with gaps where something is filled in."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [GAP.sub("{}", node.value)]
    if isinstance(node, ast.JoinedStr):
        parts = (
            literals(part) if isinstance(part, ast.Constant) else ["{}"] for part in node.values
        )
        return ["".join(text for part in parts for text in part)]
    return []


def is_sentence(text: str) -> bool:
    return " " in text and text.endswith(".")


class Source:
    """One file, with the texts that its names stand for."""

    def __init__(self, path: Path) -> None:
        self.rules = "rules" in path.with_suffix("").parts
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.around = {
            child: node for node in ast.walk(self.tree) for child in ast.iter_child_nodes(node)
        }

    def said(self) -> Iterator[Said]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield from self._called(node)
                yield from self._in_line(node.args)
            elif isinstance(node, ast.Tuple):
                of_a_field = isinstance(self.around[node], ast.Yield) and len(node.elts) == PAIR
                yield from self._in_line(node.elts, without_code=of_a_field)
            elif isinstance(node, ast.Dict):
                yield from self._in_table(node)
            elif isinstance(node, ast.ClassDef) and node.name in REFUSALS:
                yield from (Said(None, text) for text in own_texts(node))
            elif isinstance(node, ast.FunctionDef) and self.rules:
                yield from (Said(code, None) for code in codes_returned(node))

    def _called(self, node: ast.Call) -> Iterator[Said]:
        """A refusal begins with its sentence; the code of a fault is its third part."""
        if called(node) in REFUSALS and node.args:
            yield from (Said(None, text) for text in self._texts(node.args[0]))
        if called(node) == "Fault" and len(node.args) > CODE_OF_FAULT:
            yield from (Said(code, None) for code in self._texts(node.args[CODE_OF_FAULT]))

    def _in_line(self, parts: list[ast.expr], *, without_code: bool = False) -> Iterator[Said]:
        """A code is followed by its sentence, and so is a code that a rule chose."""
        for before, after in pairwise(parts):
            codes: list[str | None] = [text for text in self._texts(before) if CODE.fullmatch(text)]
            if without_code or (isinstance(before, ast.Name) and not codes):
                codes = [None]
            for text in filter(is_sentence, self._texts(after)):
                yield from (Said(code, text) for code in codes)

    def _in_table(self, node: ast.Dict) -> Iterator[Said]:
        """A constant with a sentence for each code, and nothing else."""
        keys = [text for key in node.keys if key for text in literals(key)]
        texts = [text for value in node.values for text in literals(value)]
        named = isinstance(self.around[node], ast.Assign) and all(map(CODE.fullmatch, keys))
        if named and all(map(is_sentence, texts)) and len(texts) == len(node.keys):
            yield from (Said(code, text) for code, text in zip(keys, texts, strict=True))

    def _texts(self, node: ast.expr) -> list[str]:
        """What an expression says; a name says what it was last set to before this place."""
        if not isinstance(node, ast.Name):
            return literals(node)
        for scope in self._scopes(node):
            found = [
                each.value
                for each in ast.walk(scope)
                if isinstance(each, ast.Assign)
                and node.id in map(name_of, each.targets)
                and (isinstance(scope, ast.Module) or each.lineno < node.lineno)
            ]
            if found:
                return literals(found[-1])
        return []

    def _scopes(self, node: ast.AST) -> Iterator[ast.AST]:
        """The functions around a place, the innermost first, and then the file."""
        while node in self.around:
            node = self.around[node]
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Module)):
                yield node


def name_of(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def called(node: ast.Call) -> str:
    """The last name of what is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else name_of(node.func)


def own_texts(refusal: ast.ClassDef) -> Iterator[str]:
    """What a kind of refusal says when nothing more is said."""
    for node in refusal.body:
        if isinstance(node, ast.AnnAssign) and name_of(node.target) == "text" and node.value:
            yield from literals(node.value)
        if isinstance(node, ast.Assign) and "text" in map(name_of, node.targets):
            yield from literals(node.value)


def codes_in(node: ast.AST) -> list[str]:
    """Every code that stands somewhere in it."""
    return [
        each.value
        for each in ast.walk(node)
        if isinstance(each, ast.Constant)
        and isinstance(each.value, str)
        and CODE.fullmatch(each.value)
    ]


def codes_returned(function: ast.FunctionDef) -> Iterator[str]:
    """The codes by which a rule tells why something cannot be."""
    told = function.returns is not None and ast.unparse(function.returns) in CODES_RETURNED
    for node in ast.walk(function) if told else ():
        if isinstance(node, ast.Return) and isinstance(node.value, WHOLE):
            yield from codes_in(node.value)


def everything() -> set[Said]:
    return {
        said
        for root in ROOTS
        for path in sorted(Path(root).rglob("*.py"))
        if path.name != NOT_OF_THE_API
        for said in Source(path).said()
    }
