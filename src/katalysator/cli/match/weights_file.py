"""Weights of the score in a file: what `katalysator learn` writes and `katalysator match` uses."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, Final

from katalysator.engine.matching import Weights
from katalysator.faults import InvalidInput
from katalysator.faults import gettext_noop as _

KINDS: Final = (".json",)
_KEY: Final = "weights"
_NAMES: Final = tuple(each.name for each in fields(Weights))
_LOSSES: Final = frozenset({"direction", "mutual"})
_LARGEST: Final = 1 << 20  # bytes
_CLOSE: Final = 1e-6


def as_json(weights: Weights, **about: Any) -> str:
    """The text of a file with these weights, and what else is told about them."""
    return json.dumps({_KEY: asdict(weights), **about}, indent=1) + "\n"


def read(path: Path | None) -> Weights:
    """The weights of a file, without one those chosen by hand; a bad file is refused by its name."""
    if path is None:
        return Weights()
    try:
        return _weights(_parsed(path))
    except InvalidInput as error:
        raise error.at(str(path)) from None


def _parsed(path: Path) -> object:
    try:
        if path.stat().st_size > _LARGEST:
            raise _not_weights()
        return json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        raise _not_weights() from None


def _weights(found: object) -> Weights:
    named = found.get(_KEY) if isinstance(found, dict) else None
    if not isinstance(named, dict) or set(named) != set(_NAMES):
        raise _not_weights()
    for name, value in named.items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e6:
            raise InvalidInput(
                "weight-number",
                _("The weight “%(name)s” is no number of at least 0."),
                hint=_("Write it as 0.25."),
                name=name,
            )
    _check_sum(named)
    return Weights(**{name: float(value) for name, value in named.items()})


def _check_sum(named: Mapping[str, float]) -> None:
    total = sum(value for name, value in named.items() if name not in _LOSSES)
    if abs(total - 1.0) > _CLOSE:
        raise InvalidInput(
            "weights-sum",
            _("The weights of %(names)s add up to %(total)s, and must add up to 1."),
            hint=_("Divide each of them by that sum."),
            names=tuple(name for name in _NAMES if name not in _LOSSES),
            total=f"{total:.6g}",
        )


def _not_weights() -> InvalidInput:
    return InvalidInput(
        "weights-file",
        _("This is not a file with weights."),
        hint=_("`katalysator learn` makes one; it names the weights %(names)s."),
        names=_NAMES,
    )
