"""A taxonomy as bytes and back: the same taxonomy gives the same bytes, so that a digest of them names it."""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from scipy import sparse

from katalysator.engine.skills.taxonomy import NamedRows, Taxonomy

_LINKS: Final = ("essential", "optional", "broader")
_KINDS: Final = ("occupations", "skills", "groups")


def pack(taxonomy: Taxonomy) -> bytes:
    """All of a taxonomy, compressed. Cost: half a second and 2 MB for ESCO in two languages."""
    told = {
        "name": taxonomy.name,
        "version": taxonomy.version,
        "isco": taxonomy.isco,
        "is_knowledge": np.flatnonzero(taxonomy.is_knowledge).tolist(),
        "redirects": dict(taxonomy.redirects),
        "local": sorted(taxonomy.local),
        **{kind: _named_rows(getattr(taxonomy, kind)) for kind in _KINDS},
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        _write(
            packed, "taxonomy.json", json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        )
        for name in _LINKS:
            _write(packed, f"{name}.npy", _pairs(getattr(taxonomy, name)))
    return file.getvalue()


def unpack(packed: bytes) -> Taxonomy:
    """A taxonomy out of what `pack` gave. Raises ValueError where it is something else. Cost: .2 s for ESCO."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as file:
            told = json.loads(file.read("taxonomy.json"))
            pairs = {name: np.load(io.BytesIO(file.read(f"{name}.npy"))) for name in _LINKS}
    except (zipfile.BadZipFile, KeyError, OSError, zlib.error) as fault:
        raise ValueError("no packed taxonomy") from fault
    occupations, skills, groups = (_read(told[kind]) for kind in _KINDS)
    asked, nodes = (len(occupations), len(skills)), len(skills) + len(groups)
    is_knowledge = np.zeros(len(skills), np.bool_)
    is_knowledge[told["is_knowledge"]] = True
    return Taxonomy(
        told["name"],
        told["version"],
        occupations,
        skills,
        groups,
        isco=tuple(told["isco"]),
        essential=links(pairs["essential"], asked),
        optional=links(pairs["optional"], asked),
        broader=links(pairs["broader"], (nodes, nodes)),
        is_knowledge=is_knowledge,
        redirects=told["redirects"],
        local=frozenset(told["local"]),
    )


def links(pairs: np.ndarray[Any, Any], shape: tuple[int, int]) -> sparse.csr_array:
    """Which rows stand with which columns, CSR bool of a shape, of int (2, n); a pair may be there twice."""
    row, column = pairs
    told = sparse.csr_array(
        (np.ones(len(row), np.bool_), (row, column)), shape=shape, dtype=np.bool_
    )
    told.sum_duplicates()
    told.sort_indices()
    return told


def _named_rows(some: NamedRows) -> Mapping[str, Any]:
    return {"keys": some.keys, "labels": {name: list(rows) for name, rows in some.labels.items()}}


def _read(told: Mapping[str, Any]) -> NamedRows:
    labels = {name: [tuple(each) for each in rows] for name, rows in told["labels"].items()}
    return NamedRows(tuple(told["keys"]), labels)


def _pairs(told: sparse.csr_array) -> bytes:
    plain = sparse.coo_array(told)
    file = io.BytesIO()
    order = np.lexsort((plain.col, plain.row))
    np.save(file, np.stack([plain.row[order], plain.col[order]]).astype(np.int32))
    return file.getvalue()


def _write(packed: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Write a part without the time of day, which would make other bytes of it."""
    packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
