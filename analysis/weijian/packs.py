"""What was made of one document, or of the documents of one place, kept so that it is made again only when what it is made of changes.

A pack is a file named by the hash of all that went into it. It has a head, which is read at once, and the rows of tables and other
sections, each packed by itself, so that whoever needs one of them reads and unpacks no other. Packs are a cache: any may be lost.
"""

from __future__ import annotations

import os
import pickle
import zlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple

from weijian.errors import CorpusError
from weijian.freshness import write_whole

_LEVEL = 1  # the higher ones cost more time than they save room


class Chunk(NamedTuple):
    """Rows of one table that belong together, as CSV lines: the sort key of the first, and the province and year they are of.

    ``province`` is a place code and ``year`` four digits; both are empty where the rows are of none.
    """

    order: str
    province: str
    year: str
    lines: str


class Known(NamedTuple):
    """What is known of a pack at once: its head; of each chunk its table, number, order, province and year; how many bytes follow."""

    head: Any
    listed: tuple[tuple[str, int, str, str, str], ...]
    following: int


class Packs:
    """The packs of one folder, by their keys, which are hashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, key: str, head: Any, tables: Mapping[str, Sequence[Chunk]], sections: Mapping[str, Any] = MappingProxyType({})) -> None:
        """Keep a head, the chunks of tables, and sections; another writer of the same key writes the same."""
        listed = [(name, number, *chunk[:3]) for name, chunks in tables.items() for number, chunk in enumerate(chunks)]
        lines = {_section(name, number): chunk.lines for name, chunks in tables.items() for number, chunk in enumerate(chunks)}
        packed = {name: zlib.compress(pickle.dumps(part, protocol=5), _LEVEL) for name, part in {**lines, **sections}.items()}
        ends = accumulate(map(len, packed.values()), initial=0)
        body = b"".join([pickle.dumps(dict(zip(packed, pairwise(ends), strict=True)), protocol=5), *packed.values()])
        write_whole(self._path(key), pickle.dumps(Known(head, tuple(listed), len(body)), protocol=5) + body)

    def known(self, key: str) -> Known | None:
        """Return what is known of a pack at once; None when there is none, or none that is whole."""
        try:
            with self._path(key).open("rb") as file:
                known: Known = pickle.load(file)
                return known if os.fstat(file.fileno()).st_size == file.tell() + known.following else None
        except (OSError, EOFError, pickle.UnpicklingError):
            return None

    def sections(self, key: str, *names: str) -> list[Any]:
        """Return sections of a pack; raise CorpusError when it is gone or broken."""
        try:
            with self._path(key).open("rb") as file:
                pickle.load(file)
                places, first = pickle.load(file), file.tell()
                return [_unpacked(file, first, *places[name]) for name in names]
        except (OSError, EOFError, pickle.UnpicklingError, zlib.error) as trouble:
            raise CorpusError(f"cannot be read ({trouble})", where=str(self._path(key)), remedy="remove it and build again") from None

    def lines(self, key: str, table: str, number: int) -> str:
        """Return the lines of a chunk of a table; raise CorpusError when the pack is gone or broken."""
        return str(self.sections(key, _section(table, number))[0])

    def keep_only(self, keys: Iterable[str]) -> None:
        """Remove the packs of all other keys."""
        wanted = set(keys)
        for path in self.folder.glob("??/*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


def _section(table: str, number: int) -> str:
    """Return the name of the section that holds a chunk of a table."""
    return f"{table}/{number}"


def _unpacked(file: BinaryIO, first: int, start: int, end: int) -> Any:
    """Return what is packed between two places of a file, counted from ``first``."""
    file.seek(first + start)
    return pickle.loads(zlib.decompress(file.read(end - start)))
