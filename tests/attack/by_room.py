"""Tables that stand by room: a module for each in a package, by the name of the room."""

from collections.abc import Iterable
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

Row = TypeVar("Row")
Value = TypeVar("Value")


def rooms_of(package: ModuleType) -> list[ModuleType]:
    """The module of each room in the package."""
    names = [room.name for room in iter_modules(package.__path__)]
    return [import_module(f"{package.__name__}.{name}") for name in names]


def joined(tables: Iterable[dict[Row, Value]]) -> dict[Row, Value]:
    """The tables of all rooms as one; what stands in two of them fails."""
    found: dict[Row, Value] = {}
    for table in tables:
        twice = found.keys() & table.keys()
        assert not twice, f"in the tables of two rooms: {twice}"
        found |= table
    return found
