"""What of each table a coalition can take along: a room says so in its `exports.py`, which is found by itself.

    export(Commitment, "commitments", _("What participants promise."))

Keys of people, addresses and whatever is named `personal` come along only where it is asked; what is binary or
made by the database never does.

What anybody may have of it, the room says beside that, column by column: `publish`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from pgvector.django import BitField, HalfVectorField, VectorField

from katalysator.core.language import TEXT_LANGUAGES
from katalysator.core.translated import TranslatedField
from katalysator.tables.values.people import without_emails

_AT_ONCE: Final = 1_000

ExportedCell = Callable[[Any], Any]
"""The value of a record in a column, as JSON knows it."""
_NEVER: Final = (
    models.BinaryField, models.GeneratedField, SearchVectorField, VectorField, HalfVectorField, BitField,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportedColumn:
    """A column: its type as a data package has it, and how it is read."""

    kind: str
    cell: ExportedCell


@dataclass(frozen=True, slots=True)
class WritableTable:
    """A table as it is written: what its files are called, what it holds, its columns by name, and how its records are read."""

    name: str
    about: str
    columns: Mapping[str, ExportedColumn]
    rows: Callable[[], Iterator[Any]]


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """A table that can be taken along.

    Parameters
    ----------
    model, name, about
        The table, what its files are called, and what it holds: an English sentence of the catalogue.
    leave
        Fields that are of no use elsewhere.
    personal
        Fields that say something of people, beside addresses and keys of people.
    public
        Addresses that everybody sees anyway.
    names
        Columns that are called otherwise than their field.
    more
        Columns that are no fields, with the tables that are asked for them together.
    of_people
        Whether all of it is about people.
    own_of_people
        Which of its rows are people's own, and come along only where people do.

    """

    model: type[models.Model]
    name: str
    about: str
    leave: frozenset[str] = frozenset()
    personal: frozenset[str] = frozenset()
    public: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, ExportedColumn] = field(default_factory=dict)
    together: tuple[str, ...] = ()
    of_people: bool = False
    own_of_people: models.Q | None = None

    def columns(self, *, with_people: bool) -> dict[str, ExportedColumn]:
        """Its columns by their names."""
        found: dict[str, ExportedColumn] = {}
        for each in self.model._meta.concrete_fields:
            if with_people or not self._is_personal(each):
                found |= dict(self._columns(each))
        return found | dict(self.more)

    def writable(self, *, with_people: bool) -> WritableTable:
        """The same as it is written."""
        columns = self.columns(with_people=with_people)
        rows = partial(self.rows, with_people=with_people)
        return WritableTable(self.name, self.about, columns, rows)

    def rows(self, *, with_people: bool) -> Iterator[Any]:
        """Its records, a thousand at a time. Cost: one query, and one a thousand for what is asked together."""
        found = self.model._base_manager.order_by("pk")  # noqa: SLF001 — all rows there are
        if self.own_of_people is not None and not with_people:
            found = found.exclude(self.own_of_people)
        return found.prefetch_related(*self.together).iterator(chunk_size=_AT_ONCE)

    def _is_personal(self, each: "models.Field[Any, Any]") -> bool:
        if each.name in self.public:
            return False
        target = each.related_model._meta.label if each.is_relation and each.related_model else ""
        is_address = isinstance(each, models.EmailField)
        return each.name in self.personal or target == settings.AUTH_USER_MODEL or is_address

    def _columns(self, each: "models.Field[Any, Any]") -> Iterator[tuple[str, ExportedColumn]]:
        if each.name in self.leave or isinstance(each, _NEVER):
            return
        yield from _columns_of(each, self.names.get(each.name, each.attname))


_tables: Final[dict[type[models.Model], ExportedTable]] = {}
_open: Final[dict[str, WritableTable]] = {}
PAGE: Final = ExportedColumn(
    "string", lambda record: f"{settings.ADDRESS}{record.get_absolute_url()}"
)
"""Where the page of a record is."""


def export(model: type[models.Model], name: str, about: str, **how: Any) -> None:
    """Let a table be taken along; see `ExportedTable` for how."""
    for each in ("leave", "personal", "public"):
        how[each] = frozenset(how.get(each, ()))
    _tables[model] = ExportedTable(model, name, about, **how)


def publish(
    name: str,
    about: str,
    seen: Callable[[AnonymousUser], "models.QuerySet[Any]"],
    *,
    fields: Sequence[str],
    more: Mapping[str, ExportedColumn] | None = None,
) -> None:
    """Let anybody have a table, as open data.

    Parameters
    ----------
    name, about
        What its files are called, and what it holds: an English sentence of the catalogue.
    seen
        The records, as a stranger sees them: through `visible_to`.
    fields
        The columns, named one by one: nothing comes along by itself.
    more
        Columns that are no fields.

    Addresses of e-mail are left out of every text: whoever wants to reach somebody reads the page.

    """
    model = seen(AnonymousUser()).model
    columns: dict[str, ExportedColumn] = {}
    for each in fields:
        columns |= dict(_columns_of(model._meta.get_field(each), each))
    found = {
        each: ExportedColumn(column.kind, _without_emails(column.cell))
        for each, column in {**columns, **(more or {})}.items()
    }

    def rows() -> Iterator[Any]:
        return seen(AnonymousUser()).order_by("pk").iterator(chunk_size=_AT_ONCE)

    _open[name] = WritableTable(name, about, found, rows)


def open_tables() -> list[WritableTable]:
    """What anybody may have, by the names of their files."""
    return [_open[name] for name in sorted(_open)]


def slug_of(name: str) -> ExportedColumn:
    """The name in its address of the record that a field points to; empty where it points to none."""
    return ExportedColumn("string", lambda record: getattr(getattr(record, name), "slug", ""))


def tables(*, with_people: bool) -> list[ExportedTable]:
    """All there are, by the names of their files; those about people where they are asked."""
    found = (each for each in _tables.values() if with_people or not each.of_people)
    return sorted(found, key=lambda each: each.name)


def exported_models() -> frozenset[type[models.Model]]:
    """The tables of which rooms said so."""
    return frozenset(_tables)


def _columns_of(each: "models.Field[Any, Any]", name: str) -> Iterator[tuple[str, ExportedColumn]]:
    """The columns of a field: one, or one for each language that it is said in."""
    if isinstance(each, TranslatedField):
        for code in TEXT_LANGUAGES:
            yield f"{name}_{code}", ExportedColumn("string", _text_in(each.attname, code))
    else:
        yield name, ExportedColumn(_kind(each), _plain(each.attname))


def _without_emails(cell: ExportedCell) -> ExportedCell:
    return lambda record: _cleaned(cell(record))


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return without_emails(value)
        case list() | tuple():
            return [_cleaned(each) for each in value]
        case dict():
            return {name: _cleaned(each) for name, each in value.items()}
    return value


def _text_in(name: str, code: str) -> ExportedCell:
    return lambda record: getattr(record, name).get(code, "")


def _plain(name: str) -> ExportedCell:
    def cell(record: Any) -> Any:
        value = getattr(record, name)
        return value.isoformat() if hasattr(value, "isoformat") else value

    return cell


_KINDS: Final = (
    (models.BooleanField, "boolean"),
    (models.DateTimeField, "datetime"),
    (models.DateField, "date"),
    (models.IntegerField, "integer"),
    (models.ForeignKey, "any"),
    (models.FloatField, "number"),
    (models.JSONField, "object"),
    (ArrayField, "list"),
)


def _kind(each: "models.Field[Any, Any]") -> str:
    return next((name for kind, name in _KINDS if isinstance(each, kind)), "string")
