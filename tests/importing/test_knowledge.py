"""Sheets of knowledge: as drafts of who is named, known again, and thrown away while nobody touched them."""

from typing import Any

import pytest

from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.core.actors import SHEETS, System
from katalysator.faults import NotAllowed
from katalysator.importing.kinds import named
from katalysator.importing.taking import taken_in
from katalysator.knowledge import verbs
from katalysator.knowledge.files import verbs as files
from katalysator.knowledge.importing.models import KnowledgeKey
from katalysator.knowledge.models import KnowledgeItem
from tests import builders
from tests.attack.steps import inside
from tests.importing.steps import confirmed, counts, given, looked, reasons, taken, written

pytestmark = pytest.mark.django_db

HEADER = (
    "Nr",
    "Titel",
    "Soort",
    "Samenvatting",
    "Gebieden",
    "Fase",
    "DOI",
    "Licentie",
    "Link",
    "Auteur",
)
SCANS = (
    "K1", "Scans veilig delen", "rapport", "Zo delen wij scans zonder namen.", "zorg", "proef", "10.1000/182", "CC BY",
    "lab.example/scans", "Jan Jansen",
)  # fmt: skip
LESSON = ("K2", "Eerst vragen, dan bouwen", "les", "Wij bouwden te vroeg.", "", "", "", "", "", "")


@pytest.fixture
def owner() -> Organisation:
    return builders.organisation(name="Voorbeeldlab")


def other(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    return tuple(cells.get(name, cell) for name, cell in zip(HEADER, row, strict=True))


def take(owner: Organisation | None, *rows: tuple[str, ...], header: Any = HEADER) -> Any:
    return taken(
        "knowledge", written(header, *rows), organisation=owner and owner.pk, kind="publication"
    )


def test_new_rows_become_drafts_with_what_the_sheet_says(owner: Organisation) -> None:
    assert counts(take(owner, SCANS, LESSON)) == (2, 0, 0, 0)
    scans, lesson = KnowledgeItem.objects.order_by("pk")
    assert (scans.state, scans.kind, scans.language, scans.areas, scans.stage) == (
        "draft", "publication", "nl", ["zorg"], "experiment",
    )  # fmt: skip
    assert (scans.identifier, scans.licence, scans.link) == (
        "doi:10.1000/182", "CC-BY-4.0", "https://lab.example/scans",
    )  # fmt: skip
    assert (lesson.kind, lesson.visibility) == ("lesson", "everyone")
    assert "Jansen" not in f"{scans.title}{scans.text}"
    assert audit.history(scans).get().verb == "knowledge.write"


def test_a_second_time_changes_what_is_other(owner: Organisation) -> None:
    take(owner, SCANS, LESSON)
    assert counts(take(owner, SCANS, LESSON)) == (0, 0, 2, 0)
    plan = take(owner, other(SCANS, Titel="Scans delen"), other(LESSON, Nr=""))
    assert counts(plan) == (0, 1, 1, 0)
    assert plan.rows[0].changes == ("title",)
    assert KnowledgeItem.objects.get(licence="CC-BY-4.0").title == "Scans delen"


def test_what_cannot_be_used_is_left_open_or_out_and_said(owner: Organisation) -> None:
    sheet, plan = looked(
        "knowledge",
        written(
            HEADER,
            other(SCANS, DOI="nummer 5", Gebieden="ruimtevaart"),
            other(LESSON, Titel="x" * 170),
        ),
        organisation=owner.pk,
        kind="publication",
    )
    assert counts(plan) == (1, 0, 0, 1)
    assert "at most 160 characters" in reasons(plan)[0]
    said = " ".join(map(str, sheet.remarks))
    assert "is not an area of this coalition" in said
    assert "nummer 5" in said


def test_what_is_published_may_not_become_unfinished(owner: Organisation) -> None:
    take(owner, SCANS)
    made = verbs.publish(KnowledgeItem.objects.get(), by=builders.HOUSE)
    assert counts(take(owner, other(SCANS, Samenvatting="Anders."))) == (0, 1, 0, 0)
    made.refresh_from_db()
    assert (made.text, made.state) == ("Anders.", "published")


def test_the_bureau_names_who_shares_it_in_the_sheet(owner: Organisation) -> None:
    header = (*HEADER, "Organisatie")
    plan = take(
        None,
        (*SCANS, "Voorbeeldlab"),
        (*LESSON, ""),
        (*other(LESSON, Nr="K3"), "Atlantis"),
        header=header,
    )
    assert counts(plan) == (1, 0, 0, 2)
    assert "does not say of which participant" in reasons(plan)[0]
    assert "is not a participant" in reasons(plan)[1]
    assert KnowledgeItem.objects.get().organisation == owner


def test_the_key_of_another_opens_nothing(owner: Organisation) -> None:
    take(owner, SCANS)
    secret = builders.item(builders.organisation(), "draft")
    KnowledgeKey.objects.update(subject=secret)
    plan = looked(
        "knowledge",
        written(HEADER, other(SCANS, Titel="Gekaapt")),
        organisation=owner.pk,
        kind="tool",
    )[1]
    assert all(each.record.pk != secret.pk for each in plan.rows)


def test_who_may_not_write_takes_nothing_in(owner: Organisation) -> None:
    kind, member = named("knowledge"), builders.person(owner)
    told: dict[str, Any] = {"organisation": owner.pk, "kind": "tool"}
    rows, plan = looked("knowledge", written(HEADER, SCANS), **told)
    gone = builders.organisation(state="left")
    for by, target in (
        (builders.person(), told),
        (member, {**told, "organisation": builders.organisation().pk}),
        (member, {**told, "organisation": None}),
        (builders.person(gone), {**told, "organisation": gone.pk}),
        (System("none", frozenset()), told),
    ):
        with pytest.raises(NotAllowed):
            taken_in(rows, kind, kind.target(target), by=by, seen=plan.fingerprint)
    taken_in(rows, kind, kind.target(told), by=SHEETS, seen=plan.fingerprint)
    assert KnowledgeItem.objects.get().organisation == owner


def test_on_the_pages_and_taken_back_while_nobody_touched_it(owner: Organisation) -> None:
    client = inside(builders.person(owner))
    page = given(
        client, "knowledge", written(HEADER, SCANS, LESSON), organisation=str(owner.pk), kind="tool"
    )
    assert "To be filled in before it is published: Areas." in page.content.decode().replace(
        "\n", " "
    )
    done = confirmed(client, page)
    assert "Scans veilig delen" in done.content.decode()
    held = KnowledgeItem.objects.get(kind="lesson")
    files.attach(held, by=builders.HOUSE, name="x.txt", data=b"tekst")
    client.post(f"{done.request['PATH_INFO']}undo/")
    assert list(KnowledgeItem.objects.all()) == [held]


def test_who_speaks_for_nobody_cannot_give_one() -> None:
    assert inside(builders.person()).get(named("knowledge").address).status_code == 403
