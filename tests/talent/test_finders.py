"""Work and skills found by what people call them: at once of a small taxonomy, of a large one after a job laid it out."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.conf import LazySettings
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.core.actors import OPERATOR
from katalysator.engine.skills import BothEncoders, Taxonomy
from katalysator.engine.text import Embedder, bundled
from katalysator.talent.taxonomies import finders
from katalysator.talent.taxonomies.finders import (
    find_occupations,
    lay_out,
    occupation_finder,
    read_skills,
)
from katalysator.talent.taxonomies.verbs import take_in_starter
from tests.talent.taxonomies import small_taxonomy

NOW = datetime(2026, 11, 29, tzinfo=UTC)


def test_a_small_taxonomy_is_found_in_at_once_in_either_language() -> None:
    taxonomy = small_taxonomy()
    found = find_occupations(taxonomy, "ziekenverzorgster", "nl")
    assert taxonomy.occupations.keys[found[0].row] == "occupation/nurse"
    found = find_occupations(taxonomy, "software developer", "en")
    assert taxonomy.occupations.keys[found[0].row] == "occupation/programmer"


def test_skills_of_a_text_come_with_the_words_that_say_so() -> None:
    taxonomy, text = small_taxonomy(), "Ik kan goed wonden verzorgen en schrijf Python."
    told = {
        taxonomy.skills.keys[each.row]: text[each.start : each.end]
        for each in read_skills(taxonomy, text, "nl")
    }
    assert told["skill/wounds"] == "wonden verzorgen"
    assert told["skill/python"] == "Python"


def test_a_large_taxonomy_is_found_in_by_its_words_until_it_is_laid_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finders, "SMALL", 0)
    taxonomy = small_taxonomy()
    assert occupation_finder(taxonomy) is None
    found = find_occupations(taxonomy, "verpleeg", "nl")
    assert [taxonomy.occupations.keys[each.row] for each in found] == ["occupation/nurse"]
    assert read_skills(taxonomy, "wonden verzorgen", "nl") == []
    lay_out(taxonomy, NOW)
    found = find_occupations(taxonomy, "ziekenverzorgster", "nl")
    assert taxonomy.occupations.keys[found[0].row] == "occupation/nurse"
    assert read_skills(taxonomy, "wonden verzorgen", "nl")


@pytest.mark.django_db
def test_what_is_used_now_is_laid_out_by_a_job() -> None:
    take_in_starter(by=OPERATOR)
    assert "talent.lay_out" in set(ProcrastinateJob.objects.values_list("task_name", flat=True))


def test_both_encoders_serve_once_a_job_laid_out_by_them(
    monkeypatch: pytest.MonkeyPatch, settings: LazySettings
) -> None:
    taxonomy = small_taxonomy()
    monkeypatch.setattr(finders, "SMALL", 0)
    lay_out(taxonomy, NOW)
    settings.CAREFUL_TITLES = True
    monkeypatch.setattr(finders, "careful", bundled)
    finders._both.cache_clear()
    try:
        assert not isinstance(_encoder(taxonomy), BothEncoders)
        lay_out(taxonomy, NOW)
        assert isinstance(_encoder(taxonomy), BothEncoders)
        found = find_occupations(taxonomy, "ziekenverzorgster", "nl")
        assert taxonomy.occupations.keys[found[0].row] == "occupation/nurse"
    finally:
        finders._both.cache_clear()


def test_what_is_not_as_it_is_laid_out_now_is_laid_out_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finders, "SMALL", 0)
    taxonomy = replace(small_taxonomy())
    monkeypatch.setattr(finders, "_LAID_OUT", 1)
    lay_out(taxonomy, NOW)
    assert occupation_finder(taxonomy) is not None
    monkeypatch.setattr(finders, "_LAID_OUT", 2)
    finders._key.cache_clear()
    finders._occupation_finder.cache_clear()
    assert occupation_finder(taxonomy) is None
    lay_out(taxonomy, NOW)
    assert occupation_finder(taxonomy) is not None


def _encoder(taxonomy: Taxonomy) -> Embedder:
    finder = occupation_finder(taxonomy)
    assert finder is not None
    return finder.encoder
