"""Which definition a sentence states: the words of the codebook, and nothing guessed where they do not say."""

from __future__ import annotations

import pytest

from weijian.codebook import codebook
from weijian.definitions import definition_of
from weijian.reading import read

DEFINED = {row["indicator"] for row in codebook().rows("definitions")}


@pytest.mark.parametrize(
    ("sentence", "definitions"),
    [
        ("全区常住人口签约12.5万人,签约率41.2%。", ["fd_sign_rate.residents"]),
        ("全区户籍人口签约率52%。", ["fd_sign_rate.registered"]),
        ("家庭医生签约率41.2%。", ["unknown"]),
        ("提前3天向社区家庭医生开放30%专家门诊号源。", ["fd_slot_share.expert_slots"]),
        ("二级以上综合医院设置老年医学科比例达70%。", ["ec_geriatrics_rate.general"]),
        ("二级以上公立综合医院设置老年医学科比例达70%。", ["ec_geriatrics_rate.public_general"]),
        ("二级以上公立综合医院、中医医院设置老年医学科比例达70%。", ["ec_geriatrics_rate.public_general_tcm"]),
        ("65岁以上老年人城乡社区规范健康管理服务率66%。", ["ec_65_mgmt_rate.standard_management"]),
        ("全市两证齐全的医养结合机构71家。", ["ec_mc_institutions.both_licences"]),
        ("社区卫生服务中心门急诊402.5万人次。", ["ch_visits.outpatient_emergency"]),
    ],
)
def test_a_definition_is_read_where_the_words_state_it(sentence: str, definitions: list[str]):
    found = read(f"临江市2023年卫生健康工作总结\n{sentence}").observations
    assert [observation.definition for observation in found if observation.indicator in DEFINED] == definitions


def test_words_further_back_in_the_clause_state_a_definition_too():
    said = definition_of("fd_sign_rate", "家庭医生签约服务签约率|%", "积极推行居民签约基层首诊,力争签约率")
    assert said == "fd_sign_rate.first_contact"


def test_two_definitions_that_fit_are_none():
    assert definition_of("fd_sign_rate", "常住人口签约率、户籍人口签约率|%", "") == "unknown"


def test_definitions_that_words_can_state_say_by_which():
    assert sum(bool(row["cue"] or row["context"]) for row in codebook().rows("definitions")) > 15
