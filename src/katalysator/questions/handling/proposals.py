"""Who may know the answer: participants and working groups whose texts tell of what a question asks, with the reason.

What counts is the evidence of search (`engine/search`): words, shared concepts and meaning. How the rule was
measured by which the house sends a question on by itself, without the bureau: docs/questions.md.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from django.db.models import Q
from django.utils.translation import gettext as _

from katalysator.coalition.models import Organisation
from katalysator.core.language import active_language, listed
from katalysator.engine.search import Document, Relevance, Sought, relevance
from katalysator.groups.models import Steward, WorkingGroup
from katalysator.questions.handling.verbs import Receiver
from katalysator.questions.models import Question
from katalysator.readings.texts import lexicon, read_texts
from katalysator.search.finding import understood
from katalysator.search.models import found_by

SURE: Final = 9.0
"""So much evidence the best must have, of some 16 at most."""
AHEAD: Final = 1.0
"""So much more than the second."""
NEAR: Final = 0.25
"""So near it must be by its meaning: one concept alone says little."""
SHOWN: Final = 5
_NAMED: Final = 4  # concepts in a reason


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody who may know, and how relevant what they say of themselves is; None for a contact point only."""

    receiver: Receiver
    relevance: Relevance | None = None

    @property
    def who(self) -> Organisation | WorkingGroup:
        """Who it is."""
        found = self.receiver.organisation or self.receiver.group
        if found is None:
            raise ValueError("Nobody is no proposal.")
        return found

    @property
    def value(self) -> str:
        """How a form names the receiver."""
        return value_of(self.who)

    @property
    def reason(self) -> str:
        """Why, in the active language."""
        receiver = self.receiver
        by_meaning = _("What they say of themselves means much the same.")
        return why(receiver.shared, as_contact=receiver.as_contact) or by_meaning

    @property
    def total(self) -> float:
        """All evidence."""
        return self.relevance.total if self.relevance else 0.0


def value_of(who: Organisation | WorkingGroup) -> str:
    """How a form names who may get a question."""
    return f"{'organisation' if isinstance(who, Organisation) else 'group'}-{who.pk}"


def proposals(question: Question) -> list[Proposal]:
    """Who may know the answer, the best first, at most `SHOWN`; contact points of its area or block stand last.

    The line in which it is asked decides; where that finds nobody, the beginning of what is said besides counts too.
    Nobody who said no, and not who has it. Cost: that of `find`, and of reading the texts of working groups.
    """
    best = _fitting(question, understood(question.title))
    best = best or _fitting(question, understood(f"{question.title} {question.text}"))
    contacts = {each.value: each for each in _contacts(question)}
    known = {each.value for each in best}
    return [*best, *(each for value, each in contacts.items() if value not in known)]


def sure_receiver(question: Question) -> Receiver | None:
    """Who gets a question without the bureau, by the line in which it is asked; None where that is not sure enough."""
    found = _fitting(question, understood(question.title))
    if not found or found[0].relevance is None:
        return None
    best, second = found[0], found[1].total if len(found) > 1 else 0.0
    is_sure = best.total >= SURE and best.total - second >= AHEAD
    return best.receiver if is_sure and found[0].relevance.likeness >= NEAR else None


def why(shared: Iterable[str], *, as_contact: bool = False) -> str:
    """The reason why somebody may know, in the active language: what both tell of. Nothing where none is known."""
    thesaurus, language = lexicon().thesaurus, active_language()
    names = [f"“{thesaurus[key].label(language)}”" for key in shared if key in thesaurus.row]
    if names:
        return _("Both are about %(subjects)s.") % {"subjects": listed(names[:_NAMED])}
    return _("Contact point of what this is about.") if as_contact else ""


def _fitting(question: Question, query: Sought) -> list[Proposal]:
    found = [*_organisations(question, query), *_groups(question, query)]
    return sorted(found, key=lambda each: -each.total)[:SHOWN]


def _organisations(question: Question, query: Sought) -> Iterator[Proposal]:
    had = question.routings.filter(outcome__in=["", "refused"]).exclude(organisation=None)
    fit = Organisation.objects.participants().exclude(pk__in=had.values("organisation"))
    found = fit.found(query)[:SHOWN]
    rows = fit.defer(*(set(found_by("")) - {"meant"})).in_bulk([each.key for each in found])
    for each in found:
        if row := rows.get(each.key):
            receiver = Receiver(organisation=row, shared=shared_with(row.meant, query))
            yield Proposal(receiver, each.relevance)


def _groups(question: Question, query: Sought) -> Iterator[Proposal]:
    had = question.routings.filter(outcome__in=["", "refused"]).exclude(group=None)
    groups = list(WorkingGroup.objects.running().exclude(pk__in=had.values("group")))
    if query.is_empty or not groups:
        return
    readings, _new = read_texts([group.as_profile() for group in groups])
    documents = [
        Document(group.name, _text(group), reading.concepts, _likeness(query, reading))
        for group, reading in zip(groups, readings, strict=True)
    ]
    scores = relevance(query, documents, lexicon())
    for group, reading, score in zip(groups, readings, scores, strict=True):
        if score.is_found:
            yield Proposal(
                Receiver(group=group, shared=shared_with(reading.concepts, query)), score
            )


def _contacts(question: Question) -> Iterator[Proposal]:
    """The participants that are the contact point of what it is about, and did not say no."""
    corners = Q(area=question.area_id, block=question.block)
    if question.area_id and question.block:
        corners |= Q(area=question.area_id, block="") | Q(area=None, block=question.block)
    elif not question.area_id and not question.block:
        return
    had = question.routings.filter(outcome__in=["", "refused"]).exclude(organisation=None)
    rows = Steward.objects.filter(
        corners, duty="contact", hub=None, organisation__is_participant=True
    )
    for each in rows.exclude(organisation__in=had.values("organisation")):
        yield Proposal(Receiver(organisation=each.organisation, as_contact=True))


def shared_with(told: Collection[str], query: Sought) -> tuple[str, ...]:
    """The concepts of a question that a text tells of, by a narrower one too; the rarest first."""
    asked = (key for key in query.concepts if _tells(told, replace(query, concepts={key: 1.0})))
    return tuple(sorted(asked, key=lexicon().concept_count))


def _tells(told: Collection[str], query: Sought) -> bool:
    return not query.telling().isdisjoint(told)


def _text(group: WorkingGroup) -> str:
    return "\n".join(group.about.values())


def _likeness(query: Sought, reading: Any) -> float:
    return float(np.dot(query.meaning, np.asarray(reading.meaning, np.float32)))
