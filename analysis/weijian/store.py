"""The tables of data/processed read back: CSV files of a small corpus, a Parquet dataset parted by province and year of a large one.

In: a folder, or an address that fsspec knows. Out: rows, or DataFrames. What is read is the same from both kinds; a Parquet dataset is
in the order of province, year and key, and of it only what is asked for is read.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from weijian.errors import CorpusError
from weijian.freshness import stamp
from weijian.places import province_of
from weijian.publishing import file_system
from weijian.schema import Column, Row, Table
from weijian.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd

CSV, PARQUET = "csv", "parquet"
LARGE = 100
"""From how many documents on the tables are a Parquet dataset, where nothing else is asked for."""
WHOLE = frozenset(
    ("documents", "reports", "masked_inference", "keyness", "places", "themes", "indicators", "definitions", "flags")
)  # fmt: skip
"""The tables that are small enough, or of no one province, to be one file."""
_OF_PLACE = ("place_code", "report", "plan_report", "outcome_report", "document")
"""The columns that tell of which place a row is, the first that a table has."""
Asked = Mapping[str, Collection[str]]
"""The values of columns that rows are wanted for."""


def kind_of(folder: Path) -> str:
    """Return how the tables of a folder are kept, csv or parquet; empty where there are none."""
    if any(folder.glob("*.csv")):
        return CSV
    return PARQUET if any(folder.glob("*/**/*.parquet")) else ""


def holds(folder: Path, table: Table) -> bool:
    """Say whether a folder has a table."""
    return (folder / f"{table.name}.csv").is_file() or (folder / table.name).is_dir()


def require_pyarrow() -> None:
    """Raise CorpusError, with the remedy, where pyarrow is not installed."""
    try:
        import pyarrow  # noqa: F401
    except ModuleNotFoundError:
        remedy = "install it with pip install 'weijian[scale]', or build with --tables csv"
        raise CorpusError("pyarrow is not installed", where="a Parquet dataset", remedy=remedy) from None


def _at(folder: Path | str) -> tuple[Any, str]:
    """Return the file system of an address that fsspec knows, None for a folder of this machine, and the path in it."""
    return file_system(folder) if isinstance(folder, str) else (None, str(folder))


def _there(system: Any, path: str) -> bool:
    found: bool = system.exists(path) if system else os.path.exists(path)
    return found


def frame(
    folder: Path | str,
    table: Table,
    *,
    exact: bool = False,
    places: Collection[str] | None = None,
    where: Asked = MappingProxyType({}),
    columns: Sequence[str] | None = None,
) -> pd.DataFrame | None:
    """Return a table of a folder, or of an address that fsspec knows, as a DataFrame; None when it is not there.

    Text columns are strings, empty where nothing is said; whole numbers and years are Int64; other numbers are float64 or, with
    ``exact``, Decimal objects. ``places`` limits the rows to what reports of these codes say, ``where`` to those with one of
    these values in each of these text columns; ``columns`` are the columns wanted, None meaning all. Raises CorpusError for ``places``
    where the rows of a table are of no one place.
    """
    system, base = _at(folder)
    path = f"{base}/{table.name.rpartition('/')[2]}"
    asked = {**where, **(_of_places(folder, table, places) if places is not None else {})}
    names = list(table.header if columns is None else columns)
    if _there(system, f"{path}.csv"):
        return _from_csv(system, f"{path}.csv", table, asked, names, exact)
    if _there(system, path):
        wanted = [column for column in table.columns if column.name in names]
        return _typed(_from_parquet(system, path, table, asked, names), wanted, exact)
    return None


def _typed(read: pd.DataFrame, wanted: Iterable[Column], exact: bool) -> pd.DataFrame:
    for column in wanted:
        if column.type == "decimal" and exact:
            cells = read[column.name]
            given = [None if cell != cell or cell == "" else Decimal(str(cell)) for cell in cells]
            read[column.name] = _series(given, cells)
        elif column.type == "decimal":
            read[column.name] = _numbers(read[column.name]).astype("float64")
        elif column.type in ("integer", "year"):
            read[column.name] = _numbers(read[column.name]).astype("Int64")
    return read


def of_one_place(table: Table) -> bool:
    """Say whether every row of a table is of one place."""
    return table.name not in ("keyness", "phrases") and any(name in table.header for name in _OF_PLACE)


def _of_places(folder: Path | str, table: Table, places: Collection[str]) -> dict[str, Collection[str]]:
    """Return which values in which column make a row one of these places; a Parquet dataset is parted by ``province`` besides."""
    if not of_one_place(table):
        raise CorpusError("its rows are of no one place", where=f"load({table.name!r}, places=…)", remedy="load the whole table")
    column = next(name for name in _OF_PLACE if name in table.header)
    provinces = sorted({province_of(code) for code in places if code})
    if column == "place_code":
        return {"place_code": places, "province": provinces}
    reports = list(rows(folder, TABLES["reports"], {"place_code": places}))
    return {column: {row[column if column == "document" else "report"] for row in reports}, "province": provinces}


def _series(given: list[Decimal | None], cells: pd.Series) -> pd.Series:
    import pandas as pd

    return pd.Series(given, index=cells.index, dtype=object)


def _numbers(cells: pd.Series) -> pd.Series:
    import pandas as pd

    return cells if pd.api.types.is_numeric_dtype(cells) else pd.to_numeric(cells.where(cells != ""))


def _from_csv(system: Any, path: str, table: Table, asked: Asked, names: list[str], exact: bool) -> pd.DataFrame:
    stamped = "" if system else stamp([Path(path)])
    read = _kept_csv(path, table, exact, stamped) if stamped else _read_csv(system, path, table, exact)
    chosen = read[[name for name in read if name in names or name in asked]]
    for name, values in asked.items():
        chosen = chosen[chosen[name].isin(list(values))] if name in chosen else chosen
    return chosen[names].reset_index(drop=True)


@lru_cache(maxsize=32)  # a notebook loads the same few tables again and again
def _kept_csv(path: str, table: Table, exact: bool, stamped: str) -> pd.DataFrame:
    return _read_csv(None, path, table, exact)


def _read_csv(system: Any, path: str, table: Table, exact: bool) -> pd.DataFrame:
    import pandas as pd

    with system.open(path, "rb") if system else open(path, "rb") as file:
        read = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
    missing = [name for name in table.header if name not in read.columns]
    if missing:
        raise CorpusError(
            f"the columns {', '.join(missing)} are missing", where=path, remedy="it is from an earlier version: run `weijian build`"
        )
    return _typed(read, table.columns, exact)


def _from_parquet(system: Any, path: str, table: Table, asked: Asked, names: list[str]) -> pd.DataFrame:
    """Return columns of the rows that are asked for; the files of other provinces are not opened."""
    import pandas as pd
    import pyarrow as pa

    found = _dataset(system, path, table, asked).to_table(columns=names)
    return found.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)


def _dataset(system: Any, path: str, table: Table, asked: Asked) -> Any:
    require_pyarrow()
    import pyarrow as pa
    import pyarrow.dataset as ds

    parted = table.name not in WHOLE
    by = ds.partitioning(pa.schema([("province", pa.string()), ("year", pa.int64())]), flavor="hive") if parted else None
    dataset = ds.dataset(path, format="parquet", partitioning=by, filesystem=system)
    for name, values in asked.items():
        if name in dataset.schema.names:
            dataset = dataset.filter(ds.field(name).isin(pa.array(sorted(values), pa.string())))
    return dataset


def rows(folder: Path | str, table: Table, where: Asked = MappingProxyType({})) -> Iterator[Row]:
    """Yield the rows of a table as the cells of its CSV file, in order, nothing where it is not there.

    ``where`` limits them to those with one of these values in each of these text columns; with ``province`` no others of a Parquet
    dataset are opened.
    """
    system, base = _at(folder)
    path = f"{base}/{table.name}"
    if _there(system, f"{path}.csv"):
        with system.open(f"{path}.csv", "rt", encoding="utf-8") if system else open(f"{path}.csv", encoding="utf-8", newline="") as file:
            yield from (row for row in csv.DictReader(file) if all(row[name] in where[name] for name in where if name in row))
    elif _there(system, path):
        for batch in _dataset(system, path, table, where).to_batches():
            for row in batch.to_pylist():
                yield {name: _cell(row[name]) for name in table.header}


def _cell(value: Any) -> str:
    """Print a value as it stands in a CSV file.

    >>> _cell(None), _cell(38.5), _cell(4300000000.0), _cell("人")
    ('', '38.5', '4300000000', '人')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return format(Decimal(str(int(value) if value.is_integer() else value)), "f")
    return str(value)
