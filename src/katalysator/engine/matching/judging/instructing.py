"""Texts that speak to a model instead of to people: they are not judged by one.

Phrases of our own in Dutch and English, wide rather than narrow: who is found here loses nothing but a
second reading, and the operator sees it. A text that gets through still cannot do more than move its own grade.
"""

import re
import unicodedata
from typing import Final

from katalysator.engine.matching.profiles import Profile

_WORDS: Final = r"(?:\W+\w+){0,4}?\W+"  # a few, whatever they are
_ORDERS: Final = r"(?:instructions?|prompts?|rubric|instructies?)"
_RULES: Final = r"(?:guidelines|rules|opdrachten|regels|richtlijnen)"  # people have these too
_EARLIER: Final = (
    r"(?:previous|prior|earlier|preceding|above|all|any|your|these"
    r"|eerdere|vorige|voorgaande|bovenstaande|alle|jouw|je|deze)"
)
_IGNORE: Final = r"(?:ignore|disregard|forget|override|bypass|negeer|vergeet|omzeil)"
_ANSWER: Final = (
    r"(?:give|grade|rate|score|assign|return|output|answer|respond|reply|deserves?"
    r"|geef|beoordeel|waardeer|antwoord|reageer|verdient)"
)
_GRADE: Final = r"(?:grade|score|rating|mark|cijfer|waardering|beoordeling)"
_ROLE: Final = r"(?:you are|act as|pretend to be|jij bent|je bent|doe alsof je)"
_MODEL: Final = (  # `ai` alone is what everybody here speaks of
    r"(?:(?:(?:ai|language|taal)\W?)?(?:assistant|assistent|judge|beoordelaar)"
    r"|(?:ai|language|taal)\W?model|llm|chatgpt)"
)
_ENDED: Final = r"(?=\s*(?:[.!,;:\"'”)/]|out of\b|van de\b|$))"
_PATTERNS: Final = (
    rf"\b{_IGNORE}{_WORDS}{_ORDERS}\b",
    rf"\b{_IGNORE}{_WORDS}(?:{_EARLIER}\s+{_RULES}\b|{_RULES}\s+(?:above|hierboven)\b)",
    rf"\b{_ANSWER}{_WORDS}(?:an?|of|with|as|een|met|als|op)\s+(?:{_GRADE}\s+(?:of\s+|van\s+)?)?(?:3|three|drie)\b{_ENDED}",
    rf"\b{_ANSWER}{_WORDS}(?:highest|maximum|top|best|hoogste|maximale|beste)\s+(?:\w+\s+)?{_GRADE}\b",
    r"\b(?:system|developer)\s+(?:prompt|message|bericht)\b",
    r"<\|?/?(?:system|im_start|im_end|assistant|user|inst)\b|\[/?inst\]|^\s*(?:system|assistant)\s*:",
    rf"\b{_ROLE}\W+(?:(?:now|nu)\W+)?(?:(?:an?|the|een|de)\W+)?(?:\w+\W+){{0,2}}?{_MODEL}\b",
    rf"\b(?:dear|attention|note to|(?<!\bde )(?<!\bhet )beste|let op)\W+(?:the |de |het )?{_MODEL}\b",
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
