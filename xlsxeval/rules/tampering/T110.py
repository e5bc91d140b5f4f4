from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.intake.submission import Returned
from xlsxeval.model import Address
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import rule

_SHOWN = 4


@rule("T110", "rows-moved", basis="表样的行由组织部门决定 [理]")
def check(returned: Returned) -> Iterator[Hit]:
    """行被增加、删除或移动。

    为什么：行的位置变了，公式和上下级关系都可能错位；能够确定的值已按标签找回。
    怎么改：在收到的原表上重新填写，不要增删行；行数不够时请与组织部门联系。
    """
    submission = returned.submission
    if submission is None:
        return
    for view in submission.views.values():
        if not view.moved:
            continue
        last = view.layout.print_rows
        gone = [row for row in range(1, last + 1) if row not in view.rows]
        taken = set(view.rows.values())
        end = max(taken, default=0)
        new = [row for row in range(1, end + 1) if row not in taken]
        parts = []
        if new:
            parts.append(f"多出第 {'、'.join(map(str, new))} 行")
        if gone:
            parts.append(f"原来的第 {'、'.join(map(str, gone))} 行不见了")
        if not parts:
            elsewhere = [f"第 {row} 行到了第 {now} 行" for row, now in view.rows.items() if now != row]
            parts.append(f"原来的{'、'.join(elsewhere[:_SHOWN])}{'……' if len(elsewhere) > _SHOWN else ''}")
        where = Address(view.raw.name, new[0], 1) if new else None
        yield Hit(f"工作表「{view.raw.name}」{'，'.join(parts)}", where, view.raw.name)
