"""Numbers of headings and points."""

from __future__ import annotations

import pytest

from xlsxeval.narrative.heading_numbers import misnumbered


def faults(text: str) -> list[tuple[str, str]]:
    return [(fault.before.text, fault.mark.text) for fault in misnumbered(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一、甲\n二、乙\n四、丁", [("二、", "四、")]),
        ("（一）甲\n（二）乙\n（二）乙\n1.丙\n2.丁\n（三）戊", [("（二）", "（二）")]),
        ("1.甲\n2.乙\n4.丁\n5.戊", [("2.", "4.")]),
        ("一是甲；二是乙；二是丙；三是丁。", [("二是", "二是")]),
        ("一、甲\n二、一般公共预算\n四、丙", [("二、", "四、")]),
        ("十、甲\n十一、乙\n十三、丙", [("十一、", "十三、")]),
    ],
)
def test_a_number_out_of_its_turn_is_told_once(text: str, expected: list[tuple[str, str]]) -> None:
    assert faults(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "一、甲\n（一）乙\n（二）丙\n二、丁\n（一）戊\n（二）己",
        "（1）甲。一是乙；二是丙。\n（2）丁。一是戊；二是己。\n（3）庚",
        "1．甲\n一是乙。二是丙。三是丁。\n2．戊\n一是己。二是庚。",
        "（一）甲\n一是乙：一是丙，二是丁。二是戊。\n（二）己",
        "三、甲\n四、乙",
        "二十、甲\n二十一、乙",
        "1.5万元\n2024年\n3、4月份开展了检查",
        "一、二级医院都查了。",
        "一、甲\n二、一般公共预算支出情况\n三、三公经费支出情况\n四、丁",
        "一、甲\n二、乙\n三、四季度各查了一次。\n三、丙",
        "这是甲。那是乙。",
        "",
    ],
)
def test_lists_that_begin_again_or_lie_in_one_another_are_right(text: str) -> None:
    assert faults(text) == []
