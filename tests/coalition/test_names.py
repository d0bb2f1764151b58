"""Names as people expect them: sorted without case and accents, found by any name and any part."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from hypothesis import HealthCheck, given, settings, strategies as st

from katalysator.coalition.models import Area, Organisation
from katalysator.site.demo import loading
from tests import builders

pytestmark = pytest.mark.django_db

SORTED = [
    "3M",
    "12 Provinciën",
    "112 Alarm",
    "Ábel",
    "Area 2",
    "area 10",
    "Éclair",
    "éclat",
    "Łódź Robotica",
    "De Lonkerij",
    "STICHTING De Maan",
    "'t Nest",
    "Ørsted",
    "’s-Gravenhage",
    "Straße",
    "T-Mobile",
    "TU Delft",
    "TUE",
    "Het Uur",
    "van der Zalm",
    "The Zest",
    "Стихи",
]
"""As they stand in a list; the order in which they are written down does not matter."""
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


def folded(*words: str, function: str = "coalition_folded") -> list[str]:
    """What the database makes of each, in one question."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(word) FROM unnest(%s::text[]) WITH ORDINALITY AS w (word, place)"
            " ORDER BY place",
            [list(words)],
        )
        return [row[0] for row in cursor.fetchall()]


def names() -> list[str]:
    return list(Organisation.objects.values_list("name", flat=True))


def found(words: str) -> list[str]:
    return [each.name for each in Organisation.objects.named(words)]


class TestFolding:
    @pytest.mark.parametrize(
        ("words", "plain"),
        [
            ("TU Delft", "tu delft"),
            ("TU/e", "tue"),
            ("VNO-NCW", "vno ncw"),
            ("Beeld & Geluid", "beeld geluid"),
            ("  YES!Delft ", "yes delft"),
            ("'s-Hertogenbosch", "s hertogenbosch"),
            ("Caffè Ångström, Čapek", "caffe angstrom capek"),
            ("Cafe\u0301", "cafe"),
            ("Ĳsselmeer", "ijsselmeer"),
            ("Œuvre Straße Ærø Þór ŁÓDŹ", "oeuvre strasse aero thor lodz"),
            ("ＫＰＮ № ５", "kpn no 5"),
            ("ΑΘΉΝΑ Стихи", "αθηνα стихи"),
            ("UMC+", "umc+"),
            ("%", "%"),
            ("--", "--"),
            ("\u0301", "\u0301"),
        ],
    )
    def test_case_accents_and_signs_go(self, words: str, plain: str) -> None:
        assert folded(words) == [plain]

    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(st.lists(TEXT, min_size=1, max_size=40))
    def test_once_is_enough_and_something_is_always_left(self, words: list[str]) -> None:
        once = folded(*words)
        assert folded(*once) == once
        assert all(once)
        assert all(folded(*words, function="coalition_sort_key"))


class TestSorting:
    def test_names_stand_where_people_look_for_them(self) -> None:
        for name in sorted(SORTED):
            builders.organisation(name=name)
        assert names() == SORTED

    @pytest.mark.parametrize(
        "name", ["De", "The", "Stichting", "'t", "De Stichting", "Denktank", "Thematisch"]
    )
    def test_a_name_that_is_an_article_stays_whole(self, name: str) -> None:
        kept = name.removeprefix("De ")
        assert folded(name, function="coalition_sort_key") == folded(kept)

    def test_participants_come_first(self) -> None:
        builders.organisation(name="Aarde", state="listed")
        builders.organisation(name="Zee")
        builders.organisation(name="Berg", state="listed")
        assert names() == ["Zee", "Aarde", "Berg"]

    def test_the_longest_name_of_the_longest_letters_has_its_place(self) -> None:
        made = builders.organisation(name="\ufdfa" * 160, other_names=["\ufdfa" * 160] * 3)
        assert names() == [made.name]

    def test_of_two_with_one_name_the_elder_stands_first(self) -> None:
        made = [builders.organisation(name=name).pk for name in ("Zorg", "zórg", "ZORG")]
        assert list(Organisation.objects.values_list("pk", flat=True)) == made

    def test_the_directory_has_an_index_in_its_own_order(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
            plan = Organisation.objects.all()[:30].explain()
        assert "organisation_directory" in plan
        assert "Sort" not in plan


class TestNeverStale:
    """The keys follow the names, whoever writes the row and however."""

    def keys(self) -> list[tuple[str, str]]:
        return sorted(Organisation.objects.values_list("sort_name", "folded_names"))

    def unsaved(self, slug: str, name: str) -> Organisation:
        return Organisation(slug=slug, name=name, kind="company", region="NL31")

    def test_rows_that_are_made_together(self) -> None:
        Organisation.objects.bulk_create([self.unsaved("a", "De Á"), self.unsaved("b", "B")])
        assert self.keys() == [("a", "de a"), ("b", "b")]

    def test_a_row_that_is_saved_again(self) -> None:
        made = builders.organisation(name="Oud")
        made.name, made.other_names = "Nieuw", ["Oud"]
        made.save()
        assert self.keys() == [("nieuw", "nieuw\noud")]

    def test_rows_that_are_updated_in_place(self) -> None:
        made = builders.organisation(name="Oud")
        Organisation.objects.update(name=Concat(F("name"), Value(" Één")))
        assert self.keys() == [("oud een", "oud een")]
        Organisation.objects.update(other_names=["TU/e", "Ü"])
        assert self.keys() == [("oud een", "oud een\ntue\nu")]
        made.other_names = []
        Organisation.objects.bulk_update([made], ["other_names"])
        assert self.keys() == [("oud een", "oud een")]


class TestFinding:
    @pytest.fixture(autouse=True)
    def three(self) -> None:
        builders.organisation(
            name="Delft University of Technology",
            other_names=["TU Delft", "Technische Universiteit Delft"],
        )
        builders.organisation(name="Eindhoven University of Technology", other_names=["TU/e"])
        builders.organisation(name="Café 100% Één", other_names=[])

    @pytest.mark.parametrize(
        ("words", "first"),
        [
            ("TU Delft", "D"),
            ("tu delft", "D"),
            ("TÜ-DÉLFT", "D"),
            ("technische univ", "D"),
            ("elft uni", "D"),
            ("TU/e", "E"),
            ("tue", "E"),
            ("university of technology", "DE"),
            ("cafe", "C"),
            ("CAFÉ", "C"),
            ("een", "C"),
            ("100%", "C"),
            ("delft tu", ""),
            ("technology tu", ""),
            ("%", ""),
            ("_", ""),
            ("\\", ""),
            ("🙂", ""),
            ("", "CDE"),
        ],
    )
    def test_by_any_part_of_any_name(self, words: str, first: str) -> None:
        assert "".join(sorted(name[0] for name in found(words))) == first


@pytest.mark.parametrize("words", ["financiele", "FINANCIËLE", "finance"])
def test_areas_are_found_without_their_accents(words: str) -> None:
    assert [area.slug for area in Area.objects.named(words)] == ["finance"]


def directory() -> list[dict[str, Any]]:
    return loading.records("organisation", "landscape.toml")


def test_the_names_that_people_use_are_in_the_example() -> None:
    known = {name for row in directory() for name in (row["name"], *row.get("other_names", ()))}
    assert {"TU Delft", "UvA", "RUG", "WUR", "TNO", "TU/e", "CWI", "CBS"} <= known


def test_no_two_organisations_of_the_example_share_a_name() -> None:
    rows = directory()
    all_names = [name for row in rows for name in {row["name"], *row.get("other_names", ())}]
    assert len(set(folded(*all_names))) == len(all_names)
    assert all(row["name"] not in row.get("other_names", ()) for row in rows)
