"""What only who fills in need read stands in the workbook and not in the Word report: ``report: false``."""

from __future__ import annotations

from pathlib import Path

from tests.forms.inline import Desk, cell
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import read_returned
from xlsxeval.report.table import draw
from xlsxeval.workbook import workbook_bytes

FORM = """
    form: f
    attachment: 附件1
    columns: [10, 10, 10]
    grid:
      - [甲, 乙, {text: 只给填表人看, report: false}]
      - row: [^, 写进报告, $said]
        report: false
      - [^, 丙, 丁]
    fields:
      said: {label: 写进报告, formula: '1+1'}
    """


def test_rows_and_cells_that_are_not_for_the_report(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.edition()
    desk.campaign()
    desk.form(FORM)
    layout = desk.layout()
    data = workbook_bytes(layout, make_seal(layout.campaign, layout.unit, layout.edition, b"k" * 32), "password")
    submission = read_returned("x.xlsx", data, Context(desk.library), Layouts()).submission
    assert submission is not None
    assert cell(layout, "C1").value == "只给填表人看"
    assert submission.value(cell(layout, "C2")) == 2
    table = draw(layout.sheets[0], submission)
    drawn = [(one.row, one.column, one.rows, one.text) for one in table.cells]
    assert drawn == [(0, 0, 2, "甲"), (0, 1, 1, "乙"), (0, 2, 1, ""), (1, 1, 1, "丙"), (1, 2, 1, "丁")]
