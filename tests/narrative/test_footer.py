"""A footer of a form that does not ask for it by force."""

from __future__ import annotations

from pathlib import Path

from tests.forms.inline import Desk
from tests.support.base import KEY, returned
from xlsxeval.forms.seal import make_seal
from xlsxeval.intake.identity import Context, Layouts
from xlsxeval.intake.reader import read_workbook
from xlsxeval.layout.placing import build_layout
from xlsxeval.rules.registry import rules
from xlsxeval.workbook import workbook_bytes

FORM = """\
form: f
attachment: 附件1
columns: [10, 10, 10]
grid: [[$footer.filled_by, $footer.phone, $footer.signed_by]]
fields:
  footer.filled_by: {label: 填表人}
  footer.phone: {label: 联系电话, type: code, required: true}
  footer.signed_by: {label: 单位负责人签字}
"""


def test_a_blank_one_is_told_unless_it_is_required_or_signed_by_hand(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.edition()
    desk.campaign()
    desk.form(FORM)
    campaign, edition = desk.load()
    layout = build_layout(campaign, campaign.units[0], edition)
    raw = read_workbook(workbook_bytes(layout, make_seal(campaign, campaign.units[0], edition, KEY), "password"))
    file = returned(raw, Context(desk.library, campaign, KEY), Layouts())
    footer = next(rule for rule in rules() if rule.code == "N111")
    assert [hit.field for hit in footer.check(file)] == ["footer.filled_by"]
