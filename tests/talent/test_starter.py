"""The starter set: whole, in both languages, and its courses teach what it knows."""

from katalysator.engine.skills import pack, unpack
from katalysator.talent.taxonomies.starter import example_courses, read_starter


def test_there_is_work_of_many_kinds_each_asking_for_some_skills() -> None:
    taxonomy = read_starter().taxonomy
    asked = taxonomy.essential.sum(axis=1) + taxonomy.optional.sum(axis=1)
    assert len(taxonomy.occupations) >= 40
    assert len(taxonomy.skills) >= 200
    assert asked.min() >= 8
    assert (taxonomy.essential.sum(axis=1) >= 5).all()
    assert all(len(code) == 4 for code in taxonomy.isco)


def test_all_is_called_something_in_both_languages_and_by_no_name_twice() -> None:
    taxonomy = read_starter().taxonomy
    for rows in (taxonomy.occupations, taxonomy.skills, taxonomy.groups):
        assert len(set(rows.keys)) == len(rows)
        for labels in rows.labels.values():
            assert all(all(some) for some in labels)
            firsts = [some[0] for some in labels]
            assert len(set(firsts)) == len(firsts)
    descriptions = read_starter().descriptions
    assert all(set(descriptions[name]) == set(taxonomy.occupations.keys) for name in ("nl", "en"))


def test_each_skill_is_asked_for_somewhere_and_stands_in_a_group() -> None:
    taxonomy = read_starter().taxonomy
    assert ((taxonomy.essential + taxonomy.optional).sum(axis=0) > 0).all()
    assert (taxonomy.above.sum(axis=1) == 2).all()


def test_courses_teach_and_ask_for_skills_that_there_are() -> None:
    known = read_starter().taxonomy.skills.row
    courses = example_courses()
    assert len(courses) >= 25
    for course in courses:
        assert course.teaches
        assert set(course.teaches) | set(course.asks) <= known.keys()
        assert course.school.startswith("Voorbeeld")


def test_it_is_packed_and_read_again_as_it_was() -> None:
    taxonomy = read_starter().taxonomy
    again = unpack(pack(taxonomy))
    assert pack(again) == pack(taxonomy)
