"""A profile as CSV: a line for each skill, certificate and occupation."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from io import StringIO
from typing import Final

from katalysator.talent.profiles.evidence.verbs import CertificateFacts
from katalysator.talent.profiles.portable.facts import (
    BEYOND,
    FOREIGN,
    MOST_READ,
    UNREADABLE,
    PortableCertificate,
    PortableOccupation,
    PortableProfile,
    PortableSkill,
    line,
    unreadable,
    year,
)
from katalysator.talent.profiles.verbs import OccupationFacts

COLUMNS: Final = ("kind", "key", "label", "from", "until", "hours", "issuer")
"""What stands above the columns, alike in every language: programs read it."""


def lines(profile: PortableProfile) -> Iterator[tuple[object, ...]]:
    """The lines of a profile, below `COLUMNS`."""
    for skill in profile.skills:
        yield "skill", skill.key, skill.label, "", "", "", ""
    for each in profile.certificates:
        facts, skill = each.facts, each.skill
        days = (_iso(facts.issued_on), _iso(facts.valid_until))
        yield "certificate", skill.key, skill.label, *days, "", facts.issuer
    for work in profile.occupations:
        told = (work.facts.from_year, work.facts.until_year, work.facts.hours)
        yield "occupation", work.facts.key, work.label, *(each or "" for each in told), ""


def read(content: bytes) -> PortableProfile:
    """What can be kept of such a file; the rest is counted. Raises InvalidInput at “file”."""
    try:
        rows = csv.DictReader(StringIO(content.decode("utf-8-sig")))
        if not {"kind", "key"} <= set(rows.fieldnames or ()):
            raise unreadable()
        found = PortableProfile()
        for number, row in enumerate(rows):
            if number >= MOST_READ:
                found.left_out[BEYOND] += 1
            else:
                _take(found, row)
    except (UnicodeDecodeError, csv.Error):
        raise unreadable() from None
    return found


def _take(found: PortableProfile, row: Mapping[str, str]) -> None:
    key = line(row.get("key"))
    match row.get("kind"):
        case "skill" if key:
            found.skills.append(PortableSkill(key))
        case "occupation" if key:
            hours = line(row.get("hours"))
            is_number = hours.isascii() and hours.isdecimal()
            years = (year(row.get("from")), year(row.get("until")))
            facts = OccupationFacts(key, *years, int(hours[:3]) if is_number else None)
            found.occupations.append(PortableOccupation(facts))
        case "certificate" if key and (issuer := line(row.get("issuer"))):
            days = (_day(row.get("from")), _day(row.get("until")))
            certificate = CertificateFacts(issuer, *days)
            found.certificates.append(PortableCertificate(PortableSkill(key), certificate))
        case "skill" | "occupation" | "certificate":
            found.left_out[UNREADABLE] += 1
        case _:
            found.left_out[FOREIGN] += 1


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
