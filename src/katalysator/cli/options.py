"""The arguments and options that several commands have."""

from pathlib import Path
from typing import Any, Final, TypeVar

import click

from katalysator.core.language import languages, lazy

_Kind = TypeVar("_Kind", bound="click.ParamType[Any]")


def _named(kind: _Kind, name: str) -> _Kind:
    """A kind of value that click calls so where it refuses one; its own names are English."""
    kind.name = name
    return kind


def whole(least: int, most: int | None = None) -> click.IntRange:
    """A whole number from `least` to `most`."""
    return _named(click.IntRange(least, most), lazy("whole number"))


FILE: Final = _named(click.Path(exists=True, dir_okay=False, path_type=Path), lazy("file"))
PLACE: Final = _named(click.Path(exists=True, path_type=Path), lazy("path"))
TARGET: Final = _named(click.Path(path_type=Path), lazy("path"))
MODEL: Final = _named(click.types.StringParamType(), lazy("model"))
NUMBER: Final = _named(click.types.FloatParamType(), lazy("number"))

language: Final = click.option(
    "--language",
    type=click.Choice(languages()),
    help="Of messages, and of reasons where there are.",
)
