"""Faults in words: the same wherever they come from, in the language of whoever reads them."""

import pickle
import subprocess
import sys

import pytest
from django.utils.translation import override

from katalysator.core.language import LONGEST_VALUE, lazy
from katalysator.core.money import Money
from katalysator.core.translated import Translated
from katalysator.faults import Conflict, InvalidInput, KatalysatorError, NotAllowed, Refused

YES = Translated(nl="ja", en="yes")


def test_the_sentence_is_message_and_hint_with_their_parameters() -> None:
    error = KatalysatorError("many", "At most %(n)s.", hint="You gave %(given)s.", n=3, given=4)
    assert str(error) == "At most 3. You gave 4."
    assert error.code == "many"


def test_a_hint_may_be_left_out_and_a_percent_sign_is_doubled() -> None:
    assert str(KatalysatorError("half", "Only 50%% is paid.")) == "Only 50% is paid."


@pytest.mark.parametrize("kind", [InvalidInput, NotAllowed, Conflict])
def test_every_kind_can_be_caught_as_ours(kind: type[KatalysatorError]) -> None:
    with pytest.raises(KatalysatorError, match=r"^No\.$"):
        raise kind("no", "No.")


def test_the_sentence_is_translated_when_it_is_shown() -> None:
    error = KatalysatorError(
        "share", "of the same organisation", hint="Mend the row, or take it out."
    )
    with override("nl"):
        assert str(error) == "van dezelfde organisatie Herstel de rij, of haal haar weg."
    with override("en"):
        assert str(error) == "of the same organisation Mend the row, or take it out."


def test_parameters_speak_the_language_of_the_reader_too() -> None:
    error = Conflict(
        "c",
        "%(a)s %(b)s %(c)s %(d)s %(e)s",
        a=lazy("strong"),
        b="strong",
        c=YES,
        d=Money(125_000),
        e=1_250,
    )
    with override("nl"):
        assert str(error) == "sterk strong ja €\u00a01.250 1.250"
    with override("en"):
        assert str(error) == "strong strong yes €1,250 1,250"


def test_a_tuple_is_shown_as_a_list() -> None:
    error = Conflict("c", "Choose from %(choices)s.", choices=(lazy("strong"), lazy("weak")))
    with override("nl"):
        assert str(error) == "Choose from sterk, zwak."


def test_a_long_text_is_cut_and_set_on_one_line() -> None:
    text = str(InvalidInput("long", "%(text)s", text="x\n" * 10_000))
    assert text == "x " * (LONGEST_VALUE // 2) + "…"


def test_every_layer_adds_where_it_happened() -> None:
    error = InvalidInput("bad", "Bad.")
    assert str(error) == "Bad."
    assert str(error.at("start")) == "start: Bad."
    assert str(error.at(1_200)) == "Line 1200, start: Bad."
    assert str(error.at("needs.csv")) == "needs.csv, line 1200, start: Bad."
    with override("nl"):
        assert str(error) == "needs.csv, regel 1200, start: Bad."
    assert error.where == ("needs.csv", 1_200, "start")


def test_a_fault_can_be_told_without_its_place() -> None:
    error = InvalidInput("wrong", "“%(said)s” is wrong.", hint="Say more.", said="x").at(3)
    plain = error.without_place()
    assert (plain.code, str(plain)) == ("wrong", "“x” is wrong. Say more.")
    assert error.where == (3,)


def test_a_field_may_be_named_in_the_language_of_the_reader() -> None:
    error = InvalidInput("bad", "Bad.").at(lazy("strong"))
    with override("nl"):
        assert str(error) == "sterk: Bad."


def test_places_of_one_error_do_not_leak_into_another() -> None:
    InvalidInput("bad", "Bad.").at("start")
    assert InvalidInput("bad", "Bad.").where == ()


def test_a_refusal_tells_all_its_problems_a_line_each() -> None:
    problems = (InvalidInput("bad", "Bad."), InvalidInput("worse", "Worse.").at("end"))
    assert str(Refused(*problems)) == "Bad.\nend: Worse."


def test_an_error_survives_pickling_between_processes() -> None:
    error = InvalidInput("bad", "%(text)s %(kind)s", hint="Mend it.", text="x", kind=lazy("weak"))
    restored = pickle.loads(pickle.dumps(error.at(3)))
    with override("nl"):
        assert (restored.code, restored.where) == ("bad", (3,))
        assert str(restored) == "Regel 3: x zwak Mend it."


def test_without_django_the_values_work_and_errors_speak_english() -> None:
    program = (
        "from katalysator.core import identifiers, money, periods, regions, translated, workflow\n"
        "from katalysator.faults import InvalidInput\n"
        "from django.conf import settings\n"
        "assert str(translated.Translated(nl='ja', en='yes')) == 'yes'\n"
        "try:\n"
        "    identifiers.parse_kvk('12')\n"
        "except InvalidInput as error:\n"
        "    print(ascii(str(error.at(3))), settings.configured)\n"
    )
    said = printed(program)
    assert said.startswith("'Line 3: \\u201c12\\u201d is not a KvK number: ")
    assert said.endswith(" False\n")


def test_without_django_a_language_can_be_spoken() -> None:
    program = (
        "from katalysator.core.language import active_language, lazy, speaking\n"
        "from katalysator.core.money import Money\n"
        "weak = lazy('weak')\n"
        "with speaking('nl'):\n"
        "    print(active_language(), weak, ascii(str(Money(125_050))))\n"
        "print(active_language(), weak, Money(100))\n"
    )
    assert printed(program).splitlines() == ["nl zwak '\\u20ac\\xa01.250,50'", "en weak €1"]


def test_the_engine_alone_speaks_plain_english() -> None:
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from katalysator.engine.matching.files.tables import Fault\n"
        "print(Fault.ID_EMPTY.of(Path('pairs.csv'), line=1201, column='person').at('here'))\n"
        "print('django' in sys.modules, 'babel' in sys.modules)\n"
    )
    assert printed(program).splitlines() == [
        "here, pairs.csv, line 1201, person: This is empty or too large. Fill it in, or take the row out.",
        "False False",
    ]


def printed(program: str) -> str:
    command = [sys.executable, "-W", "error", "-X", "utf8", "-c", program]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=True
    ).stdout
