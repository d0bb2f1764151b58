"""Explanations in words, Dutch and English. Every sentence here states a fact of `explanation`.

`name(kind, value)` gives the label of an area, a region or a choice in the reader's language; the
default shows the value as it was written.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from katalysator.engine.matching.explanation import Busy, Change, Explanation, Reach, Strength
from katalysator.engine.matching.scoring import Part

Language = Literal["nl", "en"]
Side = Literal["need", "offer"]
Name = Callable[[str, str], str]

_SUBJECT = {
    "nl": {
        Strength.STRONG: "Gaat over hetzelfde",
        Strength.GOOD: "Ligt dicht bij wat gevraagd wordt",
        Strength.WEAK: "Raakt het onderwerp maar voor een deel",
    },
    "en": {
        Strength.STRONG: "Is about the same thing",
        Strength.GOOD: "Comes close to what is asked",
        Strength.WEAK: "Touches the subject only in part",
    },
}
_PHRASES = {
    "nl": {
        "words": "beide noemen {}",
        "skills": "biedt {}",
        "areas": "zelfde gebied: {}",
        "labels": "past bij {}",
        "level": "niveau",
        "same": "in dezelfde regio",
        "wider": "bestrijkt de regio",
        "languages": "De teksten zijn in verschillende talen.",
        "no-skills": "noemt {} niet",
        "no-areas": "noemt {} niet",
        "far": "zit in een andere regio",
        "unstated": "gebieden zijn niet vermeld",
        "astray": "de tekst lijkt zelf iets te vragen",
        "change-skills": "Met {} erbij wordt de score {}.",
        "change-region": "Ook bereikbaar in {}? Dan wordt de score {}.",
        "change-direction": "Zegt de tekst wat er geboden wordt, dan wordt de score {}.",
        "change-pressure": "Zonder andere gegadigden was de score {}.",
        "and": "en",
    },
    "en": {
        "words": "both mention {}",
        "skills": "offers {}",
        "areas": "same area: {}",
        "labels": "agrees on {}",
        "level": "level",
        "same": "in the same region",
        "wider": "covers the region",
        "languages": "The texts are in different languages.",
        "no-skills": "does not mention {}",
        "no-areas": "does not name {}",
        "far": "is in another region",
        "unstated": "areas are not stated",
        "astray": "the text seems to ask for something itself",
        "change-skills": "If it had {}, the score would be {}.",
        "change-region": "Could it also be reached in {}? Then the score would be {}.",
        "change-direction": "If the text said what is offered, the score would be {}.",
        "change-pressure": "Without others who want it, the score would have been {}.",
        "and": "and",
    },
}
_TO_THE_OFFER = {
    "nl": {
        "skills": "vraagt om {}",
        "no-skills": "vraagt ook om {}",
        "no-areas": "gaat ook over {}",
        "astray": "de tekst van dit aanbod lijkt zelf iets te vragen",
        "change-skills": "Noemt dit aanbod {}, dan wordt de score {}.",
        "change-region": "Is dit aanbod ook bereikbaar in {}? Dan wordt de score {}.",
        "change-direction": "Zegt dit aanbod wat het biedt, dan wordt de score {}.",
    },
    "en": {
        "skills": "asks for {}",
        "no-skills": "also asks for {}",
        "no-areas": "is also about {}",
        "astray": "the text of this offer seems to ask for something itself",
        "change-skills": "If this offer named {}, the score would be {}.",
        "change-region": "Could this offer be reached in {} too? Then the score would be {}.",
        "change-direction": "If this offer said what it offers, the score would be {}.",
    },
}
_BUSY = {
    "nl": {
        Busy.QUIET: "Rustig: niemand anders wacht hierop.",
        Busy.WANTED: "Gewild: ook anderen willen dit aanbod.",
        Busy.CROWDED: "Druk: er willen meer dan er plaats is.",
    },
    "en": {
        Busy.QUIET: "Quiet: nobody else is waiting for this.",
        Busy.WANTED: "Wanted: others would like this offer too.",
        Busy.CROWDED: "Crowded: more want it than there is room for.",
    },
}
_STRENGTH = {
    "nl": {Strength.STRONG: "sterk", Strength.GOOD: "goed", Strength.WEAK: "zwak"},
    "en": {Strength.STRONG: "strong", Strength.GOOD: "good", Strength.WEAK: "weak"},
}
_PARTS = {
    "nl": {
        Part.SUBJECT: "onderwerp",
        Part.WORDS: "woorden",
        Part.SKILLS: "vaardigheden",
        Part.AREAS: "gebied",
        Part.REGION: "regio",
        Part.DIRECTION: "richting",
        Part.MUTUAL: "wederzijds",
        Part.PRESSURE: "drukte",
    },
    "en": {part: str(part) for part in Part},
}


def _said(language: Language, reader: Side) -> Mapping[str, str]:
    return _PHRASES[language] if reader == "need" else _PHRASES[language] | _TO_THE_OFFER[language]


def as_written(_kind: str, value: str) -> str:
    """The default name of a value: itself."""
    return value


def strength_label(strength: Strength, language: Language) -> str:
    """The strength in a word."""
    return _STRENGTH[language][strength]


def part_label(part: Part, language: Language) -> str:
    """The name of a part of the score."""
    return _PARTS[language][part]


def fits(
    facts: Explanation, language: Language, name: Name = as_written, *, reader: Side = "need"
) -> str:
    """What fits, as one sentence about the side that the reader is not on."""
    say = _said(language, reader)
    clauses = [
        _SUBJECT[language][facts.subject],
        _clause(say["skills"], facts.shared_skills, language),
        "" if facts.shared_skills else _clause(say["words"], _quoted(facts.shared_words), language),
        _clause(say["areas"], _areas(facts.shared_areas, name), language),
        _clause(say["labels"], _labels(facts, name, say["level"]), language),
        say.get(str(facts.region), ""),
    ]
    return _sentence(clauses)


def missing(
    facts: Explanation, language: Language, name: Name = as_written, *, reader: Side = "need"
) -> str:
    """What is missing, as one sentence; empty where nothing is."""
    say = _said(language, reader)
    clauses = [
        say["astray"] if facts.astray else "",
        _clause(say["no-skills"], facts.missing_skills, language),
        _clause(say["no-areas"], _areas(facts.missing_areas, name), language),
        say["far"] if facts.region is Reach.OTHER else "",
        say["unstated"] if facts.areas_unstated else "",
    ]
    note = say["languages"] if facts.languages_differ else ""
    return " ".join(part for part in (_sentence(clauses), note) if part)


def change(
    facts: Explanation, language: Language, name: Name = as_written, *, reader: Side = "need"
) -> str:
    """What would change it most, with the score that follows; empty where nothing would."""
    if facts.change is None:
        return ""
    values = _changed(facts.change, language, name)
    return _capital(_said(language, reader)[f"change-{facts.change.part}"].format(*values))


def pressure(facts: Explanation, language: Language) -> str:
    """How busy the offer is, as a sentence."""
    return _BUSY[language][facts.busy]


def reason(facts: Explanation, language: Language, name: Name = as_written) -> str:
    """All of it in a line, for a spreadsheet's cell."""
    lack, mend = missing(facts, language, name), change(facts, language, name)
    crowd = "" if facts.busy is Busy.QUIET else pressure(facts, language)
    return " ".join(part for part in (fits(facts, language, name), lack, mend, crowd) if part)


def number(score: float, language: Language) -> str:
    """A score with two decimals, with the language's own sign between."""
    text = f"{round(score, 2) + 0.0:.2f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if language == "nl" else text


def _changed(mend: Change, language: Language, name: Name) -> list[str]:
    score = number(mend.score, language)
    if mend.part is Part.SKILLS:
        return [_list(mend.detail, language), score]
    if mend.part is Part.REGION:
        return [_list([name("region", code) for code in mend.detail], language), score]
    return [score]


def _areas(areas: Sequence[str], name: Name) -> list[str]:
    """Areas by name; between quotes where a name has an “and” of its own."""
    names = [name("area", area) for area in areas]
    return _quoted(names) if len(names) > 1 and any(" " in each for each in names) else names


def _labels(facts: Explanation, name: Name, level: str) -> list[str]:
    """Each term with the choices that both state."""
    return [
        f"{level if term == 'level' else name('term', term)} "
        + "/".join(f"“{name(term, choice)}”" for choice in choices)
        for term, choices in facts.shared_labels
    ]


def _quoted(words: Sequence[str]) -> list[str]:
    return [f"“{word}”" for word in words]


def _clause(phrase: str, values: Sequence[str], language: Language) -> str:
    return phrase.format(_list(values, language)) if values else ""


def _list(values: Sequence[str], language: Language) -> str:
    if len(values) < 2:
        return "".join(values)
    return f"{', '.join(values[:-1])} {_PHRASES[language]['and']} {values[-1]}"


def _sentence(clauses: Sequence[str]) -> str:
    said = "; ".join(clause for clause in clauses if clause)
    return _capital(said) + "." if said else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
