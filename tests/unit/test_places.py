"""Names of places: a name in, the place or the places it may stand for out."""

from __future__ import annotations

import pytest

from weijian.codebook import codebook
from weijian.places import ancestors, choose, find_names, is_part_of, name_at, place_of
from weijian.words import place_name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上海市闵行区卫生健康委员会", [("闵行区", "310112")]),
        ("江苏省南通市海安市卫生健康委员会", [("海安市", "320685")]),
        ("海安县2015年工作总结", [("海安县", "320621")]),
        ("杭州市临平区、钱塘区", [("临平区", "330113"), ("钱塘区", "330114")]),
        ("新疆维吾尔自治区阿克苏地区库车市", [("库车市", "652902")]),
        ("吉林市船营区", [("船营区", "220204")]),
        ("广东省梅州市梅县区", [("梅县区", "441403")]),
        ("甘孜藏族自治州", [("甘孜藏族自治州", "513300")]),
        pytest.param("公开县级名单", [], id="no 开县 in 公开县级"),
        pytest.param("全市、本区、各县", [], id="no names"),
    ],
)
def test_the_last_name_of_a_chain_is_the_place(text: str, expected: list[tuple[str, str]]):
    assert [(named.name, named.place.code) for named in find_names(text)] == expected


def test_the_span_of_a_chain_covers_all_its_names():
    text = "(上海市闵行区)"
    named = find_names(text)[0]
    assert text[named.start : named.end] == "上海市闵行区"


def test_a_name_of_several_places_has_no_code_unless_the_text_names_their_province():
    named = find_names("朝阳区卫生健康委2024年工作总结")[0]
    assert (named.place.name, named.place.code, named.place.level) == ("朝阳区", "", "district")
    assert {place.code for place in named.candidates} == {"110105", "220104"}
    assert choose(named, "在北京市委、市政府领导下,首都…北京市").place.code == "110105"
    assert choose(named, "没有别的地名").place.code == ""


@pytest.mark.parametrize(
    ("title", "name", "code"),
    [
        ("闵行2024年卫生健康工作总结", "闵行区", "310112"),
        ("湖南卫生健康发展情况", "湖南省", "430000"),
        ("浦东新区2024年工作总结", "浦东新区", "310115"),
        ("重庆两江新区工作要点", "两江新区", "500157"),
        ("唐山海港经济开发区工作专报", "唐山海港经济开发区", ""),
        ("国家老龄事业发展主要数据", "全国", ""),
    ],
)
def test_a_title_may_name_its_place_in_short_or_a_zone_without_a_code(title: str, name: str, code: str):
    named = name_at(title, 0)
    assert named is not None
    assert (named.place.name, named.place.code) == (name, code)


def test_a_title_about_the_country_cities_named_healthy_is_not_about_the_country():
    assert name_at("国家卫生城市创建工作总结", 0) is None


def test_places_know_what_they_are_part_of_and_what_they_were():
    place = place_of("320685")
    assert place is not None
    assert [above.name for above in ancestors(place)] == ["南通市", "江苏省"]
    assert (place.predecessor, place.valid_from) == ("320621", "2018")
    former = place_of(place.predecessor)
    assert former is not None
    assert (former.name, former.valid_to) == ("海安县", "2018")
    shanghai, minhang = place_of("310000"), place_of("310112")
    assert shanghai and minhang and is_part_of(minhang, shanghai) and not is_part_of(shanghai, minhang)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("310000", "municipality"),
        ("330000", "province"),
        ("330100", "sub_provincial_city"),
        ("320600", "city"),
        ("310112", "district"),
        ("320685", "county_city"),
        ("330122", "county"),
    ],
)
def test_every_level_has_its_word(code: str, level: str):
    place = place_of(code)
    assert place is not None
    assert place.level == level


def test_the_table_of_places_is_a_tree_with_codes_of_six_digits():
    rows = codebook().rows("places")
    codes = {row["code"] for row in rows}
    assert len(codes) == len(rows) > 3000
    assert all(code.isdigit() and len(code) == 6 for code in codes)
    assert all(row["parent"] in codes for row in rows if not row["code"].endswith("0000"))
    assert all(row["predecessor"] in codes for row in rows if row["predecessor"])


def test_every_township_of_the_table_stands_once_and_lies_in_a_county_of_today():
    names = [(name, row["county"]) for row in codebook().rows("townships") for name in row["names"].split(";")]
    assert len({name for name, _ in names}) == len(names)
    today = {row["code"] for row in codebook().rows("places") if not row["valid_to"]}
    assert {county for _, county in names} <= today
    assert dict(names)["曲塘"] == "320685"


def test_a_place_that_no_table_holds_is_named_and_not_taken_for_another():
    named = name_at("云溪市卫生健康委员会2024年工作总结", 0)
    assert named is not None
    assert (named.name, named.place.code) == ("云溪市", "")
    assert name_at("全市卫生健康工作总结", 0) is None
    assert name_at("湖滨街道社区卫生服务中心2024年工作总结", 0) is None


@pytest.mark.parametrize(
    ("code", "name", "zh", "en"),
    [
        pytest.param("350102", "鼓楼区", "福州市鼓楼区", "福州市鼓楼区", id="shared by four"),
        pytest.param("320106", "鼓楼区", "南京市鼓楼区", "南京市鼓楼区", id="another of them"),
        pytest.param("110105", "朝阳区", "北京市朝阳区", "北京市朝阳区", id="below a municipality"),
        pytest.param("310112", "闵行区", "闵行区", "Minhang", id="a name of its own"),
        pytest.param("", "岚溪县", "岚溪县", "岚溪县", id="without a code"),
        pytest.param("", "", "隐名城市", "Masked city", id="masked"),
    ],
)
def test_a_name_that_places_share_is_shown_with_the_place_above(code: str, name: str, zh: str, en: str):
    row = {"place_code": code, "place": name}
    assert (place_name(row, "zh"), place_name(row, "en")) == (zh, en)
