"""Which figures of a text state a quantity that was named, and which do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.narrative.reading import SETTING, stated, told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年本部门项目支出679.55万元", [("项目支出", "679.55万元")]),
        ("2024 年本部门项目支出 679.55 万元,包括若干项目。", [("项目支出", "679.55 万元")]),
        ("某某局2024年项目支出为6795500元", [("项目支出", "6795500元")]),
        ("核定编制45 名，2024 年实际在职人数41 人", [("编制数", "45 名"), ("在职人数", "41 人")]),
        ("我局共有编制人数七十四人", [("编制数", "七十四人")]),
        ("“三公”经费共支出，“三公”经费0.15万元", [("三公经费", "0.15万元")]),
        ("预算支出：总支出818.93万元", [("总支出", "818.93万元")]),
        ("项目支出：207.59万元", [("项目支出", "207.59万元")]),
        ("项目支出（万元）：207.59万元", [("项目支出", "207.59万元")]),
        ("项目支出　１２３．４５万元", [("项目支出", "123.45万元")]),
        ("预算执行率达到100%", [("执行率", "100%")]),
        (
            "总支出818.93万元，其中：基本支出611.34万元（人员经费、公用经费），项目支出207.59万元",
            [("总支出", "818.93万元"), ("基本支出", "611.34万元"), ("项目支出", "207.59万元")],
        ),
    ],
)
def test_a_figure_right_behind_its_name_is_a_statement(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "积极向上争取全市医保资金共计14.9亿元，其中城乡居民医保补助资金14.07亿元",
        "统筹基金支出17.31亿元，住院次均费用6970.01元",
        "事务中心核定编制10名，局机关核定行政编制5名",
        "项目支出比上年增加20万元",
        "追加项目支出20万元",
        "项目支出约680万元",
        "项目支出680万元左右",
        "项目支出680余万元",
        "项目支出不超过680万元",
        "项目支出600-700万元",
        "项目支出三百多万元",
        "人均基本支出20万元",
        "计划安排项目支出100万元",
        "1-11月项目支出500万元",
        "截至11月底，项目支出500万元",
        "2023年项目支出500万元",
        "上年项目支出500万元",
        "下一年项目支出500万元",
        "年初预算数以外的收入1796.96万元，其中基本支出1400万元",
        "财政下达预算收入2113.82万元，其中基本支出1434.27万元，项目支出679.55万元",
        "项目支出679.55",
        "全面完成编制任务45项",
        "《2024年项目支出管理办法》第679条",
        "项目支出",
        "679.55万元",
    ],
)
def test_what_names_nothing_for_certain_states_nothing(text: str) -> None:
    assert told(text) in ([], [("年初预算", "1796.96万元")])


def test_last_year_is_another_quantity_and_must_be_named() -> None:
    text = "三公经费0.15万元。2023年三公经费0.57万元。"
    assert told(text) == [("三公经费", "0.15万元"), ("上年三公经费", "0.57万元")]


def test_a_year_that_is_only_compared_with_holds_for_its_clause() -> None:
    assert told("基本支出比2023年增加5万元，项目支出30万元") == [("项目支出", "30万元")]
    assert told("2023年基本支出5万元。其中项目支出30万元") == []


def test_a_year_in_a_title_names_no_year() -> None:
    assert told("按照《2021年度管理办法》（某财预〔2021〕337号），项目支出30万元") == [("项目支出", "30万元")]


def test_a_figure_behind_the_name_of_a_project_is_the_projects() -> None:
    found = stated("“系统维护”年初预算20万元，实际支出18万元；“业务培训”年初预算5万元。")
    assert [(one.claim.name, one.project) for one in found] == [
        ("项目年初预算", 1),
        ("项目支出数", 1),
        ("项目年初预算", 2),
    ]
    heading = stated("（1）系统维护\n项目支出18万元，主要用于维护。")
    assert [(one.claim.name, one.project) for one in heading] == [("项目支出数", 1)]
    assert told("另一个专项年初预算20万元") == []
    assert told("“别的”项目。年初预算20万元") == []


def test_a_text_about_one_project_is_about_that_one() -> None:
    found = stated("年初预算20万元", setting=replace(SETTING, project=2))
    assert [(one.claim.name, one.project) for one in found] == [("年初预算", 2)]


def test_a_claim_can_leave_a_section_out() -> None:
    text, claims = "项目支出30万元", stated("项目支出30万元")[0].claim
    assert stated(text, [replace(claims, not_in=("performance",))]) == []


def test_a_statement_is_quoted_with_its_clause() -> None:
    (one,) = stated("全年各项工作开展顺利，群众满意。2024年项目支出679.55万元，包括三个专项，其余从略从略从略从略。")
    assert one.quote.startswith("2024年项目支出679.55万元")
    assert len(one.quote) <= 32
