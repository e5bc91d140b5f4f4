"""A draft as the text of a YAML file, with a comment ``# 请确认：`` at every place that a person has to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xlsxeval.importing.draft import DraftCell, DraftRow, FormDraft

ASK = "# 请确认："
_PLAIN = re.compile(r"[^\W\d_][\w、（）“”《》—／]*")
_NOT_PLAIN = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_SIGNS = ("<", "^", "~")


def draft_text(draft: FormDraft) -> str:
    """The whole file. It is sound as it stands; every comment that begins with ``ASK`` is an open question."""
    lines = [
        f"# 由 {_comment(draft.source)} 的工作表“{_comment(draft.sheet)}”起草，还不是定稿。",
        "# 逐处看“请确认”，改好一处删去一处。字段名可以改，grid、fields 和公式里要一起改；必须填的加 required: true。",
        *_asks(draft.asks, ""),
        f"form: {_quoted(draft.form)}",
    ]
    key, mark = ("attachment", draft.attachment) if draft.attachment else ("sheet", _sheet_name(draft.sheet))
    lines.append(f"{key}: {_quoted(mark)}")
    if draft.title:
        lines.append(f"title: {_label(draft.title)}")
    lines.append(f"columns: [{', '.join(f'{width:g}' for width in draft.widths)}]")
    if draft.landscape:
        lines.append("landscape: true")
    lines.append("grid:")
    for row in draft.rows:
        lines += _row(row)
    if draft.fields:
        lines.append("fields:")
    for field in draft.fields:
        lines += _asks(field.asks, "  ")
        parts = [f"label: {_quoted(field.label)}"]
        parts += [f"type: {field.type}"] if field.type != "text" else []
        parts += [f"formula: {_quoted(field.formula, plain=False)}"] if field.formula else []
        lines.append(f"  {field.name}: {{{', '.join(parts)}}}")
    return "\n".join(lines) + "\n"


def _row(row: DraftRow) -> Iterator[str]:
    yield from _asks(row.asks, "  ")
    cells = f"[{', '.join(map(_cell, row.cells))}]"
    if row.block:
        yield f"  - repeat: {row.block}"
        yield f"    lines: {row.lines}"
        yield f"    line: {cells}"
    elif row.lines > 1:
        yield f"  - row: {cells}"
        yield f"    lines: {row.lines}"
    else:
        yield f"  - {cells}"


def _cell(cell: DraftCell) -> str:
    if not cell.printed:
        return cell.text
    text = _label(cell.text)
    if not cell.align and not cell.indent:
        return text
    align = f", align: {cell.align}" if cell.align else ""
    return f"{{text: {text}{align}{f', indent: {cell.indent}' if cell.indent else ''}}}"


def _label(text: str) -> str:
    """A printed text: what would be a sign of the language is said so that it stays a text."""
    if text.startswith("$") or text in _SIGNS or any(sign in text for sign in ("{{", "{%", "{#")):
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return _quoted(f'{{{{ "{escaped}" }}}}')
    return _quoted(text)


def _quoted(text: str, *, plain: bool = True) -> str:
    """A text as YAML: bare where nothing can be mistaken, else in double quotation marks."""
    if plain and _PLAIN.fullmatch(text) and text.casefold() not in _NOT_PLAIN:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _sheet_name(name: str) -> str:
    """A worksheet's name that is not one of the program's own."""
    free = re.sub(r"[\[\]:*?/\\']", "_", name)[:31]
    return f"{free[:29]}（表）"[:31] if free in ("自查", "_seal") else free


def _asks(asks: Iterable[str], indent: str) -> list[str]:
    return [f"{indent}{ASK}{_comment(ask)}" for ask in asks]


def _comment(text: str) -> str:
    return "".join(char for char in text.replace("\n", " ") if char.isprintable())
