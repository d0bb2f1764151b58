"""Titles in one form: the same for women and men, as the labels of a taxonomy teach."""

import pytest
from hypothesis import given, strategies as st

from katalysator.engine.skills import TitleForm
from katalysator.engine.skills.title_form import alternatives
from tests.talent.taxonomies import esco

LABELS = [
    ("kapper", "kapster"),
    ("verkoper", "verkoopster", "winkelmedewerker", "winkelmedewerkster"),
    ("machinist", "machiniste"),
    ("instructeur vaartuig", "instructrice vaartuig"),
    ("webmaster",),
]


@pytest.fixture
def form() -> TitleForm:
    return TitleForm.learned(LABELS, "nl")


@pytest.mark.parametrize(
    ("woman", "man"),
    [
        ("kapster", "kapper"),
        ("Verkoopster", "verkoper"),
        ("instructrice vaartuig", "instructeur vaartuig"),
        ("tramverkoopster", "tramverkoper"),
        ("kraanmachiniste", "kraanmachinist"),
    ],
)
def test_both_forms_of_a_title_are_one_also_where_no_label_has_them(
    form: TitleForm, woman: str, man: str
) -> None:
    assert form.of(woman) == form.of(man)


def test_a_word_that_only_ends_alike_stays(form: TitleForm) -> None:
    assert form.of("webmaster") == "webmaster"


@pytest.mark.parametrize(
    "title", ["kapper (m/v)", "Kapper m/v/x", "kapper [v/m]", "kapper (he/she)", "kapper (f/m/d)"]
)
def test_that_a_title_is_for_all_is_no_part_of_it(form: TitleForm, title: str) -> None:
    assert form.of(title) == "kapper"


@pytest.mark.parametrize("title", ["winkelmedewerk(st)er", "winkelmedewerker/-ster"])
def test_a_title_with_both_endings_is_read_as_one(form: TitleForm, title: str) -> None:
    assert form.of(title) == "winkelmedewerker"


def test_a_title_that_names_both_is_two() -> None:
    assert alternatives("waiter / waitress") == ["waiter", "waitress"]


def test_accents_and_signs_do_not_matter(form: TitleForm) -> None:
    assert form.of("Data-analist, café") == "data analist cafe"


@given(st.text(max_size=80))
def test_any_text_has_a_form_which_stays_as_it_is(text: str) -> None:
    form = TitleForm.learned(LABELS, "nl")
    assert form.of(text) == form.of(text)


def test_nearly_all_pairs_of_esco_become_one() -> None:
    labels = esco().occupations.labels["nl"]
    form = TitleForm.learned(labels, "nl")
    pairs = [
        (label, label.removesuffix("ster") + "er")
        for rows in labels
        for label in rows
        if label.endswith("ster") and label.removesuffix("ster") + "er" in rows
    ]
    same = sum(form.of(woman) == form.of(man) for woman, man in pairs)
    assert len(pairs) > 300
    assert same > 0.97 * len(pairs)
