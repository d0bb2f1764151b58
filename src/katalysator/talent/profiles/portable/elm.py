"""A profile in the European Learning Model (version 3), as Europass has it, in JSON-LD.

A skill is a `LearningAchievement` of an `elm:Person` whose learning outcome is related to a skill of ESCO. A
certificate is the same with who awarded it. Work that somebody did is said with schema.org, as the model has no
term for it. It is no credential: nobody signs it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import quote, unquote

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
    each_of,
    line,
    unreadable,
    year,
)
from katalysator.talent.profiles.verbs import OccupationFacts

MEDIA_TYPE: Final = "application/ld+json"
_CONTEXT: Final = (
    "http://data.europa.eu/snb/model/context/edc-ap",
    {"schema": "https://schema.org/"},
)
_ESCO: Final = "http://data.europa.eu/esco/"
_OF_ESCO: Final = re.compile(r"(skill|occupation)/[0-9a-f-]{36}")
_OURS: Final = "urn:katalysator:"
_SCHEME: Final = {"id": f"{_ESCO}concept-scheme/skills", "type": "ConceptScheme"}
_LONGEST_KEY: Final = 200


def written(profile: PortableProfile) -> dict[str, Any]:
    """A profile as JSON-LD."""
    awards: list[tuple[PortableSkill, CertificateFacts | None]] = [
        *((each, None) for each in profile.skills),
        *((each.skill, each.facts) for each in profile.certificates),
    ]
    return {
        "@context": list(_CONTEXT),
        "id": "urn:epass:person:1",
        "type": "Person",
        "hasClaim": [_achievement(number, *each) for number, each in enumerate(awards, 1)],
        "schema:hasOccupation": [_role(each) for each in profile.occupations],
    }


def read(content: bytes) -> PortableProfile:
    """What can be kept of a profile in JSON-LD, or of a credential that holds one; the rest is counted. Raises InvalidInput at “file”."""
    try:
        document = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise unreadable() from None
    people = list(_people(document))
    if not people:
        raise unreadable()
    found = PortableProfile()
    for number, claim in enumerate(claim for each in people for claim in _claims(each)):
        if number >= MOST_READ:
            found.left_out[BEYOND] += 1
        else:
            _take(found, claim)
    return found


def uri_of(key: str) -> str:
    """The address of a thing of a taxonomy; one of our own, where it is not of ESCO."""
    if key.startswith(("http://", "https://")):
        return key
    return f"{_ESCO}{key}" if _OF_ESCO.fullmatch(key) else f"{_OURS}{quote(key, safe='/')}"


def key_of(uri: Any) -> str:
    """The key of such an address; empty for what is none."""
    if not isinstance(uri, str) or len(uri) > _LONGEST_KEY:
        return ""
    if uri.startswith(_OURS):
        return unquote(uri.removeprefix(_OURS))
    short = uri.removeprefix(_ESCO)
    return short if _OF_ESCO.fullmatch(short) else uri


def _said(text: str, language: str) -> dict[str, list[str]]:
    return {language or "en": [text]}


def _achievement(
    number: int, skill: PortableSkill, award: CertificateFacts | None
) -> dict[str, Any]:
    title = _said(skill.label, skill.language)
    concept: dict[str, Any] = {"id": uri_of(skill.key), "type": "Concept", "prefLabel": title}
    is_esco = concept["id"].startswith(_ESCO)
    if is_esco:
        concept["inScheme"] = _SCHEME
    outcome = {
        "id": f"urn:epass:learningOutcome:{number}",
        "type": "LearningOutcome",
        "title": title,
        "relatedESCOSkill" if is_esco else "relatedSkill": [concept],
    }
    made: dict[str, Any] = {
        "id": f"urn:epass:learningAchievement:{number}",
        "type": "LearningAchievement",
        "title": title,
        "specifiedBy": {
            "id": f"urn:epass:learningAchievementSpec:{number}",
            "type": "LearningAchievementSpecification",
            "title": title,
            "learningOutcome": [outcome],
        },
    }
    if award:
        made["awardedBy"] = _award(number, award)
    return made


def _award(number: int, award: CertificateFacts) -> dict[str, Any]:
    body = {
        "id": f"urn:epass:org:{number}",
        "type": "Organisation",
        "legalName": _said(award.issuer, "nl"),
    }
    made: dict[str, Any] = {
        "id": f"urn:epass:awardingProcess:{number}",
        "type": "AwardingProcess",
        "awardingBody": [body],
    }
    if award.issued_on:
        made["awardingDate"] = f"{award.issued_on.isoformat()}T00:00:00Z"
    return made


def _role(occupation: PortableOccupation) -> dict[str, Any]:
    facts = occupation.facts
    name = {"@value": occupation.label, "@language": occupation.language or "en"}
    made: dict[str, Any] = {
        "type": "schema:Role",
        "schema:hasOccupation": {
            "id": uri_of(facts.key),
            "type": "schema:Occupation",
            "schema:name": name,
        },
    }
    told = {
        "schema:startDate": facts.from_year,
        "schema:endDate": facts.until_year,
        "schema:workHours": facts.hours,
    }
    return made | {name: str(value) for name, value in told.items() if value is not None}


def _people(document: Any) -> Iterator[Mapping[str, Any]]:
    """The people that a document tells of: itself, or the subjects of a credential."""
    for each in each_of(document):
        if _is(each, "Person"):
            yield each
        yield from each_of(each.get("credentialSubject"))


def _claims(person: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from each_of(person.get("hasClaim"))
    yield from each_of(person.get("schema:hasOccupation"))


def _take(found: PortableProfile, claim: Mapping[str, Any]) -> None:
    if _is(claim, "schema:Role"):
        _take_role(found, claim)
    elif _is(claim, "LearningAchievement"):
        _take_achievement(found, claim)
    else:
        found.left_out[FOREIGN] += 1


def _take_role(found: PortableProfile, role: Mapping[str, Any]) -> None:
    keys = [key_of(each.get("id")) for each in each_of(role.get("schema:hasOccupation"))]
    if not any(keys):
        found.left_out[UNREADABLE] += 1
    first, last = year(role.get("schema:startDate")), year(role.get("schema:endDate"))
    hours = role.get("schema:workHours")
    is_number = isinstance(hours, str) and hours.isascii() and hours.isdecimal()
    for key in filter(None, keys):
        facts = OccupationFacts(key, first, last, int(hours[:3]) if is_number and hours else None)
        found.occupations.append(PortableOccupation(facts))


def _take_achievement(found: PortableProfile, claim: Mapping[str, Any]) -> None:
    keys = [key_of(each.get("id")) for each in _concepts(claim)]
    award = _read_award(claim)
    if not any(keys):
        found.left_out[UNREADABLE] += 1
    for key in filter(None, keys):
        skill = PortableSkill(key)
        if award:
            found.certificates.append(PortableCertificate(skill, award))
        else:
            found.skills.append(skill)


def _concepts(claim: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for specification in each_of(claim.get("specifiedBy")):
        for outcome in each_of(specification.get("learningOutcome")):
            yield from each_of(outcome.get("relatedESCOSkill"))
            yield from each_of(outcome.get("relatedSkill"))


def _read_award(claim: Mapping[str, Any]) -> CertificateFacts | None:
    for process in each_of(claim.get("awardedBy")):
        for body in each_of(process.get("awardingBody")):
            if issuer := _text_in(body.get("legalName")):
                return CertificateFacts(issuer, _day(process.get("awardingDate")))
    return None


def _text_in(said: Any) -> str:
    """The first text of what is said in languages."""
    values = said.values() if isinstance(said, dict) else [said]
    texts = (line(each[0] if isinstance(each, list) and each else each) for each in values)
    return next(filter(None, texts), "")


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[: len("2026-01-01")]) if isinstance(value, str) else None
    except ValueError:
        return None


def _is(thing: Mapping[str, Any], kind: str) -> bool:
    said = thing.get("type", thing.get("@type"))
    return kind in said if isinstance(said, list) else said == kind
