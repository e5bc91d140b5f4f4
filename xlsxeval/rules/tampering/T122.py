from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.forms.seal import SEAL_SHEET
from xlsxeval.forms.sheet_names import FINDINGS_SHEET
from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule


@rule("T122", "sheet-added", severity=Severity.WARNING, basis="表样的工作表由组织部门决定 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """多出工作表。

    为什么：多出来的表不会被读取，也不会进报告。标注版里的“问题清单”不算多出来的，里面的内容不读。
    怎么改：删去多出来的工作表；需要的佐证材料请另附文件。
    """
    submission = returned.submission
    if submission is None:
        return
    known = {view.raw.name for view in submission.views.values()} | {SEAL_SHEET}
    for sheet in submission.raw.sheets:
        if sheet.state == "veryHidden":
            continue  # T123
        if sheet.name not in known and not (sheet.name == FINDINGS_SHEET and sheet.state == "visible"):
            hidden = "（隐藏的）" if sheet.state != "visible" else ""
            yield Hit(f"多出工作表「{sheet.name}」{hidden}", sheet=sheet.name)
