"""What stands in a letter to many: the bureau's text, with words between braces that each reads otherwise."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from katalysator.bureau.models import Mailing
from katalysator.coalition.models import Membership, Organisation, Person
from katalysator.core import letters
from katalysator.core.language import ENGLISH, active_language, speaking
from katalysator.core.letters import Letter
from katalysator.core.translated import Translated
from katalysator.faults import InvalidInput, gettext_noop as _

_BRACES: Final = re.compile(r"\{([^{}]*)\}")


def _name(organisation: Organisation, person: Person) -> str:
    """What the person is called there; the organisation's name where that is not said."""
    mine = Membership.objects.filter(organisation=organisation, person=person)
    return mine.values_list("name", flat=True).first() or organisation.name


def _page(organisation: Organisation, _person: Person) -> str:
    return letters.address("organisation", organisation.slug)


def _organisation(organisation: Organisation, _person: Person) -> str:
    return organisation.name


def _city(organisation: Organisation, _person: Person) -> str:
    return organisation.city


_Word = Callable[[Organisation, Person], str]
_BY_LANGUAGE: Final[Mapping[str, Mapping[str, _Word]]] = {
    "en": {"organisation": _organisation, "name": _name, "city": _city, "page": _page},
    "nl": {"organisatie": _organisation, "naam": _name, "plaats": _city, "pagina": _page},
}
_WORDS: Final = {word: fill for words in _BY_LANGUAGE.values() for word, fill in words.items()}


def words() -> str:
    """What may stand between braces, in the active language; elsewhere the English words."""
    known = _BY_LANGUAGE.get(active_language(), _BY_LANGUAGE[ENGLISH])
    return ", ".join(f"{{{each}}}" for each in known)


def require_known(text: str, place: str) -> None:
    """Refuse words between braces that nobody can fill in. Raises InvalidInput at this place."""
    for word in _BRACES.findall(text):
        if word.strip().lower() not in _WORDS:
            raise InvalidInput(
                "merge-word",
                _("Nobody knows what to write for “{%(word)s}”."),
                hint=_("Between braces you can write %(words)s."),
                word=word,
                words=words(),
            ).at(place)


def _filled(found: re.Match[str], organisation: Organisation, person: Person) -> str:
    """What is written for a word between braces; one that is not known stays as it is."""
    fill = _WORDS.get(found[1].strip().lower())
    return fill(organisation, person) if fill else found[0]


def merged(mailing: Mailing, organisation: Organisation, person: Person) -> Letter:
    """The letter as this person gets it, in the person's language as far as it was written in that. Cost: up to two queries."""
    language = person.language

    def filled(text: Translated) -> str:
        return _BRACES.sub(lambda found: _filled(found, organisation, person), text.in_(language))

    with speaking(language):
        return Letter(filled(mailing.subject), filled(mailing.text))
