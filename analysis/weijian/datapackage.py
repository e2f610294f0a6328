"""datapackage.json: what the tables of data/processed are, for people and for programs (Data Package v2).

Made from the declarations in tables and from the files; it holds no time and no machine's
name, so that equal tables give an equal description.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from weijian.codebook import Codebook
from weijian.freshness import file_digest
from weijian.schema import SEPARATOR, Column, Row, Table

_PROFILE = "https://datapackage.org/profiles/2.0/"
_TYPES = {"decimal": "number", "sha256": "string"}
_MISSING = [{"value": "", "label": "原文未说明或不适用 (not stated in the text, or does not apply)"}]
_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def describe(folder: Path, tables: Iterable[Table], book: Codebook, manifest: Iterable[Row]) -> bytes:
    """Return datapackage.json for these tables as they lie in a folder, as CSV files or as Parquet datasets."""
    tables = list(tables)
    published = {table.name: table for table in tables}
    package = {
        "$schema": f"{_PROFILE}datapackage.json",
        "name": "weijian",
        "title": "卫生健康委员会工作总结与工作要点数据集 (Work reports of Chinese health commissions as tidy tables)",
        "description": (
            "Every number of the reports in data/raw with its sentence. start and end count characters of a report's "
            "text from 0, end not included. Lists in a cell are joined by semicolons. Rows are sorted by key, in a "
            "Parquet dataset by province, year and key."
        ),
        "licenses": [_LICENCE],
        "sources": [_source(row) for row in manifest],
        "resources": [_resource(folder, table, published, book) for table in tables],
    }
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _source(row: Row) -> dict[str, str]:
    described = {"title": row["title"] or row["file"], "file": row["file"], "sha256": row["sha256"]}
    more = {name: row[name] for name in ("issuer", "tier", "note", "rights_note") if row[name]}
    return described | more


def _resource(folder: Path, table: Table, published: Mapping[str, Table], book: Codebook) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        **_files(folder, table.name),
        "schema": {
            "$schema": f"{_PROFILE}tableschema.json",
            "fields": [_field(column, book) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [column.name], "reference": _reference(column, table, published)}
                for column in table.columns
                if column.refers in published and not column.many
            ],
            "missingValues": _MISSING,
        },
    }


def _files(folder: Path, name: str) -> dict[str, Any]:
    """Describe the file of a table, or the files of its dataset."""
    path = folder / f"{name}.csv"
    if path.is_file():
        kind = {"path": path.name, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        return {**kind, "bytes": path.stat().st_size, "hash": f"sha256:{file_digest(path)}"}
    found = sorted((folder / name).rglob("*.parquet"))
    paths = [each.relative_to(folder).as_posix() for each in found]
    size = sum(each.stat().st_size for each in found)
    return {"path": paths, "format": "parquet", "mediatype": "application/vnd.apache.parquet", "bytes": size}


def _reference(column: Column, table: Table, published: Mapping[str, Table]) -> dict[str, Any]:
    fields = [published[column.refers].key[0]]
    return {"fields": fields} if column.refers == table.name else {"resource": column.refers, "fields": fields}


def _field(column: Column, book: Codebook) -> dict[str, Any]:
    """Describe a column; words from a list carry their Chinese and English names."""
    field: dict[str, Any] = {"name": column.name, "type": _TYPES.get(column.type, column.type)}
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.many:
        field |= {"type": "list", "itemType": "string", "delimiter": SEPARATOR}
    if column.type == "sha256":
        constraints["pattern"] = "[0-9a-f]{64}"
    field["description"] = column.description
    if column.unit:
        field["unit"] = column.unit
    if column.words:
        words = book.words(column.words)
        field["categories"] = [{"value": word, "label": f"{row['name_zh']} ({row['name_en']})"} for word, row in words.items()]
        if not column.many:  # a list has no enumeration of its own in the standard
            constraints["enum"] = list(words)
    return field | ({"constraints": constraints} if constraints else {})
