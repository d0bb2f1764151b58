"""What a room of the engine offers is loaded when it is first asked for: the door itself is light."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def door(package: str, rooms: Mapping[str, str]) -> Callable[[str], Any]:
    """A ``__getattr__`` for a package, whose `rooms` are its modules, each with the names that it offers.

    No module right below the package may have the name of something that it offers: the module
    would come in its place.
    """
    where = {name: module for module, names in rooms.items() for name in names.split()}

    def enter(name: str) -> Any:
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f".{where[name]}", package), name)

    return enter
