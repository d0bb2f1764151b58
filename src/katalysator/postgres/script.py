"""The SQL of a dump, as pg_restore writes it, made to fit the version of the server that reads it.

A dump carries settings of the server or the programs that made it. What another version does not
know, and no data depend on, is left out here.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

_FIRST_WITH_TRANSACTION_TIMEOUT: Final = 17
_TRANSACTION_TIMEOUT: Final = b"SET transaction_timeout = 0;\n"

# 15.20 and 17.12 keep a number of their own with every column. They make it anew themselves, and
# versions that do not know it refuse the whole dump.
_COLUMN_VERSION: Final = re.compile(
    rb"^ALTER TABLE ONLY \S+ ALTER COLUMN \S+ SET \(pg_attver=\d+\);$"
)

_DATA_BEGIN: Final = re.compile(rb"^COPY .+ FROM stdin;$")
_DATA_END: Final = b"\\.\n"


def fitted(lines: Iterable[bytes], *, server: int) -> Iterator[bytes]:
    """Pass on the lines that a server of this major version can read, and all data untouched.

    Cost: a comparison for each line of data; no more than one line is kept.
    """
    in_data = False
    for line in lines:
        if in_data:
            in_data = line != _DATA_END
        elif _is_foreign(line, server):
            continue
        else:
            in_data = _DATA_BEGIN.match(line) is not None
        yield line


def _is_foreign(line: bytes, server: int) -> bool:
    if line == _TRANSACTION_TIMEOUT:
        return server < _FIRST_WITH_TRANSACTION_TIMEOUT
    return _COLUMN_VERSION.match(line) is not None
