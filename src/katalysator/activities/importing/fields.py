"""What the columns of a sheet of activities may be, and by which names those go."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from katalysator.activities.models import Activity
from katalysator.coalition.importing.held.fields import choices_by_name, map_fields, sheet_of_fields
from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText
from katalysator.importing.fields import UNUSED_LABEL, as_names
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.recognition import NOT_USED

MOST_PLACES: Final = 100_000
_LONGEST_TITLE: Final = 1_000
_LONGEST_TEXT: Final = 20_000
_OTHER_KINDS: Final = {
    "field lab": "fieldlab", "proeftuin": "fieldlab", "living lab": "fieldlab", "proef": "pilot", "pilotproject": "pilot",
    "lezing": "lecture", "webinar": "lecture", "seminar": "lecture", "symposium": "lecture", "congres": "lecture",
    "conference": "lecture", "talk": "lecture", "presentatie": "lecture", "training": "course", "cursus": "course",
    "opleiding": "course", "masterclass": "course", "leergang": "course", "stage": "internship", "sprint": "hackathon",
    "werksessie": "workshop", "bijeenkomst": "workshop", "meetup": "workshop", "publicatie": "publication",
}  # fmt: skip
_OTHER_MODES: Final = {
    "fysiek": "site", "op locatie": "site", "in person": "site", "on site": "site", "offline": "site", "zaal": "site",
    "digitaal": "online", "virtueel": "online", "virtual": "online", "op afstand": "online", "remote": "online",
    "teams": "online", "zoom": "online", "hybride": "both", "hybrid": "both",
}  # fmt: skip
_OTHER_POLICIES: Final = {
    "vrij": "open", "vrije inschrijving": "open", "inschrijven": "open", "aanmelden": "open", "registration": "open",
    "op aanvraag": "request", "aanvragen": "request", "na goedkeuring": "request", "approval": "request",
    "op uitnodiging": "invitation", "besloten": "invitation", "invite only": "invitation", "geen aanmelding": "none",
    "vrije inloop": "none", "inloop": "none", "walk in": "none", "no registration": "none", "niet nodig": "none",
}  # fmt: skip
_MOMENTS: Final = ("day", "starts", "ends")

LABELS: Final[Mapping[str, LabelText]] = {
    NOT_USED: UNUSED_LABEL,
    "title": _("Title"),
    "id": _("Your own number"),
    "kind": _("Kind"),
    "organisation": _("Who holds it?"),
    "day": _("Day"),
    "starts": _("Begins"),
    "ends": _("Ends"),
    "lasts": _("How long it takes"),
    "mode": _("On the spot or online"),
    "place": _("Where exactly?"),
    "region": _("Province"),
    "link": _("Link"),
    "capacity": _("Places"),
    "policy": _("Registration"),
    "visibility": _("Who sees it?"),
    "areas": _("Areas"),
    "blocks": _("Building blocks"),
    "language": _("Language"),
    "text": _("What is it, and for whom?"),
}
"""What a column may be taken for."""


def activities_sheet() -> SheetOf:
    """What a sheet of activities holds in this coalition. Cost: one query, for its areas."""
    names = "activiteiten, activities, agenda, evenementen, events, bijeenkomsten, kalender, calendar, cursussen, courses, programma"
    return sheet_of_fields(_fields(), as_names(names))


@cache
def _fields() -> tuple[Field, ...]:
    moment = kinds.MomentIn()
    return (
        Field("id", kinds.Identifier(), as_names("nr, nummer, no, number, activiteitnummer, code, kenmerk, key, ref, uid")),
        Field("title", kinds.Title(_LONGEST_TITLE), as_names("titel, naam, name, activiteit, activity, evenement, event, bijeenkomst, onderwerp, subject, naam activiteit, event name, workshop, cursus, training, sessie, session, programmaonderdeel")),
        Field("kind", choices_by_name(Activity.Kind, _OTHER_KINDS), as_names("soort, type, soort activiteit, type activiteit, activity type, event type, vorm, format, categorie, category")),
        Field("organisation", kinds.Name(), as_names("organisatie, organization, organisator, organiser, organizer, wie houdt het, door, gastheer, host, aanbieder, provider, held by, georganiseerd door, organised by, deelnemer, participant")),
        Field("day", moment, as_names("datum, date, dag, wanneer, when, datum activiteit, event date, datum en tijd, date and time"), with_fields=_MOMENTS),
        Field("starts", moment, as_names("begin, start, begint, starts, begintijd, starttijd, start time, aanvang, aanvangstijd, startdatum, begindatum, start date, starts at, van, from, tijd, time, tijdstip, tijden, times"), several=True, with_fields=_MOMENTS),
        Field("ends", moment, as_names("einde, end, eindigt, eind, eindtijd, end time, einddatum, end date, ends at, tot, until, t/m, afloop"), several=True, with_fields=_MOMENTS),
        Field("lasts", kinds.LengthIn(), as_names("duur, duration, tijdsduur, lengte, length, aantal uren, hours, uren, minuten, minutes")),
        Field("mode", choices_by_name(Activity.Mode, _OTHER_MODES), as_names("mode, online, fysiek of online, online of fysiek, on site or online, deelnamevorm, attendance, wijze")),
        Field("place", kinds.Title(_LONGEST_TITLE), as_names("plaats, place, locatie, location, waar, where, adres, address, zaal, room, venue, stad, city")),
        Field("region", kinds.PlacesIn(tells_itself=False), as_names("regio, provincie, province, nuts, nuts code")),
        Field("link", kinds.Title(_LONGEST_TITLE), as_names("online link, url, webadres, web address, teams, zoom, vergaderlink, meeting link, weblink, aanmeldlink")),
        Field("capacity", kinds.Count(MOST_PLACES), as_names("capaciteit, plaatsen, aantal plaatsen, places, seats, plekken, aantal plekken, max deelnemers, max aantal, aantal deelnemers, maximum aantal deelnemers, max participants, maximum")),
        Field("policy", choices_by_name(Activity.Policy, _OTHER_POLICIES), as_names("aanmelding, registration, inschrijving, aanmelden, registratie, toegang, access, enrolment, registration policy")),
        *map_fields(Activity.Visibility),
        Field("text", kinds.LongText(_LONGEST_TEXT), as_names("tekst, omschrijving, beschrijving, description, toelichting, samenvatting, summary, abstract, inhoud, content, over, about, wat is het, programma, doelgroep"), asked=0.5),
        Field(NOT_USED, kinds.Unused(), as_names("e-mail, email, mail, contactpersoon, contact person, contact, telefoon, phone, tel, mobiel, spreker, speaker, docent, trainer, opmerking, opmerkingen, remarks, notes, notitie, status, timestamp, tijdstempel, datum aanmelding, inschrijven tot, aanmelden voor, deadline, registration deadline, kosten, prijs, price, costs, aantal aanmeldingen, bron, source"), several=True),
    )  # fmt: skip
