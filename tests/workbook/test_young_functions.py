"""Functions younger than Excel 2007 are written with the prefix without which Excel shows #NAME?."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from tests.forms.inline import Desk
from xlsxeval.forms.campaign import load_campaign
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.submission import read_returned
from xlsxeval.layout.placing import build_layout
from xlsxeval.workbook import workbook_bytes


def test_a_young_function_has_its_prefix_in_the_file_and_is_no_difference_when_it_comes_back(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.edition()
    desk.form("""
        form: f
        sheet: 表
        columns: [10, 10, 10]
        grid: [[$money, $grade, $plain]]
        fields:
          money: {label: 金额, type: money}
          grade: {label: 等次, formula: 'IFS(money>=90,"优",TRUE,"差")'}
          plain: {label: 合计, type: money, formula: 'SUM(money)'}
    """)
    desk.write(
        "campaign.yaml", "campaign: c\nedition: e\nyear: 2024\ndepartment: 某某局\nunits: [{code: '1', name: 某某局}]\n"
    )
    campaign, edition = load_campaign(tmp_path / "campaign.yaml", desk.library)
    unit = campaign.units[0]
    layout = build_layout(campaign, unit, edition)
    content = workbook_bytes(layout, make_seal(campaign, unit, edition, b"k" * 32), "password")
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "_xlfn.IFS(" in sheet
    assert "<f>SUM(" in sheet
    returned = read_returned("x.xlsx", content, Context(desk.library), Layouts())
    assert returned.submission is not None
    assert not returned.submission.differences
