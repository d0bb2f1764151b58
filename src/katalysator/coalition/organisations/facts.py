"""What is written down of an organisation: checked as a whole, put into the row, told to the audit trail."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final

from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition.models import Area, Organisation
from katalysator.core import regions
from katalysator.core.identifiers import parse_kvk
from katalysator.core.translated import Translated
from katalysator.faults import InvalidInput, gettext_noop as _

_LINES: Final = ("name", "city", "website", "contact")
_DOMAIN: Final = re.compile(r"(?=.{4,80}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")
_PUBLIC: Final = frozenset({
    "gmail.com", "hotmail.com", "outlook.com", "live.nl", "live.com", "icloud.com", "me.com", "yahoo.com",
    "proton.me", "protonmail.com", "ziggo.nl", "kpnmail.nl", "planet.nl", "xs4all.nl", "hetnet.nl", "home.nl",
    "casema.nl", "upcmail.nl", "hotmail.nl", "msn.com", "gmx.net", "gmx.com", "aol.com",
})  # fmt: skip
"""Where anybody gets an address: it says nothing of who somebody speaks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFacts:
    """All that an organisation says of itself."""

    name: str
    kind: str
    region: str
    city: str = ""
    kvk: str = ""
    website: str = ""
    contact: str = ""
    about: Mapping[str, str] = field(default_factory=dict)
    other_names: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    mail_domains: tuple[str, ...] = ()


def facts_of(organisation: Organisation, **said: Any) -> OrganisationFacts:
    """All that an organisation says of itself, but for what is said otherwise. Cost: one query."""
    known: dict[str, Any] = {
        each.name: getattr(organisation, each.name) for each in fields(OrganisationFacts)
    }
    known["areas"] = sorted(organisation.areas.values_list("slug", flat=True))
    known |= {**said, "about": {**organisation.about, **said.get("about", {})}}
    told: dict[str, Any] = {
        name: tuple(each) if isinstance(each, list) else each for name, each in known.items()
    }
    return OrganisationFacts(**told)


def fill(organisation: Organisation, facts: OrganisationFacts) -> None:
    """Put the facts into the row; the areas come after it is saved. Raises InvalidInput at the name of a part."""
    for name in _LINES:
        setattr(organisation, name, plain_line(getattr(facts, name)))
    organisation.kind, organisation.blocks = facts.kind, list(facts.blocks)
    organisation.region = regions.parse(facts.region)
    organisation.kvk = parse_kvk(facts.kvk) if facts.kvk else ""
    organisation.other_names = list(filter(None, map(plain_line, facts.other_names)))
    about = {language: without_markup(text) for language, text in facts.about.items()}
    organisation.about = Translated(**{each: text for each, text in about.items() if text})
    organisation.mail_domains = [_domain(each) for each in facts.mail_domains]


def known_areas(slugs: Collection[str]) -> list[Area]:
    """The areas of these names. Raises InvalidInput for one that is not there. Cost: one query."""
    found = list(Area.objects.filter(slug__in=slugs))
    if missing := set(slugs) - {area.slug for area in found}:
        raise InvalidInput(
            "area",
            _("There is no area “%(area)s”."),
            hint=_("Choose from the list."),
            area=min(missing),
        ).at("areas")
    return found


def told(organisation: Organisation, areas: Collection[str] | None = None) -> dict[str, Any]:
    """What the audit trail holds of it, as JSON knows it. Cost: one query; none where its areas are named."""
    names = (
        "name",
        "kind",
        "region",
        "city",
        "kvk",
        "website",
        "other_names",
        "blocks",
        "mail_domains",
    )
    said = {name: getattr(organisation, name) for name in (*names, "contact")}
    if areas is None:
        areas = organisation.areas.values_list("slug", flat=True)
    return said | {"about": dict(organisation.about), "areas": sorted(areas)}


def _domain(text: str) -> str:
    """The part of addresses after the sign, in lower case; one that says who somebody speaks for."""
    domain = plain_line(text).lower().rpartition("@")[2]
    if not _DOMAIN.fullmatch(domain):
        raise InvalidInput(
            "mail-domain",
            _("“%(text)s” is not the end of an e-mail address."),
            hint=_("Write it as “voorbeeld.nl”."),
            text=text,
        ).at("mail_domains")
    if domain in _PUBLIC:
        raise InvalidInput(
            "mail-domain-public",
            _("Anybody can get an address at “%(domain)s”."),
            hint=_("Name a domain that only your own people have."),
            domain=domain,
        ).at("mail_domains")
    return domain
