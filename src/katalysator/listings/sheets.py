"""Sheets of needs and offers: what their columns may be, and by which names those go.

One declaration for `katalysator match` and `learn` and for the pages that take a sheet in. Names are
those of the forms and exports of this house, and what coordinators call them in Dutch and English.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from katalysator.listings.sheet_labels import AREA_SLUGS, LEVEL_NAMES, TermLabels
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf

RowKind = Literal["need", "offer"]
"""What a row is."""

LONGEST_TITLE: Final = 1_000
LONGEST_TEXT: Final = 20_000
MOST_SEATS: Final = 1_000_000


def _names(said: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in said.split(","))


_NEED_SHEETS: Final = _names(
    "needs, need, vragen, vraag, gevraagd, behoeften, behoefte, hulpvragen, wensen, gezocht, wij zoeken, demand, requests, questions, challenges, uitdagingen, opdrachten"
)
_OFFER_SHEETS: Final = _names(
    "offers, offer, aanbod, geboden, aangeboden, aanbiedingen, wij bieden, supply, solutions, oplossingen, diensten, services, instrumenten, partners, experts"
)
_DAYS: Final = ("period", "period_start", "period_end")
_TITLE: Final = Field(
    "title",
    kinds.Title(LONGEST_TITLE),
    _names(
        "titel, onderwerp, subject, project, projectnaam, project name, naam project, naam van het project, opdracht, opdrachttitel, assignment, "
        "vraag kort, korte vraag, vraag in het kort, in het kort, in short, kort, short name, dienst, service, product, opleiding, course, "
        "cursus, training, challenge, uitdaging, casus, case, instrument, what is offered, wat breng je mee, vacature, job, functie, kop, headline, topic, "
        "naam vraag, naam aanbod, vraagtitel, titel van de vraag, use case, usecase, idee, idea, initiatief, initiative, pitch, activiteit, activity, workshop, dataset, naam dataset, faciliteit, facility, apparaat, equipment, machine, rol, role, profiel, profile, functietitel, job title, module, vak, les, titel opdracht, vraag, hulpvraag, aanbod, request, offer, need, wij bieden, gevraagd, geboden"
    ),
    leads="text",
)
_TITLE_BY_NAME: Final = Field("title", kinds.TitleNoName(LONGEST_TITLE), _names("naam, name"))
_TEXT: Final = Field(
    "text",
    kinds.LongText(LONGEST_TEXT),
    _names(
        "tekst, omschrijving, korte omschrijving, beschrijving, toelichting, uitleg, description, details, detail, explanation, samenvatting, summary, "
        "abstract, vraag, hulpvraag, vraagstuk, question, probleem, probleemstelling, problem, behoefte, need, needs, wens, wensen, aanbod, offer, oplossing, "
        "gewenste oplossing, solution, doel, goal, achtergrond, background, context, aanleiding, voorwaarden, conditions, terms, gezocht, wanted, gevraagd, "
        "geboden, wij zoeken, we zoeken, wij bieden, wij hebben, wat is de vraag, what do you need, what do you offer, wat zoekt u, wat biedt u, wat kunt u bieden, "
        "describe, vertel, tell us, inhoud, content, resultaat, result, verwachting, expectation, motivatie, motivation, data, om, zodat, "
        "opdrachtomschrijving, korte beschrijving, short description, vraagomschrijving, omschrijving vraag, omschrijving aanbod, projectomschrijving, project description, wat hebben we nodig, what we need, what we offer, wat bieden wij, wat zoeken we, hulp gevraagd, ondersteuningsvraag, leervraag, kennisvraag, onderzoeksvraag, research question, knelpunt, bottleneck, pijnpunt, pain point, situatie, situation, huidige situatie, gewenste situatie, impact, waarom, why, eisen, requirements, wensen en eisen, criteria, extra informatie, additional information, mogelijkheden, possibilities, wat u krijgt, what you get, tegenprestatie, in return, waarover, about, verzoek, request"
    ),
    several=True,
    asked=0.6,
)
_ORGANISATION: Final = Field(
    "organisation",
    kinds.Name(),
    _names(
        "organisatie, organization, naam organisatie, name of organisation, name of company, organisatienaam, bedrijf, bedrijfsnaam, company, partner, lid, member, aanbieder, provider, supplier, "
        "aanvrager, applicant, vrager, vragende partij, vraagsteller, indiener, submitter, school, bibliotheek, library, afdeling, department, instelling, institution, "
        "instituut, institute, club, vereniging, association, partij, party, firma, firm, onderneming, stakeholder, deelnemer, participant, "
        "wie, who, van wie, eigenaar, owner, opdrachtgever, client, klant, customer, lab, laboratorium, ziekenhuis, hospital, startup, start-up, werkgever, employer, leverancier, team, groep, group, "
        "naam bedrijf, naam lid, naam school, onderwijsinstelling, vragende organisatie, aanbiedende organisatie, uitvoerder, host, company name, organisation name, affiliation, faculteit, faculty, vakgroep, onderzoeksgroep, research group, kennisinstelling, zorginstelling, gemeente, municipality, naam, name"
    ),
)
_AREAS: Final = Field(
    "areas",
    kinds.LabelsIn({name: (slug,) for name, slug in AREA_SLUGS.items()}),
    _names(
        "area, gebied, gebieden, toepassingsgebied, toepassingsgebieden, application area, domein, domeinen, domain, thema, thema's, theme, themes, sector, "
        "sectoren, sectors, branche, branches, industry, industries, trefwoorden, trefwoord, keywords, tags, labels, onderwerpen, topics, doelgroep, doelgroepen, "
        "target group, target groups, voor wie, for whom, geschikt voor, suitable for, categorie, category, vakgebied, field, werkveld, "
        "thematiek, programma, programme, programmalijn, cluster, beleidsterrein, policy area, discipline, subject area, toepassing, application, collectie, collection"
    ),
    ticked=True,
)
_REGION: Final = Field(
    "region",
    kinds.PlacesIn(),
    _names(
        "regions, regio, regio's, plaats, plaatsnaam, place, town, city, stad, locatie, location, vestigingsplaats, vestiging, waar, where, werkgebied, "
        "werkingsgebied, working area, provincie, provincies, province, gemeente, municipality, nuts, woonplaats, standplaats, land, country, adres, address, postcode, based in, "
        "wijk, stadsdeel, district, campus, standort, ort, hub, regio plaats, rayon"
    ),
)
_SKILLS: Final = Field(
    "skills",
    kinds.LabelsIn({}),
    _names(
        "skill, vaardigheid, vaardigheden, competenties, competences, competencies, kennis, expertise, expertises, deskundigheid, technologie, technologieën, "
        "technology, technologies, techniek, technieken, tools, skills wanted, wat kunnen ze, kwaliteiten, "
        "vakkennis, skills needed, benodigde kennis, gevraagde kennis, programmeertaal, methoden, methods, software"
    ),
)
_LEVEL: Final = Field(
    "level",
    TermLabels(kinds.LabelsIn(LEVEL_NAMES, is_open=False)),
    _names(
        "levels, niveau, niveaus, opleidingsniveau, werk- en denkniveau, education level, graad, degree, "
        "studieniveau, leerjaar, study level, type student, seniority"
    ),
)
_LANGUAGE: Final = Field(
    "language",
    kinds.Languages(),
    _names(
        "taal, talen, languages, voertaal, spreektaal, engelstalig, "
        "spoken languages, language of instruction, working language, taal lessen"
    ),
)
_PERIOD: Final = Field(
    "period",
    kinds.DaysIn(),
    _names(
        "periode, wanneer, looptijd, when, beschikbaar, beschikbaarheid, available, availability, planning, dates, data, "
        "voor wanneer, gewenste periode, termijn, term, tijd, dag, dagen, days, moment, timing, datum, date, "
        "tijdvak, uitvoering, uitvoeringsperiode, semester, kwartaal, quarter, beschikbare periode, maand, month"
    ),
    with_fields=_DAYS,
)
_START: Final = Field(
    "period_start",
    kinds.DaysIn(),
    _names(
        "start, startdatum, start date, begin, begindatum, from, van, vanaf, per, ingangsdatum, available from, beschikbaar vanaf, open, opent, opening, "
        "startmoment, gewenste start, gewenste startdatum, ingang, beschikbaar per, available as of"
    ),
    with_fields=_DAYS,
)
_END: Final = Field(
    "period_end",
    kinds.DaysIn(),
    _names(
        "end, end date, einde, eind, einddatum, until, to, tot, t/m, tot en met, uiterlijk, deadline, gereed, klaar, sluit, sluiting, sluitingsdatum, closes, "
        "gewenst per, nodig voor, needed by, due, wanted by, opleverdatum, available until, beschikbaar tot, "
        "uiterste datum, tot wanneer, geldig tot, valid until, afronding, oplevering, delivery, klaar op, ready by, needed before, closing date"
    ),
    with_fields=_DAYS,
)
_STANDS: Final = Field(
    "stands_until",
    kinds.DaysIn(),
    _names("open until, open tot en met, stands until, blijft staan tot, staat tot"),
    with_fields=_DAYS,
)
_CAPACITY: Final = Field(
    "capacity",
    kinds.Count(MOST_SEATS),
    _names(
        "capaciteit, plaatsen, plekken, plek, places, seats, slots, aantal, aantal plaatsen, aantal plekken, number of places, max deelnemers, deelnemers, participants, "
        "hoeveel plek, hoeveel, how many, teams, studenten, students, aantal studenten, aantal keer, groepsgrootte, group size, "
        "aantal deelnemers, max aantal, maximum aantal, maximum number, aantal teams, aantal leerlingen, leerlingen, pupils, aantal personen, personen, people, fte, stageplaatsen, beschikbare plekken, number of students, spots, positions"
    ),
)
_AMOUNT: Final = Field(
    "amount",
    kinds.AmountIn(),
    _names(
        "bedrag, budget, kosten, cost, costs, prijs, price, tarief, rate, fee, vergoeding, allowance, investering, investment, ticket, wat kost het, gratis, "
        "begroting, financiering, funding, bijdrage, contribution, "
        "kostprijs, prijsindicatie, price indication, budgetindicatie, dagtarief, day rate, uurtarief, hourly rate, stagevergoeding, subsidie, grant, eigen bijdrage, sponsoring, waarde, value"
    ),
)
_AMOUNT_MIN: Final = Field(
    "ticket_min",
    kinds.AmountIn(),
    _names(
        "bedrag min, min bedrag, minimumbedrag, minimum bedrag, amount min, min amount, minimaal, minimum, min, vanaf bedrag, investering van, investment from, budget van, budget min, min budget"
    ),
)
_AMOUNT_MAX: Final = Field(
    "ticket_max",
    kinds.AmountIn(),
    _names(
        "bedrag max, max bedrag, maximumbedrag, maximum bedrag, amount max, max amount, maximaal, maximum, max, tot bedrag, investering tot, investment to, budget tot, budget max, max budget"
    ),
)
_LEAST: Final = Field(
    "amount_min",
    kinds.AmountIn(),
    _names(
        "price from, prijs vanaf, prijs van, kosten vanaf, kosten van, costs from, budget van, budget vanaf, budget from, budget min, min budget, minimum budget, minimum price"
    ),
)
_MOST: Final = Field(
    "amount_max",
    kinds.AmountIn(),
    _names(
        "price to, prijs tot, kosten tot, costs to, budget tot, budget to, budget max, max budget, maximum budget, maximum price, max prijs"
    ),
)
_DAYS_A_WEEK: Final = Field(
    "days_a_week",
    kinds.NumberIn(),
    _names("dagen per week, aantal dagen per week, days per week, number of days a week"),
)
_HOURS: Final = Field(
    "hours_a_week",
    kinds.NumberIn(),
    _names("uren per week, aantal uren per week, hours per week, number of hours a week"),
)
_HOURS_MIN: Final = Field(
    "hours_a_week_min",
    kinds.NumberIn(),
    _names("min uren per week, minimum uren per week, uren per week vanaf, min hours a week"),
)
_HOURS_MAX: Final = Field(
    "hours_a_week_max",
    kinds.NumberIn(),
    _names("max uren per week, maximum uren per week, uren per week tot, max hours a week"),
)
_PAY: Final = Field(
    "monthly_pay",
    kinds.AmountIn(),
    _names(
        "loon per maand, bruto maandloon, maandloon, maandsalaris, salaris, salary, pay a month"
    ),
)
_PAY_MIN: Final = Field(
    "monthly_pay_min",
    kinds.AmountIn(),
    _names("min maandloon, min salaris, salaris vanaf, min salary, salary from"),
)
_PAY_MAX: Final = Field(
    "monthly_pay_max",
    kinds.AmountIn(),
    _names("max maandloon, max salaris, salaris tot, max salary, salary to"),
)
_COURSE_FEE: Final = Field(
    "course_fee", kinds.AmountIn(), _names("lesgeld, cursusgeld, prijs per deelnemer, tuition")
)
_EMAIL: Final = Field(
    "email",
    kinds.Address(),
    _names(
        "mail, e-mail, emailadres, e-mailadres, email address, e-mail address, contact, contactpersoon, contact person, kontakt, meer weten, more information, "
        "mailadres, contactgegevens, contact details, aanspreekpunt, bereikbaar via, reactie naar"
    ),
    several=True,
)
_ID: Final = Field(
    "id",
    kinds.Identifier(),
    _names(
        "nr, nummer, no, number, code, kenmerk, volgnummer, dossier, dossiernummer, ref, referentie, reference, zaaknummer, lidnr, lidnummer, offer no, need no, #, key, sleutel, "
        "vraagnr, aanbodnr, vraagnummer, aanbodnummer, projectnr, projectnummer, project no, project id, aanvraagnr, casusnr, volgnr, regel, rij, row, item"
    ),
)
_MARKET: Final = Field(
    "market",
    kinds.LabelsIn({}),
    _names(
        "markt, soort, type, kind, soort aanbod, soort vraag, type of offer, vorm, form, "
        "type vraag, type aanbod, categorie aanbod, werkvorm, soort hulp, soort dienst"
    ),
)
_UNUSED: Final = Field(
    "-",
    kinds.Unused(),
    _names(
        "opmerking, opmerkingen, opm, remark, remarks, comment, comments, notitie, notities, note, notes, intern, internal, interne notitie, status, stand, fase, phase, prio, "
        "prioriteit, priority, timestamp, tijdstempel, datum binnen, datum ontvangst, ontvangen, received, date received, ingekomen, binnengekomen, aangemaakt, created, "
        "submitted at, ingevuld op, bijgewerkt, updated, gewijzigd, modified, accountmanager, behandelaar, handler, verwerkt, processed, al gesproken, "
        "anything else, nog iets, telefoon, telefoonnummer, phone, tel, website, url, link, duur, duration, doorlooptijd, how long, hoe lang, akkoord, privacy, afvinken, check, gezien, seen, "
        "bron, source, via, actie, action, vervolg, follow-up, opgepakt door, contactmoment, laatste contact, last contact, besproken, discussed, gematcht met, matched with, match, afgehandeld, done, afgerond, actief, active, archief, kleur, volgorde, sortering, uren, hours, uren per week, leeftijd, aanhef, voornaam, achternaam, first name, last name, contactpersoon, contact person, naam indiener, naam contactpersoon, your name, ingevoerd, entered, aangemeld, aanmelddatum, datum aanmelding, datum aanvraag, invoerdatum, laatst bijgewerkt, last updated, reden, reason, internal notes, notities intern, zichtbaar, visible"
    ),
    several=True,
)
_KIND: Final = Field(
    "kind",
    kinds.LabelsIn(
        {
            **dict.fromkeys(("need", "needs", "vraag", "vragen"), ("need",)),
            **dict.fromkeys(("offer", "offers", "aanbod"), ("offer",)),
        },
        is_open=False,
    ),
    _names("need/offer, need or offer, vraag/aanbod, vraag of aanbod, soort, type, kind"),
)
_MIN_CAPACITY: Final = Field(
    "min_capacity",
    kinds.Count(MOST_SEATS),
    _names(
        "min capaciteit, minimumcapaciteit, minimale capaciteit, min plaatsen, minimum number of places"
    ),
)
_REGION_REQUIRED: Final = Field(
    "region_required",
    kinds.Insisted(_REGION.kind),
    _names("regio verplicht, regio vereist, must be in region"),
)
_AREAS_REQUIRED: Final = Field(
    "areas_required",
    kinds.Insisted(_AREAS.kind),
    _names("area required, gebied verplicht, gebieden verplicht, gebieden vereist"),
)
_BOTH: Final = (
    *(
        _ID,
        _KIND,
        _MARKET,
        _TITLE,
        _TITLE_BY_NAME,
        _TEXT,
        _ORGANISATION,
        _AREAS,
        _REGION,
        _LANGUAGE,
        _SKILLS,
        _LEVEL,
    ),
    *(
        _PERIOD,
        _START,
        _END,
        _STANDS,
        _CAPACITY,
        _AMOUNT,
        _LEAST,
        _MOST,
        _AMOUNT_MIN,
        _AMOUNT_MAX,
        _EMAIL,
    ),
    *(
        _DAYS_A_WEEK,
        _HOURS,
        _HOURS_MIN,
        _HOURS_MAX,
        _PAY,
        _PAY_MIN,
        _PAY_MAX,
        _COURSE_FEE,
    ),
)
_OF_NEEDS: Final = (_MIN_CAPACITY, _REGION_REQUIRED, _AREAS_REQUIRED)
_NAMES_OF_NEEDS: Final = tuple(name for each in _OF_NEEDS for name in (each.name, *each.headers))
_UNUSED_IN_OFFERS: Final = replace(_UNUSED, headers=(*_NAMES_OF_NEEDS, *_UNUSED.headers))
"""A download of this house has needs and offers in one sheet."""

SHEETS: Final[Mapping[RowKind, SheetOf]] = {
    "need": SheetOf(
        (*_BOTH, _UNUSED, *_OF_NEEDS), says=("title", "text"), key="id", names=_NEED_SHEETS
    ),
    "offer": SheetOf(
        (*_BOTH, _UNUSED_IN_OFFERS), says=("title", "text"), key="id", names=_OFFER_SHEETS
    ),
}
FIELDS: Final = (*_BOTH, *_OF_NEEDS, _UNUSED)
"""All that columns may hold."""
