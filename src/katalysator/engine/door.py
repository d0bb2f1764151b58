"""What a room of the engine offers is loaded when it is first asked for: the door itself is light."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def door(package: str, rooms: Mapping[str, str]) -> Callable[[str], Any]:
    """A ``__getattr__`` for a package, whose `rooms` tell in which module each name lives.

    No module right below the package may have the name of something that it offers: the module
    would come in its place.
    """

    def enter(name: str) -> Any:
        if name not in rooms:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f".{rooms[name]}", package), name)

    return enter
