"""What a source elsewhere wants to hear: kept sealed, and read only to speak to it."""

import json
from collections.abc import Mapping
from typing import Final

from katalysator.core.sealing import closed, opened
from katalysator.dataspace.models import DataSource

_ABOUT: Final = "data source"


def kept_secret(told: Mapping[str, str]) -> str:
    """A secret as it is kept; nothing for none."""
    return closed(json.dumps(dict(told)), about=_ABOUT) if told else ""


def secret_of(source: DataSource) -> dict[str, str] | None:
    """What was told of a source; None where the secret key of the site is another since."""
    if not source.secret:
        return {}
    told = opened(source.secret, about=_ABOUT)
    return None if told is None else dict(json.loads(told))
