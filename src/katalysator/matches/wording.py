"""Explanations in the reader's language. Every sentence here states a fact of `explanation`.

`Names` tells what areas, regions and terms are called; the default shows them as they were written.
"""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from katalysator.core.language import listed, number, translate
from katalysator.core.terms import Half
from katalysator.engine.matching import Busy, Explanation, Judgement, Part, Reach, Strength
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

_ABOUT: Final = {
    Strength.STRONG: _("very likely of use"),
    Strength.GOOD: _("probably of use"),
    Strength.POSSIBLE: _("may be of use: have a look"),
    Strength.WEAK: "",
}
_TO_THE_NEED: Final = {
    "pair": _("%(need)s relates to %(offer)s"),
    "skills": _("mentions %(skills)s"),
    "ask-skills": _("Discuss with them: %(skills)s."),
    "ask-region": _("Ask whether they also work in your region."),
    "astray": _("The text seems to ask for something itself."),
}
_TO_THE_OFFER: Final = {
    "pair": _("%(offer)s relates to %(need)s"),
    "skills": _("asks for %(skills)s"),
    "ask-skills": _("They also ask for %(skills)s: can you say something about that?"),
    "ask-region": _("They are in another region: can you reach them?"),
    "astray": _("The text of this offer seems to ask for something itself."),
}
_PHRASES: Final[Mapping[Half, Mapping[str, str]]] = MappingProxyType(
    {"need": _TO_THE_NEED, "offer": _TO_THE_OFFER}
)
_REACH: Final[Mapping[Reach | None, str]] = MappingProxyType(
    {
        Reach.SAME: _("in the same region"),
        Reach.WIDER: _("covers the region"),
        Reach.INSIDE: _("in a part of the region"),
    }
)
_AS_A_WHOLE: Final = _("Found by what the texts mean as a whole.")
_BUSY: Final = {
    Busy.QUIET: _("Quiet: nobody else is waiting for this."),
    Busy.WANTED: _("Wanted: others would like this offer too."),
    Busy.CROWDED: _("Crowded: more want it than there is room for."),
}
_STRENGTH: Final = {
    Strength.STRONG: _("strong"),
    Strength.GOOD: _("good"),
    Strength.POSSIBLE: _("possible"),
    Strength.WEAK: _("weak"),
}
_PARTS: Final = {
    Part.START: _("to start with"),
    Part.MEANING: _("meaning"),
    Part.CONCEPTS: _("concepts"),
    Part.WORDS: _("words"),
    Part.SKILLS: _("skills"),
    Part.DIRECTION: _("direction"),
    Part.JUDGE: _("judge"),
}


def strength_label(strength: Strength) -> str:
    """The strength in a word."""
    return translate(_STRENGTH[strength])


def part_label(part: Part) -> str:
    """The name of a part of the score."""
    return translate(_PARTS[part])


def chance_label(score: float) -> str:
    """A chance in whole per cents, and never quite certain."""
    return translate("%(percent)s%%") % {"percent": number(min(99, max(1, round(100 * score))))}


def odds_label(value: float) -> str:
    """Log-odds with one decimal and their sign, which is as wide either way."""
    sign = "\N{MINUS SIGN}" if value < 0 else "+"
    return sign + number(abs(value), 1)


def fits(facts: Explanation, names: Names = AS_WRITTEN, *, reader: Half = "need") -> str:
    """What fits, as one sentence about the side that the reader is not on."""
    said = _sentence(
        translate(_ABOUT[facts.strength]),
        listed(_pairs(facts, reader)),
        _clause(_PHRASES[reader]["skills"], skills=facts.shared_skills),
        _clause(_("both mention %(words)s"), words=_quoted(_shared(facts))),
        _clause(_("same area: %(areas)s"), areas=_areas(facts.shared_areas, names)),
        _clause(_("agrees on %(terms)s"), terms=_terms(facts, names)),
        translate(_REACH.get(facts.region, "")),
    )
    return said or translate(_AS_A_WHOLE)


def missing(facts: Explanation, *, reader: Half = "need") -> str:
    """What to ask the other side, in sentences; empty where there is nothing to ask."""
    phrases = _PHRASES[reader]
    astray = phrases["astray"] if facts.astray else ""
    reach = phrases["ask-region"] if facts.region is Reach.OTHER else ""
    note = _("The texts are in different languages.") if facts.languages_differ else ""
    skills = _clause(phrases["ask-skills"], skills=facts.skills_to_ask)
    said = (translate(astray), skills, translate(reach), translate(note))
    return " ".join(filter(None, said))


def pressure(facts: Explanation) -> str:
    """How busy the offer is, as a sentence."""
    return translate(_BUSY[facts.busy])


def reason(facts: Explanation, names: Names = AS_WRITTEN) -> str:
    """All of it in a line, for a spreadsheet's cell."""
    crowd = "" if facts.busy is Busy.QUIET else pressure(facts)
    return " ".join(filter(None, (fits(facts, names), missing(facts), crowd)))


def verdict(judgement: Judgement | None) -> str:
    """What a judge said of the pair, by its name and in its own words; empty where it said nothing."""
    if judgement is None or judgement.grade is None:
        return ""
    said = {"judge": judgement.judge, "grade": str(judgement.grade), "why": judgement.why}
    why = _("%(judge)s gives it %(grade)s out of 3: “%(why)s”.")
    bare = _("%(judge)s gives it %(grade)s out of 3.")
    return translate(why if judgement.why else bare) % said


def _shared(facts: Explanation) -> list[str]:
    """Words that both say, and none that is part of a skill, a pair or a phrase that is told."""
    same = [each.need for each in facts.shared_concepts if each.in_the_same_words]
    told = [skill.casefold() for skill in facts.shared_skills]
    told += [each.need.casefold() for each in facts.shared_concepts if not each.in_the_same_words]
    words: list[str] = []
    for word in [*same, *facts.shared_words]:
        if not any(word.casefold() in each for each in told):
            words.append(word)
            told.append(word.casefold())
    return words


def _pairs(facts: Explanation, reader: Half) -> list[str]:
    """What both are about in other words: the reader's with those of the other side."""
    phrase = _PHRASES[reader]["pair"]
    return [
        translate(phrase) % {"need": f"“{shared.need}”", "offer": f"“{shared.offer}”"}
        for shared in facts.shared_concepts
        if not shared.in_the_same_words
    ]


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


def _quoted(words: Iterable[str]) -> list[str]:
    return [f"“{word}”" for word in words]


def _clause(phrase: str, **lists: Sequence[str]) -> str:
    """A phrase about a list, by the name that this has in it; empty where the list is."""
    if not all(lists.values()):
        return ""
    return translate(phrase) % {name: listed(values) for name, values in lists.items()}


def _sentence(*clauses: str) -> str:
    said = "; ".join(filter(None, clauses))
    return said[:1].upper() + said[1:] + "." if said else ""
