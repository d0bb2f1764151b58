"""Which language a text is in, of the two that the coalition speaks."""

from functools import cache
from typing import Literal, Protocol

Language = Literal["nl", "en"]

_ENOUGH = 12  # characters; shorter texts say too little


class _Identifier(Protocol):
    def classify(self, text: str) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["nl", "en"])
    return identifier  # type: ignore[no-any-return]


def detect(text: str, *, default: Language = "nl") -> Language:
    """Dutch or English, by n-gram naive Bayes (Lui and Baldwin, langid, 2012); `default` if short."""
    if len(text.strip()) < _ENOUGH:
        return default
    return "nl" if _identifier().classify(text)[0] == "nl" else "en"
