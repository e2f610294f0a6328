"""A table of marks of every kind, on values of its own: what the pictures and the tests of figures are drawn from."""

from __future__ import annotations

import pandas as pd

from weijian import figures
from weijian.compare import Comparison

_VALUES = [
    ("110000", "北京市", "municipality", "", "a#1@10", 2023, "actual", ">", 43.0, "unknown", "unknown", "official", "甲委", "文件甲"),
    ("110101", "东城区", "district", "110000", "b#1@10", 2024, "actual", "=", 47.84, "resident", "unknown", "official", "乙委", "文件乙"),
    ("masked-plan", "", "", "", "c#1@10", 2023, "target", ">=", 25.0, "unknown", "unknown", "masked", "", "文件丙"),
]
_COLUMNS = [
    "place_key",
    "place",
    "place_level",
    "part_of",
    "observation",
    "year",
    "status",
    "bound",
    "value",
    "base",
    "definition",
    "tier",
    "issuer",
    "title",
]
_TITLES = {
    "zh": ("三地中两地写出签约率：北京市>43%、东城区47.84%", "家庭医生签约率（%），所读报告：2022–2024年"),
    "en": ("2 of 4 places reported a rate: Beijing >43% (2023); 东城区 47.84% (2024)", "Family-doctor coverage (%); reports of 2022–2024"),
}


def comparison(indicator: str = "fd_sign_rate", rule: str = "bound") -> Comparison:
    """Return a comparison of three values, the first two held apart by a rule."""
    rows = [dict(zip(_COLUMNS, row, strict=True)) for row in _VALUES]
    for row in rows:
        row |= {
            "place_code": "" if row["place"] == "" else row["place_key"],
            "indicator": indicator,
            "unit": "%",
            "low": None,
            "high": None,
        }
        row["quote"] = f"签约率{row['value']}%。"
    excluded = pd.DataFrame([{"rule": rule, "left": "a#1@10", "right": "b#1@10"}])
    return Comparison(pd.DataFrame(rows), excluded, pd.DataFrame())


def gaps(*rows: tuple[str, int, str], indicator: str = "fd_sign_rate") -> pd.DataFrame:
    """Return rows without a value: place, year and reason of each."""
    columns = {"place": "杭州市", "place_level": "sub_provincial_city", "indicator": indicator, "title": "文件丁", "issuer": "丁委"}
    return pd.DataFrame([{"place_key": key, "place_code": key, "year": year, "reason": reason} | columns for key, year, reason in rows])


def published(code: str, place: str, year: int, value: float, status: str = "actual", bound: str = "=") -> dict[str, object]:
    """Return a figure that somebody else published."""
    plain = {"indicator": "fd_sign_rate", "definition": "", "base": "", "unit": "%", "printed_in": "统计公报"}
    standing = {"verification": "second-hand: read in a copy", "status": status, "bound": bound}
    return {"place_key": code, "place_code": code, "place": place, "year": year, "value": value} | plain | standing


def every_mark() -> pd.DataFrame:
    """Return marks of every kind: outcomes, bounds, a masked target, a gap, context, a benchmark."""
    others = pd.DataFrame(
        [
            published("440300", "深圳市", 2024, 43.0),
            published("430421", "湖南省衡阳县", 2018, 33.58, bound="<="),
            published("330000", "浙江省", 2023, 98.0, "target", ">="),
        ]
    )
    missing = gaps(("330100", 2022, "not_mentioned"), ("330100", 2023, "not_mentioned"), ("330100", 2024, "no_document"))
    return figures.marks(comparison(), missing, others, pd.DataFrame([published("000000", "全国", 2035, 75.0, "target", ">=")]))


def sample(language: str) -> figures.Figure:
    """Return the figure of the marks."""
    title, subtitle = _TITLES[language]
    return figures.dot_plot(every_mark(), title=title, subtitle=subtitle, language=language)


def crowded(language: str) -> figures.Figure:
    """Return a figure whose values stand close to two national targets, one of them near the end of the axis, with long names."""
    values = [comparison().values.assign(value=[70.0, 74.0, 97.5], low=None), comparison("fd_key_sign_rate").values.iloc[:2]]
    values[1] = values[1].assign(value=[74.5, 96.0], bound="=", observation=["a#1@50", "b#1@50"])
    others = [published("430421", "湖南省衡阳县", 2018, 75.0, bound=">="), published("330000", "浙江省", 2023, 72.0)]
    targets = [published("000000", "全国", 2035, value, "target", ">=") for value in (75.0, 97.0)]
    targets = [target | {"printed_in": "关于推进服务高质量发展的指导意见(2022)"} for target in targets]
    marks = figures.marks(
        Comparison(pd.concat(values), comparison().excluded, pd.DataFrame()), None, pd.DataFrame(others), pd.DataFrame(targets)
    )
    marks.loc[marks["value"] == 97.0, "indicator"] = "fd_key_sign_rate"
    title, subtitle = _TITLES[language]
    return figures.dot_plot(marks, title=title, subtitle=subtitle, language=language)


def pair(language: str) -> figures.Figure:
    """Return a figure of two indicators, one of them without a value in most places."""
    both = [comparison("fd_sign_rate").values, comparison("fd_key_sign_rate").values.iloc[1:2].assign(value=83.19, observation="b#1@30")]
    nothing = gaps(("110000", 2023, "not_mentioned"), indicator="fd_key_sign_rate")
    marks = figures.marks(Comparison(pd.concat(both), comparison().excluded, pd.DataFrame()), nothing)
    title, subtitle = _TITLES[language]
    return figures.dot_plot(marks, title=title, subtitle=subtitle, language=language)
