"""Sheets as people give them to the page, for tests."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from katalysator.coalition.models import Organisation
from katalysator.core import audit
from katalysator.importing.models import KeptSheet
from katalysator.listings.models import Listing
from tests import builders

GIVE = "/en/listings/import/"
HEADER = ("Nr", "Titel", "Omschrijving", "Gebied", "Regio", "Contact")
ROWS = (
    ("V1", "Beelden van longscans herkennen", "Wij willen longscans sneller laten beoordelen met beeldherkenning.",
     "zorg", "Utrecht", "jan@voorbeeld.example"),
    ("V2", "Voorspellen van drukte op de weg", "Wij zoeken iemand die drukte op de weg een uur vooruit kan voorspellen.",
     "mobiliteit", "Eindhoven", "piet@voorbeeld.example"),
    ("V3", "Energie van gebouwen besparen", "Wij willen weten welke gebouwen de meeste energie verspillen en waarom.",
     "energie", "Zwolle", "mail@voorbeeld.example"),
)  # fmt: skip


def written(rows: Sequence[Sequence[str]] = ROWS, header: Sequence[str] = HEADER) -> bytes:
    """A sheet as text."""
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([header, *rows])
    return file.getvalue().encode()


def given(client: Client, content: bytes, owner: Organisation | None = None, **said: str) -> Any:
    """Give a sheet; the answer."""
    form: dict[str, Any] = {"kind": "need", "market": "expertise", **said}
    form |= {"organisation": owner.pk} if owner else {}
    name = form.pop("name", "vragen.csv")
    return client.post(GIVE, form | {"file": SimpleUploadedFile(name, content)})


def preview(client: Client, content: bytes, owner: Organisation | None = None, **said: str) -> Any:
    """Give a sheet that is kept; the page with what would happen."""
    answer = given(client, content, owner, **said)
    assert answer.status_code == 302, answer.content.decode()
    return client.get(answer["Location"])


def confirmed(client: Client, page: Any, **said: str) -> Any:
    """Press the button of a preview, with its columns as they stand there; the page that comes."""
    columns = {
        column.name: value
        for column in page.context["columns"]
        for value, _label, is_chosen in column.choices
        if is_chosen
    }
    form = columns | {"seen": page.context.get("seen", ""), "confirm": ""} | said
    return client.post(page.request["PATH_INFO"], form, follow=True)


def looked_again(client: Client, page: Any, **said: str) -> Any:
    """Choose other columns, and look again."""
    columns = {
        column.name: value
        for column in page.context["columns"]
        for value, _label, is_chosen in column.choices
        if is_chosen
    }
    return client.post(page.request["PATH_INFO"], columns | {"look": ""} | said, follow=True)


def column(page: Any, header: str) -> Any:
    """A column of a preview, by its name."""
    return next(each for each in page.context["columns"] if each.header == header)


def taken_for(page: Any, header: str) -> str:
    """What a column was taken for."""
    chosen = (value for value, _label, is_chosen in column(page, header).choices if is_chosen)
    return str(next(chosen))


def kept_for(owner: Organisation, content: bytes = b"") -> KeptSheet:
    """A sheet that somebody of an organisation gave."""
    return KeptSheet.objects.create(
        person=builders.person(owner),
        imports="listings",
        target={"organisation": owner.pk, "kind": "need", "market": "expertise"},
        name="vragen.csv",
        content=content or written(),
    )


def counts(page: Any) -> tuple[int, int, int]:
    told = page.context["counts"]
    return told["new"], told["changed"], told["same"]


def sentences(page: Any) -> list[str]:
    return [found.sentence for found in page.context["left_out"]]


def changed(place: int, **cells: str) -> tuple[tuple[str, ...], ...]:
    """The rows, of which one has other cells, by the names of their columns."""
    row = tuple(cells.get(name, cell) for name, cell in zip(HEADER, ROWS[place], strict=True))
    return (*ROWS[:place], row, *ROWS[place + 1 :])


def verbs_of(*listings: Listing) -> list[str]:
    return list(audit.histories(listings).order_by("pk").values_list("verb", flat=True))
