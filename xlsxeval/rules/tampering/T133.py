from __future__ import annotations

from collections.abc import Iterator

from xlsxeval.calc import is_function
from xlsxeval.intake.cells import RawName
from xlsxeval.intake.dangers import calls, dangers
from xlsxeval.intake.submission import Submission
from xlsxeval.rules.hit import Hit
from xlsxeval.rules.registry import form_rule

_AUTOMATIC = ("auto_open", "auto_close", "auto_activate", "auto_deactivate")
_SHOWN = 3


@form_rule("T133", "dangerous-defined-name", basis="表样不用自定义名称 [理]")
def check(submission: Submission) -> Iterator[Hit]:
    """名称管理器里有危险的名称。

    为什么：名称里可以藏公式：与函数同名的会冒充函数，LAMBDA 是自编的函数，还有的打开文件就会运行。
    打印区域、筛选区域和只指向格子的名称不算。
    怎么改：打开“公式—名称管理器”，删去列出的名称；或者在收到的原表上重新填写。
    """
    found = [(name, why) for name in submission.raw.defined_names if (why := _trouble(name))]
    if found:
        told = "；".join(f"「{name.name[:40]}」{why}" for name, why in found[:_SHOWN])
        more = f"；另有 {len(found) - _SHOWN} 个" if len(found) > _SHOWN else ""
        yield Hit(f"名称{told}{more}", shown=f"={found[0][0].text.removeprefix('=')[:200]}")


def _trouble(name: RawName) -> str | None:
    plain = name.name.casefold().removeprefix("_xlnm.")
    if name.macro or plain.startswith(_AUTOMATIC):
        return "指向宏"
    if name.name.casefold().startswith("_xl"):
        return None  # what programs write by themselves: print areas, filters, marks of newer functions
    if is_function(name.name):
        return "与函数同名"
    if calls(name.text, "LAMBDA"):
        return "是自编的函数（LAMBDA）"
    return "、".join(dangers(name.text)) or None
