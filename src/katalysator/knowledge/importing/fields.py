"""What the columns of a sheet of knowledge may be, and by which names those go."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from katalysator.coalition.importing.held.fields import choices_by_name, map_fields, sheet_of_fields
from katalysator.core.language import lazy as _
from katalysator.core.terms import LabelText
from katalysator.importing.fields import UNUSED_LABEL, as_names
from katalysator.knowledge.models import KnowledgeItem
from katalysator.tables import kinds
from katalysator.tables.fields import Field, SheetOf
from katalysator.tables.recognition import NOT_USED

_LONGEST_LINE: Final = 1_000
_LONGEST_TEXT: Final = 40_000
_OTHER_KINDS: Final = {
    "voorbeeld": "practice", "praktijkvoorbeeld": "practice", "les": "lesson", "geleerde les": "lesson", "artikel": "publication",
    "article": "publication", "paper": "publication", "rapport": "publication", "report": "publication", "boek": "publication",
    "software": "tool", "hulpmiddel": "tool", "richtlijn": "framework", "leidraad": "framework", "guideline": "framework",
    "cursus": "course", "lesmateriaal": "course", "training": "course",
}  # fmt: skip
_OTHER_STAGES: Final = {
    "concept": "idea",
    "proef": "experiment",
    "productie": "use",
    "operationeel": "use",
}

LABELS: Final[Mapping[str, LabelText]] = {
    NOT_USED: UNUSED_LABEL,
    "title": _("Title"),
    "id": _("Your own number"),
    "kind": _("Kind"),
    "organisation": _("Organisation"),
    "text": _("What it is"),
    "areas": _("Areas"),
    "blocks": _("Building blocks"),
    "stage": _("How far was it?"),
    "link": _("Where more of it stands"),
    "identifier": _("DOI, arXiv number or ISBN"),
    "licence": _("What may others do with it?"),
    "language": _("Language of the text"),
    "visibility": _("Who may see this?"),
}
"""What a column may be taken for."""


def knowledge_sheet() -> SheetOf:
    """What a sheet of knowledge holds in this coalition. Cost: one query, for its areas."""
    names = "kennis, knowledge, publicaties, publications, bibliotheek, library, lessen, lessons, praktijken, practices, bronnen"
    return sheet_of_fields(_fields(), as_names(names))


@cache
def _fields() -> tuple[Field, ...]:
    return (
        Field("id", kinds.Identifier(), as_names("nr, nummer, no, number, code, kenmerk, key, ref, uid")),
        Field("title", kinds.Title(_LONGEST_LINE), as_names("titel, naam, name, onderwerp, subject, publicatie, publication, artikel, article, document, bron")),
        Field("kind", choices_by_name(KnowledgeItem.Kind, _OTHER_KINDS), as_names("soort, type, soort kennis, vorm, format, categorie, category")),
        Field("organisation", kinds.Name(), as_names("organisatie, organization, van, door, by, aanbieder, provider, deelnemer, participant, uitgever, publisher")),
        Field("stage", choices_by_name(KnowledgeItem.Stage, _OTHER_STAGES), as_names("fase, phase, hoe ver, stadium, maturity, rijpheid")),
        Field("link", kinds.Title(_LONGEST_LINE), as_names("url, webadres, web address, website, vindplaats, weblink, meer informatie")),
        Field("identifier", kinds.Title(_LONGEST_LINE), as_names("doi, isbn, arxiv, identificatie, persistent identifier")),
        Field("licence", choices_by_name(KnowledgeItem.Licence, {"cc0": "CC0-1.0", "cc by": "CC-BY-4.0", "cc by sa": "CC-BY-SA-4.0", "cc by nc": "CC-BY-NC-4.0", "eupl": "EUPL-1.2", "apache": "Apache-2.0"}), as_names("license, licentie, gebruiksrecht, rechten, terms of use")),
        *map_fields(KnowledgeItem.Visibility),
        Field("text", kinds.LongText(_LONGEST_TEXT), as_names("tekst, omschrijving, beschrijving, description, toelichting, samenvatting, summary, abstract, inhoud, content, wat is het"), asked=0.5),
        Field(NOT_USED, kinds.Unused(), as_names("e-mail, email, mail, auteur, author, auteurs, authors, contactpersoon, contact person, contact, telefoon, phone, opmerking, opmerkingen, remarks, notes, notitie, status, timestamp, tijdstempel, datum, date, jaar, year, bestand, file"), several=True),
    )  # fmt: skip
