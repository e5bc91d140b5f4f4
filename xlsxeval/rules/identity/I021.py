from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.rules.batch import Batch
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.names import spelled
from xlsxeval.rules.registry import batch_rule


@batch_rule("I021", "form-of-another-unit", basis="表按单位下发，各填各的，不能借用 [理]")
def check(batch: Batch) -> Iterator[tuple[int, Hit]]:
    """用别的单位的表填报。

    为什么：每份表下发时就定了是哪个单位的；把表上的单位改成另一个单位，数还是记在原来的单位名下。
    怎么改：请这个单位在发给自己的那份表上填报；原来那个单位的表也请核对是不是本单位填的。
    """
    names = {spelled(text): code for code, name in batch.units.items() for text in (code, name)}
    for number, file in enumerate(batch.files):
        if file.subject is None or file.facts is None:
            continue
        for cell in file.facts.overwritten:
            code = names.get(spelled(cell.shown))
            if code is not None and code != file.subject.code:
                yield (
                    number,
                    Hit(
                        f"这份表是发给 {file.subject.name}（{file.subject.code}）的，"
                        f"{cell.place.sheet}!{cell.place.cell} 的单位却改成了 {batch.units[code]}（{code}）",
                        shown=cell.shown,
                        expected=cell.sent,
                        related=(cell.place,),
                    ),
                )
                break
