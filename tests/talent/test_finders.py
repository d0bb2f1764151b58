"""Work and skills found by what people call them: at once of a small taxonomy, of a large one after a job laid it out."""

from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from katalysator.core.actors import OPERATOR
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
