"""Bytes become text in the encoding they are written in: UTF-8, UTF-16, GB18030 (with GB2312 and GBK) or Big5.

In: the bytes of a file, and the encoding that the file declares of itself. Out: the text, every character and line end kept, and the
name of the encoding: ``content.decode(name)`` is the text. The evidence is which reading gives common Chinese characters; a
declaration only decides between readings that are equally good.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple, NoReturn

from weijian.errors import DocumentError

_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CHINESE = ("gb18030", "big5", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_FAMILIES = re.compile("(?P<gb>gb|cp936|936|euc-?cn|hz)|(?P<big5>big-?5|cp950|950)|(?P<utf>utf-?16|unicode|ucs)", re.IGNORECASE)
_FREQUENT = frozenset(
    "的一是不了在人有我他这这個个中大来上到时地为和国会年说们要就出以用可也对成分生能而子那得于着下自之工作市区县省卫生健康医疗院"
    "全家庭签约服务基层机构公共疾病防控预老龄化人口妇幼保药品改革建设发展推进加强提升完开展组织实施落管理监督护养中心社区居民"
    "万亿千百十二三四五六七八九次名项所率同比增长下降高新第日月底总结计划要点重情况主任党委政府部门各级部关系统信息数据网络平台技"
    "术标准规范质量安全好多行方法事业经济动学现体行经同面种过后定进着等都本理点起方当没家道长从前开手看想间只外被向两些并资"
    "覆盖达到持续深入积极化综合专科临床教育培训人才队伍支持保障制度政策改善创建优先试验收入院患者门诊急床位手术出住均费用"
    "及其与或由将应急处置应对感染控疫苗接种慢性高血压糖尿精神残疾儿童孕产死亡率心理食品职业环境爱国运动文明城农村乡镇街道"
    "們這個來時為國會說對發種過後間從經現體動學業進處當樣關門開無電長問題實際總結報導應該幾務區縣衛醫療層機構預齡婦藥擴"
    "設強開組織實監護養級統計劃點項萬億標準規範質數據網絡臺術達續積極綜專臨床訓隊資撐創優試驗術診費與將應緊處蓋診錄證據"
    "條減約簽聯結團員財產責書舉辦調轉運連遠選邊還讓認識談議論變見觀視覺親買賣車軍輕農辭邊錯鐘鎮鄉難顧類風飛飯館馬驗麼點黨齊"
)
_PRINTED = frozenset("，。、；：？！“”‘’（）《》【】〔〕—…·　％．－～①②③④⑤⑥⑦⑧⑨⑩０１２３４５６７８９℃「」『』\ufeff\xa0\u2022")
_ASCII = re.compile("[\x00-\x7f]+")
_CONTROL = re.compile("[\x00-\x06\x0e-\x1f\x7f]")
_UTF8_CHINESE = re.compile(rb"[\xe3-\xe9\xef][\x80-\xbf][\x80-\xbf]")
_OTHER_LETTERS = re.compile("(?=.*[\u0180-\u07ff])[\x00-\u07ff]*", re.DOTALL)
_ASCII_BYTES = bytes(range(128))
_SAMPLE, _LONG, _LEAST, _SURE, _TIE = 100_000, 200, 0.3, 0.6, 0.1
_DAMAGED = "the file is damaged or cut off: get it again, and save it as UTF-8"


class _Candidate(NamedTuple):
    """A reading of the bytes: how common its characters are (-1 to 1), whether it was declared, its text and encoding."""

    score: float
    declared: bool
    text: str
    encoding: str


def decode(content: bytes, where: str, declared: str = "") -> tuple[str, str]:
    """Return the text of a file and the name of its encoding, so that ``content.decode(name)`` is the text.

    Raises DocumentError, with byte and line, for damaged text, and for bytes that are no text.

    >>> decode("2023年全市签约率46.35%".encode("gbk"), "a.txt")
    ('2023年全市签约率46.35%', 'gb18030')
    >>> decode("全市衛生工作總結".encode("big5"), "a.txt", declared="gb2312")
    ('全市衛生工作總結', 'big5')
    """
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return _strictly(content, encoding, where), encoding
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as trouble:
        if _is_damaged_utf8(content, trouble.start):
            _refuse(content, "utf-8", where)
    else:
        if not _is_binary(text) and not _OTHER_LETTERS.fullmatch(text):
            return text, "utf-8"
        if not _is_binary(text):  # 签约 in GBK is two letters of other alphabets in UTF-8
            best = _best(content, declared)
            return (best.text, best.encoding) if best and best.score > _SURE else (text, "utf-8")
    best = _best(content, declared)
    if best is None:
        _refuse_unread(content, where)
    return best.text, best.encoding


def _strictly(content: bytes, encoding: str, where: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        _refuse(content, encoding, where)
    if _is_binary(text):
        _refuse_binary(where)
    return text


def _is_binary(text: str) -> bool:
    """Whether zero bytes or many control characters show that these are no words; a stray one is left in its place."""
    return "\0" in text or len(_CONTROL.findall(text, 0, _SAMPLE)) * 50 > min(len(text), _SAMPLE)


def _is_damaged_utf8(content: bytes, fault: int) -> bool:
    """Whether most bytes beyond ASCII around the fault stand in Chinese characters of UTF-8, which no other encoding gives by chance."""
    if b"\0" in content:
        return False
    around = content[max(0, fault - _SAMPLE) : fault + _SAMPLE]
    return 2 * 3 * len(_UTF8_CHINESE.findall(around)) > len(around.translate(None, _ASCII_BYTES))


def _best(content: bytes, declared: str) -> _Candidate | None:
    """The reading with the most common characters; the declared one, or the one named first, when two are equally good."""
    family = _family(declared)
    found = []
    for encoding in _CHINESE:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_binary(text):
            continue
        sample = _beyond_ascii(text)
        found.append(_Candidate(_score(sample), _family(encoding) == family, text, encoding))
        if len(sample) > _LONG and found[-1].score > _SURE:
            break
    top = max((candidate.score for candidate in found), default=-1.0)
    if top < _LEAST:
        return None
    good = [candidate for candidate in found if candidate.score > top - _TIE]
    declared_ones = [candidate for candidate in good if candidate.declared]
    if declared_ones:
        return declared_ones[0]
    return max(good, key=lambda candidate: candidate.score)


def _family(encoding: str) -> str:
    found = _FAMILIES.search(encoding)
    return found.lastgroup or "" if found else ""


def _beyond_ascii(text: str) -> str:
    return _ASCII.sub("", text)[:_SAMPLE]


def _score(characters: str) -> float:
    """How common characters beyond ASCII are: 1 when all are frequent, below 0 when most are rare."""
    if not characters:
        return 1.0
    frequent = sum(map(characters.count, _FREQUENT & set(characters)))
    common = sum(map(characters.count, (_common() | _PRINTED) & set(characters) - _FREQUENT))
    known = sum(map(characters.count, _known() & set(characters) - _FREQUENT - _common() - _PRINTED))
    rare = len(characters) - frequent - common - known
    return (frequent + 0.6 * common + 0.2 * known - 0.5 * rare) / len(characters)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The characters that the standards themselves put first as common: level 1 of GB 2312 and of Big5."""
    trails = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    simplified = bytes(b for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    traditional = bytes(b for lead in range(0xA4, 0xC7) for trail in trails for b in (lead, trail))
    return frozenset(simplified.decode("gb2312", "ignore")) | frozenset(traditional.decode("big5", "ignore"))


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """The characters of GB 2312 that names are written with: level 2."""
    level = bytes(b for lead in range(0xD8, 0xF8) for trail in range(0xA1, 0xFF) for b in (lead, trail))
    return frozenset(level.decode("gb2312", "ignore"))


def _refuse_unread(content: bytes, where: str) -> NoReturn:
    """Raise DocumentError for bytes that no encoding reads whole: text with some bad bytes, or no text at all."""
    score, encoding = max((_score(_beyond_ascii(content.decode(name, "replace"))), name) for name in ("gb18030", "big5"))
    zeros = b"\0" in content
    if score >= _LEAST and not zeros and _fails(content, encoding):
        _refuse(content, encoding, where)
    if zeros or _is_binary(content.decode("latin-1")) or not _fails(content, "utf-8"):
        _refuse_binary(where)
    _refuse(content, "utf-8", where)


def _fails(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return True
    return False


def _refuse_binary(where: str) -> NoReturn:
    problem = "this is no text: it holds zero bytes or control characters"
    raise DocumentError(problem, where=where, remedy="give the report itself, and not a picture, a program or an archive")


def _refuse(content: bytes, encoding: str, where: str) -> NoReturn:
    """Raise DocumentError with the first byte that is not of the encoding, and its line."""
    try:
        content.decode(encoding)
    except UnicodeDecodeError as trouble:
        line = content.count(b"\n", 0, trouble.start) + 1
        place = f"{where}, byte {trouble.start} (line {line})"
        problem = f"the byte 0x{content[trouble.start]:02x} is not {encoding.upper()}"
        raise DocumentError(problem, where=place, remedy=_DAMAGED) from None
    raise AssertionError(f"{where} reads as {encoding}")
