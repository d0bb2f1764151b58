"""The deeds of an introduction that need no words: a button on its page, a name in the API."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from katalysator.introductions import together, verbs

PLAIN_DEEDS: Final[Mapping[str, Callable[..., object]]] = MappingProxyType({
    "withdraw": verbs.withdraw,
    "talk": together.talk,
    "agree": together.agree,
    "resume": together.resume,
})  # fmt: skip
"""The verb of each."""
