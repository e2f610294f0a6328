"""The tables of data/processed as files: CSV for a small corpus, a Parquet dataset parted by province and year for a large one.

In: chunks of CSV lines. Out: files, and their rows or DataFrames again. Chunks are written one after the other, so that no table is
ever held whole. What is read back is the same from both; a Parquet dataset is in the order of province, year and key.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby, islice
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from weijian.errors import CorpusError
from weijian.packs import Chunk
from weijian.schema import Row, Table, in_order, printed_table
from weijian.tables import TABLES

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

CSV, PARQUET = "csv", "parquet"
LARGE = 100
"""From how many documents on the tables are a Parquet dataset, where nothing else is asked for."""
PARTS = ("province", "year")
"""What a Parquet dataset is parted by: the province's place code and the year of the report; the year of a cell for coverage."""
WHOLE = frozenset(
    ("documents", "reports", "masked_inference", "keyness", "places", "themes", "indicators", "definitions", "flags")
)  # fmt: skip
"""The tables that are small enough, or of no one province, to be one file."""
_OF_PLACE = ("place_code", "report", "plan_report", "outcome_report", "document")
"""The columns that tell of which place a row is, the first that a table has."""
_AT_A_TIME = 64
_NONE = "__HIVE_DEFAULT_PARTITION__"
"""How datasets parted by the names of folders write that there is no value."""
Asked = Mapping[str, Collection[str]]
"""The values of columns that rows are wanted for."""
Chunks = Callable[[bool], Iterable[Chunk]]
"""Gives the chunks of a table: in the order of its key, or, when handed True, of province, year and key."""


def write_csv(folder: Path, tables: Mapping[str, Table], chunks: Mapping[str, Chunks]) -> None:
    """Write each table as NAME.csv, sorted by key."""
    for name, table in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            file.write(printed_table([table.header]))
            for _, together in groupby(chunks[name](False), key=lambda chunk: chunk.order):
                found = [chunk.lines for chunk in together]
                file.write(found[0] if len(found) == 1 else _merged(table, found))


def _merged(table: Table, parts: Iterable[str]) -> str:
    """Return the lines of several chunks that begin with the same key, in order."""
    return printed_table(in_order(table, [cells for part in parts for cells in csv.reader(io.StringIO(part, newline=""))]))


def write_parquet(folder: Path, tables: Mapping[str, Table], chunks: Mapping[str, Chunks]) -> None:
    """Write each table as NAME/part-0.parquet, or as NAME/province=…/year=…/part-0.parquet; raise CorpusError without pyarrow."""
    _pyarrow()
    for name, table in tables.items():
        if name in WHOLE or not any(True for _ in chunks[name](True)):
            _write_part(folder / name, table, iter(chunks[name](False)))
        else:
            for (province, year), part in groupby(chunks[name](True), key=lambda chunk: (chunk.province, chunk.year)):
                _write_part(folder / name / f"province={province or _NONE}" / f"year={year or _NONE}", table, part)


def _write_part(folder: Path, table: Table, chunks: Iterator[Chunk]) -> None:
    """Write one file, some chunks at a time; a table without rows has a file all the same, which tells its columns."""
    import pyarrow.parquet as pq

    folder.mkdir(parents=True)
    schema = _arrow_schema(table)
    with pq.ParquetWriter(folder / "part-0.parquet", schema, compression="zstd") as writer:
        while lines := "".join(chunk.lines for chunk in islice(chunks, _AT_A_TIME)):
            writer.write_table(_arrow_table(lines, table, schema))


def _arrow_schema(table: Table) -> pa.Schema:
    """Return the columns with their types; one that the folders are named by does not stand in the file as well."""
    import pyarrow as pa

    kinds = {"integer": pa.int64(), "year": pa.int64(), "decimal": pa.float64()}
    parts = () if table.name in WHOLE else PARTS
    return pa.schema([(column.name, kinds.get(column.type, pa.string())) for column in table.columns if column.name not in parts])


def _arrow_table(lines: str, table: Table, schema: pa.Schema) -> pa.Table:
    import pyarrow.csv as arrow_csv

    return arrow_csv.read_csv(
        io.BytesIO(lines.encode()),
        read_options=arrow_csv.ReadOptions(column_names=table.header, use_threads=False, block_size=1 << 26),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=schema, include_columns=schema.names, null_values=[""], strings_can_be_null=False
        ),
    )  # fmt: skip


def _pyarrow() -> None:
    try:
        import pyarrow  # noqa: F401
    except ModuleNotFoundError:
        remedy = "install it with pip install 'weijian[parquet]', or build with --tables csv"
        raise CorpusError("pyarrow is not installed", where="a Parquet dataset", remedy=remedy) from None


def kind_of(folder: Path) -> str:
    """Return how the tables of a folder are kept, csv or parquet; empty where there are none."""
    if any(folder.glob("*.csv")):
        return CSV
    return PARQUET if any(folder.glob("*/**/*.parquet")) else ""


def holds(folder: Path, table: Table) -> bool:
    """Say whether a folder has a table."""
    return (folder / f"{table.name}.csv").is_file() or (folder / table.name).is_dir()


def frame(
    folder: Path,
    table: Table,
    *,
    exact: bool = False,
    places: Collection[str] | None = None,
    where: Asked = MappingProxyType({}),
    columns: Sequence[str] | None = None,
) -> pd.DataFrame | None:
    """Return a table of a folder as a DataFrame; None when it is not there.

    Text columns are strings, empty where nothing is said; whole numbers and years are Int64; other numbers are float64 or, with
    ``exact``, Decimal objects. ``places`` limits the rows to what reports of these codes say, ``where`` to those with one of
    these values in each of these text columns; ``columns`` are the columns wanted, None meaning all. Raises CorpusError for ``places``
    where the rows of a table are of no one place.
    """
    name = table.name.rpartition("/")[2]
    path, dataset = folder / f"{name}.csv", folder / name
    asked = {**where, **(_of_places(folder, table, places) if places is not None else {})}
    names = list(table.header if columns is None else columns)
    wanted = [column for column in table.columns if column.name in names]
    if path.is_file():
        read = _from_csv(path, table, asked)[names]
    elif dataset.is_dir():
        read = _from_parquet(dataset, table, asked, names)
    else:
        return None
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


def _of_places(folder: Path, table: Table, places: Collection[str]) -> dict[str, Collection[str]]:
    """Return which values in which column make a row one of these places; a Parquet dataset is parted by ``province`` besides."""
    if not of_one_place(table):
        raise CorpusError("its rows are of no one place", where=f"load({table.name!r}, places=…)", remedy="load the whole table")
    column = next(name for name in _OF_PLACE if name in table.header)
    provinces = sorted({f"{code[:2]}0000" for code in places if code})
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


def _from_csv(path: Path, table: Table, asked: Asked) -> pd.DataFrame:
    import pandas as pd

    read = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    missing = [name for name in table.header if name not in read.columns]
    if missing:
        raise CorpusError(
            f"the columns {', '.join(missing)} are missing", where=str(path), remedy="it is from an earlier version: run `weijian build`"
        )
    for name, values in asked.items():
        read = read[read[name].isin(list(values))] if name in read else read
    return read.reset_index(drop=True)


def _from_parquet(folder: Path, table: Table, asked: Asked, names: list[str]) -> pd.DataFrame:
    """Return columns of the rows that are asked for; the files of other provinces are not opened."""
    import pandas as pd
    import pyarrow as pa

    found = _dataset(folder, table, asked).to_table(columns=names)
    return found.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)


def _dataset(folder: Path, table: Table, asked: Asked) -> Any:
    _pyarrow()
    import pyarrow as pa
    import pyarrow.dataset as ds

    parted = table.name not in WHOLE
    by = ds.partitioning(pa.schema([("province", pa.string()), ("year", pa.int64())]), flavor="hive") if parted else None
    dataset = ds.dataset(folder, format="parquet", partitioning=by)
    for name, values in asked.items():
        if name in dataset.schema.names:
            dataset = dataset.filter(ds.field(name).isin(pa.array(sorted(values), pa.string())))
    return dataset


def rows(folder: Path, table: Table, where: Asked = MappingProxyType({})) -> Iterator[Row]:
    """Yield the rows of a table as the cells of its CSV file, in order, nothing where it is not there.

    ``where`` limits them to those with one of these values in each of these text columns; with ``province`` no others of a Parquet
    dataset are opened.
    """
    path = folder / f"{table.name}.csv"
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            yield from (row for row in csv.DictReader(file) if all(row[name] in where[name] for name in where if name in row))
    elif (folder / table.name).is_dir():
        for batch in _dataset(folder / table.name, table, where).to_batches():
            for row in batch.to_pylist():
                yield {name: _cell(row[name]) for name in table.header}


def _cell(value: Any) -> str:
    """Print a value as it stands in a CSV file.

    >>> _cell(None), _cell(47.84), _cell(4300000000.0), _cell("人")
    ('', '47.84', '4300000000', '人')
    """
    if value is None:
        return ""
    if isinstance(value, float):
        return format(Decimal(str(int(value) if value.is_integer() else value)), "f")
    return str(value)
