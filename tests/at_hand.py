"""Tables at hand in place of those of a corpus."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd


def loading(tables: Mapping[str, Any]) -> Callable[..., pd.DataFrame]:
    """Return what stands in for ``load``; rows of a table without place_code are given whatever the places."""

    def load(name, root=None, *, places=None, where=None, columns=None):
        table = pd.DataFrame(tables[name])
        if places is not None and "place_code" in table:
            table = table[table["place_code"].isin(places)]
        for column, values in (where or {}).items():
            table = table[table[column].isin(values)]
        return table if columns is None else table[columns]

    return load
