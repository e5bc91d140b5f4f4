"""Every figure of the text and every cell of the tables, in all samples: read back and held against the submission."""

from __future__ import annotations

import pytest

from tests.report.made import ALL_SAMPLES, sample_report, sample_submission
from tests.report.reading import numbers, opened
from tests.report.test_editions import typed
from tests.report.test_tables import attachment_tables, one_grid
from xlsxeval.calc import format_value
from xlsxeval.report.filters import money, number, percent, thousands
from xlsxeval.report.lines import counting_value, empty_lines

PLAIN = ("Heading", "toc", "附件", "Title", "封面", "落款", "Caption")


def field(submission, form, path, instance=None):
    return float(submission.field(form, path, instance))


def reckoned(name):
    """The figures of a report that stand in no cell: the sums, changes and shares of its sentences, by hand."""
    submission = sample_submission(name)

    def of(form, path, instance=None):
        return field(submission, form, path, instance)

    match name:
        case "zhuzhou-2024":
            yield from (of("overall", "funds.budget") - of("overall", "funds.initial"), len(submission.unit.projects))
            for at in range(1, len(submission.unit.projects) + 1):
                yield abs(of("project", "funds.budget", at) - of("project", "funds.initial", at))
        case "yueyanglou-2023":
            yield of("overall", "funds.budget") - of("overall", "funds.initial")
        case "liuyang-2020":
            basic, project = of("overall", "basic.executed"), of("overall", "project.executed")
            yield from (basic + project, of("overall", "fiscal.executed") + of("overall", "other.executed"))
            yield from (basic / (basic + project), project / (basic + project))
            yield from (of("narrative", "personnel_cost") / basic, of("basic", "public.final") / basic)
            final, previous, budget = (of("basic", f"sangong.{year}") for year in ("final", "previous", "budget"))
            yield from (previous - final, (previous - final) / previous, final / budget)
        case "yiyang-2022":
            yield from (sums(submission, "project", 1, level) for level in ("产出", "效益"))
            yield from (
                sums(submission, "project", 1, "效益", "社会效益"),
                sums(submission, "project", 1, "产出", "质量"),
            )
        case "chenxi-2024":
            yield from (sums(submission, "overall", None, ""), sums(submission, "overall", None, "", what="weight"))
            yield 11  # lines of the table


def sums(submission, form, instance, level1, level2="", what="score"):
    """The points of the lines whose first and second level have these words; a class counts for the lines below."""
    total = 0.0
    line, first, second = 1, "", ""
    while (form, instance, f"indicators[{line}].{what}") in submission.layout.slots:
        first = carried(submission, form, instance, f"indicators[{line}].level1", first)
        second = carried(submission, form, instance, f"indicators[{line}].level2", second)
        points = submission.field(form, f"indicators[{line}].{what}", instance)
        if level1 in first and level2 in second and isinstance(points, int | float):
            total += points
        line += 1
    return total


def carried(submission, form, instance, path, before):
    """The class of a line: its own, or where it has none (or shares a merged cell) that of the line above."""
    if (form, instance, path) not in submission.layout.slots:
        return before
    return str(submission.field(form, path, instance) or before)


def written(value):
    return {
        money(value),
        number(value),
        number(value, 3),
        number(value, 4),
        percent(value),
        thousands(value).replace(",", ""),
    }


@pytest.mark.parametrize("name", ALL_SAMPLES)
def test_every_figure_of_the_text_is_a_fields_or_reckoned_from_fields(name):
    submission = sample_submission(name)
    own = sorted((text.rstrip("。；;，,、.") for text in typed(submission) if len(text) > 3), key=len, reverse=True)
    values = [submission.value(cell) for sheet in submission.layout.sheets for cell in sheet.cells]
    figures = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    known = set().union(*map(written, [*figures, *reckoned(name)]), {str(submission.layout.campaign.year)})
    checked = 0
    for paragraph in opened(sample_report(name)).paragraphs:
        if paragraph.style.name.startswith(PLAIN):
            continue
        rest = paragraph.text
        for text in own:
            rest = rest.replace(text, "")
        found = numbers(rest.replace(",", ""))
        assert set(found) <= known, (paragraph.text, set(found) - known)
        checked += len(found)
    assert checked > 10


@pytest.mark.parametrize("name", [name for name in ALL_SAMPLES if name != "chenxi-2024"])
def test_every_cell_of_every_attachment_stands_in_its_place(name):
    submission = sample_submission(name)
    tables = attachment_tables(sample_report(name))
    compared = 0
    for sheet in submission.layout.sheets:
        if not sheet.attachment:
            continue
        empty = {
            block.first_row + line - 1 for block in sheet.blocks for line in empty_lines(submission, sheet, block.id)
        }
        silent = set(range(1, sheet.print_rows + 1)) - {cell.address.row for cell in sheet.cells if cell.report}
        titles = {cell.address.row for cell in sheet.cells if cell.look.role == "title"}
        rows = [row for row in range(1, sheet.print_rows + 1) if row not in empty | silent | titles]
        covered = {}
        for square in one_grid(tables[sheet.attachment]):
            for row in range(square.row, square.row + square.rows):
                for column in range(square.column, square.column + square.columns):
                    covered[row, column] = square.text
        assert len(covered) == len(rows) * sheet.print_columns, sheet.attachment
        for cell in sheet.cells:
            if cell.address.row in rows and cell.address.column <= sheet.print_columns:
                value = counting_value(submission, cell) if cell.report else ""
                text = format_value(value, cell.look.number_format)
                assert covered[rows.index(cell.address.row), cell.address.column - 1] == text, (
                    sheet.attachment,
                    cell.address,
                )
                compared += 1
    assert compared > 60
