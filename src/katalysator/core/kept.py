"""What was made once and may be shown again, kept in this process; what was not used for longest goes first.

A key names all that a value depends on, so that nothing needs to be taken back: where something has
changed the key is another one (`changes.py`), and what stood under the old one is soon forgotten.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, Final, TypeVar

T = TypeVar("T")

ROOM: Final = 32_000_000
"""Bytes that are kept in each process."""
_KEY: Final = 1_000  # bytes that a key and its place take, about
_LARGEST: Final = ROOM // 20  # of one value: a page of a thousand things would push all others out

_values: "OrderedDict[Hashable, tuple[Any, int]]" = OrderedDict()
_lock: Final = Lock()
_taken = 0
_anew: ContextVar[bool] = ContextVar("anew", default=False)


def kept(name: str, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
    """Give what is kept under a key; make it first where it is not there.

    `size` tells the bytes of a value, which nobody changes. Two at once may make the same.
    """
    if _anew.get():
        return make()
    found = _found((name, key))
    if found is None:
        value = make()
        _keep((name, key), value, size(value) + _KEY)
        return value
    value, _size = found
    return value


def forget() -> None:
    """Keep nothing."""
    global _taken  # noqa: PLW0603
    with _lock:
        _values.clear()
        _taken = 0


@contextmanager
def anew() -> Iterator[None]:
    """Make everything for a while, as if nothing were kept: to compare with what is."""
    before = _anew.set(True)
    try:
        yield
    finally:
        _anew.reset(before)


def taken() -> int:
    """How many bytes are kept."""
    return _taken


def _found(key: Hashable) -> tuple[Any, int] | None:
    with _lock:
        found = _values.get(key)
        if found is not None:
            _values.move_to_end(key)
        return found


def _keep(key: Hashable, value: object, size: int) -> None:
    global _taken  # noqa: PLW0603
    if size > _LARGEST:
        return
    with _lock:
        _before, freed = _values.pop(key, (None, 0))
        _values[key] = value, size
        _taken += size - freed
        while _taken > ROOM:
            _oldest, (_value, freed) = _values.popitem(last=False)
            _taken -= freed
