"""Explanations in the reader's language. Every sentence here states a fact of `explanation`.

`name(kind, value)` gives the label of an area, a region or a choice in the reader's language; the
default shows the value as it was written.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Literal

from katalysator.core.language import listed, number, translate
from katalysator.engine.matching.explanation import Busy, Change, Explanation, Reach, Strength
from katalysator.engine.matching.scoring import Part
from katalysator.faults import gettext_noop as _

Side = Literal["need", "offer"]
Name = Callable[[str, str], str]

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
_PHRASES: Final[Mapping[Side, Mapping[str, str]]] = MappingProxyType(
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


def as_written(_kind: str, value: str) -> str:
    """The default name of a value: itself."""
    return value


def strength_label(strength: Strength) -> str:
    """The strength in a word."""
    return translate(_STRENGTH[strength])


def part_label(part: Part) -> str:
    """The name of a part of the score."""
    return translate(_PARTS[part])


def score_label(score: float) -> str:
    """A score, or a part of one, with two decimals and a minus sign that is as wide as a plus."""
    return number(score, 2).replace("-", "\N{MINUS SIGN}")


def fits(facts: Explanation, name: Name = as_written, *, reader: Side = "need") -> str:
    """What fits, as one sentence about the side that the reader is not on."""
    words = () if facts.shared_skills else _quoted(facts.shared_words)
    return _sentence(
        translate(_SUBJECT[facts.subject]),
        _clause(_PHRASES[reader]["skills"], skills=facts.shared_skills),
        _clause(_("both mention %(words)s"), words=words),
        _clause(_("same area: %(areas)s"), areas=_areas(facts.shared_areas, name)),
        _clause(_("agrees on %(terms)s"), terms=_terms(facts, name)),
        translate(_REACH.get(facts.region, "")),
    )


def missing(facts: Explanation, name: Name = as_written, *, reader: Side = "need") -> str:
    """What is missing, as one sentence; empty where nothing is."""
    phrases = _PHRASES[reader]
    astray = phrases["astray"] if facts.astray else ""
    lacks = _sentence(
        translate(astray),
        _clause(phrases["no-skills"], skills=facts.missing_skills),
        _clause(phrases["no-areas"], areas=_areas(facts.missing_areas, name)),
        translate("is in another region") if facts.region is Reach.OTHER else "",
        translate("areas are not stated") if facts.areas_unstated else "",
    )
    note = _("The texts are in different languages.") if facts.languages_differ else ""
    return f"{lacks} {translate(note)}".strip()


def change(facts: Explanation, name: Name = as_written, *, reader: Side = "need") -> str:
    """What would change it most, with the score that follows; empty where nothing would."""
    if facts.change is None:
        return ""
    phrase = translate(_PHRASES[reader][f"change-{facts.change.part}"])
    return phrase % _changed(facts.change, name)


def pressure(facts: Explanation) -> str:
    """How busy the offer is, as a sentence."""
    return translate(_BUSY[facts.busy])


def reason(facts: Explanation, name: Name = as_written) -> str:
    """All of it in a line, for a spreadsheet's cell."""
    crowd = "" if facts.busy is Busy.QUIET else pressure(facts)
    said = (fits(facts, name), missing(facts, name), change(facts, name), crowd)
    return " ".join(filter(None, said))


def _changed(mend: Change, name: Name) -> dict[str, str]:
    score = score_label(mend.score)
    if mend.part is Part.SKILLS:
        return {"skills": listed(mend.detail), "score": score}
    if mend.part is Part.REGION:
        return {"regions": listed([name("region", code) for code in mend.detail]), "score": score}
    return {"score": score}


def _areas(areas: Sequence[str], name: Name) -> Sequence[str]:
    """Areas by name; between quotes where a name has an “and” of its own."""
    names = [name("area", area) for area in areas]
    return _quoted(names) if len(names) > 1 and any(" " in each for each in names) else names


def _terms(facts: Explanation, name: Name) -> list[str]:
    """Each term with the choices that both state."""
    level = translate("level")
    return [
        f"{level if term == 'level' else name('term', term)} "
        + "/".join(f"“{name(term, choice)}”" for choice in choices)
        for term, choices in facts.shared_labels
    ]


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
