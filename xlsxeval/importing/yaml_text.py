"""A draft as the text of a YAML file, with a comment ``# 请确认：`` at every place that a person has to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from xlsxeval.calc import Name, parse, walk
from xlsxeval.forms.schema import FormFile
from xlsxeval.importing.blank import a1_of
from xlsxeval.importing.draft import DraftCell, DraftRow, FormDraft
from xlsxeval.importing.draft_field import DraftField
from xlsxeval.importing.field_names import INDICATORS

ASK = "# 请确认："
_NOTE = "# 说明："
_PLAIN = re.compile(r"[^\W\d_][\w、（）“”《》—／]*")
_NOT_PLAIN = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_SIGNS = ("<", "^", "~")
_YEAR = re.compile("\ue000([0-9]{1,4})\ue001")
_GOAL = "required: true, length: [5, 4000]"


def draft_text(draft: FormDraft, base: FormFile | None = None) -> str:
    """The whole file. It is sound as it stands; every comment that begins with ``ASK`` is an open question.

    ``base`` is the form that the draft extends: its fields are not written again.
    """
    lines = [
        f"# 由 {_comment(draft.source)} 的“{_comment(draft.sheet)}”起草。",
        *(f"{_NOTE}{_comment(note)}" for note in draft.notes),
        *_asks(
            (
                f"{question.place} {question.text}"
                for question in draft.open_questions
                if not _of_field(draft, question.place)
            ),
            "",
        ),
        f"form: {quoted(draft.form)}",
    ]
    if draft.extends:
        lines.append(f"extends: {draft.extends}")
    if draft.without:
        lines.append(f"without: [{', '.join(draft.without)}]")
    if draft.each:
        lines.append("each: project")
    if draft.unit and draft.unit != "万元":
        lines.append(f"money: {draft.unit}")
    number = "-{{ project.number }}" if draft.each else ""
    key, mark = ("attachment", draft.attachment) if draft.attachment else ("sheet", _sheet_name(draft.sheet))
    mark = re.sub(r"[-—－][0-9n]{1,2}$", "", mark) if draft.each else mark
    lines.append(f"{key}: {quoted(mark + number, plain=not number)}")
    if draft.title:
        lines.append(f"title: {_label(draft.title)}")
    lines.append(f"columns: [{', '.join(f'{width:g}' for width in draft.widths)}]")
    if draft.landscape:
        lines.append("landscape: true")
    lines.append("grid:")
    for row in draft.rows:
        lines += _row(row, draft)
    names = {one.name for one in draft.fields}
    written = [one for one in draft.fields if _says_more(one, base, names)]
    if written:
        lines.append("fields:")
    for field in written:
        open_here = [question for question in draft.open_questions if question.place == _place(field)]
        lines += _asks([*field.asks, *(question.text for question in open_here)], "  ")
        lines.append(f"  {field.name}: {{{', '.join(_parts(field))}}}")
    if draft.checks:
        lines.append("checks:")
    for check in draft.checks:
        if check.values:
            lines += [f"  - use: {check.code}", f"    vary: {{{check.part}: [{', '.join(check.values)}]}}"]
        else:
            lines.append(f"  - {check.code}")
    return "\n".join(lines) + "\n"


def _place(field: DraftField) -> str:
    return a1_of((*field.spot, *field.spot))


def _of_field(draft: FormDraft, place: str) -> bool:
    return any(_place(one) == place for one in draft.fields)


def _says_more(field: DraftField, base: FormFile | None, names: set[str]) -> bool:
    """Whether a field has to be written: the base has none of that name, or says what does not fit this form."""
    if base is None or field.name not in base.fields or field.choices:
        return True
    spec = base.fields[field.name]
    named = {node.name for node in walk(parse(spec.formula)) if isinstance(node, Name)} if spec.formula else set()
    return not named <= names or (spec.max == "weight" and f"{INDICATORS}.weight" not in names)


def _parts(field: DraftField) -> Iterator[str]:
    yield f"label: {quoted(field.label)}"
    if field.type != "text":
        yield f"type: {field.type}"
    if field.choices:
        yield f"choices: [{', '.join(map(quoted, field.choices))}]"
        if not field.strict:
            yield "strict: false"
    if field.formula:
        yield f"formula: {quoted(field.formula, plain=False)}"
    if field.given:
        yield f"given: {field.given}"
    if field.most:
        yield f"max: {field.most}"
    computed = field.formula or field.given
    short = field.name.removeprefix(f"{INDICATORS}.")
    if field.name.startswith(f"{INDICATORS}."):
        if short in ("level1", "level2"):
            yield "required: true, merge: true"
        elif short in ("level3", "target", "actual", "weight", "score"):
            yield "required: true"
    elif field.long:
        yield _GOAL if field.name.startswith("goals.") else "length: [0, 4000]"
    elif field.type == "money" and not computed and field.name.startswith(("funds.", "fiscal.")):
        yield "required: true, hint: 没有的填 0"


def _row(row: DraftRow, draft: FormDraft) -> Iterator[str]:
    yield from _asks(row.asks, "  ", _NOTE)
    cells = f"[{', '.join(map(_cell, row.cells))}]"
    if row.block:
        yield f"  - repeat: {row.block}"
        yield f"    lines: {row.lines}"
        if row.block == INDICATORS:
            yield "    least: 1"
        yield f"    line: {cells}"
        if row.block == INDICATORS and draft.helpers:
            yield f"    helpers: [{', '.join(f'${name}' for name in draft.helpers)}]"
    elif row.lines > 1 or row.repeats:
        yield f"  - row: {cells}"
        if row.lines > 1:
            yield f"    lines: {row.lines}"
        if row.repeats:
            yield "    repeat_on_pages: true"
    else:
        yield f"  - {cells}"


def _cell(cell: DraftCell) -> str:
    if not cell.printed:
        return cell.text
    text = _label(cell.text)
    more = f", align: {cell.align}" if cell.align else ""
    more += f", indent: {cell.indent}" if cell.indent else ""
    more += ", look: note" if cell.note else ""
    return f"{{text: {text}{more}}}" if more else text


def _label(text: str) -> str:
    """A printed text: what would be a sign of the language is said so that it stays a text; years are signs."""
    if text.startswith("$") or text in _SIGNS or any(sign in text for sign in ("{{", "{%", "{#")):
        pieces = _YEAR.split(text)
        return quoted("".join(_year(piece) if number % 2 else _literal(piece) for number, piece in enumerate(pieces)))
    return quoted(_YEAR.sub(lambda match: _year(match[1]), text))


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'{{{{ "{escaped}" }}}}' if text else ""


def _year(before: str) -> str:
    return "{{ year }}" if before == "0" else f"{{{{ year - {before} }}}}"


def quoted(text: str, *, plain: bool = True) -> str:
    """A text as YAML: bare where nothing can be mistaken, else in double quotation marks."""
    if plain and _PLAIN.fullmatch(text) and text.casefold() not in _NOT_PLAIN:
        return text
    if '"' in text and "'" not in text and "\n" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _sheet_name(name: str) -> str:
    """A worksheet's name that is not one of the program's own."""
    free = re.sub(r"[\[\]:*?/\\']", "_", name)[:26]
    return f"{free[:24]}（表）" if free in ("自查", "_seal") else free


def _asks(asks: Iterable[str], indent: str, mark: str = ASK) -> list[str]:
    return [f"{indent}{mark}{_comment(ask)}" for ask in asks]


def _comment(text: str) -> str:
    return "".join(char for char in text.replace("\n", " ") if char.isprintable())
