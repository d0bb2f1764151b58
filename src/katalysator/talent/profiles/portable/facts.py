"""What of a profile goes along in a file, whatever its form, and what could not be read of one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from katalysator.cleaning import plain_line
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.models import SkillProfile
from katalysator.talent.profiles.evidence.verbs import CertificateFacts
from katalysator.talent.profiles.verbs import OccupationFacts

LARGEST_FILE: Final = 1_000_000
"""Bytes of a file that is read."""
MOST_READ: Final = 1_000
"""Things of a file that are read."""
_LONGEST: Final = 300

FOREIGN: Final = _("of a kind that we do not keep")
UNREADABLE: Final = _("without a skill or an occupation that can be read")
BEYOND: Final = _("more than we read of one file")


@dataclass(frozen=True, slots=True)
class PortableSkill:
    """A skill by its key, with its label."""

    key: str
    label: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class PortableOccupation:
    """An occupation by its key, with years, hours and its label."""

    facts: OccupationFacts
    label: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class PortableCertificate:
    """A certificate for a skill."""

    skill: PortableSkill
    facts: CertificateFacts


@dataclass(slots=True)
class PortableProfile:
    """What goes along: nothing of who it is, nor of what others confirmed; `left_out` counts what was not read, by why."""

    skills: list[PortableSkill] = field(default_factory=list)
    occupations: list[PortableOccupation] = field(default_factory=list)
    certificates: list[PortableCertificate] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, profile: SkillProfile) -> "PortableProfile":
        """That of a profile. Cost: three queries."""
        skills = list(profile.skills.prefetch_related("evidence"))
        told = {each.pk: PortableSkill(each.key, each.label, each.language) for each in skills}
        return cls(
            list(told.values()),
            [
                PortableOccupation(
                    OccupationFacts(each.key, each.from_year, each.until_year, each.hours),
                    each.label,
                    each.language,
                )
                for each in profile.occupations.all()
            ],
            [
                PortableCertificate(
                    told[skill.pk], CertificateFacts(each.issuer, each.issued_on, each.valid_until)
                )
                for skill in skills
                for each in skill.evidence.all()
                if each.level == each.Level.CERTIFICATE
            ],
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (self.skills or self.occupations or self.certificates)


def line(value: Any) -> str:
    """A text of a file in one line; nothing of what is no text, or far too long."""
    return plain_line(value) if isinstance(value, str) and len(value) <= _LONGEST else ""


def year(value: Any) -> int | None:
    """The year that a text begins with; None where it begins with none."""
    text = str(value)[:4] if isinstance(value, str | int) else ""
    return int(text) if len(text) == len("2026") and text.isascii() and text.isdecimal() else None


def each_of(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects in a value of JSON-LD, where one may stand without a list."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item


def require_small(content: bytes) -> None:
    """Refuse a file that is too large to be a profile. Raises InvalidInput at “file”."""
    if len(content) > LARGEST_FILE:
        raise InvalidInput("file-large", _("The file is larger than 1 MB.")).at("file")


def unreadable() -> InvalidInput:
    """That a file cannot be read at all."""
    return InvalidInput(
        "file-unreadable",
        _("This file cannot be read as a profile."),
        hint=_("Give a file in JSON-LD (Europass) or CSV, as “Take along” makes them."),
    ).at("file")
