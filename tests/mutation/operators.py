"""Small faults by rule: every place in a module where one word, operand or statement goes wrong."""

import ast
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path

_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_NAMES = {"max": "min", "min": "max", "any": "all", "all": "any", "and_": "or_", "or_": "and_"}
_BOTH_SIDES = (ast.BitOr, ast.BitAnd, ast.Add)


@dataclass(frozen=True)
class Mutant:
    """A module with one fault in it; the name says where and what, without counting lines."""

    path: str
    name: str
    source: str


def mutants(root: Path, path: str) -> list[Mutant]:
    """Every small fault of this module, in the order of its lines."""
    source = (root / path).read_text(encoding="utf-8")
    found: dict[str, Mutant] = {}
    for place, old, new in _changes(ast.parse(source)):
        text = _replaced(source, old, new)
        name = f"{path} {place}: {_short(ast.unparse(old))} -> {_short(new)}"
        while name in found:
            name += "'"
        found[name] = Mutant(path, name, text)
    return list(found.values())


def _changes(tree: ast.Module) -> Iterator[tuple[str, ast.expr | ast.stmt, str]]:
    """(name of the function, what stands there, what shall stand there)."""
    waiting: list[tuple[str, ast.AST]] = [("", tree)]
    while waiting:
        place, node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            place = f"{place}.{node.name}".lstrip(".")
        if isinstance(node, ast.stmt):
            yield from ((place, node, new) for new in _statement(node))
        elif isinstance(node, ast.expr):
            yield from ((place, node, f"({new})") for new in _expression(node))
        waiting += [(place, child) for child in reversed(list(_children(node)))]


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """Without annotations, decorators, imports and documentation: they decide nothing."""
    if isinstance(node, (ast.Import, ast.ImportFrom)) or _is_words(node):
        return
    skipped = {"annotation", "returns", "decorator_list", "bases", "type_params"}
    for name, value in ast.iter_fields(node):
        if name not in skipped:
            values = value if isinstance(value, list) else [value]
            yield from (child for child in values if isinstance(child, ast.AST))


def _is_words(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _statement(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, (ast.Expr, ast.AugAssign, ast.Continue)) and not _is_words(node):
        yield "pass"
    elif isinstance(node, ast.Return) and ast.unparse(node) not in {"return", "return None"}:
        yield "return None"


def _expression(node: ast.expr) -> Iterator[str]:  # noqa: C901 - one branch per kind of fault
    if isinstance(node, ast.Compare):
        yield from _turned(node)
    elif isinstance(node, ast.BoolOp):
        for place in range(len(node.values)):
            yield _with(node, values=[*node.values[:place], *node.values[place + 1 :]])
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.Not, ast.Invert)):
        yield ast.unparse(node.operand)
    elif isinstance(node, ast.IfExp):
        yield from (ast.unparse(node.body), ast.unparse(node.orelse))
    elif isinstance(node, ast.BinOp):
        yield ast.unparse(node.left)
        if isinstance(node.op, _BOTH_SIDES):
            yield ast.unparse(node.right)
    elif isinstance(node, ast.Call):
        yield from _calls(node)
    elif isinstance(node, (ast.Set, ast.Tuple, ast.List)) and isinstance(
        getattr(node, "ctx", ast.Load()), ast.Load
    ):
        yield from _fewer(node)
    elif isinstance(node, ast.Dict):
        yield from _entries(node)
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
        yield from _unfiltered(node)
    elif isinstance(node, ast.Constant):
        yield from _constants(node)


def _turned(node: ast.Compare) -> Iterator[str]:
    for place, op in enumerate(node.ops):
        turned = _TURNED[type(op)]()
        yield _with(node, ops=[*node.ops[:place], turned, *node.ops[place + 1 :]])


def _calls(node: ast.Call) -> Iterator[str]:
    for place in range(len(node.keywords)):
        yield _with(node, keywords=[*node.keywords[:place], *node.keywords[place + 1 :]])
    if isinstance(node.func, ast.Name) and node.func.id in _NAMES:
        yield _with(node, func=ast.Name(_NAMES[node.func.id]))
    if isinstance(node.func, ast.Name) and node.func.id in {"or_", "and_"}:
        for place in range(len(node.args) if len(node.args) > 1 else 0):
            yield _with(node, args=[*node.args[:place], *node.args[place + 1 :]])


def _fewer(node: ast.Set | ast.Tuple | ast.List) -> Iterator[str]:
    if len(node.elts) > 1:
        for place in range(len(node.elts)):
            yield _with(node, elts=[*node.elts[:place], *node.elts[place + 1 :]])


def _entries(node: ast.Dict) -> Iterator[str]:
    for place in range(len(node.keys)):
        yield _with(
            node,
            keys=[*node.keys[:place], *node.keys[place + 1 :]],
            values=[*node.values[:place], *node.values[place + 1 :]],
        )


def _unfiltered(
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
) -> Iterator[str]:
    for place, part in enumerate(node.generators):
        if part.ifs:
            open_part = copy(part)
            open_part.ifs = []
            yield _with(
                node,
                generators=[*node.generators[:place], open_part, *node.generators[place + 1 :]],
            )


def _constants(node: ast.Constant) -> Iterator[str]:
    if isinstance(node.value, bool):
        yield str(not node.value)
    elif isinstance(node.value, int):
        yield str(node.value + 1)


def _with(node: ast.expr, **changed: object) -> str:
    other = copy(node)
    for name, value in changed.items():
        setattr(other, name, value)
    if isinstance(other, ast.BoolOp) and len(other.values) == 1:
        return ast.unparse(other.values[0])
    return ast.unparse(other)


def _replaced(source: str, node: ast.expr | ast.stmt, new: str) -> str:
    """Columns of the parser are bytes."""
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    begin = starts[node.lineno - 1] + node.col_offset
    end = starts[node.end_lineno - 1] + node.end_col_offset
    whole = source.encode()
    return (whole[:begin] + new.encode() + whole[end:]).decode()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 70 else f"{line[:45]} ... {line[-20:]}"
