"""Places: the names of provinces, prefectures and counties in a title, an issuer's name or a sentence.

In: a short text. Out: the places it names, each with its code, or with all its candidates when one name stands
for several. The names are rows of ``codebook/places.csv``, read when the first name is looked for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from weijian.codebook import FOLDER, codebook

_SUFFIX = re.compile("[省市区县旗盟州]")
_LONGEST = 15
_AMBIGUOUS_LEVEL = ""
_ZONE = re.compile(
    "[\u4e00-\u9fff]{2,12}?(?:(?:经济技术|经济|高新技术产业|高新|产业|综合|生态)?(?:开发区|示范区|试验区|实验区)|新区|高新区|度假区|工业园区)"
)
_BELOW = re.compile("街道|[镇乡村路]")
_UNKNOWN = re.compile(
    '(?![全我本各该某两省市区县])[\u4e00-\u9fff]{2,4}?[市区县旗州盟](?=卫生|卫健|健康|老龄|疾控|人民政府|政府|计生|[12][09]\\d\\d|关于|第|[“"]?十[一二三四五六]五)'
)
_COUNTRY = re.compile("全国|我国|中国|国家(?=老龄|卫生健康(?:委|事业|发展)|卫健委|统计|疾控)")


class Place(NamedTuple):
    """A division of the country: six-digit code, name, short name, level, and the years of its name if known."""

    code: str
    name: str
    short_name: str = ""
    level: str = ""
    parent: str = ""
    valid_from: str = ""
    valid_to: str = ""
    predecessor: str = ""


class Named(NamedTuple):
    """A name of a place in a text, with the places that it may stand for (none for a zone without a code)."""

    start: int
    end: int
    name: str
    candidates: tuple[Place, ...]

    @property
    def place(self) -> Place:
        """The place, with an empty code when the name does not tell which one it is."""
        if len(self.candidates) == 1:
            return self.candidates[0]
        levels = {candidate.level for candidate in self.candidates}
        return Place("", self.name, level=levels.pop() if len(levels) == 1 else _AMBIGUOUS_LEVEL)


class _Gazetteer(NamedTuple):
    by_code: dict[str, Place]
    by_name: dict[str, list[Place]]
    by_short_name: dict[str, list[Place]]


@lru_cache(maxsize=1)
def _gazetteer() -> _Gazetteer:
    gazetteer = _Gazetteer({}, {}, {})
    for place in map(Place._make, _rows()):
        gazetteer.by_code[place.code] = place
        gazetteer.by_name.setdefault(place.name, []).append(place)
        gazetteer.by_short_name.setdefault(place.short_name, []).append(place)
    return gazetteer


def _rows() -> Sequence[Sequence[str]]:
    """The rows of places.csv; all cells are checked (that takes 0.1 s) only when they look wrong or a corpus adds some."""
    rows = [] if codebook().additions else _unchecked_rows()
    return rows or [[row[name] for name in Place._fields] for row in codebook().rows("places")]


def _unchecked_rows() -> Sequence[Sequence[str]]:
    try:
        with (FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file, strict=True)
    except (OSError, ValueError, csv.Error):
        return []
    return rows if tuple(header) == Place._fields and all(len(row) == len(header) and len(row[0]) == 6 for row in rows) else []


def province_of(code: str) -> str:
    """Return the code of the province that a place code lies in, empty for none.

    >>> province_of("440103"), province_of("")
    ('440000', '')
    """
    return f"{code[:2]}0000" if code else ""


def place_of(code: str) -> Place | None:
    """Return the place with a six-digit code, of today or of the past.

    >>> place_of("320621").name, place_of("320685").predecessor
    ('海安县', '320621')
    """
    return _gazetteer().by_code.get(code)


def ancestors(place: Place) -> Iterator[Place]:
    """Yield the places that a place is part of, the nearest first.

    >>> [above.name for above in ancestors(place_of("320685"))]
    ['南通市', '江苏省']
    """
    above = place_of(place.parent) if place.parent else None
    while above is not None:
        yield above
        above = place_of(above.parent) if above.parent else None


def is_part_of(place: Place, whole: Place) -> bool:
    """Say whether a place lies in another one."""
    return any(above.code == whole.code for above in ancestors(place))


def find_names(text: str, start: int = 0, end: int | None = None) -> list[Named]:
    """Return the full names of places in a text, in order; of a chain of names (省、市、县) the last.

    >>> [named.place.code for named in find_names("福州市鼓楼区卫生健康委员会")]
    ['350102']
    >>> [named.place.code for named in find_names("朝阳区卫生健康委")]
    ['']
    """
    found: list[Named] = []
    for suffix in _SUFFIX.finditer(text, start, len(text) if end is None else end):
        named = _ending_at(text, suffix.end(), start)
        if named is None or (named.end < len(text) and text[named.start : named.end + 1] in _gazetteer().by_name):
            continue  # 梅县 in 梅县区 is no name of its own
        linked = _linked(found[-1], named) if found and found[-1].end == named.start else None
        if linked:
            found[-1] = linked
        else:
            found.append(named)
    return found


def _ending_at(text: str, end: int, floor: int) -> Named | None:
    names = _gazetteer().by_name
    for length in range(min(_LONGEST, end - floor), 1, -1):
        places = names.get(text[end - length : end])
        if places and (length > 2 or _stands_alone(text, end - 2)):
            return Named(end - length, end, text[end - length : end], _of_today(places))
    return None


def _stands_alone(text: str, start: int) -> bool:
    """Whether a name of two characters begins there: 开县 does not in 公开县级."""
    before = text[start - 1 : start]
    return not "\u4e00" <= before <= "\u9fff" or before in "年省市州盟"


def _of_today(places: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(place for place in places if not place.valid_to) or tuple(places)


def _linked(whole: Named, part: Named) -> Named | None:
    """The two names as one, when the second place lies in the first."""
    inside = tuple(place for place in _gazetteer().by_name[part.name] if any(is_part_of(place, above) for above in whole.candidates))
    return Named(whole.start, part.end, part.name, _of_today(inside)) if inside else None


def name_at(text: str, start: int) -> Named | None:
    """Return the place that a title names from a position on: a full name, a zone, a short name or the country.

    >>> name_at("闵行2024年卫生健康工作总结", 0).place.name
    '闵行区'
    >>> name_at("唐山海港经济开发区工作专报", 0).name
    '唐山海港经济开发区'
    """
    full = next((named for named in find_names(text, start, start + 3 * _LONGEST) if named.start == start), None)
    zone = _ZONE.match(text, start)
    if full and not (zone and zone.end() > full.end and not _words_between(text, full, zone.end())):
        return full
    if zone and _short_name_at(text, start):
        inside = next((named for named in find_names(text, start, zone.end()) if named.end == zone.end()), None)
        return inside._replace(start=start) if inside else Named(start, zone.end(), zone.group(), ())
    short, unknown = _short_name_at(text, start), unknown_at(text, start)
    country = _COUNTRY.match(text, start)
    if country and not short:
        return Named(start, country.end(), country.group(), (Place("", "全国"),))
    if short and unknown and unknown.end == short.end + 1:
        return unknown  # 云溪市 is not 云溪区
    return short or unknown


def unknown_at(text: str, start: int) -> Named | None:
    """Return the name of a place that no table holds, with no place behind it: 云溪市 before 卫生健康委员会 or a year.

    >>> unknown_at("云溪市卫生健康委员会", 0).name, unknown_at("全市卫生健康工作", 0)
    ('云溪市', None)
    """
    found = _UNKNOWN.match(text, start)
    return Named(start, found.end(), found.group(), ()) if found and found.group() not in _gazetteer().by_name else None


def places_named(name: str) -> tuple[Place, ...]:
    """Return the places that a whole name may stand for: a full name, alone or behind those around it, or a short one.

    >>> [place.code for place in places_named("浙江省杭州市")], [place.code for place in places_named("闵行")]
    (['330100'], ['310112'])
    """
    found = find_names(name)
    if found and found[-1].end == len(name):
        return found[-1].candidates
    short = _short_name_at(name, 0)
    return short.candidates if short and short.end == len(name) else ()


def _words_between(text: str, full: Named, end: int) -> bool:
    return bool(re.search("[卫工年]", text[full.end : end]))


def _short_name_at(text: str, start: int) -> Named | None:
    for length in (6, 5, 4, 3, 2):
        places = _gazetteer().by_short_name.get(text[start : start + length])
        if places and start + length <= len(text) and not _BELOW.match(text, start + length):
            return Named(start, start + length, text[start : start + length], _highest(_of_today(places)))
    return None


def _highest(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Of the places that share a short name, those whose code ends in the most zeros: 长春 is the city."""
    rank = min((place.code[2:] != "0000") + (place.code[4:] != "00") for place in places)
    return tuple(p for p in places if (p.code[2:] != "0000") + (p.code[4:] != "00") == rank)


def choose(named: Named, text: str) -> Named:
    """Return the name with the one candidate whose province or city the text names most, if there is one.

    >>> name = find_names("鼓楼区卫生健康局")[0]
    >>> choose(name, "在福州市委、市政府的领导下").place.code
    '350102'
    """
    if len(named.candidates) < 2:
        return named
    counts = [(sum(text.count(above.short_name) for above in ancestors(place)), place) for place in named.candidates]
    best = max(count for count, _ in counts)
    chosen = tuple(place for count, place in counts if count == best)
    return named._replace(candidates=chosen) if best and len(chosen) == 1 else named
