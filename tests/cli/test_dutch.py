"""Both languages say the same: no sentence without its translation, none left over."""

import inspect
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract

from katalysator import cli
from katalysator.cli.dutch import DUTCH
from katalysator.core import heads, money, periods, regions
from katalysator.engine.matching.files import Fault


def marked(*paths: Path) -> set[str]:
    """The sentences that are marked for translation in these files."""
    found: set[str] = set()
    for path in paths:
        with path.open("rb") as file:
            messages = extract("python", file, keywords={"gettext_noop": None})
            found |= {message for _, message, _, _ in messages if isinstance(message, str)}
    return found


def test_every_sentence_has_a_dutch_one_and_no_other_does() -> None:
    kernel = [Path(inspect.getfile(module)) for module in (heads, money, periods, regions)]
    own = Path(inspect.getfile(cli)).parent.rglob("*.py")
    assert set(DUTCH) == {*marked(*own, *kernel), *map(str, Fault)}


@pytest.mark.parametrize("sentence", DUTCH)
def test_dutch_takes_the_same_parameters(sentence: str) -> None:
    names = re.compile(r"%\(\w+\)s|%%")
    assert sorted(names.findall(sentence)) == sorted(names.findall(DUTCH[sentence]))
    assert sentence.endswith(".") == DUTCH[sentence].endswith(".")
