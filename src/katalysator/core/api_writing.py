"""How programs write: with a token that a person made, within its scopes, and on what they have seen.

A room declares a `Scope` for its records, which its writing routes require. A session does not write,
so that no other site can write through somebody's browser. Whose token it is, is found in `site/api.py`.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Final

from allauth.core import ratelimit
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.params.functions import Header
from pydantic import AwareDatetime, ConfigDict, Field, model_validator

from katalysator.core import audit
from katalysator.core.actors import permits
from katalysator.core.api import Resource
from katalysator.core.workflow import Workflow

IfMatch = Annotated[
    str,
    Header(alias="If-Match", description="The ETag of what was read; * for whatever it is now."),
]
"""Which state of a record the asker has seen: a parameter of every route that changes one."""
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2200, 1, 1, tzinfo=UTC)),
]
"""A moment that is sent, with its zone; so far away that none is meant is refused."""
_ETAG: Final = re.compile(r'"(\d{1,18})"')
_HALVES: Final = re.compile("[\ud800-\udfff]")
_WHATEVER: Final = "*"


class Scope:
    """What a token may be good for besides reading; declared by the room whose records it is about."""

    declared: ClassVar[dict[str, "Scope"]] = {}

    def __init__(self, name: str, label: str) -> None:
        self.name, self.label = name, label
        Scope.declared[name] = self

    def __call__(self, request: HttpRequest) -> bool:
        """Whether the request came with a token of this scope. Raises a 403 where its token lacks it."""
        scopes: frozenset[str] | None = getattr(request, "scopes", None)
        if scopes is not None and self.name not in scopes:
            sentence = _("This token is not good for this. It needs the scope %(scope)s.")
            raise HttpError(403, sentence % {"scope": self.name})
        return scopes is not None

    @property
    def required(self) -> dict[str, Any]:
        """What a route says that asks for it, in code and in the document."""
        return {"auth": self, "openapi_extra": {"security": [{"token": [self.name]}]}}


def scopes() -> Mapping[str, Scope]:
    """All scopes of the house, by name."""
    return Scope.declared


class Given(Resource):
    """What is sent to be written: nothing but the names that are known."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _can_be_kept(cls, said: Any) -> Any:
        """Refuse signs that no database keeps: zero, and halves of pairs."""
        try:
            text = json.dumps(said, default=str, ensure_ascii=False)
        except RecursionError:
            raise ValueError(_("This is nested too deeply.")) from None
        if "\\u0000" in text or _HALVES.search(text):
            raise ValueError(_("This holds a sign that cannot be kept."))
        return said

    @property
    def stated(self) -> dict[str, Any]:
        """What was sent, by our own names, lists as tuples; what was left out stays as it is."""
        said = {name: getattr(self, name) for name in self.model_fields_set}
        return {
            name: tuple(value) if isinstance(value, list) else value for name, value in said.items()
        }


class DeedGiven(Given):
    """A deed of a record's life, one of its `deeds`, and why."""

    deed: str
    reason: str = ""


def tag(response: HttpResponse, record: models.Model) -> None:
    """Name the state of a record, for `seen`: by the newest deed. Cost: one query."""
    response["ETag"] = f'"{audit.latest_of(record)}"'


def seen(if_match: str) -> int | None:
    """The newest deed that the asker has seen, for a verb; None for who does not look.

    Raises a 428 where it is not said (RFC 6585), and a 412 for what was never an ETag of ours.
    """
    if not if_match:
        raise HttpError(
            428, _("Say which state you have seen: send its ETag as If-Match, or * for any.")
        )
    if if_match == _WHATEVER:
        return None
    found = _ETAG.fullmatch(if_match)
    if found is None:
        raise HttpError(412, _("This is no ETag of ours. Read the record again."))
    return int(found[1])


def require_patience(request: HttpRequest, action: str) -> None:
    """Count what sends mail to others, by a rate of the settings. Raises a 429 where it is done too often."""
    if not ratelimit.consume(request, action=action):
        raise HttpError(429, _("This was done too often. Try again in an hour."))


def deeds_for(
    person: Any,
    workflow: Workflow,
    record: Any,
    *,
    about: Mapping[str, object] = MappingProxyType({}),
) -> list[str]:
    """The deeds that a person may do with a record as it is now, in the order of the table; none for a visitor.

    `about` names what another permission than one on the record itself is about. Cost: that of the rules, each once.
    """
    if not isinstance(person, AbstractBaseUser):
        return []
    steps = workflow.transitions_from(record.state)
    asked = dict.fromkeys(step.permission for step in steps)
    may = {each: permits(person, each, about.get(each, record)) for each in asked}
    return [step.deed for step in steps if may[step.permission]]
