"""The tables of data/processed written: CSV files, or a Parquet dataset parted by province and year.

In: chunks of CSV lines. Out: files. Chunks are written one after the other, so that no table is ever held whole.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from weijian.packs import Chunk
from weijian.schema import Table, in_order, printed_table
from weijian.store import WHOLE, require_pyarrow

if TYPE_CHECKING:
    import pyarrow as pa

PARTS = ("province", "year")
"""What a Parquet dataset is parted by: the province's place code and the year of the report; the year of a cell for coverage."""
_AT_A_TIME = 64
_NONE = "__HIVE_DEFAULT_PARTITION__"
"""How datasets parted by the names of folders write that there is no value."""
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
    require_pyarrow()
    for name, table in tables.items():
        parted = name not in WHOLE
        found = iter(chunks[name](parted))
        first = next(found, None)
        if first is None or not parted:
            _write_part(folder / name, table, chain([first] if first else [], found))
        else:
            for (province, year), part in groupby(chain([first], found), key=lambda chunk: (chunk.province, chunk.year)):
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
