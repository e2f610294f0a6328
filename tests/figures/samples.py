"""A table of marks of every kind, on values of its own: what the pictures and the tests of figures are drawn from."""

from __future__ import annotations

from typing import Any

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
    return Comparison(pd.DataFrame(rows), lambda: _apart(rule))


def _apart(rule: str = "bound") -> list[dict[str, str]]:
    """Return the pair of the first two values, held apart by a rule."""
    return [{"rule": rule, "left": "a#1@10", "right": "b#1@10", "verdict": "refused"}]


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
    marks = figures.marks(Comparison(pd.concat(values), _apart), None, pd.DataFrame(others), pd.DataFrame(targets))
    marks.loc[marks["value"] == 97.0, "indicator"] = "fd_key_sign_rate"
    title, subtitle = _TITLES[language]
    return figures.dot_plot(marks, title=title, subtitle=subtitle, language=language)


def pair(language: str) -> figures.Figure:
    """Return a figure of two indicators, one of them without a value in most places."""
    both = [comparison("fd_sign_rate").values, comparison("fd_key_sign_rate").values.iloc[1:2].assign(value=83.19, observation="b#1@30")]
    nothing = gaps(("110000", 2023, "not_mentioned"), indicator="fd_key_sign_rate")
    marks = figures.marks(Comparison(pd.concat(both), _apart), nothing)
    title, subtitle = _TITLES[language]
    return figures.dot_plot(marks, title=title, subtitle=subtitle, language=language)


_KINDS = {
    "audited": {
        "zh": ("哪些数相互一致，哪些矛盾", "所读报告：2023年"),
        "en": ("Which numbers agree and which do not", "Reports of 2023"),
    },
    "paired": {
        "zh": ("有数的承诺：达到、未达到与未见报告", "承诺与结果，某某市2023年"),
        "en": ("Promises with a figure: met, short and not reported", "Promise and outcome, Somewhere 2023"),
    },
    "followed": {
        "zh": ("结果与次年目标：提高、持平与口径可能有变", "箭头由结果指向次年的目标"),
        "en": ("Outcomes and next targets: raised, kept, possibly redefined", "The arrow leads to the target of the next year"),
    },
    "programmes": {
        "zh": ("机构数与签约率：一地的结果与次年目标", "所读报告：2022–2024年"),
        "en": ("Institutions and coverage: an outcome and the target of the next year", "Reports of 2022–2024"),
    },
    "parted": {"zh": ("签约居民由哪些人组成", "东城区，2024年末"), "en": ("Who has signed", "东城区, end of 2024")},
    "covered": {
        "zh": ("哪些指标有数值，哪些没有", "所读报告：2022–2024年"),
        "en": ("What is told and what is not", "Reports of 2022–2024"),
    },
}


def programme_marks() -> pd.DataFrame:
    """Return marks of three indicators in two units: an outcome and a later target, a share near a target, definitions that differ."""
    plain = {"low": None, "high": None, "tier": "official", "base": "institution", "definition": "unknown", "unit": "家", "bound": "="}
    place = {"110000": ("北京市", "municipality", "甲委"), "110101": ("东城区", "district", "乙委")}
    told = [
        ("ch_chronic_clinics", "110000", 2022, "actual", 79.0, {"stage": "built", "stock_or_flow": "flow"}),
        ("ch_chronic_clinics", "110000", 2023, "target", 50.0, {"stage": "named", "stock_or_flow": "unknown"}),
        ("ch_chronic_clinics", "110101", 2024, "actual", 12.0, {"stage": "reviewed", "stock_or_flow": "stock", "tier": "republisher"}),
        ("ch_stations_built", "110000", 2022, "actual", 12034.0, {"stage": "built", "stock_or_flow": "cumulative", "bound": ">"}),
        ("ch_stations_built", "110000", 2023, "target", 12034.0, {"stage": "built", "stock_or_flow": "cumulative"}),
        ("fd_key_sign_rate", "110000", 2022, "actual", 83.19, {"base": "resident", "unit": "%", "stock_or_flow": "stock"}),
        ("fd_key_sign_rate", "110101", 2024, "actual", 96.5, {"base": "registered", "unit": "%", "stock_or_flow": "stock"}),
    ]
    rows = []
    for number, (indicator, code, year, status, value, more) in enumerate(told):
        name, level, issuer = place[code]
        row = {
            "indicator": indicator,
            "place_key": code,
            "place_code": code,
            "place": name,
            "place_level": level,
            "part_of": "",
            "year": year,
        }
        row |= {"status": status, "value": value, "observation": f"{code}-{year}-summary#1@{number}", "issuer": issuer, "title": "文件甲"}
        rows.append({**row, "quote": f"{value}。", "stage": "none", **plain, **more})
    nothing = pd.concat([gaps(("330100", 2022, "not_mentioned"), indicator=code) for code in ("ch_chronic_clinics", "ch_nursing_centres")])
    target = pd.DataFrame([published("000000", "全国", 2035, 85.0, "target", ">=") | {"indicator": "fd_key_sign_rate"}])
    other = pd.DataFrame([published("430421", "湖南省衡阳县", 2018, 65.42) | {"indicator": "fd_key_sign_rate"}])
    return figures.marks(Comparison(pd.DataFrame(rows)), nothing, other, target)


def programmes(language: str, columns: int = 2) -> figures.Figure:
    """Return small panels of the marks."""
    title, subtitle = _KINDS["programmes"][language]
    return figures.panels(programme_marks(), title=title, subtitle=subtitle, language=language, columns=columns)


def part_rows() -> pd.DataFrame:
    """Return the parts of two totals, among them thin ones side by side, people counted twice, and a part without a value."""
    told = [
        ("fd_signed_children_0_6", 64300.0, "", 0.05),
        ("fd_signed_students", 57400.0, "", 0.0446),
        ("fd_signed_workers", 620800.0, "", 0.4824),
        ("fd_signed_60plus", 545200.0, "", 0.4236),
        ("fd_signed_hypertension", 213100.0, "yes", None),
        ("fd_signed_diabetes", 82500.0, "yes", None),
    ]
    plain = {"place_key": "110101", "place_code": "110101", "place": "东城区", "year": 2024, "status": "actual", "unit": "人", "bound": "="}
    plain |= {"low": None, "high": None, "issuer": "乙委", "issued_in": "文件乙", "quote": "。", "reason": "", "panel": "own"}
    rows = [
        plain
        | {"year": year, "indicator": code, "value": value * scale, "overlapping": twice, "share": share, "observation": f"b#1@{number}"}
        for year, scale in ((2023, 1.0), (2024, 0.5))
        for number, (code, value, twice, share) in enumerate(told)
    ]
    rows[-4] |= {"value": None, "status": "missing", "reason": "not_mentioned", "observation": "", "share": None}
    table = pd.DataFrame(rows)
    return table.assign(**{name: pd.to_numeric(table[name]) for name in ("value", "low", "high", "share")})


def parted(language: str) -> figures.Figure:
    """Return the bars of the parts."""
    title, subtitle = _KINDS["parted"][language]
    return figures.parts(part_rows(), title=title, subtitle=subtitle, language=language)


def cell_rows(places: int = 2) -> pd.DataFrame:
    """Return what is told of indicators of two themes: every reason, a year without a document, an indicator nobody tells of."""
    themes = {
        "fd_sign_rate": "family_doctor",
        "fd_teams": "family_doctor",
        "ch_stations_built": "community_health",
        "ch_visits": "community_health",
    }
    by_year = {
        2022: ("no_document",) * 4,
        2023: ("", "target_only", "other_definition", "not_mentioned"),
        2024: ("unreadable", "", "part_of_place_only", "not_mentioned"),
    }
    masked = {(2023, ""): "other_stage", (2024, ""): "not_mentioned", (2024, "unreadable"): "part_of_year_only"}
    rows = [
        {"place_key": f"{code}{number or ''}", "place_code": code, "place": place, "year": year, "indicator": indicator, "theme": theme}
        | {"reason": reason, "observations": 0 if reason else year - 2022, "observation": "" if reason else f"{code}-{year}-summary#1@7"}
        for number in range(places // 2)
        for code, place in (("110000", "北京市"), ("", ""))
        for year, reasons in by_year.items()
        for (indicator, theme), told in zip(themes.items(), reasons, strict=True)
        for reason in [told if code else masked.get((year, told), told)]
    ]
    return pd.DataFrame(rows)


def covered(language: str, places: int = 2) -> figures.Figure:
    """Return the map of what is told."""
    title, subtitle = _KINDS["covered"][language]
    return figures.coverage_map(cell_rows(places), title=title, subtitle=subtitle, language=language)


def ladder_rows() -> pd.DataFrame:
    """Return shares of two themes in three reports, one of them a copy, one with a single share."""
    shares = [("official", 12.6, 13.8), ("official", 5.0, None), ("masked", 24.9, 28.9), ("official", 1.7, 1.1), ("official", 0.0, 0.0)]
    rows = [
        {"panel_zh": panel, "panel_en": panel_en, "name_zh": f"某某市 {2020 + number} 工作总结", "name_en": f"Somewhere {2020 + number} work summary"}
        | {"value": value, "further": further, "tier": tier, "place_code": "1", "place": "某某市", "issuer": "甲委", "issued_in": "文件甲"}
        for number, (tier, value, further) in enumerate(shares)
        for panel, panel_en in (("社区卫生", "Community health"), ("老年健康", "Elderly care"))
    ]  # fmt: skip
    return pd.DataFrame(rows)


def laddered(language: str, columns: int = 1) -> figures.Figure:
    """Draw the rows of a ladder."""
    title, subtitle = {
        "zh": ("社区卫生最多占24.9%", "占字数的比例（%）"),
        "en": ("At most 24.9% on community health", "Share of characters (%)"),
    }[language]
    legend = ("attention_own", "attention_health")
    return figures.ladder(ladder_rows(), title=title, subtitle=subtitle, language=language, unit="%", legend=legend, columns=columns)


def audit_rows(places: int = 2, relations: tuple[str, ...] = ("sum", "rate", "whole_number", "share", "range")) -> pd.DataFrame:
    """Return what the checks of reports came to: every verdict, one of a large number, a relation that is nowhere, a masked copy."""
    verdicts = {"sum": ("holds", "fails", "undecidable"), "rate": ("holds",), "whole_number": ("undecidable",)}
    rows = []
    for number in range(places):
        code, place, tier = ("", "", "masked") if number % 2 else (f"11{number:04}", "北京市", "official")
        report = f"{code or 'masked'}-{number}#1"
        plain = {"report": report, "place_key": code or report, "place_code": code, "place": place, "year": 2023, "genre": "summary"}
        plain |= {"tier": tier, "title": "文件甲", "issuer": "甲委"}
        for relation in relations:
            found = () if number % 2 and relation == "rate" else verdicts.get(relation, ())
            rows += [
                plain
                | {
                    "relation": relation,
                    "verdict": verdict,
                    "checks": 12 + order,
                    "observation": f"{report}@{order}{len(rows)}",
                    "quote": "。",
                }
                for order, verdict in enumerate(found)
            ] or [plain | {"relation": relation, "verdict": "", "checks": 0, "observation": "", "quote": ""}]
    return pd.DataFrame(rows)


def audited(language: str, places: int = 2, **kept: tuple[str, ...]) -> figures.Figure:
    """Return the map of what the checks came to."""
    title, subtitle = _KINDS["audited"][language]
    return figures.audit_map(audit_rows(places, **kept), title=title, subtitle=subtitle, language=language)


def _both(first: str, second: str, told: str, cases: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Return rows with two sides: of each the value, unit and bound, what it is of, and its verdict."""
    rows = []
    for number, (verdict, quote, unit, sides) in enumerate(cases):
        place = ("110000", "北京市", "municipality") if number % 2 else ("110101", "东城区", "district")
        row = dict(zip(("place_code", "place", "place_level"), place, strict=True)) | {"place_key": place[0], "year": 2023, told: verdict}
        row |= {"indicator": "ch_nursing_centres" if number == 0 else ""}
        for name, value in zip((first, second), sides, strict=True):
            low, high = value if isinstance(value, tuple) else (None, None)
            side = {"value": None if isinstance(value, tuple) else value, "low": low, "high": high, "unit": "" if value is None else unit}
            side |= {
                "quote": "" if value is None else f"{quote}{value}{unit}",
                "bound": ">=" if verdict == "short" and name == first else "=",
            }
            side |= {"observation": "" if value is None else f"{name}-2023#1@{number}", "report": f"{name}-2023#1", "title": f"文件{name}"}
            side |= {"issuer": "甲委", "tier": "republisher" if number == 1 and name == first else "official"}
            row |= {f"{name}_{column}": cell for column, cell in side.items()}
        rows.append(row)
    table = pd.DataFrame(rows)
    numbers = [f"{name}_{column}" for name in (first, second) for column in ("value", "low", "high")]
    return table.assign(**{name: pd.to_numeric(table[name]) for name in numbers})


def promise_rows() -> pd.DataFrame:
    """Return promises with every verdict that a figure can have, in three units and unlike sizes, one a range, one in a rare character."""
    return _both(
        "plan",
        "outcome",
        "promise_verdict",
        [
            ("exceeded", "新建社区护理中心", "家", (20.0, 27.0)),
            ("met", "新增托位", "个", (12.0, 12.0)),
            ("short", "在符合条件的二级及以上公立综合医院和中医医院规范设置老年医学科的比例达到", "%", (90.0, 62.5)),
            ("not_reported", "建成𠮷祥养老院", "家", (30.0, None)),
            ("not_reported", "每个中心服务", "人", ((300000.0, 500000.0), None)),
            ("softened", "完成体检", "人", (1300000.0, None)),
        ],
    )


def paired(language: str) -> figures.Figure:
    """Return the pairs of promises and outcomes."""
    title, subtitle = _KINDS["paired"][language]
    return figures.pairs(promise_rows(), title=title, subtitle=subtitle, language=language)


def target_rows() -> pd.DataFrame:
    """Return outcomes with the next targets: raised, kept, lowered, possibly another thing."""
    return _both(
        "outcome",
        "target",
        "next_verdict",
        [
            ("raised", "每千人托位数达到", "个", (3.7, 4.0)),
            ("possible_redefinition", "慢病一体化门诊", "家", (79.0, 50.0)),
            ("kept", "友好社区", "个", (50.0, 50.0)),
            ("lowered", "城乡居民体检", "人", (1669392.0, 1300000.0)),
        ],
    )


def followed(language: str) -> figures.Figure:
    """Return the pairs of outcomes and next targets."""
    title, subtitle = _KINDS["followed"][language]
    return figures.pairs(target_rows(), sides=("outcome", "target"), title=title, subtitle=subtitle, language=language)
