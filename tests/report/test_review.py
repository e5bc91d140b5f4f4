"""Open findings as comments: every one of them, at its own place, and the text stays as it was."""

from __future__ import annotations

import datetime as dt

import pytest
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from tests.report.reading import opened, paragraphs
from xlsxeval.calc import format_value
from xlsxeval.model import Finding, Place, Severity
from xlsxeval.report import OPEN_ERRORS, Review, report_bytes

DAY = dt.date(2025, 3, 1)


def finding(sheet: str | None = None, cell: str | None = None, **told: str) -> Finding:
    fields = {"message": "不符", "fix": "改正", "basis": "[理]", **told}
    return Finding("L101", "slug", Severity.ERROR, place=Place(sheet, cell), **fields)


def commented(data: bytes) -> list[str]:
    """The text inside each comment's range, in the order of the comments."""
    document = opened(data)
    texts = []
    for comment in document.comments:
        (node,) = document.element.xpath(f'//w:commentRangeStart[@w:id="{comment.comment_id}"]')
        text = ""
        while (node := node.getnext()).tag != qn("w:commentRangeEnd") or node.get(qn("w:id")) != str(
            comment.comment_id
        ):
            text += "".join(piece.text or "" for piece in node.iter(qn("w:t")))
        reference = node.getnext().find(qn("w:commentReference"))
        assert reference.get(qn("w:id")) == str(comment.comment_id)
        texts.append(text)
    return texts


@pytest.fixture
def written(submission, template):
    return lambda *findings: report_bytes(submission, template, review=Review(findings, DAY))


def test_a_comment_has_the_rule_what_is_wrong_and_what_to_do(written):
    told = {"message": "执行率不符", "shown": "100.00%", "expected": "93.48%", "working": "1÷2", "fix": "改成公式"}
    (comment,) = opened(written(finding("附件2", "G4", **told))).comments
    assert (comment.author, comment.initials) == ("xlsxeval", "xl")
    assert comment.timestamp == dt.datetime(2025, 3, 1, tzinfo=dt.UTC)
    for text in ("L101", *told.values()):
        assert text in comment.text


def test_a_figure_is_marked_in_its_cell_of_the_table(submission, written):
    sheet = submission.layout.sheet("附件2")
    cells = [cell for cell in sheet.cells if cell.slot and cell.address.column <= sheet.print_columns and cell.report]
    shown = [format_value(submission.value(cell), cell.look.number_format) for cell in cells]
    plain = [(cell, text) for cell, text in zip(cells, shown, strict=True) if text and "\n" not in text]
    assert len(plain) > 40
    data = written(*(finding("附件2", cell.address.a1) for cell, _ in plain))
    assert commented(data) == [text for _, text in plain]


def test_the_quoted_words_are_marked_in_the_text(make, submission, template):
    slot = next(slot for slot in submission.layout.slots if slot[0] == "narrative" and "problem" in slot[2])
    first, second = "一是预算编制不细，全年追加3次。", "二是绩效目标有12个没有量化，另有12个偏低。"
    changed = make({slot: f"{first}\n{second}"})
    cell = submission.layout.slots[slot].address
    findings = [
        finding(cell.sheet, cell.a1, shown="追加3次"),
        finding(cell.sheet, cell.a1, message="正文写的“12个没有量化”与表不符"),
        finding(cell.sheet, cell.a1, shown="别处的话"),
        finding(cell.sheet, cell.a1, shown="一是预算编制不细"),
    ]
    data = report_bytes(changed, template, review=Review(findings, DAY))
    assert commented(data) == ["追加3次", "12个没有量化", first, "一是预算编制不细"]
    assert paragraphs(data) == paragraphs(report_bytes(changed, template))


def test_what_stands_nowhere_is_marked_at_the_forms_heading_or_at_the_beginning(submission, written):
    title = submission.layout.sheet("附件2").title
    data = written(finding("附件2"), finding("没有的表", "A1"), finding())
    beginning = next(text for text in paragraphs(data) if text.strip())
    assert commented(data) == [title, beginning, beginning]


def test_a_text_that_is_missing_is_marked_at_the_heading_of_its_section(make, submission, template):
    slot = ("narrative", None, "problems")
    place = submission.layout.slots[slot].address
    review = Review([finding(place.sheet, place.a1)], DAY)
    (text,) = commented(report_bytes(make({slot: None}), template, review=review))
    assert text.endswith(submission.layout.slots[slot].slot.label)
    assert text != submission.layout.slots[slot].slot.label


def test_a_number_that_only_the_text_has_is_marked_there(make, submission, template):
    slot = ("narrative", None, "personnel_cost")
    place = submission.layout.slots[slot].address
    changed = make({slot: 1234.5})
    data = report_bytes(changed, template, review=Review([finding(place.sheet, place.a1)], DAY))
    assert commented(data) == ["1234.50"]
    assert paragraphs(data) == paragraphs(report_bytes(changed, template))


def test_a_helper_column_is_marked_in_its_row(submission, written):
    sheet = submission.layout.sheet("附件2")
    helper = next(cell for cell in sheet.cells if cell.slot and cell.address.column > sheet.print_columns)
    data = written(finding("附件2", helper.address.a1))
    (node,) = opened(data).element.xpath("//w:commentRangeStart")
    row = next(node.iterancestors(qn("w:tr")))
    label = next(
        cell
        for cell in sheet.cells
        if cell.address.row == helper.address.row and cell.slot and cell.slot.field.short == "level3"
    )
    assert format_value(submission.value(label), "@") in "".join(text.text or "" for text in row.iter(qn("w:t")))


def test_several_findings_of_one_cell_are_several_comments(written):
    texts = commented(written(finding("附件2", "G4"), finding("附件2", "G4")))
    assert len(texts) == 2
    assert texts[0] == texts[1] != ""


def test_the_text_is_the_same_with_comments_and_the_bytes_are_the_same_again(submission, template, written):
    plain = report_bytes(submission, template)
    some = [finding("附件1", "F3"), finding("附件2", "G4"), finding()]
    assert paragraphs(written(*some)) == paragraphs(plain)
    assert written(*some) == written(*some)
    assert b"comments.xml" not in plain
    assert b"comments.xml" not in written()


def test_hostile_words_of_a_unit_do_no_harm(written):
    text = '<w:p>&amp;{{ x }}\x00\u202e"'
    (comment,) = opened(written(finding("附件2", "G4", shown=text))).comments
    assert "<w:p>&amp;{{ x }}" in comment.text


def test_a_draft_is_valid_by_the_schemas(submission, template, tmp_path):
    findings = [finding("附件2", "G4", shown="1"), finding("附件2", "G4"), finding("附件2"), finding()]
    path = tmp_path / "draft.docx"
    path.write_bytes(report_bytes(submission, template, review=Review(findings, DAY), watermark=OPEN_ERRORS))
    assert [error.description for error in OpenXmlValidator().validate(path).errors] == []
