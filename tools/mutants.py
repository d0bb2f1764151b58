"""Small faults planted in one module, one at a time, and which of them its tests do not notice.

A copy of this process gets the changed module from memory and runs the tests that carry its name
until one fails. Nothing is ever written into the sources.
"""

import ast
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any, Final, cast

import click
import hypothesis.stateful  # noqa: F401  loaded once for all copies
import pytest

from tests import house

ROOT: Final = Path(__file__).parents[1]
_PAIRS: Final[tuple[tuple[type, type], ...]] = (
    (ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.Is, ast.IsNot), (ast.In, ast.NotIn),
    (ast.Add, ast.Sub), (ast.Mult, ast.Div), (ast.BitAnd, ast.BitOr), (ast.And, ast.Or),
)  # fmt: skip
_SWAPS: Final = dict([*_PAIRS, *((one, other) for other, one in _PAIRS)])
_LEFT_ALONE: Final = {"annotation", "returns", "decorator_list"}
_QUIETLY: Final = "-xq --hypothesis-seed=1 -pno:cacheprovider -pno:xdist -pno:warnings"


def mutants(path: Path) -> Iterator[tuple[str, CodeType]]:
    """Every fault that can be planted in a file: what it changes where, and the module with it."""
    for above, holder, key in list(_places(tree := ast.parse(path.read_text()))):
        node = holder[key]
        shown = node if isinstance(node, ast.expr | ast.stmt) else above
        before = " ".join(ast.unparse(shown).split())
        for new in _changed(node):
            holder[key] = ast.copy_location(new, node)
            after = " ".join(ast.unparse(new if shown is node else above).split())
            code = compile(ast.fix_missing_locations(tree), path, "exec")
            holder[key] = node
            if after != before:
                yield f"{getattr(shown, 'lineno', 0)}  {before[:90]}  →  {after[:90]}", code


def _places(above: ast.AST) -> Iterator[tuple[ast.AST, Any, Any]]:
    """Where every node is: the node above it, what holds it there, and its place in that."""
    for name, value in ast.iter_fields(above):
        holder = value if isinstance(value, list) else vars(above)
        for key, node in enumerate(value) if holder is value else [(name, value)]:
            if isinstance(node, ast.AST) and name not in _LEFT_ALONE:
                yield above, holder, key
                yield from _places(node)


def _changed(node: ast.AST) -> Iterator[ast.AST]:
    """The faults that can stand in the place of one node."""
    match node:
        case ast.Constant(value=value) if (other := _another(value)) is not None:
            yield ast.Constant(other)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand
        case ast.Return(value=ast.expr()):
            yield ast.Return(ast.Constant(None))
        case ast.Raise() | ast.Assign() | ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield type(node)(**vars(node) | {"test": ast.UnaryOp(ast.Not(), test)})
        case _ if swap := _SWAPS.get(type(node)):
            yield swap()


def _another(value: object) -> bool | float | str | None:
    """Another constant; sentences for people are left alone."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return f"{value}X" if isinstance(value, str) and value.split() == [value] else None


class _Planted(SourceFileLoader):
    """Loads one module from memory; stands before those that look for files."""

    code: CodeType

    def find_spec(self, name: str, *_: object) -> Any:
        return importlib.util.spec_from_loader(name, self) if name == self.name else None

    def get_code(self, _: str) -> CodeType:
        return self.code


def _survives(planted: _Planted, tests: list[str], patience: int) -> bool:
    """Whether all tests pass, in a copy of this process and within so many seconds."""
    if process := os.fork():
        try:
            return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == pytest.ExitCode.OK
        except KeyboardInterrupt:
            os.kill(process, signal.SIGKILL)  # it holds on to the database
            os.waitpid(process, 0)
            raise
    try:
        signal.alarm(patience)
        kept = dict(sys.modules)  # what they hold open is the first process's to close
        for name in [name for name in kept if name.split(".")[0] in ("katalysator", "tests")]:
            del sys.modules[name]
        sys.meta_path.insert(0, cast("Any", planted))
        os.environ["PYTEST_XDIST_WORKER"] = "mutant"
        os.environ["NUMBA_CACHE_DIR"] = f"{house.folder()}/compiled-{os.getpid()}"
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{house.folder()}/examples"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())
        os._exit(pytest.main([*_QUIETLY.split(), *tests]))
    finally:
        os._exit(1)


@click.command()
@click.argument("module")
@click.option("--minutes", default=15.0, show_default=True, help="Stop after so long.")
def main(module: str, minutes: float) -> None:
    """Print the faults that the tests of MODULE let pass, such as katalysator.core.workflow."""
    path = ROOT.joinpath("src", *module.split(".")).with_suffix(".py")
    mirror = (ROOT / "tests" / module.split(".")[1]).rglob(f"test_{path.stem}.py")
    planted, tests = _Planted(module, str(path)), [str(each) for each in mirror]
    if not (path.exists() and tests):
        raise click.ClickException(f"There is no {path}, or there are no tests with its name.")
    began, planted.code = time.monotonic(), compile(path.read_text(), path, "exec")
    if not _survives(planted, tests, 600):
        raise click.ClickException(f"Without a fault they fail already: {' '.join(tests)}")
    patience = 10 + 3 * round(time.monotonic() - began)
    survivors = tried = late = 0
    for change, code in mutants(path):
        if late := time.monotonic() - began > 60 * minutes:
            break
        tried, planted.code = tried + 1, code
        if _survives(planted, tests, patience):
            survivors += 1
            click.echo(f"{path.relative_to(ROOT)}:{change}")
    click.echo(f"{survivors} of {tried} mutants survive" + "; the time is up" * late)


if __name__ == "__main__":
    main()
