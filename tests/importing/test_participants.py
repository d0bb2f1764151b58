"""Sheets of participants: known again, changed by the sheet's own key, and never half taken in."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given as tried, strategies as st

from katalysator.coalition.importing.models import OrganisationKey
from katalysator.coalition.merged.verbs import merge
from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.core.actors import System
from katalysator.core.models import Event
from katalysator.faults import Conflict, NotAllowed
from katalysator.importing.kinds import named
from katalysator.importing.taking import taken_in
from tests import builders
from tests.attack.steps import inside
from tests.examples import examples
from tests.importing.steps import confirmed, counts, given, looked, reasons, taken, written

pytestmark = pytest.mark.django_db

HEADER = ("Nr", "Organisatie", "Soort", "Plaats", "KvK-nummer", "Website", "E-mail", "Gebieden")
LAB = (
    "D1",
    "Voorbeeldlab",
    "universiteit",
    "Zwolle",
    "12345678",
    "www.lab.example",
    "jan@lab.example",
    "Energie; zorg",
)
SHOP = ("D2", "Voorbeeldwinkel", "mkb", "Utrecht", "", "", "", "")  # fmt: skip


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    return tuple(
        cells.get(name.partition("-")[0], cell) for name, cell in zip(HEADER, row, strict=True)
    )


def test_new_rows_become_participants_with_what_the_sheet_says() -> None:
    assert counts(taken("participants", written(HEADER, LAB, SHOP))) == (2, 0, 0, 0)
    lab = Organisation.objects.get(name="Voorbeeldlab")
    assert (lab.slug, lab.kind, lab.city, lab.region, lab.kvk, lab.website) == (
        "voorbeeldlab", "university", "Zwolle", "NL21", "12345678", "https://www.lab.example",
    )  # fmt: skip
    assert (lab.is_participant, lab.contact) == (True, "")  # an address of a person is not shown
    assert {each.slug for each in lab.areas.all()} == {"energie", "zorg"}
    event = audit.history(lab).get()
    assert (event.verb, event.after["name"], event.after["slug"]) == (
        "organisation.register", "Voorbeeldlab", "voorbeeldlab",
    )  # fmt: skip


def test_the_directory_alone_takes_nobody_in() -> None:
    taken("participants", written(HEADER, LAB), takes_part=False)
    assert Organisation.objects.get().state == "listed"
    taken("participants", written(HEADER, LAB))
    lab = Organisation.objects.get()
    assert (lab.state, lab.joined_on is None) == ("active", False)
    assert [each.verb for each in audit.history(lab).order_by("pk")] == [
        "organisation.register",
        "organisation.join",
    ]


def test_the_sheets_own_key_goes_before_names_and_is_of_that_list_alone() -> None:
    taken("participants", written(HEADER, SHOP), name="leden-2026.csv")
    renamed = written(HEADER, changed(SHOP, Organisatie="Winkel Nieuw"))
    assert counts(looked("participants", renamed, name="leden-2027-01.csv")[1]) == (0, 1, 0, 0)
    assert counts(looked("participants", renamed, name="andere lijst.csv")[1]) == (1, 0, 0, 0)
    taken("participants", renamed, name="leden-2027-01.csv")
    shop = Organisation.objects.get()
    assert (shop.name, shop.other_names, shop.slug) == (
        "Winkel Nieuw",
        ["Voorbeeldwinkel"],
        "voorbeeldwinkel",
    )
    assert OrganisationKey.objects.get().source == "leden"


@pytest.mark.parametrize(
    "row",
    [
        changed(LAB, Nr="", KvK="12.34.56.78", Organisatie="Heel anders"),
        changed(LAB, Nr="", KvK="", Organisatie="VOORBEELDLAB"),
    ],
    ids=["number", "name"],
)
def test_a_row_is_known_again_by_number_or_name(row: tuple[str, ...]) -> None:
    known = builders.organisation(name="Voorbeeldlab", kvk="12345678")
    plan = looked("participants", written(HEADER, row))[1]
    assert [each.record for each in plan.rows] == [known]


def test_another_name_that_is_known_does_not_rename() -> None:
    builders.organisation(name="Voorbeeldlaboratorium", other_names=["Voorbeeldlab"])
    taken("participants", written(HEADER, LAB))
    assert Organisation.objects.get().name == "Voorbeeldlaboratorium"


def test_what_the_sheet_does_not_say_stays() -> None:
    taken("participants", written(HEADER, LAB))
    taken("participants", written(("Organisatie", "Plaats"), ("Voorbeeldlab", "Kampen")))
    lab = Organisation.objects.get()
    assert (lab.city, lab.kvk, lab.areas.count()) == ("Kampen", "12345678", 2)


def test_a_row_that_may_be_two_is_left_out_with_the_reason() -> None:
    builders.organisation(name="Voorbeeldlab")
    builders.organisation(name="Een ander", kvk="12345678")
    builders.organisation(name="Voorbeeldwinkel", kvk="87654321")
    sheet = written(HEADER, changed(LAB, Nr=""), changed(SHOP, KvK="11111111"))
    taken("participants", written(HEADER, changed(LAB, KvK="")))  # the key is of Voorbeeldlab
    rows = looked("participants", written(HEADER, LAB, changed(SHOP, KvK="11111111")))[1]
    assert counts(rows) == (0, 0, 0, 2)
    assert "This may be “Voorbeeldlab” and “Een ander”" in reasons(rows)[0]
    assert "“Voorbeeldwinkel” is there already, with the number 87654321" in reasons(rows)[1]
    assert counts(looked("participants", sheet)[1])[3] == 1


def test_two_rows_about_the_same_are_not_both_taken_in() -> None:
    plan = taken(
        "participants", written(HEADER, LAB, changed(LAB, Nr="D9"), changed(SHOP, KvK="12345678"))
    )
    assert counts(plan) == (1, 0, 0, 2)
    assert all("cannot be told from line 2" in each for each in reasons(plan))


def test_what_changed_meanwhile_stops_it_and_nothing_is_written() -> None:
    rows, plan = looked("participants", written(HEADER, LAB, SHOP))
    builders.organisation(name="Voorbeeldlab")
    kind = named("participants")
    with pytest.raises(Conflict):
        taken_in(rows, kind, kind.target({}), by=builders.HOUSE, seen=plan.fingerprint)
    assert Organisation.objects.count() == 1


def test_a_failure_in_the_middle_leaves_nothing() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE core_event ADD CONSTRAINT none_more CHECK (verb <> 'organisation.register')"
        )
    with pytest.raises(IntegrityError):
        taken("participants", written(HEADER, LAB, SHOP))
    assert (Organisation.objects.count(), OrganisationKey.objects.count()) == (0, 0)


def test_only_the_bureau_takes_participants_in() -> None:
    for by in (builders.person(builders.organisation()), System("wall", frozenset())):
        with pytest.raises(NotAllowed):
            taken("participants", written(HEADER, LAB), by=by)


_NAMES = st.sampled_from(["Een", "Twee", "twee", "Drie BV", "", "Vier"])
_KVK = st.sampled_from(["", "12345678", "87654321", "kapot"])
_KEYS = st.sampled_from(["", "1", "2", "3"])


@examples(12)
@tried(st.lists(st.tuples(_KEYS, _NAMES, _KVK), min_size=1, max_size=6))
def test_every_row_is_accounted_for_and_a_second_time_changes_nothing(
    rows: list[tuple[str, str, str]],
) -> None:
    Organisation.objects.all().delete()
    sheet = written(
        ("Nr", "Organisatie", "KvK", "Plaats"),
        *((*row, "Utrecht") for row in rows),
        ("9", "Anders", "", "Ede"),
    )
    read, plan = looked("participants", sheet)
    nameless = len(read.read.silent) + len(read.read.table.no_lines)
    assert sum(counts(plan)) + nameless == len(rows) + 1
    made = taken("participants", sheet)
    events = Event.objects.count()
    again = taken("participants", sheet)
    assert counts(again) == (0, 0, counts(made)[0], len(made.left_out))
    assert Event.objects.count() == events


class TestOnThePages:
    def test_given_looked_at_confirmed_and_taken_back(self) -> None:
        bureau = inside(builders.person(is_coordinator=True))
        page = given(bureau, "participants", written(HEADER, LAB, SHOP, ("D3", *[""] * 7)))
        assert page.context["counts"] == {"new": 2, "changed": 0, "same": 0}
        done = confirmed(bureau, page)
        assert "2 new, 0 changed, 0 the same" in done.content.decode()
        assert "Voorbeeldlab" in done.content.decode()
        builders.draft(Organisation.objects.get(name="Voorbeeldlab"))
        undone = bureau.post(f"{page.request['PATH_INFO']}undo/", follow=True).content.decode()
        assert "1 of them is gone." in undone
        assert "What was changed or used since stays." in undone
        assert [each.name for each in Organisation.objects.all()] == ["Voorbeeldlab"]

    def test_rows_that_cannot_be_used_are_a_sheet_of_their_own(self) -> None:
        bureau = inside(builders.person(is_coordinator=True))
        page = given(bureau, "participants", written(HEADER, LAB, changed(LAB, Nr="D7")))
        assert "cannot be told from line 2" in page.content.decode()
        rest = bureau.get(f"{page.request['PATH_INFO']}rest.xlsx")
        again = given(bureau, "participants", b"".join([rest.content]))
        assert again.context["counts"]["new"] == 1

    def test_nobody_else_sees_the_sheet(self, client: Client) -> None:
        bureau = inside(builders.person(is_coordinator=True))
        page = given(bureau, "participants", written(HEADER, LAB))
        other = inside(builders.person(is_coordinator=True))
        assert other.get(page.request["PATH_INFO"]).status_code == 404
        assert client.get(page.request["PATH_INFO"]).status_code == 302
        assert (
            bureau.get(page.request["PATH_INFO"].replace("participants", "people")).status_code
            == 404
        )

    @pytest.mark.parametrize("rows", [1, 30])
    def test_queries_do_not_grow_with_the_rows(
        self, rows: int, django_assert_num_queries: object
    ) -> None:
        bureau = inside(builders.person(is_coordinator=True))
        many = [
            changed(LAB, Nr=f"D{n}", Organisatie=f"Lab {n}", KvK=f"{10000000 + n}")
            for n in range(rows)
        ]
        page = given(bureau, "participants", written(HEADER, *many))
        bureau.get(page.request["PATH_INFO"])
        with django_assert_num_queries(9):  # type: ignore[operator]
            bureau.get(page.request["PATH_INFO"])


@pytest.mark.parametrize(
    ("header", "is_shown"), [("Contact", False), ("E-mail", False), ("public_contact", True)]
)
def test_an_address_is_shown_to_everybody_only_where_the_sheet_says_so(
    header: str, is_shown: bool
) -> None:
    taken(
        "participants",
        written(
            ("Organisatie", header),
            ("Voorbeeldlab", "info@lab.example"),
            ("Winkel", "jan@winkel.example"),
        ),
    )
    assert Organisation.objects.get(name="Voorbeeldlab").contact == (
        "info@lab.example" if is_shown else ""
    )


def test_a_key_of_a_record_that_was_merged_leads_to_the_one_that_stayed() -> None:
    taken("participants", written(HEADER, SHOP))
    kept = builders.organisation(name="Heel anders")
    merge(kept, Organisation.objects.get(name="Voorbeeldwinkel"), by=builders.HOUSE)
    plan = looked("participants", written(HEADER, changed(SHOP, Organisatie="Nog anders")))[1]
    assert [each.record for each in plan.rows] == [kept]


def test_a_key_is_of_one_record_in_a_list() -> None:
    taken("participants", written(HEADER, SHOP))
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationKey.objects.create(source="blad", key="D2", subject=builders.organisation())
