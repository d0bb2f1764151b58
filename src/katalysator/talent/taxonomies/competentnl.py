"""CompetentNL as an export of its graph: CSV with a triple a line (subject, predicate, object), in one table or more.

Read as its documentation of September 2025 names classes and relations; no export itself was at hand.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from katalysator.engine.skills import NamedRows, Taxonomy, links
from katalysator.faults import InvalidInput, gettext_noop as _
from katalysator.talent.taxonomies.files import LANGUAGES, TaxonomyFiles, tidy_labels, unlabelled
from katalysator.talent.taxonomies.sources import TaxonomyLine, TaxonomySource

NAME: Final = "competentnl"
_COLUMNS: Final = ("subject", "predicate", "object")
_NATIVE: Final = "nl"
_CLASSES: Final = {"Occupation": "work", "HumanCapability": "ability", "KnowledgeArea": "knowledge"}
_ESSENTIAL: Final = ("requiresHATEssential",)
_HELPS: Final = ("requiresHATImportant", "requiresHATSomewhat")
_MATCHES: Final = "exactMatch"
_TEXTS: Final = ("prefLabel", "altLabel", "definition")
_OF_ESCO: Final = ("occupation", "skill")
_READ: Final = ("type", "broader", _MATCHES, *_TEXTS, *_ESSENTIAL, *_HELPS)
_MOST_LOST: Final = 0.02
"""More relations than this to what is not there are of another export."""
_LITERAL: Final = re.compile(
    r'^"(?P<text>.*)"(?:@(?P<language>[a-z]{2})[\w-]*|\^\^\S+)?$', re.DOTALL
)
_ISCO: Final = re.compile(r"isco\D*(\d{4})$", re.IGNORECASE)


def is_triples(source: TaxonomySource) -> bool:
    """Whether these are triples, and no tables of ESCO. Cost: the first line of each table."""
    if any(name.lower().startswith(_OF_ESCO) for name in source.names):
        return False
    firsts = (next(source.lines(name), None) for name in source.names)
    return any(first is not None and set(_COLUMNS) <= first.cells.keys() for first in firsts)


def read_triples(source: TaxonomySource, version: str) -> TaxonomyFiles:
    """The taxonomy of such an export, with what matches ESCO exactly. Raises InvalidInput: whole, or not at all."""
    if not version:
        raise InvalidInput(
            "taxonomy-version",
            _("These files do not tell of which version they are."),
            hint=_("Say which version it is, such as 1.1.1."),
        ).at("version")
    told = _Triples.of(source)
    work, skills = told.of_kind("work"), told.of_kind("ability", "knowledge")
    if not (work and skills and any(told.objects[name] for name in _ESSENTIAL)):
        raise InvalidInput(
            "competentnl-half",
            _("This export has no occupations with skills that they cannot do without."),
            hint=_(
                "Export occupations, human capabilities, and the relations between them together."
            ),
        )
    groups = _groups(told, set(skills))
    names = [*skills, *groups]
    row = {name: number for number, name in enumerate(names)}
    size = (len(work), len(skills))
    taxonomy = Taxonomy(
        NAME,
        version,
        told.named(work),
        told.named(skills),
        told.named(groups),
        tuple(told.isco(each) for each in work),
        links(_asked(told, work, row, size[1], _ESSENTIAL), size),
        links(_asked(told, work, row, size[1], _HELPS), size),
        links(_broader(told, names, row), (len(names), len(names))),
        np.array([told.kind[each] == "knowledge" for each in skills]),
        redirects={
            match: name for name in (*work, *skills) for match in told.objects[_MATCHES][name]
        },
    )
    means = {
        name: {key: text for key in (*work, *names) if (text := told.text("definition", key, name))}
        for name in LANGUAGES
    }
    noticed = {"unlabelled": unlabelled(taxonomy), "not read": dict(told.unread)}
    return TaxonomyFiles(taxonomy, means, noticed)


@dataclass(slots=True)
class _Triples:
    """What was said of each subject: texts by language, and objects by relation; kinds of what has a class that is read."""

    kind: dict[str, str] = field(default_factory=dict)
    objects: dict[str, dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    texts: dict[tuple[str, str], dict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    unread: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @classmethod
    def of(cls, source: TaxonomySource) -> "_Triples":
        made = cls()
        for name in source.names:
            for line in source.lines(name, *_COLUMNS):
                made._add(line)
        made._require_joined()
        return made

    def of_kind(self, *kinds: str) -> list[str]:
        """The subjects of some kinds, in an order that is always the same."""
        return sorted(name for name, kind in self.kind.items() if kind in kinds)

    def named(self, keys: Sequence[str]) -> NamedRows:
        """Their keys and labels, the preferred one first."""
        labels = {
            language: [
                tidy_labels(
                    self.text("prefLabel", key, language),
                    "\n".join(self.texts["altLabel", language][key]),
                )
                for key in keys
            ]
            for language in LANGUAGES
        }
        return NamedRows(tuple(keys), labels)

    def text(self, predicate: str, key: str, language: str) -> str:
        """The first text that is said of it in a language."""
        return next(iter(self.texts[predicate, language][key]), "")

    def isco(self, key: str) -> str:
        """The unit group of ISCO-08 that matches an occupation; empty where none does."""
        found = (_ISCO.search(each) for each in self.objects[_MATCHES][key])
        return next((each[1] for each in found if each), "")

    def _add(self, line: TaxonomyLine) -> None:
        subject, predicate, said = (line[name].strip().strip("<>") for name in _COLUMNS)
        name = re.split(r"[#/:]", predicate)[-1]
        if not subject or not name:
            raise line.wrong(
                InvalidInput("taxonomy-key", _("“%(key)s” is no key of its own."), key=subject)
            )
        if name not in _READ:
            self.unread[name] += 1
        elif name == "type":
            if kind := _CLASSES.get(re.split(r"[#/:]", said)[-1]):
                self.kind[subject] = kind
        elif name in _TEXTS:
            found = _LITERAL.match(said)
            language = (found["language"] if found else None) or _NATIVE
            self.texts[name, language][subject].append(found["text"] if found else said)
        else:
            self.objects[name][subject].append(said)

    def _require_joined(self) -> None:
        """Refuse an export in which what is asked for is not there. Raises InvalidInput."""
        asked = [
            skill
            for name in (*_ESSENTIAL, *_HELPS)
            for some in self.objects[name].values()
            for skill in some
        ]
        lost = [each for each in asked if each not in self.kind]
        if len(lost) > _MOST_LOST * len(asked):
            raise InvalidInput(
                "competentnl-lost",
                _("%(count)s relations lead to skills that are not there, such as %(example)s."),
                hint=_("Export occupations, human capabilities, and the relations between them together."),
                count=len(lost),
                example=lost[0],
            )  # fmt: skip


def _groups(told: _Triples, skills: set[str]) -> list[str]:
    """What stands above skills and is none, and what stands above that."""
    found, above = set[str](), skills
    while (
        above := {
            each for name in above for each in told.objects["broader"][name] if each not in skills
        }
        - found
    ):
        found |= above
    return sorted(found - told.kind.keys())


def _asked(
    told: _Triples, work: Sequence[str], row: Mapping[str, int], skills: int, names: Sequence[str]
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    pairs = [
        (number, row[skill])
        for number, key in enumerate(work)
        for name in names
        for skill in told.objects[name][key]
        if row.get(skill, skills) < skills
    ]
    return np.array(pairs, np.int64).reshape(-1, 2).T


def _broader(
    told: _Triples, names: Sequence[str], row: Mapping[str, int]
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    def pairs() -> Iterator[tuple[int, int]]:
        for number, key in enumerate(names):
            yield from ((number, row[each]) for each in told.objects["broader"][key] if each in row)

    return np.array(list(pairs()), np.int64).reshape(-1, 2).T
