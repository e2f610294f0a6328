"""What was made of one document, or of the documents of one place, kept so that it is made again only when what it is made of changes.

A pack is a file named by the hash of all that went into it. It has a head, which is read at once, and the rows of tables and other
sections, each packed by itself, so that whoever needs one of them does not unpack the others. Packs are a cache: any may be lost.
"""

from __future__ import annotations

import os
import pickle
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

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
        index = [(name, number, *chunk[:3]) for name, chunks in tables.items() for number, chunk in enumerate(chunks)]
        parts = {**{name: [chunk.lines for chunk in chunks] for name, chunks in tables.items() if chunks}, **sections}
        packed = {name: zlib.compress(pickle.dumps(part, protocol=5), _LEVEL) for name, part in parts.items()}
        body = pickle.dumps(packed, protocol=5)
        write_whole(self._path(key), pickle.dumps(Known(head, tuple(index), len(body)), protocol=5) + body)

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
                packed = pickle.load(file)
            return [pickle.loads(zlib.decompress(packed[name])) for name in names]
        except (OSError, EOFError, pickle.UnpicklingError, zlib.error) as trouble:
            raise CorpusError(f"cannot be read ({trouble})", where=str(self._path(key)), remedy="remove it and build again") from None

    def keep_only(self, keys: Iterable[str]) -> None:
        """Remove the packs of all other keys."""
        wanted = set(keys)
        for path in self.folder.glob("??/*"):
            if path.name not in wanted:
                path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key
