"""The notices and the list: what is asked of whom, as text, as mail, as a table."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from tests.board.offices import ACCEPTED, HINT, NOON, came, campaign, error, state_of, town, unit, unreadable, warning
from xlsxeval.board import BoardLine, CampaignState
from xlsxeval.board.lists import list_csv, list_text
from xlsxeval.board.mail import mail_bytes
from xlsxeval.board.notices import MOST, Enclosed, Notice, notice, open_units
from xlsxeval.forms.campaign import Campaign
from xlsxeval.forms.unit_names import named_unit
from xlsxeval.rules.verdict import Verdict

ONE, TWO = unit("001", "一局"), unit("002", "二局")
TOWN = campaign(ONE, TWO)


def told(
    *verdicts: Verdict, enclosed: Enclosed | None = None, until: dt.date | None = None, made: Campaign = TOWN
) -> str:
    state = state_of(made, *verdicts)
    return notice(state, state.units[0], enclosed or Enclosed(), {"L101": "执行率不对"}, until).text


def test_who_sent_nothing_is_told_the_deadline_and_how_late_it_is() -> None:
    text = told(enclosed=Enclosed(blank=("001 一局.xlsx",)))
    assert all(
        part in text for part in ("一局：", "2024年度", "2025年5月31日", "逾期 5 天", "001 一局.xlsx", "某某市财政局")
    )
    assert text.rstrip().endswith("2025年6月5日")
    assert "逾期" not in told(made=campaign(ONE, deadline=None))


def test_the_day_by_which_an_answer_is_asked_for() -> None:
    assert "2025年6月10日前" in told(until=dt.date(2025, 6, 10))


def test_findings_are_told_with_their_place_values_and_what_to_do() -> None:
    text = told(came(ONE, error(), warning()), enclosed=Enclosed(annotated=("001 一局（标注版）.xlsx",)))
    wrong, check = error(), warning()
    assert all(part in text for part in ("附件2 G4", "100.00%", "93.48%", wrong.fix, check.fix, "共 1 处", "标注版"))
    assert text.index(wrong.fix) < text.index(check.fix)


def test_what_does_not_count_is_not_asked_for() -> None:
    text = told(came(ONE, replace(ACCEPTED, fix="改掉这个"), replace(HINT, fix="看看那个"), error()))
    assert "改掉这个" not in text
    assert "看看那个" not in text


def test_many_findings_are_counted_and_the_rest_left_to_the_workbook() -> None:
    many = [error(cell=f"G{row}", message=f"第{row}行不对") for row in range(1, MOST + 4)]
    many = [replace(one, fix=f"改第{row}行") for row, one in enumerate(many)]
    text = told(came(ONE, *many))
    assert f"共 {len(many)} 处" in text
    assert (f"{MOST}. " in text, f"{MOST + 1}. " in text) == (True, False)
    assert "其余 3 处" in text


def test_what_differs_only_in_its_cell_is_told_once() -> None:
    text = told(came(ONE, *(error(cell=f"G{row}", message=f"第{row}行不对") for row in range(1, 8))))
    assert "附件2 G1、G2、G3、G4、G5 等　执行率不对（7 处）" in text
    assert "第1行" not in text


def test_missing_parts_and_several_files_are_asked_for() -> None:
    parts = told(came(ONE, part="附件1"))
    assert "附件2" in parts
    assert "逾期 5 天" in parts
    both = told(came(ONE, content="a"), came(ONE, content="b"))
    assert "001a.xlsx" in both
    assert "001b.xlsx" in both


def test_nothing_is_asked_of_who_is_done_or_was_sent_nothing() -> None:
    state = state_of(TOWN, came(ONE), sent=["001"])
    assert open_units(state.units) == []
    assert [one.code for one in open_units(state_of(TOWN, came(ONE)).units)] == ["002"]


def _mail(unit_name: str = "一局") -> tuple[bytes, EmailMessage]:
    made = campaign(unit("001", unit_name))
    state = state_of(made)
    content = mail_bytes(
        notice(state, state.units[0], Enclosed(), {}), {"001 一局.xlsx": b"PK\x03\x04", "表.zip": b"zip"}
    )
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return content, message


def test_the_mail_is_a_draft_that_any_mail_program_reads() -> None:
    content, message = _mail()
    assert content.isascii()
    assert b"=?utf-8?" in content.split(b"\r\n\r\n")[0]
    assert (message["X-Unsent"], message["To"], message["From"]) == ("1", None, None)
    assert "一局" in message["Subject"]
    body = message.get_body()
    assert body is not None
    assert "一局：" in body.get_content()
    files = {part.get_filename(): part.get_content() for part in message.iter_attachments()}
    assert files == {"001 一局.xlsx": b"PK\x03\x04", "表.zip": b"zip"}
    assert max(map(len, content.split(b"\r\n"))) <= 998


def test_the_same_notice_gives_the_same_bytes() -> None:
    assert _mail()[0] == _mail()[0]
    assert mail_bytes(Notice("1", "题", "文"), {}) == mail_bytes(Notice("1", "题", "文"), {})


def test_a_name_adds_no_header() -> None:
    _, message = _mail("一局\r\nBcc: wen@example.org\x1b")
    assert message["Bcc"] is None
    assert {name.lower() for name in message} == {"subject", "x-unsent", "mime-version", "content-type"}


@pytest.fixture
def state() -> CampaignState:
    return town()


def _listed(state: CampaignState) -> list[BoardLine]:
    return [one for one in state.units if one.status != "done"]


def test_the_list_has_every_unit_that_is_not_done(state: CampaignState) -> None:
    text = list_text(state, _listed(state))
    assert [one.code for one in state.units if one.code in text] == [one.code for one in _listed(state)]


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(state: CampaignState) -> None:
    evil = state_of(campaign(unit("-1", "=HYPERLINK(1)"), unit("002", "＋二局"), unit("003", "三局")))
    content = list_csv(evil.units, {"003": "003 三局/催报通知.eml"})
    assert content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [row[:2] for row in rows[1:]] == [["'-1", "'=HYPERLINK(1)"], ["002", "'＋二局"], ["003", "三局"]]
    assert rows[3][-1] == "003 三局/催报通知.eml"
    assert {len(row) for row in rows} == {len(rows[0])}
    assert (
        len(list(csv.reader(io.StringIO(list_csv(_listed(state), {}).decode("utf-8-sig"))))) == len(_listed(state)) + 1
    )


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("001 一局 2024年度绩效自评.xlsx", "001"),
        ("自评表-002(改).xlsx", "002"),
        ("一局上报.xlsx", "001"),
        ("一局二科.xlsx", "003"),  # the longest name, which the shorter one stands in
        ("一局和二局.xlsx", None),
        ("001和002.xlsx", None),
        ("20010.xlsx", None),
        ("新建 Microsoft Excel 工作表.xlsx", None),
    ],
)
def test_whose_file_it_is_is_told_by_its_name_where_that_is_sure(name: str, whose: str | None) -> None:
    state = state_of(campaign(ONE, TWO, unit("003", "一局二科")))
    assert named_unit(name, state.units) == whose


def broken(path: str) -> Verdict:
    found = unreadable()
    return replace(found, path=path, findings=(replace(found.findings[0], fix="请保存后重新发来。"),))


def test_who_sent_a_file_that_cannot_be_read_is_told_what_to_do() -> None:
    text = told(broken("收回/001 一局.xlsx"))
    assert "001 一局.xlsx" in text
    assert "请保存后重新发来。" in text
    assert "请保存后重新发来。" not in told(broken("收回/002.xlsx"))


def test_who_sent_a_good_file_after_it_is_not_asked_again() -> None:
    assert "请保存后重新发来。" not in told(broken("收回/001 一局.xlsx"), came(ONE, error()))


def test_who_sent_a_correction_that_cannot_be_read_is_asked_for_it_again() -> None:
    correction = broken("收回/001 一局.xlsx")
    state = state_of(TOWN, came(ONE, error()), correction, days={correction.path: NOON.date() + dt.timedelta(1)})
    assert "请保存后重新发来。" in notice(state, state.units[0], Enclosed(), {}, None).text
