"""Whose number a table's cell holds: its subject, scope, period and status, from the headers of row and column.

In: a ``Cell`` and the setting it stands in. Out: an ``Entry``. A place or an institution among the headers narrows
the scope; totals and the report's own place do not; the nation, the province and averages are references.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from weijian.clauses import Setting
from weijian.grids import Cell
from weijian.headers import YEAR, bare, change_in, is_part, level_of
from weijian.indicators import themes_in
from weijian.phrases import joined
from weijian.titles import years_of

_DATED = re.compile(
    rf"(?:截至|到)?{YEAR}(?:年(?:度|末|底|初)?)?(?:[-—~至到]{YEAR}(?:年(?:度|末|底)?)?)?(?:\d{{1,2}}(?:[-—]\d{{1,2}})?月(?:底|末|份)?)?"
)
_SPAN = re.compile(rf"({YEAR})年?度?[-—~至到]({YEAR})")
_NOW = r"(?:本年|今年|当年|本期|报告期|上年|去年|上一年|上期|前年|明年|下年)"
_RELATIVE = re.compile(rf"^{_NOW}度?(?:同期)?(?:末|底)?|{_NOW}度?(?:同期)?(?:末|底)?$")
_STEP = {"上": -1, "去": -1, "前": -2, "明": 1, "下": 1}
_FIVE_YEARS = re.compile(r"“?十[一二三四五六]五”?(?:期|规划)?(?P<end>期?末)?")
_STAGE = re.compile(
    r"(?:年度|全年|规划|预期|考核|工作|主要|约束性?|预期性?|目前|截至目前)*(?:目标(?:任务)?(?:值|数|量)?|(?:计划|拟|应)(?:任务)?(?:完成)?(?:值|数|量)?|"
    r"任务(?:数|量|值)?|(?:目标|任务|计划)?完成(?:情况|值|数|量)|完成|实际(?:完成|达到)?(?:值|数|情况)?|现状(?:值|数)?|基[期线](?:值|数)?|达到(?:值|数)?|要求|参考值|"
    r"标准值?|进展(?:情况)?)$"
)
_NEUTRAL = re.compile(
    r"(?:具体|主要|统计|指标)?(?:数值|数量|数据|指标值?|值|数|情况|结果|内容|项目|名称|单位|总量|总数|指标名称|主要内容|工作内容|合计|总计|小计)|单位名称"
)
_TOTAL = re.compile(r"(?:全[市区县省州]|全系统|总)?(?:合计|总计|共计|汇总|总数|总体)数?|小计|全[市区县省州]|全系统")
_WIDE = re.compile(r"(全国|我国|国家|全省|省级?|全市|市级?|全区|全县)(?:平均|均值|均)?(?:水平|标准)?(?:值|数)?")
_MEAN = re.compile("平均|均|标准|水平")
_STANDARD = re.compile(r"(?:参考|标准|对照)(?:值|标准)|(?:行业|国内|国际)?(?:标准|平均水平)")
_LEVELS = {"国": 0, "省": 1, "市": 2, "州": 2, "盟": 2, "区": 3, "县": 3, "旗": 3}
_LISTS_PLACES = re.compile(
    r"各?(?:地区|县区|区县|县市区?|市县区?|地市|市州|州市|区市县|县\(市、?区\)|区\(县\)|区县\(市\)|县\(区\)|街道|乡镇|镇街|街镇|镇\(街道\)|街道\((?:乡?、?镇)\)|乡镇\(街道\)|辖区|"
    r"行政区划?|行政区域|区域|片区|所在地|市|区|县|镇)(?:名称)?"
)
_LISTS_HOUSES = re.compile(r"(?:[\u4e00-\u9fff]{0,6})?(?:机构|医院|单位|中心|卫生院|集团|医共体)(?:名称)?")
_HOUSE = re.compile(r"(?:院|中心|站|所|集团|医联体|医共体|室|局|委|部|分院)(?:\([^()]*\))?$")
_KINDS = re.compile(
    r"综合|专科|中西医结合|中医药?|妇幼保健|妇产|妇幼|儿童|传染病|精神病?|口腔|眼科|肿瘤|胸科|康复|护理|老年病?|公立|民营|私立|社会办|非公立|[一二三]级|[甲乙丙]等|[三二]甲|"
    r"[县市区省村乡镇]级|[市区县省]属|部属|基层|医疗|卫生|乡镇|街道|社区|城市|农村|专业|公共|疾病预防控制|疾控|急救|采供血|健康教育|职业病|养老|医养结合|其他|各类?|所有|"
    r"服务|保健|机构|医院|医学|中心|站|点|院|所|室|村|门诊部?|诊所|示范性?|标准化|规范化|特色|新建|改建|建成|达标|优质|星级|一体化|智慧|以上|以下|及|和|与|、|\([^()]*\)"
)
_OWN_HOUSE = re.compile(r"[省市区县州](?:第?[一二三四五六七八九十]{1,3}(?:人民)?医?院|人民医院|中医院|妇幼|疾控|中心医院|急救|血站|中西医)")
_IN_PLACE = re.compile(r"[\u4e00-\u9fff]{2,5}(?:街道|镇|乡|区|县|市)(?=[\u4e00-\u9fff]{2,})")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}(?:区|县|市|镇|乡|街道|旗|州|开发区|管委会)|城区|农村|城市|城镇|乡村|市本级|区本级|[省市区县]直")
_NO_PLACE = re.compile(
    r"社区|示范|卫生|健康|友好|试点|先进|国家|文明|医养|安宁|综合|创建|达标|其他|先行|覆盖|园区|小区|病区|院区|牧区|各|每|所有|乡镇$|全部|部分|服务|优秀|老年|建成|已|累计|家庭"
)
_COMPLETION = re.compile(r"(?:完成|达成|执行)(?:率|比例?|进度)|进度$")
_TARGET = re.compile(r"目标|(?<!计)计划(?!生育|免疫)|任务|规划|预期|要求|约束|拟|力争")
_ACTUAL = re.compile(r"(?<!计划)(?<!拟)(?<!应)(?<!需)完成|实际|实绩|现状|基期|基线|已")
_CATEGORY = re.compile(r"领域|(?:指标)?类[别型]|分类|维度|板块|方面|一级指标|类目|序号")
_EACH = re.compile(r"^各(?:地区?|单位|机构|街道|乡镇|镇街|街镇|[区县市镇乡州])+(?:\([^()]*\))?")
_NAME_OF_TABLE = re.compile(
    r"^(?:附?[表件]|专栏)[\d一二三四五六七八九十]*[-.:、]?\d*|(?:基本|主要)?(?:情况|统计|一览|汇总|明细|指标)*表?$|\(?单位:.*|\(\)"
)


class Entry(NamedTuple):
    """What the headers of a cell say; ``row`` is the subject without its column, for a cell that is read like prose."""

    subject: str
    parent: str
    row: str
    scope: str
    period: str
    status: str
    context: str
    completion: bool


class _Heads(NamedTuple):
    words: str
    scope: str
    reference: bool


def entry_of(cell: Cell, setting: Setting) -> Entry:
    """Return whose number a cell holds.

    >>> from weijian.grids import Tables
    >>> text = "|地区|签约居民(人)|\\n|上河区|213|\\n|合计|395|"
    >>> cell = Tables(text).cell_at(text.index("213"))
    >>> entry_of(cell, Setting("", 2023, ()))[:4]
    ('签约居民', '', '', '上河区')
    """
    heads = [_heads(part, stub, setting.place, True) for part, stub in zip(cell.row, cell.stubs, strict=True)]
    row, parent = _row(cell, heads)
    over = [_heads(part, "", setting.place, False) for part in cell.column]
    scope = next((head.scope for head in (*heads, *over) if head.scope), "")
    column = _together(head.words for head in over)
    column = column or _together(_heads(part, "", setting.place, False).words for part in cell.level)
    subject = _together((row, column)) or cell.group or _name(cell.caption, setting.place)
    reference = any(head.reference for head in (*heads, *over))
    context = f"{cell.caption}{cell.group}|{'|'.join(map(bare, (*cell.row, *cell.column)))}|"
    completion = any(map(_COMPLETION.search, cell.column))
    status = "reference" if reference else _status(cell, setting)
    return Entry(subject, parent, row, scope, _period(cell, setting.year), status, context, completion)


def _together(parts: Iterable[str]) -> str:
    """Return headers as one phrase, what two of them share being said once."""
    words = ""
    for part in parts:
        words = joined(words, part) if words and not part.startswith(words) else part or words
    return words


def _row(cell: Cell, heads: list[_Heads]) -> tuple[str, str]:
    """Return the subject of a row, and what it is a part of."""
    named = [(head.words, bare(stub)) for head, stub in zip(heads, cell.stubs, strict=True) if head.words]
    words = _together(words for words, stub in named if (words, stub) == named[-1] or not _CATEGORY.fullmatch(stub))
    if not cell.row or any(head.scope for head in heads):
        return words, ""
    topic = bare(cell.stubs[0])
    topic = topic if topic and not _NEUTRAL.fullmatch(topic) and themes_in(topic) and not _CATEGORY.fullmatch(topic) else ""
    parent = ""
    if any(map(is_part, cell.row)) and (len(cell.row) == 1 or not bare(cell.row[0])):
        parent = _plain(cell.above)
    elif not words and change_in(cell.row[-1]):
        words = _plain(cell.above)
    owner = joined(topic, parent) if topic and parent and topic not in parent else parent or topic
    return (joined(owner, words) if owner and words and owner not in words else words), owner


def _heads(part: str, stub: str, own: str, of_row: bool) -> _Heads:
    """Return what one header says: the words of the subject, or the place that it narrows the number to."""
    words = _plain(part) if of_row else _without_stage(_plain(part))
    wide = _WIDE.fullmatch(words)
    if wide and (wide[1].startswith(("全", "我", "国")) or _MEAN.search(words)):
        return _Heads("", *_of_whole(wide[1], bool(_MEAN.search(words)), own))
    if _STANDARD.fullmatch(bare(part)):
        return _Heads("", "", True)
    if _TOTAL.fullmatch(words) or _NEUTRAL.fullmatch(words):
        return _Heads("", "", False)
    if not words or not _is_name(words, bare(stub), of_row):
        return _Heads(words, "", False)
    return _Heads("", "" if own and (words in own or own in words) and not words.endswith(("院", "中心")) else words, False)


def _of_whole(whole: str, mean: bool, own: str) -> tuple[str, bool]:
    """Return the scope of 全国, 全省, 全市, and whether it is somebody else's: what is wider than the report's place."""
    level = 0 if "国" in whole else _LEVELS[whole.removesuffix("级")[-1]]
    ours = _LEVELS.get(own[-1:])
    wider = (level == 0 or mean) if ours is None else level < ours
    return (("全国", "全省", "全市", "全区")[level], True) if wider else ("", False)


def _is_name(words: str, stub: str, of_row: bool) -> bool:
    """Say whether words name one place or institution, and no kind of them."""
    if of_row and _LISTS_PLACES.fullmatch(stub):
        return True
    if _HOUSE.search(words):
        rest = _KINDS.sub("", words)
        named = _OWN_HOUSE.search(words) or (_IN_PLACE.match(words) and len(rest) > 1)
        return bool(named) or (of_row and bool(_LISTS_HOUSES.fullmatch(stub)) and len(rest) > 1)
    return bool(_PLACE.fullmatch(words)) and not _NO_PLACE.search(words)


@lru_cache(maxsize=4096)
def _plain(header: str) -> str:
    """Return the words of a header without unit, change and date."""
    words = level_of(header)
    return _RELATIVE.sub("", _FIVE_YEARS.sub("", _DATED.sub("", words))).strip("的")


def _without_stage(words: str) -> str:
    return _STAGE.sub("", words)


def _name(caption: str, own: str) -> str:
    """Return what a table is about, by its name: for a number whose headers are only a place and a year."""
    names = [_NAME_OF_TABLE.sub("", _NAME_OF_TABLE.sub("", _DATED.sub("", part))).removeprefix(own) for part in caption.split("|")]
    return next((_EACH.sub("", bare(name)) for name in reversed(names) if len(name) > 1), "")


def _status(cell: Cell, setting: Setting) -> str:
    """Return the status that the column states, or that its year has in a table of aims."""
    for part in reversed((*cell.level, *(row for row in cell.row if _STAGE.fullmatch(_plain(row))), *cell.column)):
        if _COMPLETION.search(part):
            return "actual"
        words = bare(part)
        if _ACTUAL.search(words):
            return "actual"
        if _TARGET.search(words):
            return "target"
    if cell.aim in ("base", "aim"):
        return "target" if cell.aim == "aim" else "actual"
    return "actual" if cell.aim == "earlier" and setting.genre == "plan" and setting.year is None else ""


def _period(cell: Cell, year: int | None) -> str:
    """Return the period that the headers or the name of the table give, or an empty string."""
    years = set(re.findall(YEAR, cell.caption))
    named = int(years.pop()) if len(years) == 1 else None
    for part in (*reversed(cell.column), *reversed(cell.row), *(part for part in cell.level if re.search(YEAR, part))):
        found = _dated(level_of(part), named or year)
        if found:
            return found
    return str(named) if named else ""


@lru_cache(maxsize=4096)
def _dated(words: str, year: int | None) -> str:
    span = _SPAN.search(words)
    if span:
        return f"{span[1]}-{span[2]}"
    date = _DATED.search(words)
    if date:
        ends = date.group().startswith("截至") or date.group().endswith(("年末", "年底"))
        named = re.findall(YEAR, date.group())[-1]
        return f"end-{named}" if ends else named
    plan = _FIVE_YEARS.search(words)
    if plan:
        first, last = years_of(plan.group()).split("-")
        return f"end-{last}" if plan["end"] else f"{first}-{last}"
    relative = _RELATIVE.search(words)
    return str(year + _STEP.get(relative.group()[0], 0)) if relative and year else ""
