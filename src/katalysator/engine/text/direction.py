"""What a text wants: does it ask for something, or does it give?

Offers that in truth ask are the commonest mistake in a list of needs and offers. The words that
betray them are few and formulaic, so a short table per language says more than a model would.
"""

import re
from typing import Literal

Direction = Literal["seeks", "gives", "unclear"]

_SEEKS = (
    r"(wij|we|ik|die|dat) (zoeken|zoek|zoekt)|(zoeken|zoekt|zoek) (wij|we|ik|een|iemand|nog|naar|hulp|partner)"
    r"|^zoeken?|gezocht\b|gevraagd\b|op zoek|nodig\b|behoefte aan|hulpvraag|vraag naar|kan iemand|wij missen|we missen"
    r"|(wie|welke \w+) (kan|heeft|wil|helpt|weet|komt|kijkt|durft|snapt|denkt|levert|doet|bouwt|biedt|geeft|leert)"
    r"|(wij|we|ik) (willen|wil|zouden) (graag )?(weten|leren|hulp|een|iemand|iets|laten|proberen|testen)"
    r"|(is|are|am|we're|i'm) (currently |now |also |still )?(looking|searching|seeking)|looking for|in search of"
    r"|seeking|seeks?\b|wanted\b|needed\b|(we|i) (urgently |also )?(need|want|require)|needs? (help|someone|a|support)"
    r"|in need of|(who|which \w+) (can|has|could|is able|wants|will|knows|dares)|can any(one|body)|require (a|an|someone)"
    r"|(would|we'd) like (help|someone|(us )?to (know|learn|find|get|receive|have|hear|hire|borrow|use|try|test))"
    r"|raising (a|an|our|money|equity|capital|seed|series)"
)
_GIVES = (
    r"(wij|we|ik) (bieden|bied|leveren|geven|stellen|verzorgen|helpen|delen|bouwen|trainen|rekenen|maken|doen|komen)"
    r"|(bieden|leveren|verzorgen|geven|delen|helpen) (wij|we)|biedt|aanbod|aangeboden|beschikbaar|inclusief"
    r"|te (huur|leen|gebruik|boeken|reserveren)|kom (bij|naar)|(u|je) krijgt|wij komen|op aanvraag|onder contract"
    r"|(stelt|stellen) (zich|ons) open|staat open voor|open voor|zoeken? een nieuwe (uitdaging|opdracht|klus)"
    r"|we (can )?(offer|provide|supply|deliver|share|teach|help|invest|lend|host|build|train|run|bring|test|visit)"
    r"|offers?\b|offering|provides?|available|you (get|receive|will get)|on offer|on request|open (to|for)"
    r"|includes|included|free of charge"
)
_SEEKING = re.compile(rf"\b(?:{_SEEKS})", re.IGNORECASE)
_GIVING = re.compile(rf"\b(?:{_GIVES})", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_TITLE_COUNTS = 2
_CLEAR = 0.4


def leaning(title: str, text: str) -> float:
    """From nearly -1 (asks) through 0 (unclear) to nearly +1 (gives); the title counts double.

    Of the text count the first sentence, where people say what they want, and every question. One
    cue alone says half; each further one brings the answer nearer to certainty.
    """
    wants = _what_it_wants(text)
    seeks = _TITLE_COUNTS * len(_SEEKING.findall(title)) + len(_SEEKING.findall(wants))
    gives = _TITLE_COUNTS * len(_GIVING.findall(title)) + len(_GIVING.findall(text))
    return (gives - seeks) / (gives + seeks + 1)


def _what_it_wants(text: str) -> str:
    sentences = _SENTENCE.findall(text)
    return " ".join(sentences[:1] + [asked for asked in sentences[1:] if asked.endswith("?")])


def direction(title: str, text: str) -> Direction:
    """The leaning in a word."""
    lean = leaning(title, text)
    if lean < -_CLEAR:
        return "seeks"
    return "gives" if lean > _CLEAR else "unclear"
