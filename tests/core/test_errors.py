import pickle
import subprocess
import sys

import pytest
from django.utils.translation import override

from katalysator.core.errors import (
    LONGEST_PARAMETER,
    Conflict,
    InvalidInput,
    KatalysatorError,
    Msgid,
    NotAllowed,
)
from katalysator.core.money import Money
from katalysator.core.translated import Translated

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
    error = KatalysatorError("required", "This field is required.", hint="Enter a valid URL.")
    with override("nl"):
        assert str(error) == "Dit veld is verplicht. Voer een geldige URL in."
    with override("en"):
        assert str(error) == "This field is required. Enter a valid URL."


def test_parameters_speak_the_language_of_the_reader_too() -> None:
    error = Conflict(
        "c", "%(a)s %(b)s %(c)s %(d)s", a=Msgid("Yes"), b="Yes", c=YES, d=Money(125_000)
    )
    with override("nl"):
        assert str(error) == "Ja Yes ja €\u00a01.250"
    with override("en"):
        assert str(error) == "Yes Yes yes €1,250"


def test_a_tuple_is_shown_as_a_list() -> None:
    error = Conflict("c", "Choose from %(choices)s.", choices=(Msgid("Yes"), Msgid("No")))
    with override("nl"):
        assert str(error) == "Choose from Ja, Nee."


def test_a_long_parameter_is_cut() -> None:
    text = str(InvalidInput("long", "%(text)s", text="x" * 10_000))
    assert text == "x" * LONGEST_PARAMETER + "…"


def test_every_layer_adds_where_it_happened() -> None:
    error = InvalidInput("bad", "Bad.")
    assert str(error) == "Bad."
    assert str(error.at("start")) == "start: Bad."
    with override("en"):
        assert str(error.at(12)) == "Line 12, start: Bad."
    assert error.where == (12, "start")


def test_a_field_may_be_named_in_the_language_of_the_reader() -> None:
    error = InvalidInput("bad", "Bad.").at(Msgid("Yes"))
    with override("nl"):
        assert str(error) == "Ja: Bad."


def test_places_of_one_error_do_not_leak_into_another() -> None:
    InvalidInput("bad", "Bad.").at("start")
    assert InvalidInput("bad", "Bad.").where == ()


def test_an_error_survives_pickling_between_processes() -> None:
    error = InvalidInput("bad", "%(text)s is bad.", hint="Mend it.", text="x").at(3)
    restored = pickle.loads(pickle.dumps(error))
    assert (restored.code, restored.where, str(restored)) == ("bad", (3,), str(error))


def test_without_django_the_values_work_and_errors_speak_english() -> None:
    program = (
        "from katalysator.core import identifiers, money, periods, regions, translated, workflow\n"
        "from katalysator.core.errors import InvalidInput\n"
        "from django.conf import settings\n"
        "assert str(translated.Translated(nl='ja', en='yes')) == 'yes'\n"
        "try:\n"
        "    identifiers.parse_kvk('12')\n"
        "except InvalidInput as error:\n"
        "    print(ascii(str(error.at(3))), settings.configured)\n"
    )
    result = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("'Line 3: \\u201c12\\u201d is not a KvK number: ")
    assert result.stdout.endswith(" False\n")


def test_the_sentence_goes_without_the_place_for_who_sees_it() -> None:
    error = InvalidInput("empty", "Nothing is chosen.", hint="Choose one.").at("areas").at(3)
    assert str(error) == "Line 3, areas: Nothing is chosen. Choose one."
    assert error.sentence == "Nothing is chosen. Choose one."
