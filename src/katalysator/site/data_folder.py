"""The one folder that holds what a Katalysator keeps: database, secret key, outgoing mail."""

import os
import secrets
from pathlib import Path

from katalysator.site.environment import folder

_NAME = "KATALYSATOR_DATA"


def data_folder() -> Path:
    """The folder named by KATALYSATOR_DATA; else `katalysator` among the user's application data."""
    shared = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return folder(_NAME, Path(shared).expanduser() / "katalysator")


def secret_key() -> str:
    """The key of the environment; else one made once and kept where only the owner reads it."""
    if given := os.environ.get("KATALYSATOR_SECRET_KEY"):
        return given
    kept = data_folder() / "secret-key"
    try:
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return kept.read_text()
