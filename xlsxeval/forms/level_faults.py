"""What is wrong with the lower levels that a campaign lists, each fault at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlsxeval.errors import Problem
from xlsxeval.forms.campaign_spec import CODE, CampaignSpec, LevelSpec
from xlsxeval.forms.library import Library
from xlsxeval.forms.public_keys import key_bytes
from xlsxeval.forms.yaml_file import Place, suggestion

_CODE = re.compile(CODE)
_ONCE = (("code", "代码"), ("key", "公钥"))


def level_faults(spec: CampaignSpec, place: Place, library: Library) -> Iterator[Problem]:
    """All faults in the order of writing: codes, keys that are none or stand twice, the campaign itself, editions."""
    seen: dict[tuple[str, str], int] = {}
    for number, level in enumerate(spec.levels):
        for key, message in _faults(level, spec, library):
            yield place(["levels", number, key]).problem(message)
        for key, word in _ONCE:
            value = getattr(level, key).strip()
            first = seen.setdefault((key, value.casefold() if key == "code" else value), number)
            if first != number:
                message = f"{word}与第 {first + 1} 个下级相同；每个下级有自己的{word}"
                yield place(["levels", number, key]).problem(message)


def _faults(level: LevelSpec, spec: CampaignSpec, library: Library) -> Iterator[tuple[str, str]]:
    """The faults of one level: the key at which each stands, and what is wrong."""
    if not _CODE.match(level.code):
        yield "code", f"下级代码「{level.code}」只能用字母、数字、横线和下划线，不超过 32 个字符"
    if not level.name.strip():
        yield "name", "下级名称不能为空"
    try:
        key_bytes(level.key)
    except ValueError as error:
        yield "key", str(error)
    if level.campaign == spec.campaign:
        yield "campaign", f"下级的任务编号「{level.campaign}」就是本任务的；自己不能是自己的下级"
    if level.edition is not None and level.edition not in library.editions():
        yield "edition", f"没有「{level.edition}」这个版本{suggestion(level.edition, library.editions())}"
