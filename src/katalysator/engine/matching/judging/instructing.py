"""Texts that speak to a model instead of to people: they are not judged by one.

Phrases of our own in Dutch and English, wide rather than narrow: who is found here loses nothing but a
second reading, and the operator sees it. A text that gets through still cannot do more than move its own grade.
"""

import re
import unicodedata
from typing import Final

from katalysator.engine.matching.profiles import Profile

_ALL: Final = r"(all|any|every|the|your|previous|prior|above|earlier|these|those|my|alle|al|de|het|je|jouw|uw|vorige|eerdere|bovenstaande|deze|die)"
_ORDERS: Final = r"(instructions?|prompts?|rules?|rubric|guidelines?|instructies?|opdrachten?|regels?|richtlijnen|aanwijzingen)"
_PATTERNS: Final = (
    rf"\b(ignore|disregard|forget|override|bypass|negeer|vergeet|omzeil)\b(\W+\w+){{0,3}}?\W+{_ALL}?\W*{_ORDERS}\b",
    r"\b(system|developer|assistant) ?(prompt|message|bericht)\b",
    r"<\|?/?(system|im_start|im_end|assistant|user|inst)\b|\[/?inst\]|^\s*(system|assistant)\s*:",
    r"\b(give|grade|rate|score|assign|return|output|answer|respond|reply)\b(\W+\w+){0,5}?\W+(grade|score|rating|mark)?\W*(a|an|of|with|as)?\W*\b(3|three)\b(?!\W*(days?|weeks?|months?|years?|hours?|times?|%|people|students|euro|k\b|m\b|per\b|to\b|or\b|\d))",
    r"\b(geef|beoordeel|waardeer|scoor|antwoord|retourneer)\b(\W+\w+){0,5}?\W+(een|met|als|op)\W+(cijfer|score|graad|waardering)?\W*\b(3|drie)\b(?!\W*(dagen?|weken|maanden|jaar|uur|keer|%|mensen|studenten|euro|per\b|tot\b|of\b|\d))",
    r"\b(highest|maximum|top|best|hoogste|maximale|beste) (possible |mogelijke )?(grade|score|rating|mark|cijfer|waardering|beoordeling)\b",
    r"\b(you are|act as|pretend to be|jij bent|je bent|gedraag je als|doe alsof je)\b(\W+\w+){0,4}?\W+(ai|assistant|language model|taalmodel|assistent|jury|judge|beoordelaar)\b",
    r"\b(dear|beste|attention|let op|note to)\W+(the |de |to )?(ai|language model|taalmodel|llm|chatgpt|model that|judging model)\b",
    r"[\"']grade[\"']\s*:",
)
_FOUND: Final = re.compile(
    "|".join(f"(?:{each})" for each in _PATTERNS), re.IGNORECASE | re.MULTILINE
)


def instructs(text: str) -> bool:
    """Whether a text seems to tell a model what to do. Cost: one pass."""
    plain = unicodedata.normalize("NFKC", text)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf")
    return _FOUND.search(seen) is not None


def is_flagged(need: Profile, offer: Profile) -> bool:
    """Whether either side speaks to a model."""
    return any(instructs(text) for side in (need, offer) for text in side.told)
