"""Where texts come in, by room: the forms that take them and the verbs that keep them."""

from collections.abc import Callable
from typing import Any, NamedTuple


class Door(NamedTuple):
    """A verb with a text of somebody: what it makes of it, and in which of its columns the text is then."""

    write: Callable[[str], Any]
    columns: str
    needed: bool = False
    """Whether it is refused when there is nothing to see."""
    too_long: int = 0
    """Of how many signs it is refused; 0 when the verb says nothing of that."""
