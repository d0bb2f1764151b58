"""Sheets that are taken in, for tests: as the terminal does it, and as somebody does it on the pages."""

import csv
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from katalysator.core.actors import Actor
from katalysator.importing.kinds import named
from katalysator.importing.plan import Effect, SheetPlan
from katalysator.importing.reading import GivenFile, read_sheet
from katalysator.importing.rows import SheetRows
from katalysator.importing.taking import taken_in
from tests import builders


def written(header: Sequence[str], *rows: Sequence[str]) -> bytes:
    """A sheet as text."""
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([header, *rows])
    return file.getvalue().encode()


def looked(
    kind_name: str, content: bytes, *, name: str = "blad.csv", **told: Any
) -> tuple[SheetRows, SheetPlan]:
    """What would become of a sheet."""
    kind = named(kind_name)
    target = kind.target(told)
    read = read_sheet(GivenFile(content, name, is_large=True), kind, target, {})
    assert read.problem is None, read.problem
    rows = kind.rows(read.records(), target)
    return rows, kind.planning(rows, target, locked=False).planned(rows)


def taken(
    kind_name: str,
    content: bytes,
    *,
    by: Actor = builders.HOUSE,
    name: str = "blad.csv",
    **told: Any,
) -> SheetPlan:
    """A sheet that was looked at and confirmed; what became of it."""
    rows, plan = looked(kind_name, content, name=name, **told)
    kind = named(kind_name)
    return taken_in(rows, kind, kind.target(told), by=by, seen=plan.fingerprint)


def counts(plan: SheetPlan) -> tuple[int, int, int, int]:
    """New, changed, the same, left out."""
    new, changed, same = (plan.counts.get(effect, 0) for effect in Effect)
    return new, changed, same, len(plan.left_out)


def reasons(plan: SheetPlan) -> list[str]:
    return [str(reason) for each in plan.left_out for reason in each.reasons]


def given(client: Client, kind_name: str, content: bytes, **said: str) -> Any:
    """Give a sheet on its page; what comes of it."""
    kind = named(kind_name)
    fields = kind.form.base_fields
    defaults = {name: field.initial or "nl" for name, field in fields.items() if name != "file"}
    file = SimpleUploadedFile("blad.csv", content)
    return client.post(kind.address, {**defaults, **said, "file": file}, follow=True)


def confirmed(client: Client, page: Any) -> Any:
    """Press the button of a preview; the page that comes."""
    columns = {
        column.name: value
        for column in page.context["columns"]
        for value, _label, is_chosen in column.choices
        if is_chosen
    }
    form = columns | {"seen": page.context["seen"], "confirm": ""}
    return client.post(page.request["PATH_INFO"], form, follow=True)
