"""`python -m bench.quality.search.spelling`: how many misspelt queries are mended, and how many right ones are changed."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.quality.sets import board
from katalysator.engine.concepts import bundled_thesaurus
from katalysator.engine.search import compound_meant_by, label_words, meant_by, mended, words_of

HERE: Final = Path(__file__).parent
_BOARDS: Final = ("municipal", "crossing", "port")
_LABEL: Final = 5  # as `katalysator.site.search.spelling` has it
_FAR_MORE: Final = 20


def main() -> None:
    """Measure, and name what went wrong."""
    texts, labels = _texts(), label_words(bundled_thesaurus())
    known = {each: texts[each] + _LABEL * (each in labels) for each in {*texts, *labels}}

    def proposed(query: str) -> str:
        meant = {each: meant_by(each, known) for each in words_of(query) if each not in labels}
        sure = {
            each: other
            for each, other in meant.items()
            if other and known[other] >= _FAR_MORE * texts[each]
        }
        return mended(query, sure)

    misspelt = [(row["query"], row["meant"]) for row in _rows("misspelt.csv")]
    wrong = [(asked, meant, proposed(asked)) for asked, meant in misspelt]
    wrong = [each for each in wrong if each[1] != each[2]]
    right = [row["query"] for name in ("right.csv", "queries.csv") for row in _rows(name)]
    changed = [(asked, proposed(asked)) for asked in right if proposed(asked) != asked]
    for each in [*wrong, *changed]:
        print("  ", *each, sep=" | ")
    _show_compounds()
    print(f"misspelt queries mended: {len(misspelt) - len(wrong)} of {len(misspelt)}")
    print(f"right queries changed: {len(changed)} of {len(right)}")


def _show_compounds() -> None:
    """Measure compounds that no label has, by their parts; what is right are these, and others."""
    thesaurus, rows = bundled_thesaurus(), list(_rows("compounds.csv"))
    found = [compound_meant_by(row["query"], thesaurus) == row["meant"] for row in rows]
    right = [row["meant"] for row in rows] + [row["query"] for row in _rows("right_compounds.csv")]
    right = [each.lower() for each in right]
    changed = [each for each in right if compound_meant_by(each, thesaurus)]
    print("  ", *(row["query"] for row, is_found in zip(rows, found, strict=True) if not is_found))
    print("  ", *changed)
    print(f"misspelt compounds mended: {sum(found)} of {len(found)}")
    print(f"right compounds changed: {len(changed)} of {len(right)}")


def _texts() -> Counter[str]:
    """In how many texts of the boards each word stands."""
    counted = Counter[str]()
    for name in _BOARDS:
        graded = board(name)
        for each in (*graded.needs, *graded.offers):
            counted.update(set(words_of(f"{each.title}\n{each.text}")))
    return counted


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    main()
