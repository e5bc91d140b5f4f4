from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Severity
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule

_NAMED = 3


@rule("T001", "protection-removed", severity=Severity.INFO, basis="工作表保护是防误改的提醒，不是证据 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """工作表保护被撤销。

    为什么：有的邮件网关和 WPS 也会去掉保护，所以这本身不是改动的证据；内容另外逐格核对。
    工作簿结构的保护不看：LibreOffice 保存时会去掉它，而增删改名工作表另有规则（T120、T122）。
    怎么改：不需要处理；如果自己撤销过保护，请在收到的原表上重新填写。
    """
    submission = returned.submission
    if submission is None:
        return
    names = [view.raw.name for view in submission.views.values() if not view.raw.protected]
    if len(names) == 1:
        yield Hit(f"工作表「{names[0]}」的保护被撤销", sheet=names[0])
    elif names:
        listed = "、".join(names[:_NAMED]) + ("等" if len(names) > _NAMED else "")
        yield Hit(f"{len(names)} 张工作表的保护被撤销：{listed}")
