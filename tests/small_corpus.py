"""A corpus of two short reports in our own words, for tests to build, spoil and build again."""

from __future__ import annotations

from pathlib import Path

HEADER = "file,sha256,title,issuer,place_code,place,tier,note,rights_note"
SUMMARY = """深圳市卫生健康委员会2023年工作总结

一、基层卫生

(一)家庭医生签约服务。全市家庭医生签约居民超过320万人,常住人口家庭医生签约率38.5%。组建家庭医生团队1200个。

(二)社区卫生。新建社区卫生服务中心6家,门急诊2080.5万人次,同比增长4.2%。

二、老年健康

65岁以上老年人健康管理率72.3%。
"""
PLAN = """2024年深圳市卫生健康工作要点

一、推进家庭医生签约服务

力争常住人口家庭医生签约率达到40%以上。

咨询电话:0755-12345678
"""


def make(root: Path, *, rows: str = "city-2023-summary.txt,,,,,,official,,\ncity-2024-plan.txt,,,,,,mirror,,\n") -> Path:
    """Write the corpus below a folder and return the folder."""
    raw = root / "data" / "raw"
    raw.mkdir(parents=True)
    (raw / "city-2023-summary.txt").write_text(SUMMARY, encoding="utf-8")
    (raw / "city-2024-plan.txt").write_text(PLAN, encoding="utf-8")
    (raw / "manifest.csv").write_text(f"{HEADER}\n{rows}", encoding="utf-8")
    return root


def tables(root: Path) -> dict[str, bytes]:
    """Return the files of data/processed."""
    folder = root / "data" / "processed"
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}
