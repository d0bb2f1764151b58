"""A list made again of what was kept of it: the same, or what is otherwise and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from katalysator import __version__
from katalysator.core.language import translate
from katalysator.faults import gettext_noop as _
from katalysator.talent.models import Consultation, ConsultedPerson, TaxonomyVersion
from katalysator.talent.oversight import ranking
from katalysator.talent.oversight.ranking import METHOD, EvidenceLine
from katalysator.talent.taxonomies.current import taxonomy_by

_SENTENCES = {
    "taxonomy-gone": _("The taxonomy that it was made with is not here any more."),
    "method": _("Lists are made in another way now."),
    "engine": _("The software has another version now."),
    "erased": _("Somebody in it was erased since, with what they could do."),
    "input": _("What it was made of is not what was written down then."),
    "lines": _("Made again, it says something else of somebody."),
    "kept": _("What is kept of it is not what was shown."),
}


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of making a list again: the codes of what is otherwise, and of whom, by their keys."""

    codes: tuple[str, ...]
    moved: Sequence[str]

    @property
    def is_same(self) -> bool:
        """Whether the list is identical: another version of the software alone is no difference."""
        return not set(self.codes) - {"engine"}

    @property
    def sentences(self) -> list[str]:
        """What is otherwise, in the active language."""
        return [translate(_SENTENCES[code]) for code in self.codes]


def replayed(consultation: Consultation) -> Replayed:
    """Make a list again with the taxonomy that it was made with. Cost: three queries, and what the list costs."""
    people = list(ConsultedPerson.objects.filter(consultation=consultation))
    codes = []
    if consultation.engine != __version__:
        codes.append("engine")
    if consultation.method != METHOD:
        codes.append("method")
    if any(each.person_id is None for each in people):
        return Replayed((*codes, "erased"), [each.key for each in people if not each.person_id])
    held = {each.key: each.held for each in people}
    told = (consultation.taxonomy, consultation.method, consultation.occupation)
    if ranking.input_digest(*told, held) != consultation.input_digest:
        codes.append("input")
    try:
        taxonomy = taxonomy_by(consultation.taxonomy)
        lines = ranking.lines_of(taxonomy, consultation.occupation, held)
    except (TaxonomyVersion.DoesNotExist, KeyError):
        return Replayed((*codes, "taxonomy-gone"), [])
    kept = sorted(map(_kept, people), key=lambda line: (-line.gained, line.key))
    if ranking.shown_digest(kept) != consultation.shown_digest:
        codes.append("kept")
    if ranking.shown_digest(lines) != consultation.shown_digest:
        codes.append("lines")
    before = {each.key: each for each in kept}
    moved = [each.key for each in lines if before[each.key] != each]
    return Replayed(tuple(codes), moved)


def _kept(each: ConsultedPerson) -> EvidenceLine:
    return EvidenceLine(each.key, list(each.has), list(each.lacks), each.gained, each.asked)
