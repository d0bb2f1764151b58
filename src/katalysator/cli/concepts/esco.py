"""The whole of `katalysator concepts esco`: read skills, keep what says more than ours, write concepts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Final

from katalysator.cli import target
from katalysator.core.language import TEXT_LANGUAGES, say, translate
from katalysator.engine.concepts import (
    ESCO_NOTICE,
    Concept,
    EscoConcepts,
    LeftOut,
    bundled_thesaurus,
    esco_concepts,
)
from katalysator.faults import gettext_noop as _
from katalysator.readings.concept_file import as_lines
from katalysator.readings.esco_tables import read_skills

KINDS: Final = (".jsonl",)

_SKILLS: Final = {
    LeftOut.OURS: _("Skills left out, because their name stands in our own thesaurus: %(count)s."),
    LeftOut.ORDINARY: _(
        "Skills left out, because their name is one ordinary word, which means many things: %(count)s."
    ),
    LeftOut.LENGTH: _("Skills left out, because their name is too long or too short: %(count)s."),
}
_LABELS: Final = {
    LeftOut.OURS: _("that stand in our own thesaurus: %(count)s"),
    LeftOut.ORDINARY: _("of one ordinary word: %(count)s"),
    LeftOut.LENGTH: _("too long or too short: %(count)s"),
    LeftOut.MANY: _("beyond the twenty of a language: %(count)s"),
}


def run(files: Sequence[Path], out: Path, labels_in: str | None) -> list[str]:
    """Do it, and return what there is to say. Nothing is written where it fails."""
    target.check(out, KINDS, files)
    found = esco_concepts(read_skills(files, labels_in), beside=bundled_thesaurus())
    target.write_text(out, as_lines(map(_line, found.concepts)))
    return [*_told(found), say("Written to %(out)s.", out=out), translate(ESCO_NOTICE)]


def _line(concept: Concept) -> Mapping[str, object]:
    labels = {name: list(concept.labels.get(name, ())) for name in TEXT_LANGUAGES}
    return {"id": concept.key, **labels, "broader": []}


def _told(found: EscoConcepts) -> Iterator[str]:
    labels = chain.from_iterable(each.labels.values() for each in found.concepts)
    yield say(
        "Concepts: %(count)s. Labels: %(labels)s.",
        count=len(found.concepts),
        labels=sum(map(len, labels)),
    )
    for code, name in TEXT_LANGUAGES.items():
        count = sum(code in each.labels for each in found.concepts)
        yield say("With a name in %(language)s: %(count)s.", language=name, count=count)
    for why, sentence in _SKILLS.items():
        if left_out := found.skills_left_out.get(why):
            yield say(sentence, count=left_out)
    others = tuple(
        say(phrase, count=left_out)
        for why, phrase in _LABELS.items()
        if (left_out := found.labels_left_out.get(why))
    )
    if others:
        yield translate("Labels left out:") + " " + "; ".join(others) + "."
