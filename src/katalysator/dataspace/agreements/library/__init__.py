"""The library of texts: articles in each language, and the templates that are made of them.

Articles stand in a file a language, in plain paragraphs. ``{fact}`` is filled in. A paragraph that begins with ``[fact]`` is there where
that fact is known, with ``[!fact]`` where it is not, with ``[fact=word]`` where it is that word; so is one of which a fact
that it names is not known: it is left out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from katalysator.core.language import active_language
from katalysator.dataspace.models import AgreementTemplate

AgreementFacts = Mapping[str, str | Sequence[str]]
LANGUAGES: Final = ("nl", "en")
_HERE: Final = Path(__file__).parent
_HEAD: Final = re.compile(r"## ([a-z]+): (.+)")
_WHERE: Final = re.compile(r"\[(!?)([a-z_]+)(?:=([a-z-]+))?\] ")
_FACT: Final = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class LibraryTemplate:
    """Which articles a text is made of; the version goes up with any word of them."""

    version: int
    articles: tuple[str, ...]


TEMPLATES: Final[Mapping[AgreementTemplate, LibraryTemplate]] = {
    AgreementTemplate.OPEN: LibraryTemplate(
        2, ("parties", "ownership", "open", "use", "price", "liability", "technique", "law")
    ),
    AgreementTemplate.MEMBERS: LibraryTemplate(
        2,
        (
            "parties", "ownership", "members", "use", "price", "liability", "technique", "partners",
            "duration", "law", "processing",
        ),
    ),
    AgreementTemplate.CONTRACT: LibraryTemplate(
        2,
        (
            "parties", "ownership", "use", "price", "liability", "technique", "partners", "duration",
            "law", "processing",
        ),
    ),
    AgreementTemplate.STAYS: LibraryTemplate(
        2,
        (
            "parties", "ownership", "algorithm", "use", "price", "liability", "partners", "duration",
            "law", "processing",
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AgreementArticle:
    """A title with paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


def spoken_of(own: str) -> str:
    """The active language where texts are in it; else the `own` one, which counts."""
    spoken = active_language()
    return spoken if spoken in LANGUAGES else own


@cache
def articles(language: str) -> Mapping[str, AgreementArticle]:
    """All articles of the library in a language, by their names, not filled in."""
    found: dict[str, AgreementArticle] = {}
    for block in re.split(r"(?m)^(?=## )", (_HERE / f"{language}.md").read_text("utf-8")):
        head, _line, rest = block.partition("\n")
        if told := _HEAD.fullmatch(head):
            paragraphs = tuple(each.strip() for each in rest.split("\n\n") if each.strip())
            found[told[1]] = AgreementArticle(told[2], paragraphs)
    return found


def filled(
    template: AgreementTemplate, language: str, facts: AgreementFacts
) -> list[AgreementArticle]:
    """The articles of a template with facts in them; one of which nothing is left is left out."""
    known = articles(language)
    told = [
        AgreementArticle(known[name].title, tuple(_paragraphs(known[name], facts)))
        for name in TEMPLATES[template].articles
    ]
    return [each for each in told if each.paragraphs]


def _paragraphs(article: AgreementArticle, facts: AgreementFacts) -> Iterator[str]:
    for paragraph in article.paragraphs:
        told, is_there = _without_mark(paragraph, facts)
        named = _FACT.findall(told)
        if not is_there or not all(facts.get(each) for each in named):
            continue
        several = facts.get(named[0]) if named else None
        if isinstance(several, list | tuple):
            yield from (f"• {each}" for each in several)
        else:
            yield _FACT.sub(lambda found: str(facts[found[1]]), told)


def _without_mark(paragraph: str, facts: AgreementFacts) -> tuple[str, bool]:
    """A paragraph without its mark, and whether that lets it be there."""
    mark = _WHERE.match(paragraph)
    if mark is None:
        return paragraph, True
    is_not, name, word = mark.groups()
    known = facts.get(name)
    is_so = known == word if word else bool(known)
    return paragraph[mark.end() :], is_so != bool(is_not)
