"""What the rules find, put together: order, status, fingerprints, and what nobody checks yet."""

from __future__ import annotations

import pytest

from tests.support.actions import perform
from tests.support.base import CAMPAIGNS, base, returned
from tests.support.draft import Draft
from xlsxeval.intake.cells import RawCell
from xlsxeval.intake.submission import Submission
from xlsxeval.model import split_a1
from xlsxeval.rules.engine import judge
from xlsxeval.rules.verdict import Verdict


def verdict(words: dict[str, object]) -> Verdict:
    received = perform(base(), words)
    return judge(returned(received.raw, received.context, base().layouts))


def submission_of(draft: Draft) -> Submission:
    back = returned(draft.raw, base().context, base().layouts)
    assert back.submission is not None
    return back.submission


@pytest.mark.parametrize("campaign", sorted(folder.name for folder in CAMPAIGNS.iterdir()))
def test_a_careful_unit_gets_no_finding(campaign: str) -> None:
    sent = base(campaign)
    found = judge(returned(sent.raw, sent.context, sent.layouts))
    assert found.findings == ()
    assert found.status == "clean"


def test_a_workbook_without_a_seal_is_rejected() -> None:
    found = verdict({"seal": "印章页和文档属性都被删"})
    assert found.status == "rejected"
    assert [finding.code for finding in found.findings] == ["I001"]


def test_findings_come_in_the_order_of_the_workbook() -> None:
    found = verdict(
        {
            "fill": {"报告正文!retired": 12.5, "附件1!staff.posts": None},
            "overtype": {"附件2!total.score": 98.7, "附件2!funds.rate": 0.97},
            "settings": {"calc_mode": "manual"},
        }
    )
    names = [sheet.name for sheet in base().raw.sheets]
    places = [
        (names.index(finding.place.sheet) if finding.place.sheet else -1, split_a1(finding.place.cell or "A1"))
        for finding in found.findings
    ]
    assert len(places) == 5
    assert places == sorted(places)


def test_a_fingerprint_stays_when_the_value_changes_and_is_still_wrong() -> None:
    marks = {
        verdict({"fill": {"附件2!indicators[1].score": score}}).findings[0].fingerprint("001") for score in (6, 7.5)
    }
    assert len(marks) == 1


def test_a_date_in_a_workbook_with_the_1904_system() -> None:
    draft = Draft(base())
    day = base().values[draft.address("报告正文!date")]
    assert isinstance(day, float)
    draft.type("报告正文!date", day - 1462)
    draft.settings["date1904"] = True
    assert submission_of(draft).field("narrative", "date") == day


def test_an_empty_cell_of_another_program_is_no_difference() -> None:
    """Programs write or leave out cells that hold nothing but a style."""
    draft = Draft(base())
    for sheet in draft.sheets:
        for key, cell in list(sheet.cells.items()):
            if cell.empty and not draft.styles[cell.style].locked:
                del sheet.cells[key]
        sheet.cells[200, 3] = RawCell(200, 3)
    assert judge(returned(draft.raw, base().context, base().layouts)).findings == ()
