"""Claims: what the words of a form's prose name, and every fault at its place."""

from __future__ import annotations

import pytest

from tests.forms.inline import Desk, spot

TABLE = """\
form: table
attachment: 附件1
columns: [10, 10]
grid:
  - [$staff.posts, $name]
  - repeat: lines
    lines: 2
    line: [$level, $amount]
fields:
  staff.posts: {label: 编制数, type: count}
  name: {label: 名称}
  lines.level: {label: 级}
  lines.amount: {label: 金额, type: money}
"""
PROSE = """\
form: prose
sheet: 正文
columns: [10]
grid: [[$text]]
fields:
  text: {label: 正文}
claims:
"""


def edition(desk: Desk, claims: str) -> None:
    desk.edition("edition: e\ntitle: 测试版本\nforms: [table/v, prose/v]\n")
    desk.form(TABLE, "table/v")
    desk.form(PROSE + "".join(f"  {line}\n" for line in claims.splitlines()), "prose/v")
    desk.campaign()


def test_a_claim_is_what_was_written(desk: Desk) -> None:
    edition(
        desk,
        "编制数: {phrases: [编制, 编制数], field: table!staff.posts}\n行数: {phrases: [行数], count: table!lines.level}",
    )
    _, made = desk.load()
    posts, lines = made.forms[1].claims
    assert (posts.name, posts.phrases, posts.fields) == ("编制数", ("编制", "编制数"), ("table!staff.posts",))
    assert (lines.counts, lines.previous, lines.part_of) == (("table!lines.level",), False, None)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("甲: {phrases: [编制], field: tabel!staff.posts}", "是不是「table」"),
        ("甲: {phrases: [编制], field: table!staff.post}", "是不是「staff.posts」"),
        ("甲: {phrases: [编制], field: staff.posts}", "表!字段"),
        ("甲: {phrases: [编制], field: table!name}", "不是数"),
        ("甲: {phrases: [编制], field: table!lines.amount}", "count"),
        ("甲: {phrases: [编制], count: table!staff.posts}", "count"),
        ("甲: {phrases: [编制], part_of: 乙}", "没有「乙」"),
        ("甲: {phrases: [编制], not_in: [texts]}", "是不是「text」"),
        ("甲: {phrases: [编制], field: table!staff.posts, count: table!lines.level}", "只能写一个"),
    ],
)
def test_a_fault_is_shown_at_the_claim(desk: Desk, claim: str, word: str) -> None:
    edition(desk, claim)
    (place, message) = desk.only_problem()
    path = desk.templates / "forms/prose/v.yaml"
    assert place == ("templates/forms/prose/v.yaml", *spot(path, "甲"))
    assert word in message


def test_one_phrase_names_one_quantity_of_a_year(desk: Desk) -> None:
    edition(desk, "甲: {phrases: [编制]}\n乙: {phrases: [编制]}\n丙: {phrases: [编制], year: previous}")
    (place, message) = desk.only_problem()
    assert place[1:] == spot(desk.templates / "forms/prose/v.yaml", "乙")
    assert "甲" in message


def test_a_claim_of_the_base_is_replaced_or_dropped(desk: Desk) -> None:
    edition(desk, "甲: {phrases: [编制], field: table!staff.posts}\n乙: {phrases: [在职], not_in: [text]}")
    desk.edition("edition: e\ntitle: 测试版本\nforms: [table/v, prose/own]\n")
    own = "form: prose\nextends: prose/v\nwithout: [乙]\nclaims:\n  甲: {phrases: [核定编制]}\n"
    desk.form(own, "prose/own")
    _, made = desk.load()
    assert [(claim.name, claim.phrases, claim.fields) for claim in made.forms[1].claims] == [("甲", ("核定编制",), ())]
