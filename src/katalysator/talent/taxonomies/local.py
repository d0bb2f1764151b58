"""What an own occupation or skill says: checked against the taxonomy that it stands beside."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Self

from django.utils.text import slugify

from katalysator.cleaning import plain_line
from katalysator.engine.skills import Taxonomy
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.models import LocalConcept

MOST_LABELS: Final = 20
MOST_SKILLS: Final = 60


@dataclass(frozen=True, slots=True)
class LocalContent:
    """Labels by language, the preferred one first, and for an occupation what it asks for, by keys of skills."""

    kind: str
    nl: Sequence[str] = ()
    en: Sequence[str] = ()
    isco: str = ""
    group: str = ""
    essential: Sequence[str] = ()
    optional: Sequence[str] = ()

    @classmethod
    def of(cls, row: LocalConcept) -> Self:
        """What a row says."""
        return cls(**{name: getattr(row, name) for name in cls.__slots__})

    def fields(self) -> dict[str, Any]:
        """The same by the names of columns."""
        return {
            name: list(value) if isinstance(value, (list, tuple)) else value
            for name, value in asdict(self).items()
        }


def check_local(said: LocalContent, taxonomy: Taxonomy | None) -> LocalContent:
    """What was said, tidied. Raises InvalidInput at what cannot be kept."""
    tidy = replace(said, **{name: _lines(getattr(said, name)) for name in ("nl", "en")})
    if not slugify("".join((*tidy.en, *tidy.nl)[:1])):
        raise InvalidInput(
            "local-label", _("It has no label."), hint=_("Write what it is called.")
        ).at("nl")
    for name in ("nl", "en"):
        if len(getattr(tidy, name)) > MOST_LABELS:
            raise InvalidInput(
                "local-labels", _("These are more than %(most)s labels."), most=MOST_LABELS
            ).at(name)
    known = taxonomy.skills.row if taxonomy else {}
    for name in ("essential", "optional"):
        keys = getattr(tidy, name)
        if len(keys) > MOST_SKILLS:
            raise InvalidInput(
                "local-skills", _("These are more than %(most)s skills."), most=MOST_SKILLS
            ).at(name)
        for key in keys:
            if key not in known:
                raise InvalidInput(
                    "local-skill", _("There is no skill “%(key)s”."), key=key
                ).at(name)
    if tidy.kind == LocalConcept.Kind.OCCUPATION and not tidy.essential:
        raise InvalidInput(
            "local-skills",
            _("It asks for no skill."),
            hint=_("Name at least one skill that this work cannot do without."),
        ).at("essential")
    return tidy


def _lines(said: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(plain_line, said))))
