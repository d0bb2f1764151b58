"""What the columns of a sheet hold, kept by name for the next sheet like it."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import click

from katalysator.cli.target import write_text
from katalysator.core.language import say
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.tables.recognition import NOT_USED, Recognised

_NAME: Final = re.compile(r"[\w][\w -]{0,63}")


def file_of(name: str) -> Path:
    """Where the mapping of this name is kept, whether it is there or not."""
    if not _NAME.fullmatch(name):
        raise InvalidInput(
            "mapping-name",
            _("“%(name)s” cannot be the name of a mapping."),
            hint=_("Use letters, digits, spaces and hyphens: at most 64."),
            name=name,
        ).at("--mapping")
    return Path(click.get_app_dir("katalysator")) / "mappings" / f"{name}.json"


def load(name: str, sides: Sequence[str] = ("need", "offer")) -> dict[str, dict[str, str]]:
    """The mapping that was kept under a name: fields by header, for each side; empty where there is none."""
    path = file_of(name)
    if not path.exists():
        return {side: {} for side in sides}
    try:
        found: Any = json.loads(path.read_text("utf-8"))
        return {side: {str(k): str(v) for k, v in found[side].items()} for side in sides}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        raise InvalidInput(
            "mapping-file",
            _("The mapping “%(name)s” cannot be read."),
            hint=_("Remove the file %(path)s: it is made again."),
            name=name,
            path=path,
        ).at("--mapping") from None


def keep(name: str, sides: Mapping[str, Recognised]) -> Iterator[str]:
    """Keep what the columns of each side were taken for, if there is a name; says so."""
    if not name:
        return
    path = file_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {side: _fields(found) for side, found in sides.items()}
    write_text(path, json.dumps(kept, ensure_ascii=False, indent=1))
    yield say("What the columns hold is kept: --mapping “%(name)s”.", name=name)


def _fields(found: Recognised) -> dict[str, str]:
    return {use.header: use.field or NOT_USED for use in found.uses if use.header}
