"""Weights of the score in a file: what `katalysator learn` writes and `katalysator match` uses."""

import json
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from katalysator.cli.answering import naming
from katalysator.engine.matching import Weights
from katalysator.faults import InvalidInput, gettext_noop as _

KINDS: Final = (".json",)
_KEY: Final = "weights"
_NAMES: Final = tuple(each.name for each in fields(Weights))
_ANY_SIGN: Final = "start"
_MOST: Final = 1_000  # log-odds
_LARGEST: Final = 1 << 20  # bytes


def as_json(weights: Weights, **about: Any) -> str:
    """The text of a file with these weights, and what else is told about them."""
    return json.dumps({_KEY: asdict(weights), **about}, indent=1) + "\n"


def read(path: Path | None) -> Weights | None:
    """The weights of a file, none without one; a bad file is refused by its name."""
    if path is None:
        return None
    with naming(path):
        try:
            large = path.stat().st_size > _LARGEST
            found = None if large else json.loads(path.read_text("utf-8-sig"))
        except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
            raise _not_weights() from None
        return _weights(found)


def _weights(found: object) -> Weights:
    named = found.get(_KEY) if isinstance(found, dict) else None
    if not isinstance(named, dict) or set(named) != set(_NAMES):
        raise _not_weights()
    for name, value in named.items():
        least = -_MOST if name == _ANY_SIGN else 0
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not least <= value < _MOST
        ):
            raise InvalidInput(
                "weight-number",
                _("The weight “%(name)s” is no number of at least %(least)s."),
                hint=_("Write it as 0.25."),
                name=name,
                least=least,
            )
    return Weights(**{name: float(value) for name, value in named.items()})


def _not_weights() -> InvalidInput:
    return InvalidInput(
        "weights-file",
        _("This is not a file with weights."),
        hint=_("`katalysator learn` makes one; it names the weights %(names)s."),
        names=_NAMES,
    )
