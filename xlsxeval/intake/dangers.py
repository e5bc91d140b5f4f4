"""What a formula of a returned file would do if somebody opened it: told from its text, never tried."""

from __future__ import annotations

import re

_TEXT = re.compile(r'"(?:[^"]|"")*"?')
_QUOTED_SHEET = re.compile(r"'(?:[^']|'')*'?")
_PREFIX = re.compile(r"^(?:_xl[a-z]{2,3}\.|_xlfn\.|COM\.(?:MICROSOFT|SUN\.STAR\.[A-Z.]*?)\.)+", re.IGNORECASE)
_CALL = re.compile(r"(?<![\w.])([^\W\d][\w.]*)\s*\(")
_INSIDE = re.compile(r'HYPERLINK\s*\(\s*"#', re.IGNORECASE)

_DDE = "启动别的程序（DDE）"
_KINDS = {
    "从网络取数": "WEBSERVICE IMAGE RTD STOCKHISTORY IMPORTDATA IMPORTXML IMPORTHTML IMPORTFEED IMPORTRANGE",
    "调用程序": "CALL REGISTER REGISTER.ID EXEC EVALUATE SQL.REQUEST",
    "引用写在文字里的地址": "INDIRECT",
    "每次打开都会变": "NOW TODAY RAND RANDBETWEEN RANDARRAY",
    _DDE: "DDE",
}
_OF_FUNCTION = {name: kind for kind, names in _KINDS.items() for name in names.split()}
_OUTSIDE_LINK = "链接到文件以外"

WEB = ("http://", "https://", "mailto:", "#")
"""Links that programs make by themselves of an address that somebody types, and those inside the workbook."""


def dangers(formula: str) -> tuple[str, ...]:
    """What is dangerous in a formula, each as ``从网络取数（WEBSERVICE）``; empty for a harmless one."""
    bare = _TEXT.sub('""', formula)
    found = [_DDE] if "|" in _QUOTED_SHEET.sub("", bare) else []
    links = len(_INSIDE.findall(formula))
    for match in _CALL.finditer(bare):
        name = _PREFIX.sub("", match.group(1)).upper()
        if name == "HYPERLINK":
            links -= 1
            if links < 0:
                found.append(f"{_OUTSIDE_LINK}（HYPERLINK）")
        elif (kind := _OF_FUNCTION.get(name)) is not None:
            found.append(kind if kind == _DDE else f"{kind}（{name}）")
    return tuple(dict.fromkeys(found))


def calls(formula: str, function: str) -> bool:
    """Whether a formula calls a function, whatever prefix a program gave it."""
    return any(
        _PREFIX.sub("", match.group(1)).upper() == function for match in _CALL.finditer(_TEXT.sub('""', formula))
    )


def outside_link(target: str) -> bool:
    """Whether a cell's link opens a file or a program rather than a web page or another cell."""
    return bool(target) and not target.casefold().startswith(WEB)
