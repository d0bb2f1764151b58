"""Rows that are to be changed: taken as they are now, kept from others, and checked before they are kept."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from katalysator.faults import Conflict, InvalidInput

RowT = TypeVar("RowT", bound=models.Model)


def locked(record: RowT, gone: str) -> RowT:
    """The row as it is now, kept from others until the transaction ends: a page may have been open for an hour.

    Raises Conflict with the sentence `gone` where it is not there any more. Cost: one query.
    """
    rows: Any = record._meta.model._default_manager  # who asks is a stand-in, of another type
    row: RowT | None = rows.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if row is None:
        raise Conflict("gone", gone)
    return row


def require_sound(record: models.Model) -> None:
    """Refuse what no row may hold: too long, twice, or not what it should be. Raises InvalidInput, at its field if it is one."""
    _require(record, record.full_clean)


def require_fit(record: models.Model) -> None:
    """The same without asking the database: for many rows, of which whoever writes them knows that none is there twice.

    Nor is it asked whether the records are there that they point to.
    """
    related = [each.name for each in record._meta.concrete_fields if each.is_relation]
    _require(record, partial(record.clean_fields, exclude=["slug", *related]))


def _require(record: models.Model, check: Callable[[], None]) -> None:
    try:
        check()
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        fault = InvalidInput(record._meta.model_name or "", " ".join(messages).replace("%", "%%"))
        raise (fault if field == NON_FIELD_ERRORS else fault.at(field)) from error
