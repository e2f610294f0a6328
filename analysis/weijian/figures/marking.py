"""One row for each mark of a figure: the table that is drawn, and that lies beside the figure as CSV.

In: a comparison, the places without a value, what others published, the national targets. Out: their rows under common
columns, in the order in which they are drawn. Nothing is computed; a missing value is a mark like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from weijian.comparability import totals_apart
from weijian.frames import as_rows
from weijian.words import APART, OWN, level_rank

if TYPE_CHECKING:
    import pandas as pd

    from weijian.compare import Comparison

CONTEXT, BENCHMARK = "context", "benchmark"
MISSING = "missing"
COLUMNS = (
    "panel", "place_key", "place_code", "place", "place_level", "part_of", "indicator", "year", "status", "bound", "value", "low", "high",
    "unit", "base", "definition", "stage", "stock_or_flow", "tier", "greyed", "reason", "observation", "quote", "issuer", "issued_in", "verification",
)  # fmt: skip
_NO_DOCUMENT = "no_document"
NUMBERS = ("value", "low", "high")


def marks(
    comparison: Comparison | pd.DataFrame,
    missing: pd.DataFrame | None = None,
    peers: pd.DataFrame | None = None,
    benchmarks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the rows of a figure: own values and gaps by level and place, then context by year, then benchmarks.

    ``comparison`` may be a table of values alone, as those per head; ``missing``, ``peers`` and ``benchmarks`` are tables of the
    functions of these names in ``weijian.compare``.
    """
    import pandas as pd

    values = comparison if isinstance(comparison, pd.DataFrame) else comparison.values
    greyed = set() if isinstance(comparison, pd.DataFrame) else _greyed(comparison)
    own = [_own(row, greyed) for row in as_rows(values)]
    gaps = _gaps(missing, own) if missing is not None else []
    indicators = list(dict.fromkeys(row["indicator"] for row in own + gaps))
    ordered = sorted(own + gaps, key=lambda row: (row["panel"] == APART, *_by_level(row), indicators.index(row["indicator"])))
    context = sorted(_published(peers, CONTEXT), key=lambda row: (-int(row["year"]), row["place_key"]))
    rows = [*ordered, *context, *_published(benchmarks, BENCHMARK)]
    table = pd.DataFrame([[row.get(name, "") for name in COLUMNS] for row in rows], columns=list(COLUMNS))
    for name in NUMBERS:
        table[name] = pd.to_numeric(table[name])
    return table


def _greyed(comparison: Comparison) -> set[str]:
    """Return the observations that are totals of different places: shown, but not to be compared."""
    if comparison.unjudged:
        return totals_apart(as_rows(comparison.values))
    totals = comparison.excluded[comparison.excluded["rule"] == "counts"]
    return set(totals["left"]) | set(totals["right"])


def _own(row: Mapping[str, Any], greyed: set[str]) -> dict[str, Any]:
    extra = {
        "panel": APART if row.get("panel") else OWN,
        "greyed": "yes" if row["observation"] in greyed else "",
        "issued_in": row["title"],
    }
    return {**{name: row[name] for name in COLUMNS if name in row}, **extra}


def _gaps(missing: pd.DataFrame, own: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row for each place, indicator and reason with its years, unless the place has a mark for the indicator.

    Years without a document are left out where there are years with one.
    """
    shown = {(row["place_key"], row["indicator"]) for row in own}
    found = [gap for gap in as_rows(missing) if (gap["place_key"], gap["indicator"]) not in shown]
    read = {(gap["place_key"], gap["indicator"]) for gap in found if gap["reason"] != _NO_DOCUMENT}
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for gap in found:
        if gap["reason"] == _NO_DOCUMENT and (gap["place_key"], gap["indicator"]) in read:
            continue
        row = rows.setdefault(
            (gap["place_key"], gap["indicator"], gap["reason"]),
            {**gap, "panel": OWN, "status": MISSING, "issued_in": gap["title"], "year": ""},
        )
        row["year"] = ";".join(filter(None, (row["year"], str(gap["year"]))))
    return list(rows.values())


def _published(table: pd.DataFrame | None, panel: str) -> list[dict[str, Any]]:
    if table is None:
        return []
    return [{**row, "panel": panel, "issued_in": row["printed_in"]} for row in as_rows(table)]


def _by_level(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return level_rank(row["place_level"]), row["place_key"], row["status"] == MISSING, str(row["year"]), row["status"]
