"""What becomes of keys when another version of a taxonomy is used: which are gone, and what they may be now."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from katalysator.engine.skills import NamedRows, Taxonomy

KINDS: Final = ("occupations", "skills")


class Renamed(NamedTuple):
    """A key with another preferred label than before, in the first language in which these differ."""

    key: str
    before: str
    after: str
    language: str


class Gone(NamedTuple):
    """A key that is not there any more: where it leads by a redirect, or what has the same label, as a proposal."""

    kind: str
    key: str
    label: str
    language: str
    to: str
    proposed: str


@dataclass(frozen=True, slots=True)
class TaxonomyChanges:
    """What differs from one version to another: keys decide, and labels only propose."""

    gone: tuple[Gone, ...]
    renamed: tuple[Renamed, ...]
    new: tuple[str, ...]
    kept: int

    @property
    def lost(self) -> tuple[str, ...]:
        """The keys that lead nowhere."""
        return tuple(each.key for each in self.gone if not each.to)

    @property
    def proposals(self) -> Mapping[str, str]:
        """Where keys that lead nowhere may lead, as the same label in both versions says."""
        return {each.key: each.proposed for each in self.gone if each.proposed and not each.to}


def changes_between(before: Taxonomy, after: Taxonomy) -> TaxonomyChanges:
    """What differs. Cost: linear in the labels of both."""
    gone, renamed, new, kept = list[Gone](), list[Renamed](), list[str](), 0
    for kind in KINDS:
        old, young = getattr(before, kind), getattr(after, kind)
        gone += _gone(kind, old, young, after.redirects)
        renamed += _renamed(old, young)
        new += [key for key in young.keys if key not in old.row]
        kept += sum(key in young.row for key in old.keys)
    return TaxonomyChanges(tuple(gone), tuple(renamed), tuple(new), kept)


def _gone(
    kind: str, old: NamedRows, young: NamedRows, redirects: Mapping[str, str]
) -> Iterator[Gone]:
    same = _by_label(young)
    for row, key in enumerate(old.keys):
        if key in young.row:
            continue
        called = old.called(row, "nl")
        to = _followed(key, redirects)
        labels = ((name, rows[row]) for name, rows in old.labels.items())
        found = {same.get((name, label.casefold())) for name, some in labels for label in some[:1]}
        proposed = found - {None}
        yield Gone(
            kind,
            key,
            called.text,
            called.language,
            to if to in young.row else "",
            next(iter(proposed)) or "" if len(proposed) == 1 else "",
        )


def _by_label(rows: NamedRows) -> Mapping[tuple[str, str], str]:
    """Keys by language and preferred label; without labels of more than one."""
    found: dict[tuple[str, str], str] = {}
    many = set[tuple[str, str]]()
    for name, labels in rows.labels.items():
        for key, some in zip(rows.keys, labels, strict=True):
            for label in some[:1]:
                place = (name, label.casefold())
                if found.setdefault(place, key) != key:
                    many.add(place)
    return {place: key for place, key in found.items() if place not in many}


def _followed(key: str, redirects: Mapping[str, str]) -> str:
    """Where a key leads in the end; nowhere where it goes in circles."""
    seen = {key}
    to = redirects.get(key, "")
    while to in redirects and to not in seen:
        seen.add(to)
        to = redirects[to]
    return "" if to in seen else to


def _renamed(old: NamedRows, young: NamedRows) -> Iterator[Renamed]:
    for row, key in enumerate(old.keys):
        now = young.row.get(key)
        if now is None:
            continue
        for name, labels in old.labels.items():
            before, after = labels[row][:1], young.labels.get(name, ())
            if before and after and after[now][:1] not in ((), before):
                yield Renamed(key, before[0], after[now][0], name)
                break
