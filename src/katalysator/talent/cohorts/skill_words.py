"""What skills and occupations of a cohort are called, in a taxonomy or as they were written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from katalysator.engine.skills import Taxonomy


@dataclass(frozen=True)
class SkillWords:
    """What skills and occupations are called: in a taxonomy, where one is used, else as they were written."""

    taxonomy: Taxonomy | None

    def skills(self, said: Mapping[str, Any]) -> set[str]:
        """All that somebody has, or that an opening asks for: what is said, and what the occupation cannot do without."""
        found = {key for each in said["skills"] for key in self._named(each.casefold().strip())}
        occupation = self._occupations.get(str(said["occupation"]).casefold().strip())
        return found | (self._essential(occupation) if occupation is not None else set())

    def called(self, skill: str, language: str) -> str:
        """What a skill is called in a language."""
        if self.taxonomy is not None and skill in self.taxonomy.skills.row:
            return self.taxonomy.skills.called(self.taxonomy.skills.row[skill], language).text
        return skill

    @cached_property
    def _keys(self) -> Mapping[str, str]:
        if self.taxonomy is None:
            return {}
        named = self.taxonomy.skills
        return {
            label.casefold(): key
            for rows in named.labels.values()
            for key, labels in zip(named.keys, rows, strict=True)
            for label in labels
        }

    @cached_property
    def _occupations(self) -> Mapping[str, int]:
        if self.taxonomy is None:
            return {}
        return {
            label.casefold(): row
            for rows in self.taxonomy.occupations.labels.values()
            for row, labels in enumerate(rows)
            for label in labels
        }

    def _named(self, word: str) -> Iterator[str]:
        """What is meant by a label, or by several with commas between them."""
        parts = [word] if word in self._keys else [part.strip() for part in word.split(",")]
        yield from (self._keys.get(part, part) for part in parts if part)

    def _essential(self, occupation: int) -> set[str]:
        if self.taxonomy is None:
            return set()
        asked = self.taxonomy.essential
        part = asked.indices[asked.indptr[occupation] : asked.indptr[occupation + 1]]
        return {self.taxonomy.skills.keys[row] for row in part.tolist()}
