"""What was made once and may be shown again, kept in this process; what was not used for longest goes first.

A key names all that a value depends on, so that nothing needs to be taken back: where something has
changed the key is another one (`changes.py`), and what stood under the old one is soon forgotten.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Lock
from typing import Any, Final, TypeVar

T = TypeVar("T")

ROOM: Final = 28_000_000
"""Bytes that are kept in each process."""
_KEY: Final = 1_000  # bytes that a key and its place take, about
_LARGEST: Final = ROOM // 20  # of one value: a page of a thousand things would push all others out

_values: "OrderedDict[Hashable, tuple[Any, int]]" = OrderedDict()
_turns: Final[dict[Hashable, tuple[Lock, int]]] = {}
_lock: Final = Lock()
_taken = 0
_anew: ContextVar[bool] = ContextVar("anew", default=False)


def kept(name: str, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
    """Give what is kept under a key; make it first where it is not there: who comes meanwhile waits for it.

    `size` tells the bytes of a value, which nobody changes. What `make` keeps for itself must not need this again.
    """
    found = _found((name, key))
    if found is None and not is_anew():
        with _turn((name, key)):
            found = _found((name, key)) or _made((name, key), make, size)
    value: T = make() if found is None else found[0]
    return value


def renewed(
    name: str,
    key: Hashable,
    state: Hashable,
    make: Callable[[T | None], T],
    size: Callable[[T], int],
) -> T:
    """Give what is kept under a key in this state, as `kept`; made of what was there before in another one."""
    if _anew.get():
        return make(None)
    found = _found((name, key))
    if found is None or found[0][0] != state:
        with _turn((name, key)):
            found = _found((name, key))
            if found is None or found[0][0] != state:
                value = make(found[0][1] if found else None)
                found = (state, value), 0
                _keep((name, key), found[0], size(value) + _KEY)
    given: T = found[0][1]
    return given


def each_kept(
    name: str,
    keys: Mapping[int, Hashable],
    make: Callable[[list[int]], Mapping[int, T]],
    size: Callable[[T], int],
) -> dict[int, T]:
    """Give what is kept of some records, by their numbers, each under its key; those that are missing are made together.

    What is not made is left out.
    """
    found = {n: _found((name, (n, key))) for n, key in keys.items()}
    missing = [number for number, each in found.items() if each is None]
    made = make(missing) if missing else {}
    for number, value in made.items():
        _keep((name, (number, keys[number])), value, size(value) + _KEY)
    return {**made} | {number: each[0] for number, each in found.items() if each is not None}


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


def is_anew() -> bool:
    """Whether everything is made for now, as if nothing were kept."""
    return _anew.get()


def taken() -> int:
    """How many bytes are kept."""
    return _taken


def _found(key: Hashable) -> tuple[Any, int] | None:
    if is_anew():
        return None
    with _lock:
        found = _values.get(key)
        if found is not None:
            _values.move_to_end(key)
        return found


def _made(key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> tuple[T, int]:
    value = make()
    taken = size(value) + _KEY
    _keep(key, value, taken)
    return value, taken


@contextmanager
def _turn(key: Hashable) -> Iterator[None]:
    """Let one at a time make what is kept under a key, and forget the queue when it is empty."""
    with _lock:
        turn, waiting = _turns.get(key) or (Lock(), 0)
        _turns[key] = turn, waiting + 1
    try:
        with turn:
            yield
    finally:
        with _lock:
            _same, waiting = _turns.pop(key)
            if waiting > 1:
                _turns[key] = turn, waiting - 1


def _keep(key: Hashable, value: object, size: int) -> None:
    global _taken  # noqa: PLW0603
    if size > _LARGEST or is_anew():
        return
    with _lock:
        _before, freed = _values.pop(key, (None, 0))
        _values[key] = value, size
        _taken += size - freed
        while _taken > ROOM:
            _oldest, (_value, freed) = _values.popitem(last=False)
            _taken -= freed
