"""Every field that takes a text keeps only what is seen of it, by whichever door it comes: found by a walk."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, Final

import pytest
from django import forms
from django.utils.translation import override

import katalysator
from katalysator.cleaning import plain_line, without_markup
from katalysator.coalition import verbs as coalition_verbs
from katalysator.coalition.models import Organisation
from katalysator.core.filters import ListFilterSet
from katalysator.core.translated import Translated
from katalysator.faults import InvalidInput
from katalysator.grades import verbs as grade_verbs
from katalysator.listings.models import Kind
from tests import builders
from tests.attack import doors
from tests.attack.by_room import joined, rooms_of
from tests.attack.doors import Door
from tests.attack.hostile_texts import HOUSE_WRITES, PEOPLE_WRITE, text_fields

pytestmark = pytest.mark.django_db

PASTED: Final = "\u202e<b onclick='x()'>Een</b>\u200b\0 \u2066titel&amp;" + "e" + "\u0301" * 40
SEEN: Final = "Een titel&é" + "\u0301" * 7
ROOMS: Final = rooms_of(doors)
DOORS: Final[list[Door]] = [door for room in ROOMS for door in getattr(room, "DOORS", [])]
NOTHING: Final = ("\u200b\u202e", "\u3164", " \n\t", "<b></b>", "&#8203;", "\u2800\ufe0f", "\0")


def name_of(door: Door) -> str:
    return door.write.__name__.strip("_")


def forms_of_the_house() -> Iterator[forms.BaseForm]:
    """One of each form, of the listing's one of each market and kind; a form that is new fails the walk."""
    for package in walk_packages(katalysator.__path__, "katalysator."):
        if package.name.endswith((".forms", ".filters")):
            import_module(package.name)
    known = joined(room.forms_of_the_room() for room in ROOMS if hasattr(room, "forms_of_the_room"))
    for kind in _below(forms.BaseForm):
        if kind.__module__.startswith("katalysator."):
            yield from known[kind]
    for filters in _below(ListFilterSet):
        if filters.__module__.startswith("katalysator."):
            yield filters(queryset=Organisation.objects.none()).form


def _below(kind: Any) -> set[Any]:
    return {each for sub in kind.__subclasses__() for each in (sub, *_below(sub))}


def free_fields() -> Iterator[tuple[str, forms.Field]]:
    for form in forms_of_the_house():
        for name, field in form.fields.items():
            if isinstance(field, forms.CharField) and not _is_typed_exactly(field):
                yield f"{type(form).__name__}.{name}", field


def _is_typed_exactly(field: forms.Field) -> bool:
    """A password, or an address, of which a sign that is too many is refused."""
    is_address = isinstance(field, forms.EmailField | forms.URLField)
    return is_address or isinstance(field.widget, forms.PasswordInput | forms.URLInput)


def test_the_walk_finds_the_fields() -> None:
    names = {name for name, _field in free_fields()}
    assert {
        *("ListingForm.title", "ListingForm.text", "ListingForm.skills"),
        *("ReasonForm.remark", "ConceptForm.nl"),
    } <= names
    assert len({name for name in names if name.endswith(".q")}) == 12


def test_every_field_of_every_form_keeps_what_is_seen() -> None:
    for name, field in free_fields():
        read: Any = field.to_python(PASTED)
        (kept,) = [read] if isinstance(read, str) else read
        assert kept.lower() == SEEN.lower(), name


def test_every_field_of_every_form_takes_signs_that_nobody_sees_for_nothing() -> None:
    for name, field in free_fields():
        for nothing in NOTHING:
            assert not field.to_python(nothing), (name, nothing)


def test_every_text_in_the_database_is_known_to_be_of_people_or_of_the_house() -> None:
    """A new field is put in one of both; what people write in it must get to it by a door below."""
    known = {
        (label, name)
        for table in (PEOPLE_WRITE, HOUSE_WRITES)
        for label, names in table.items()
        for name in names
    }
    unknown = set(text_fields()) - known
    assert unknown == set()


@pytest.mark.parametrize("door", DOORS, ids=name_of)
def test_every_verb_keeps_what_is_seen(door: Door) -> None:
    kept = door.write(PASTED)
    kept.refresh_from_db()
    for name in door.columns.split():
        value = getattr(kept, name)
        assert value in (SEEN, [SEEN], Translated(nl=SEEN)), name
    if isinstance(kept, Organisation):
        assert kept.about["nl"] == without_markup(PASTED) == SEEN


@pytest.mark.parametrize("nothing", NOTHING)
@pytest.mark.parametrize("door", [each for each in DOORS if each.needed], ids=name_of)
def test_a_name_of_nothing_visible_is_refused_with_a_sentence(door: Door, nothing: str) -> None:
    with pytest.raises(InvalidInput) as refused, override("en"):
        door.write(nothing)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("door", [each for each in DOORS if each.too_long], ids=name_of)
def test_a_text_that_is_too_long_is_refused_with_a_sentence(door: Door) -> None:
    with pytest.raises(InvalidInput):
        door.write("x" * door.too_long)


def test_a_remark_is_one_line_of_at_most_its_length() -> None:
    need, offer = (
        builders.listing(builders.organisation()),
        builders.listing(builders.organisation(), Kind.OFFER),
    )
    with pytest.raises(InvalidInput, match="201 characters"):
        grade_verbs.grade(need, offer, by=builders.HOUSE, value=0, remark="x" * 201)


def test_an_address_of_a_person_holds_no_sign_that_nobody_sees() -> None:
    made = coalition_verbs.admit("lid@voor\u200bbeeld.example\u202e", by=builders.HOUSE)
    assert made.email == "lid@voorbeeld.example"
    with pytest.raises(InvalidInput):
        coalition_verbs.admit("lid@voorbeeld.example\r\nBcc: x@y.example", by=builders.HOUSE)


def test_one_policy_for_a_line() -> None:
    assert plain_line(PASTED) == SEEN
