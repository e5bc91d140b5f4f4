from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.levels import Received
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import export_rule


@export_rule("U006", "workbook-of-another-unit", basis="[理]")
def check(received: Received) -> Iterator[Hit]:
    """附的原表不是这个单位的。

    为什么：原表里的印章写着它属于哪个任务、哪个单位；与上报包列的不同，数就算到了别人头上。
    怎么改：请下级查清是哪个单位的表，重新上报。
    """
    for unit in received.export.units:
        reread = received.rereads.get(unit.code)
        for file, owner in zip(unit.files, reread.owners, strict=True) if reread is not None else ():
            if owner is None:
                continue
            stated, found = (received.export.campaign, unit.code), (owner.campaign, owner.code)
            if stated != found:
                yield Hit(
                    f"{file.name} 的印章是任务「{owner.campaign}」的单位 {owner.code}，上报包把它列在 {unit.code} {unit.name} 名下",
                    spot=unit.code,
                    label="单位",
                    shown=unit.code,
                    expected=owner.code,
                    aspect=file.sha256,
                )
