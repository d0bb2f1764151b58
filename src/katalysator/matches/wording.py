"""Explanations in the reader's language. Every sentence here states a fact of `explanation`.

`Names` tells what areas, regions and terms are called; the default shows them as they were written.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from katalysator.core.language import listed, number, translate
from katalysator.core.terms import Half
from katalysator.engine.matching import Busy, Change, Explanation, Part, Reach, Strength
from katalysator.faults import gettext_noop as _


class Names:
    """What things are called, in the reader's language: here, as they were written."""

    def area(self, value: str) -> str:
        """The name of an area."""
        return value

    def region(self, code: str) -> str:
        """The name of a region."""
        return code

    def choices(self, term: str, shared: Sequence[str]) -> str:
        """A term with the choices that both sides state."""
        return f"{term} {either(shared)}"

    def interval(self, term: str, shared: tuple[float, float]) -> str:  # noqa: ARG002
        """A term with what the intervals of both sides share; empty to leave it unsaid."""
        return ""


AS_WRITTEN: Final = Names()

_SUBJECT: Final = {
    Strength.STRONG: _("Is about the same thing"),
    Strength.GOOD: _("Comes close to what is asked"),
    Strength.WEAK: _("Touches the subject only in part"),
}
_TO_THE_NEED: Final = {
    "skills": _("offers %(skills)s"),
    "no-skills": _("does not mention %(skills)s"),
    "no-areas": _("does not name %(areas)s"),
    "astray": _("the text seems to ask for something itself"),
    "change-skills": _("If it had %(skills)s, the score would be %(score)s."),
    "change-region": _(
        "Could it also be reached in %(regions)s? Then the score would be %(score)s."
    ),
    "change-direction": _("If the text said what is offered, the score would be %(score)s."),
    "change-pressure": _("Without others who want it, the score would have been %(score)s."),
}
_TO_THE_OFFER: Final = {
    **_TO_THE_NEED,
    "skills": _("asks for %(skills)s"),
    "no-skills": _("also asks for %(skills)s"),
    "no-areas": _("is also about %(areas)s"),
    "astray": _("the text of this offer seems to ask for something itself"),
    "change-skills": _("If this offer named %(skills)s, the score would be %(score)s."),
    "change-region": _(
        "Could this offer be reached in %(regions)s too? Then the score would be %(score)s."
    ),
    "change-direction": _("If this offer said what it offers, the score would be %(score)s."),
}
_PHRASES: Final[Mapping[Half, Mapping[str, str]]] = MappingProxyType(
    {"need": _TO_THE_NEED, "offer": _TO_THE_OFFER}
)
_REACH: Final[Mapping[Reach | None, str]] = MappingProxyType(
    {Reach.SAME: _("in the same region"), Reach.WIDER: _("covers the region")}
)
_BUSY: Final = {
    Busy.QUIET: _("Quiet: nobody else is waiting for this."),
    Busy.WANTED: _("Wanted: others would like this offer too."),
    Busy.CROWDED: _("Crowded: more want it than there is room for."),
}
_STRENGTH: Final = {
    Strength.STRONG: _("strong"),
    Strength.GOOD: _("good"),
    Strength.WEAK: _("weak"),
}
_PARTS: Final = {
    Part.SUBJECT: _("subject"),
    Part.WORDS: _("words"),
    Part.SKILLS: _("skills"),
    Part.AREAS: _("areas"),
    Part.REGION: _("region"),
    Part.DIRECTION: _("direction"),
    Part.MUTUAL: _("mutual"),
    Part.PRESSURE: _("pressure"),
}


def strength_label(strength: Strength) -> str:
    """The strength in a word."""
    return translate(_STRENGTH[strength])


def part_label(part: Part) -> str:
    """The name of a part of the score."""
    return translate(_PARTS[part])


def score_label(score: float) -> str:
    """A score, or a part of one, with two decimals and a minus sign that is as wide as a plus."""
    return number(score, 2).replace("-", "\N{MINUS SIGN}")


def fits(facts: Explanation, names: Names = AS_WRITTEN, *, reader: Half = "need") -> str:
    """What fits, as one sentence about the side that the reader is not on."""
    words = () if facts.shared_skills else _quoted(facts.shared_words)
    return _sentence(
        translate(_SUBJECT[facts.subject]),
        _clause(_PHRASES[reader]["skills"], skills=facts.shared_skills),
        _clause(_("both mention %(words)s"), words=words),
        _clause(_("same area: %(areas)s"), areas=_areas(facts.shared_areas, names)),
        _clause(_("agrees on %(terms)s"), terms=_terms(facts, names)),
        translate(_REACH.get(facts.region, "")),
    )


def missing(facts: Explanation, names: Names = AS_WRITTEN, *, reader: Half = "need") -> str:
    """What is missing, as one sentence; empty where nothing is."""
    phrases = _PHRASES[reader]
    astray = phrases["astray"] if facts.astray else ""
    lacks = _sentence(
        translate(astray),
        _clause(phrases["no-skills"], skills=facts.missing_skills),
        _clause(phrases["no-areas"], areas=_areas(facts.missing_areas, names)),
        translate("is in another region") if facts.region is Reach.OTHER else "",
        translate("areas are not stated") if facts.areas_unstated else "",
    )
    note = _("The texts are in different languages.") if facts.languages_differ else ""
    return f"{lacks} {translate(note)}".strip()


def change(facts: Explanation, names: Names = AS_WRITTEN, *, reader: Half = "need") -> str:
    """What would change it most, with the score that follows; empty where nothing would."""
    if facts.change is None:
        return ""
    phrase = translate(_PHRASES[reader][f"change-{facts.change.part}"])
    return phrase % _changed(facts.change, names)


def pressure(facts: Explanation) -> str:
    """How busy the offer is, as a sentence."""
    return translate(_BUSY[facts.busy])


def reason(facts: Explanation, names: Names = AS_WRITTEN) -> str:
    """All of it in a line, for a spreadsheet's cell."""
    crowd = "" if facts.busy is Busy.QUIET else pressure(facts)
    said = (fits(facts, names), missing(facts, names), change(facts, names), crowd)
    return " ".join(filter(None, said))


def _changed(mend: Change, names: Names) -> dict[str, str]:
    score = score_label(mend.score)
    if mend.part is Part.SKILLS:
        return {"skills": listed(mend.detail), "score": score}
    if mend.part is Part.REGION:
        return {"regions": listed([names.region(code) for code in mend.detail]), "score": score}
    return {"score": score}


def _areas(areas: Sequence[str], names: Names) -> Sequence[str]:
    """Areas by name; between quotes where a name has an “and” of its own."""
    called = [names.area(area) for area in areas]
    return _quoted(called) if len(called) > 1 and any(" " in each for each in called) else called


def _terms(facts: Explanation, names: Names) -> list[str]:
    """Each term with what both state of it."""
    said = [names.choices(term, choices) for term, choices in facts.shared_labels]
    said += [names.interval(term, shared) for term, shared in facts.shared_ranges]
    return [each for each in said if each]


def either(choices: Sequence[str]) -> str:
    """Choices between quotes, with a slash between them."""
    return "/".join(_quoted(choices))


def _quoted(words: Sequence[str]) -> list[str]:
    return [f"“{word}”" for word in words]


def _clause(phrase: str, **lists: Sequence[str]) -> str:
    """A phrase about a list, by the name that this has in it; empty where the list is."""
    if not all(lists.values()):
        return ""
    return translate(phrase) % {name: listed(values) for name, values in lists.items()}


def _sentence(*clauses: str) -> str:
    said = "; ".join(filter(None, clauses))
    return said[:1].upper() + said[1:] + "." if said else ""
