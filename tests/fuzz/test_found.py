"""What the fuzzer found, each once: files that two programs read differently are refused, and nothing crashes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fuzz.bounds import bounded
from tests.fuzz.judging import check_workbook
from tests.fuzz.kinds import NOON
from tests.fuzz.packing import packed, parts_of
from tests.fuzz.seeds import FILES, KEY, seed, written
from tests.intake.ooxml import MAIN, MC, Member, lying_zip, pack, parts, relation, workbook
from tests.support.packages import Package
from xlsxeval.calc import ExcelError, compile_formulas
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.seal import read_seal
from xlsxeval.forms.yaml_file import YamlFile
from xlsxeval.intake.reader import Rejected, read_workbook
from xlsxeval.intake.submission import read_returned
from xlsxeval.model import Address
from xlsxeval.parcels import Origin, open_parcel
from xlsxeval.rules.engine import judge

STRINGS = ["<t>甲</t>", "<t>乙</t>"]
ALTERNATIVES = (
    "<mc:AlternateContent><mc:Choice Requires='x14'>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
)


def row(cell: str) -> bytes:
    return workbook(f'<row r="1">{cell}</row>', strings=STRINGS)


def strings(*items: str) -> bytes:
    return workbook('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=list(items))


def table(inside: str) -> bytes:
    """The table of shared strings, its content as told."""
    made = parts(strings=STRINGS)
    whole = (
        f'<sst xmlns="{MAIN}" xmlns:mc="{MC}" xmlns:w="urn:w" mc:Ignorable="w" mc:ProcessContent="w:w">{inside}</sst>'
    )
    return pack(made | {"xl/sharedStrings.xml": whole.encode()})


def declared(encoding: str) -> bytes:
    made = parts(strings=STRINGS)
    content = made["xl/sharedStrings.xml"].replace(b'encoding="UTF-8"', f'encoding="{encoding}"'.encode())
    assert content != made["xl/sharedStrings.xml"]
    return pack(made | {"xl/sharedStrings.xml": content})


READ_DIFFERENTLY: dict[str, tuple[str, Callable[[], bytes]]] = {
    "an element inside a value": ("F026", lambda: row('<c r="A1"><v>150<x/>.5</v></c>')),
    "a comment inside a value": ("F026", lambda: row('<c r="A1"><v>150<!-- -->5</v></c>')),
    "an instruction inside a text": ("F026", lambda: strings("<t>甲<?p q?>乙</t>")),
    "a choice inside a value": ("F026", lambda: row(f'<c r="A1"><v>{ALTERNATIVES.format(1, 2)}</v></c>')),
    "a text written twice": ("F026", lambda: strings("<t>甲</t><t>乙</t>")),
    "a run with two texts": ("F026", lambda: strings("<r><t>甲</t><t>乙</t></r>")),
    "a text in a choice": ("F026", lambda: table(ALTERNATIVES.format("<si><t>甲</t></si>", "<si><t>乙</t></si>"))),
    "a text in an element to be looked through": (
        "F026",
        lambda: table("<w:w><si><t>甲</t></si></w:w><si><t>乙</t></si>"),
    ),
    "merged cells in a choice": (
        "F026",
        lambda: workbook(
            after=ALTERNATIVES.format("<mergeCells/>", '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
        ),
    ),
    "a value under the type of inline text": ("F026", lambda: row('<c r="A1" t="inlineStr"><v>999</v></c>')),
    "inline text under the type of a number": ("F026", lambda: row('<c r="A1"><is><t>999</t></is></c>')),
    "a type that there is not": ("F022", lambda: row('<c r="A1" t="S"><v>1</v></c>')),
    "a cell outside the grid": (
        "F026",
        lambda: workbook(after='<sheetViews><sheetView><row r="1"><c r="A1"/></row></sheetView></sheetViews>'),
    ),
    "a text of another namespace": (
        "F026",
        lambda: row('<c r="A1" t="inlineStr"><is><t xmlns="urn:x">甲</t></is></c>'),
    ),
    "a value of no namespace": ("F026", lambda: row('<c r="A1"><v xmlns="">7</v></c>')),
    "settings written twice": ("F026", lambda: workbook(book='<calcPr calcMode="manual"/><calcPr/>')),
    "protection written twice": ("F026", lambda: workbook(after='<sheetProtection/><sheetProtection sheet="1"/>')),
    "two formats of one number": (
        "F026",
        lambda: workbook(
            styles='<numFmts><numFmt numFmtId="170" formatCode="0"/><numFmt numFmtId="170" formatCode="0%"/></numFmts>'
        ),
    ),
    "two tables of styles": ("F026", lambda: workbook(styles="<cellXfs><xf/></cellXfs><cellXfs><xf/></cellXfs>")),
    "two tables of strings": (
        "F026",
        lambda: workbook(
            strings=STRINGS, relations=relation("sharedStrings", "other.xml"), extra={"xl/other.xml": "<a/>"}
        ),
    ),
    "Latin 1 with Chinese letters": ("F022", lambda: declared("iso-8859-1")),
    "UTF-7": ("F022", lambda: declared("UTF-7")),
}


@pytest.mark.parametrize("name", READ_DIFFERENTLY)
def test_what_programs_read_differently_is_refused(name: str) -> None:
    code, make = READ_DIFFERENTLY[name]
    with pytest.raises(Rejected) as caught:
        read_workbook(make())
    assert caught.value.fault.code == code


def test_a_relation_of_another_type_with_the_same_ending_is_not_followed() -> None:
    decoy = '<Relationship Id="rId0" Type="urn:x/sharedStrings" Target="decoy.xml"/>'
    data = workbook(
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        strings=STRINGS,
        relations=decoy,
        extra={"xl/decoy.xml": f'<sst xmlns="{MAIN}"><si><t>假</t></si></sst>'},
    )
    made = parts_of(data)
    lines = made["xl/_rels/workbook.xml.rels"].decode()
    made["xl/_rels/workbook.xml.rels"] = (
        lines.replace(decoy, "").replace("<Relationship ", f"{decoy}<Relationship ", 1).encode()
    )
    (sheet,) = read_workbook(packed(made)).sheets
    assert sheet.cells[1, 1].value == "甲"


def test_old_programs_may_declare_another_encoding_where_it_makes_no_difference() -> None:
    made = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    name = "xl/worksheets/sheet1.xml"
    content = made[name].replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"')
    assert content != made[name]
    (sheet,) = read_workbook(pack(made | {name: content})).sheets
    assert sheet.cells[1, 1].value == 1.0


@pytest.mark.parametrize(("value", "told"), [("0", True), ("1", True), (None, False)])
def test_a_given_figure_is_no_truth_value(value: str | None, told: bool) -> None:
    """1 and TRUE are equal to Python and not to a sum."""
    base = seed()
    given = base.layout.slots["basic", None, "staff.posts"]
    assert given.value == 1.0
    package = Package(base.data)
    cell = package.cell(given.address)
    if value is not None:
        cell.set("t", "b")
        cell[0].text = value
    verdict = judge(read_returned("x.xlsx", package.save(), base.context, base.layouts))
    assert [(f.code, f.place.cell) for f in verdict.findings] == ([("T132", given.address.a1)] if told else [])


def test_a_signature_of_any_letters_is_a_wrong_one() -> None:
    base = seed()
    sheet = read_workbook(base.data).sheet("_seal")
    assert sheet is not None
    texts = [str(cell.value) for cell in sheet.cells.values()]
    seal = read_seal(texts)
    assert seal is not None
    assert seal.signed_by(KEY)
    assert not replace(seal, signature="签名").signed_by(KEY)


@pytest.mark.parametrize("formula", ["N(1,2)", "PI(1)", "NOW(1,2,3)", "ROUND(1,2,3)"])
def test_too_many_arguments_are_told(formula: str) -> None:
    program = compile_formulas({Address("附件1", 1, 1): formula}, sheets=["附件1"])
    assert [fault.address.a1 for fault in program.faults] == ["A1"]


@pytest.mark.parametrize(
    "formula", ["ROWS(B1:B2*2)", "SHEET(ROUND(B1,0))", "COLUMNS(B1:B2&B2)", "ROW(B1)", "ROWS(A1:B2)"]
)
def test_what_is_computed_for_its_shape_waits_for_its_cells(formula: str) -> None:
    """The cell stands before those that it needs."""
    place = Address("附件1", 1, 1)
    others = {Address("附件1", row, 2): "1+1" for row in (1, 2)}
    program = compile_formulas({place: formula, **others}, sheets=["附件1"])
    assert program.faults == ()
    assert isinstance(program.run({})[place], float | ExcelError)


def test_an_archive_may_have_a_member_without_a_name() -> None:
    data = lying_zip([Member(b"", b"x"), Member(b"a.txt", b"y")])
    pieces = list(open_parcel("a.zip", data, Origin(received_at=NOON)))
    assert [(piece.data, bool(piece.name)) for piece in pieces] == [(b"x", True), (b"y", True)]


BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize("text", [BOMB, "edition: " + "[" * 400 + "]" * 400 + "\n"], ids=["bomb", "deep"])
def test_aliases_without_end_are_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "e.yaml"
    path.write_text(text, encoding="utf-8")
    with bounded(5), pytest.raises(DefinitionError):
        YamlFile(path)


@pytest.mark.parametrize(
    "label",
    [
        "{{ 9**9**9 }}",
        "{{ 'x' * 999999999 }}",
        "{% for a in range(99999) %}x{% endfor %}",
        "{{ year - 'x' }}",
        "{{ unit.name() }}",
    ],
)
def test_a_label_is_no_program(tmp_path: Path, label: str) -> None:
    """A power, a repetition or a loop may never come to an end."""
    form = FILES["templates/forms/basic/v.yaml"].replace("[说明,", f'["{label}",')
    assert form != FILES["templates/forms/basic/v.yaml"]
    desk = written(tmp_path, {**FILES, "templates/forms/basic/v.yaml": form})
    with bounded(5):
        (problem,) = desk.problems()
    assert problem.line > 0


@pytest.mark.parametrize("text", ["金额", "调整后的预算数", "编制数", "四舍五入 [理]"])
def test_characters_that_no_workbook_can_hold_are_told_at_their_place(tmp_path: Path, text: str) -> None:
    """Of a label, a hint, the grid, a parameter."""
    files = {
        name: content.replace(text, "NUL").replace('"NUL"', "NUL").replace("NUL", r'"\0"')
        for name, content in FILES.items()
    }
    assert files != FILES
    problems = written(tmp_path, files).problems()
    assert all(problem.line > 1 and "U+0000" in problem.message for problem in problems)


def test_a_form_of_an_endless_name_is_told(tmp_path: Path) -> None:
    files = {**FILES, "templates/editions/e.yaml": FILES["templates/editions/e.yaml"].replace("basic/v", "x" * 5000)}
    (problem,) = written(tmp_path, files).problems()
    assert problem.line > 0


def test_a_field_that_stands_in_no_line_of_its_block_is_told(tmp_path: Path) -> None:
    form = FILES["templates/forms/basic/v.yaml"].replace("$actual, $score, $weight]", "$actual, 得分, $weight]")
    assert form != FILES["templates/forms/basic/v.yaml"]
    desk = written(tmp_path, {**FILES, "templates/forms/basic/v.yaml": form})
    assert all(problem.line > 0 for problem in desk.problems())


def test_the_seed_itself_is_clean() -> None:
    assert list(check_workbook(seed().data)) == []
