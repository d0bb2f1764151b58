import json
from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from katalysator.core.translated import Translated, TranslatedField

YES = Translated(nl="ja", en="yes")
Model = type[models.Model]


@pytest.fixture
def term() -> Iterator[Model]:
    """A model of its own, outside the apps of the site."""
    with isolate_apps():

        class Term(models.Model):
            title = TranslatedField()
            note = TranslatedField(blank=True, default=Translated)

            class Meta:
                app_label = "tests_of_fields"

            def __str__(self) -> str:
                return str(self.title)

        yield Term


@pytest.fixture
def stored(term: Model, db: None) -> Iterator[Model]:
    with connection.schema_editor() as editor:
        editor.create_model(term)
    yield term
    with connection.schema_editor() as editor:
        editor.delete_model(term)


def test_a_text_comes_back_from_the_database_as_it_was(stored: Model) -> None:
    stored._default_manager.create(title=YES)
    found = stored._default_manager.get()
    assert (found.title, found.note) == (YES, Translated())  # type: ignore[attr-defined]


def test_queries_reach_into_one_language(stored: Model) -> None:
    manager = stored._default_manager
    manager.create(title=YES)
    manager.create(title=Translated(nl="nee", en="no"))
    assert list(manager.filter(title__nl="ja").values_list("title__en", flat=True)) == ["yes"]
    assert manager.filter(title__en__icontains="O").get().title["nl"] == "nee"  # type: ignore[attr-defined]
    assert list(manager.order_by("-title__en").values_list("title__nl", flat=True)) == ["ja", "nee"]
    assert manager.filter(title=YES).count() == 1


def test_it_is_a_json_object_in_the_database(stored: Model) -> None:
    stored._default_manager.create(title=YES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM tests_of_fields_term")
        assert json.loads(cursor.fetchone()[0]) == {"nl": "ja", "en": "yes"}


@pytest.mark.parametrize("given", [YES, {"nl": "ja", "en": "yes"}, '{"nl": "ja", "en": "yes"}'])
def test_cleaning_accepts_every_form(term: Model, given: object) -> None:
    record = term(title=given)
    record.full_clean()
    assert record.title == YES  # type: ignore[attr-defined]


@pytest.mark.parametrize("given", [Translated(), {}, None, "ja", 3, {"fr": "oui"}, {"nl": 3}])
def test_cleaning_refuses_what_is_empty_or_no_text(term: Model, given: object) -> None:
    with pytest.raises(ValidationError) as caught:
        term(title=given).full_clean()
    assert set(caught.value.error_dict) == {"title"}


def test_a_field_that_may_be_blank_may_be_empty(term: Model) -> None:
    record = term(title=YES, note=Translated())
    record.full_clean()
    assert record.note == Translated()  # type: ignore[attr-defined]


def test_a_migration_can_write_the_field_and_read_it_back() -> None:
    field = TranslatedField(blank=True, default=Translated)
    written, imports = MigrationWriter.serialize(field)
    assert written == (
        "katalysator.core.translated.TranslatedField"
        "(blank=True, default=katalysator.core.translated.Translated)"
    )
    assert "import katalysator.core.translated" in imports
    _, _, args, kwargs = field.deconstruct()
    assert TranslatedField(*args, **kwargs).get_default() == Translated()


def test_a_fixture_holds_the_json_object(term: Model) -> None:
    field = term._meta.get_field("title")
    assert isinstance(field, TranslatedField)
    plain = field.value_to_string(term(title=YES))
    assert plain == {"nl": "ja", "en": "yes"}
    assert field.to_python(plain) == YES
