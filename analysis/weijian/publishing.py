"""A copy of data/processed elsewhere: in another folder, or at an address that fsspec knows, such as s3://bucket/weijian.

In: the files of data/processed. Out: the same files there, the description last, so that whoever finds a description finds the tables
that it describes; what was there before and is no more is removed after it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from weijian.errors import CorpusError

_LAST, _WORKBOOK = "datapackage.json", "weijian.xlsx"


def publish(folder: Path, address: str, say: Callable[[str], None] = lambda message: None) -> int:
    """Make an address hold the files of a folder and return how many there are; other files there are left alone.

    Removed is what an earlier description names and the new one does not. Raises CorpusError when the folder holds no tables, or when
    the address cannot be written to.
    """
    files = sorted(
        (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()), key=lambda name: (name == _LAST, name)
    )
    if _LAST not in files:
        raise CorpusError("there are no tables to publish", where=str(folder), remedy="run `weijian build`")
    system, base = file_system(address)
    try:
        before = _described(system, f"{base}/{_LAST}")
        for number, name in enumerate(files, start=1):
            system.makedirs(f"{base}/{name}".rpartition("/")[0], exist_ok=True)
            system.pipe_file(f"{base}/{name}", (folder / name).read_bytes())
            if number % 100 == 0 or number == len(files):
                say(f"[{number}/{len(files)}] {name}")
        for name in before - set(files):
            if system.exists(f"{base}/{name}"):
                system.rm_file(f"{base}/{name}")
    except OSError as trouble:
        raise CorpusError(f"cannot be written ({trouble})", where=address, remedy="allow writing there, or name another address") from None
    return len(files)


def file_system(address: str) -> tuple[Any, str]:
    """Return the file system of an address and the path in it; raise CorpusError for an address that fsspec does not know."""
    try:
        from fsspec.core import url_to_fs
    except ModuleNotFoundError:
        raise CorpusError("fsspec is not installed", where=address, remedy="install it with pip install 'weijian[scale]'") from None
    try:
        system, base = url_to_fs(address)
    except (ValueError, ImportError) as trouble:
        raise CorpusError(
            f"the address cannot be used ({trouble})", where=address, remedy="install what it names, or use another"
        ) from None
    return system, base.rstrip("/")


def _described(system: Any, path: str) -> set[str]:
    """Return the files of the tables that a description names, its own, and the workbook made of them."""
    if not system.exists(path):
        return set()
    found = {_LAST, _WORKBOOK}
    for resource in json.loads(system.cat_file(path))["resources"]:
        found |= {resource["path"]} if isinstance(resource["path"], str) else set(resource["path"])
    return found
