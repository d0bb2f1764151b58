"""A dump's SQL fits the server that reads it: foreign settings go, and data stay byte for byte."""

import pytest
from hypothesis import given, strategies as st

from katalysator.postgres.connection import fitted

TIMEOUT = b"SET transaction_timeout = 0;\n"
VERSION = b"ALTER TABLE ONLY public.need ALTER COLUMN title SET (pg_attver=27583392);\n"
BEGIN = b"COPY public.need (id, title) FROM stdin;\n"
END = b"\\.\n"


def left(*lines: bytes, server: int = 15) -> list[bytes]:
    return list(fitted(lines, server=server))


@pytest.mark.parametrize(("server", "kept"), [(15, 0), (16, 0), (17, 1), (18, 1)])
def test_a_timeout_goes_to_servers_that_know_it_only(server: int, kept: int) -> None:
    assert left(TIMEOUT, server=server) == [TIMEOUT] * kept


@pytest.mark.parametrize("server", [15, 17, 18])
@pytest.mark.parametrize("column", [b"title", b'"primary"', '"één"'.encode()])
def test_a_servers_own_number_of_a_column_goes_nowhere(server: int, column: bytes) -> None:
    assert left(VERSION.replace(b"title", column), server=server) == []


@pytest.mark.parametrize(
    "line",
    [
        b"SET transaction_timeout = 10;\n",
        b"SET statement_timeout = 0;\n",
        b" SET transaction_timeout = 0;\n",
        b"ALTER TABLE ONLY public.need ALTER COLUMN title SET (n_distinct=5);\n",
        b"ALTER TABLE ONLY public.need ALTER COLUMN title SET (pg_attver=5, n_distinct=5);\n",
        b"ALTER TABLE ONLY public.need ALTER COLUMN title SET STATISTICS 500;\n",
        b"ALTER TABLE ONLY public.need ALTER COLUMN title SET (pg_attver=5); DROP TABLE need;\n",
        b"-- " + VERSION,
        b"\\restrict eNiElAs0\n",
        b"\n",
    ],
)
def test_all_else_stays(line: bytes) -> None:
    assert left(line) == [line]


def test_data_that_look_like_such_a_line_stay() -> None:
    lines = [BEGIN, TIMEOUT, VERSION, BEGIN, b"1\t\\\\.\n", b"\\\\.\n", VERSION, END]
    assert left(*lines) == lines


def test_after_the_data_the_lines_are_looked_at_again() -> None:
    assert left(VERSION, BEGIN, VERSION, END, VERSION, TIMEOUT, BEGIN, TIMEOUT, END) == [
        *(BEGIN, VERSION, END),
        *(BEGIN, TIMEOUT, END),
    ]


def test_data_that_were_cut_off_stay() -> None:
    assert left(BEGIN, VERSION, b"1\tcut of") == [BEGIN, VERSION, b"1\tcut of"]


def test_a_copy_that_carries_no_data_begins_none() -> None:
    assert left(b"COPY public.need TO stdout;\n", VERSION) == [b"COPY public.need TO stdout;\n"]


def test_no_more_is_read_than_was_asked_for() -> None:
    lines = iter([BEGIN, b"1\tone\n", b"2\ttwo\n"])
    assert next(fitted(lines, server=15)) == BEGIN
    assert next(lines) == b"1\tone\n"


@given(
    st.lists(st.binary().filter(lambda line: b"\n" not in line and line != b"\\.")),
    st.sampled_from([15, 17, 18]),
)
def test_any_data_stay_byte_for_byte(data: list[bytes], server: int) -> None:
    lines = [BEGIN, *(line + b"\n" for line in data), END]
    assert left(*lines, server=server) == lines
