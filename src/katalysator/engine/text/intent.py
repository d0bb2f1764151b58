"""What a text wants: does it ask for something, or does it give?

Offers that in truth ask are the commonest mistake in a list of needs and offers. The words that
betray them are few and formulaic, so a short table per language says more than a model would.
"""

import re
from typing import Literal

Direction = Literal["seeks", "gives", "unclear"]

_SEEKS = (
    r"(wij|we|ik|die|dat) (zoeken|zoek|zoekt)\b(?! uit)|(zoeken|zoekt|zoek) (wij|we|ik|een|iemand|nog|naar|hulp|partner)"
    r"|^zoeken?|^\S+( \S+){0,3} zoekt(?! uit)|gezocht\b|gevraagd\b|op zoek|nodig\b|behoefte aan|hulpvraag|vraag naar"
    r"|kan iemand|(wij|we|ik) missen|(ons|nog) ontbreekt"
    r"|(wie|welke \w+) (kan|heeft|wil|helpt|weet|komt|kijkt|durft|snapt|denkt|levert|doet|bouwt|biedt|geeft|leert)"
    r"|(wij|we|ik) (willen|wil|zouden) (graag )?(weten|leren|hulp|een|iemand|iets|laten|proberen|testen)"
    r"|(is|are|am|we're|i'm) (currently |now |also |still )?(looking|searching|seeking)|(look|looks|looking|searching) for|in search of"
    r"|seeking|seeks?\b|wanted\b|sought\b|(?<!is )(?<!still )needed\b|(we|i) (urgently |also )?(need|want|require|lack)"
    r"|needs? (help|someone|a|support)|in need of|can any(one|body)|require (a|an|someone)"
    r"|(who|which \w+) (can|has|could|is able|wants|will|knows|dares)"
    r"|(would|we'd) (like|love) (help|someone|(us )?to (know|learn|find|get|receive|have|hear|hire|borrow|use|try|test|join))"
    r"|raising (\d|€|a|an|our|money|equity|capital|funds|seed|series)"
)
_GIVES = (
    r"(wij|we|ik) (bieden|bied|leveren|geven|stellen|verzorgen|helpen|delen|bouwen|trainen|rekenen|maken|doen|komen)"
    r"|(bieden|leveren|verzorgen|geven|delen|helpen) (wij|we)|biedt|aanbod|aangeboden|beschikbaar|inclusief"
    r"|te (huur|leen|gebruik|boeken|reserveren)|kom (bij|naar)|(u|je) krijgt|wij komen|op aanvraag|onder contract"
    r"|(stelt|stellen) (zich|ons) open|staat open voor|open voor"
    r"|we (can )?(offer|provide|supply|deliver|share|teach|help|invest|lend|host|build|train|run|bring|test|visit)"
    r"|offers?\b|offering|provides?|available|you (get|receive|will get)|on offer|on request|open (to|for)"
    r"|includes|included|free of charge"
)
_SOUGHT = r"(?:zoek(?:en|t)?|seek(?:s|ing)?|look(?:s|ing)? for|searching for|need)"
_PERSON = (
    r"\w{0,20}(?:student|stagiair|\binterns?\b|afstudeerder|promovend|mbo'er|hbo'er|phd candidate|doctoral candidate|postdoc|trainee)[\w()]{0,12}"
    r"(?! ?(?:position|place|post|plek|plaats|internship|group))"
)
_PEOPLE = rf"{_SOUGHT}(?: (?!voor |for )\S+){{0,4}} {_PERSON}|(?<!voor )(?<!for ){_PERSON}(?: \w+)?:? (?:gezocht|gevraagd|wanted|sought|needed)"
_CASE = (
    r"\w{0,20}(?:challenges?|cases?|dossiers|vraagstuk|casus|opdracht|uitdaging|puzzle|klus|project(?:en|s)?\b|deelnemers|participants"
    r"|consorti|pilot (?:site|partner|location|factory|customer)|proef(?:locatie|bedrijf|klant|tuin))\w*"
)
_CASES = rf"{_SOUGHT}(?: \S+){{0,3}} {_CASE}|{_CASE} (?:gezocht|wanted|sought)"


def _cues(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


_HOSTING = _cues(_PEOPLE)  # who looks for a student has a place to give
_READY = _cues(_CASES)  # who looks for a case to work on may ask or give
_SEEKING, _GIVING = _cues(_SEEKS), _cues(_GIVES)
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_TITLE_COUNTS = 2
_CLEAR = 0.4


def leaning(title: str, text: str) -> float:
    """From nearly -1 (asks) through 0 (unclear) to nearly +1 (gives); the title counts double.

    Of the text, only the first sentence, where people say what they want, and questions can ask. One
    cue alone says half; each further one brings the answer nearer to certainty.
    """
    sentences = _SENTENCE.findall(text)
    asking = [rest for rest in sentences[1:] if rest.endswith("?")]
    telling = [rest for rest in sentences[1:] if not rest.endswith("?")]
    in_title, in_text = _counted(title), _counted(" ".join(sentences[:1] + asking))
    seeks = _TITLE_COUNTS * in_title[0] + in_text[0]
    gives = _TITLE_COUNTS * in_title[1] + in_text[1] + len(_GIVING.findall(" ".join(telling)))
    return (gives - seeks) / (gives + seeks + 1)


def _counted(text: str) -> tuple[int, int]:
    """How many cues ask, and how many give. A cue is read once, in its longest form."""
    if not _SEEKING.search(text):
        return 0, len(_GIVING.findall(text))
    text, places = _HOSTING.subn(";", text)
    text, seeks = _SEEKING.subn(";", _READY.sub(";", text))
    return seeks, places + len(_GIVING.findall(text))


def direction(title: str, text: str) -> Direction:
    """The leaning in a word."""
    lean = leaning(title, text)
    if lean < -_CLEAR:
        return "seeks"
    return "gives" if lean > _CLEAR else "unclear"
