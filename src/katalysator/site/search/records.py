"""Results with what is shown of them: their records, what is marked in these, and how they were found."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from katalysator.coalition.models import Organisation, Person
from katalysator.core.language import active_language
from katalysator.engine.search import Excerpt, Marker, Sought, Way, excerpt
from katalysator.listings.models import Listing
from katalysator.search.models import found_by
from katalysator.site.search.results import Result


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """A result with its record: `title` and `excerpt` with what to mark, and the concepts it tells of.

    `elsewhere` holds what else has the words, where neither title nor excerpt does: the name of its
    organisation, or a skill.
    """

    result: Result
    record: Listing | Organisation
    title: Excerpt
    excerpt: Excerpt
    concepts: Sequence[str]
    elsewhere: Sequence[str]

    @property
    def way(self) -> Way:
        """How it was found."""
        return self.result.relevance.way


def found_records(
    results: Sequence[Result], query: Sought, seen_by: Person | AnonymousUser
) -> list[FoundRecord]:
    """Results with their records, in their order. Cost: two queries, and 1 ms each for the marks."""
    organisations = [each.key for each in results if each.kind == "organisation"]
    listings = [each.key for each in results if each.kind != "organisation"]
    seen = Listing.objects.visible_to(seen_by).with_names().in_bulk(listings)
    known = Organisation.objects.visible_to(seen_by).defer(*found_by("")).in_bulk(organisations)
    marker, found = Marker(query), []
    for each in results:
        record = (known if each.kind == "organisation" else seen).get(each.key)
        if record is not None:  # it may have gone while we were looking
            found.append(_with_marks(each, record, marker))
    return found


def _with_marks(result: Result, record: Listing | Organisation, marker: Marker) -> FoundRecord:
    title, text, language = _said(record)
    titled = Excerpt(title, marker.marks(title, language))
    piece = excerpt(text, marker.marks(text, language))
    is_marked = titled.marks or piece.marks
    return FoundRecord(
        result,
        record,
        titled,
        piece,
        [*dict.fromkeys(_labels(marker, title, text, language))],
        () if is_marked else [each for each in _names(record) if marker.marks(each, language)],
    )


def _said(record: Listing | Organisation) -> tuple[str, str, str]:
    """Its title and text, in which language."""
    if isinstance(record, Listing):
        return record.title, record.text, record.language
    return record.name, str(record.about), ""


def _names(record: Listing | Organisation) -> Sequence[str]:
    if isinstance(record, Organisation):
        return record.other_names
    owner = record.organisation
    return [owner.name, *owner.other_names, *record.skills]


def _labels(marker: Marker, title: str, text: str, language: str) -> Iterator[str]:
    """What the concepts that it tells of are called in the reader's language, the title's first."""
    for piece in (title, text):
        for key in marker.concepts(piece, language):
            yield marker.query.thesaurus[key].label(active_language())
