"""Tables as rows, and rows as tables: what pandas does in milliseconds for every small table, in a fraction of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def as_rows(table: pd.DataFrame) -> list[Any]:
    """Return the rows of a table as dicts of plain Python values; a whole number that is not there is None, any other is nan.

    >>> import pandas as pd
    >>> as_rows(pd.DataFrame({"place": ["深圳市"], "year": pd.Series([None], dtype="Int64"), "value": [43.0]}))
    [{'place': '深圳市', 'year': None, 'value': 43.0}]
    """
    import pandas as pd

    names = list(table.columns)
    cells = table.to_numpy(dtype=object).tolist()
    return [dict(zip(names, [None if cell is pd.NA else cell for cell in row], strict=True)) for row in cells]


def frame(rows: Iterable[Mapping[str, Any]], columns: list[str]) -> pd.DataFrame:
    """Return rows as a table with these columns, a cell that a row lacks being empty."""
    import pandas as pd

    return pd.DataFrame([[row.get(name, "") for name in columns] for row in rows], columns=columns)
