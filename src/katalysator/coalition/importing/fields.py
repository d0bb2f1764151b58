"""What the columns of a sheet of participants may be, and by which names those go."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Final

from katalysator.coalition.blocks import Block
from katalysator.coalition.importing.cells import KVK, ROR, ListOf
from katalysator.coalition.models import Area, Organisation
from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText
from katalysator.importing.fields import UNUSED_LABEL, as_names, spoken, with_our_own_column
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.names import words
from katalysator.tables.recognition import NOT_USED

_TEXT: Final = 2_000
_OTHER_KINDS: Final[Mapping[str, str]] = {
    "bedrijf": "company", "grootbedrijf": "company", "corporate": "company", "onderneming": "company",
    "mkb": "sme", "midden en kleinbedrijf": "sme", "zzp": "sme", "start up": "startup", "scale up": "scaleup",
    "universiteit": "university", "umc": "university", "hogeschool": "hbo", "roc": "mbo", "mbo instelling": "mbo",
    "kennisinstelling": "institute", "onderzoeksinstituut": "institute", "research institute": "institute",
    "overheid": "government", "ministerie": "government", "provincie": "government", "waterschap": "government",
    "gemeente": "municipality", "stichting": "civil", "ngo": "civil", "maatschappelijke organisatie": "civil",
    "patientenvereniging": "interest", "belangenorganisatie": "interest", "investeerder": "investor",
    "fonds": "investor", "vereniging": "association", "brancheorganisatie": "association", "netwerk": "association",
}  # fmt: skip

LABELS: Final[Mapping[str, LabelText]] = {
    NOT_USED: UNUSED_LABEL,
    "name": _("Name"),
    "id": _("Your own number"),
    "kvk": _("KvK number"),
    "ror": _("ROR number"),
    "kind": _("Kind"),
    "other_names": _("Other names"),
    "city": _("City"),
    "region": _("Region"),
    "website": _("Website"),
    "public_contact": _("Address for questions, which everybody sees"),
    "about": _("What it does"),
    "about_nl": _("What it does, in Dutch"),
    "about_en": _("What it does, in English"),
    "areas": _("Areas"),
    "blocks": _("Building blocks"),
    "mail_domains": _("E-mail domains"),
    "takes_part": _("Takes part"),
    "is_founding": _("Founding member"),
    "joined_on": _("Takes part since"),
    "slug": _("Its address on this site"),
}
"""What a column may be taken for."""


@cache
def _kind_names() -> dict[str, tuple[str, ...]]:
    own = {
        name: (kind.value,)
        for kind in Organisation.Kind
        for name in (kind.value, *spoken(kind.label))
    }
    return {**{name: (kind,) for name, kind in _OTHER_KINDS.items()}, **own}


@cache
def block_names() -> dict[str, tuple[str, ...]]:
    """The blocks, by all their names."""
    return {name: (block.value,) for block in Block for name in (block.value, *spoken(block.label))}


def participants_sheet() -> SheetOf:
    """What a sheet of participants holds in this coalition. Cost: one query, for its areas."""
    areas = {" ".join(name): (slug,) for name, slug in areas_by_words().items()}
    fields = tuple(
        replace(each, kind=kinds.LabelsIn(areas)) if each.name == "areas" else each
        for each in _fields()
    )
    return with_our_own_column(
        SheetOf(
            fields, says=("name",), key="id",
            names=as_names("deelnemers, participants, organisaties, organisations, leden, members, bedrijven, partners"),
        )
    )  # fmt: skip


@cache
def _fields() -> tuple[Field, ...]:
    line, text = kinds.Name(), kinds.LongText(_TEXT)
    return (
        Field("id", kinds.Identifier(), as_names("nr, nummer, no, number, lidnr, lidnummer, deelnemersnummer, relatienummer, klantnummer, code, kenmerk, key, ref")),
        Field("name", line, as_names("naam, organisatie, organisatienaam, naam organisatie, organisation, organization, organisation name, bedrijf, bedrijfsnaam, company, company name, deelnemer, participant, lid, member, partner, instelling, institution, naam bedrijf, naam deelnemer, naam lid")),
        Field("other_names", ListOf(), as_names("other names, andere namen, andere naam, alias, aliassen, afkorting, abbreviation, acroniem, acronym, handelsnamen")),
        Field("kind", kinds.LabelsIn(_kind_names(), is_open=False), as_names("soort, type, soort organisatie, type organisatie, kind of organisation, organisation type, rechtsvorm, categorie, category")),
        Field("kvk", KVK, as_names("kvk nummer, kvknummer, kvk-nr, kvknr, kamer van koophandel, chamber of commerce, kvk number")),
        Field("ror", ROR, as_names("ror id, ror nummer, ror number, ror link")),
        Field("city", line, as_names("plaats, plaatsnaam, stad, town, place, vestigingsplaats, woonplaats, gevestigd in, based in, vestiging")),
        Field("region", kinds.PlacesIn(), as_names("regio, provincie, province, nuts, nuts code, werkgebied, rayon")),
        Field("website", line, as_names("web, site, url, webadres, homepage, www, internet, websites")),
        Field("public_contact", kinds.Address(), as_names("address for questions, adres voor vragen, algemeen e-mailadres, general e-mail, info, e-mail organisatie")),
        Field("about", text, as_names("omschrijving, beschrijving, description, wat doet, what do you do, over, profiel, profile, samenvatting, summary, activiteiten, missie, mission, toelichting"), asked=0.5),
        Field("about_nl", text, as_names("about nl, omschrijving nl, beschrijving nl, omschrijving nederlands")),
        Field("about_en", text, as_names("about en, omschrijving en, description en, description english, omschrijving engels")),
        Field("areas", kinds.LabelsIn({}), as_names("area, gebied, gebieden, toepassingsgebied, toepassingsgebieden, sector, sectoren, sectors, thema, themes, domein, branche"), ticked=True),
        Field("blocks", kinds.LabelsIn(block_names(), is_open=False), as_names("block, bouwsteen, bouwstenen, building blocks")),
        Field("mail_domains", ListOf(), as_names("mail domains, maildomein, maildomeinen, e-mail domains, domein van e-mail")),
        Field("takes_part", kinds.YesOrNo(), as_names("takes part, doet mee, is deelnemer, participant ja nee, deelnemend")),
        Field("is_founding", kinds.YesOrNo(), as_names("founding, founding member, oprichter, mede-oprichter, founding partner")),
        Field("joined_on", kinds.DaysIn(), as_names("joined on, lid sinds, deelnemer sinds, member since, participant since, datum toetreding, toegetreden, ingangsdatum")),
        Field("slug", kinds.Identifier(), as_names("address on this site, adres op de site")),
        Field(NOT_USED, kinds.Unused(), as_names("e-mail, email, emailadres, e-mailadres, mail, contactpersoon, contact person, naam contactpersoon, contact, telefoon, telefoonnummer, phone, tel, mobiel, adres, address, straat, street, postcode, postal code, opmerking, opmerkingen, opm, remarks, notes, notitie, intern, status, timestamp, tijdstempel, datum, accountmanager, functie, voornaam, achternaam, first name, last name, factuuradres, iban, bron, source"), several=True),
    )  # fmt: skip


def areas_by_words() -> dict[tuple[str, ...], str]:
    """The areas of this coalition, by all their names. Cost: one query."""
    areas = list(Area.objects.all())
    names = {words(name): area.slug for area in areas for name in area.name.values()}
    return names | {words(area.slug): area.slug for area in areas}
