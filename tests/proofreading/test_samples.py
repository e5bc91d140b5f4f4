"""The reports of all samples: silent as they were made and as LibreOffice saves them; every edit is found at its place."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.proofreading.desk import SAMPLES, news, proof, reference, report, submission, verdict
from tests.support.office import convert_all
from tests.support.reports import edited
from xlsxeval.proofreading import read_document
from xlsxeval.proofreading.document import DocumentTable
from xlsxeval.proofreading.sources import sources
from xlsxeval.report import drawn_sheets, report_bytes
from xlsxeval.report.page_parts import PageRoom, page_parts
from xlsxeval.resources import templates_directory
from xlsxeval.rules.prose import prose
from xlsxeval.rules.registry import rules

MOST_EXACT = {"liuyang-2020": "附件2", "zhuzhou-2024": "附件2", "yueyanglou-2023": "附件2"}


def own_words(sample: str) -> set[tuple[str, str | None]]:
    """What the rules about prose tell of the workbook itself: its report says the same."""
    own = submission(sample)
    texts = prose(own)
    return {(rule.code, hit.shown) for rule in rules() if rule.over_texts for hit in rule.over_texts(own, texts)}


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_report_as_it_was_made_has_only_the_faults_of_its_own_text(sample):
    found = verdict(sample, report(sample)).findings
    documents = {rule.code for rule in rules() if rule.over_document}
    assert not [finding for finding in found if finding.code in documents]
    workbook = {code for code, _ in own_words(sample)}
    assert {finding.code for finding in found} <= workbook


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_cell_of_every_table_is_led_back_to_the_workbook(sample):
    tables = [table for part in proof(sample, report(sample)).fresh for table in part.tables]
    assert tables
    for table in tables:
        known = sources(table, reference(sample).sketches)
        shown = {
            (row, column) for row, cells in enumerate(table.rows) for column, cell in enumerate(cells) if cell.text
        }
        assert shown <= known.keys()


@pytest.mark.libreoffice
@pytest.mark.parametrize("sample", SAMPLES)
def test_what_libreoffice_saves_says_the_same(sample):
    saved = saved_by_libreoffice()[report(sample)]
    assert saved != report(sample)
    told = [(finding.code, finding.place, finding.shown) for finding in verdict(sample, report(sample)).findings]
    assert [(one.code, one.place, one.shown) for one in verdict(sample, saved).findings] == told


@pytest.mark.libreoffice
def test_edits_are_found_at_the_same_places_after_libreoffice_saved_them():
    sample = "zhuzhou-2024"
    changed = edited_report(sample)
    saved = saved_by_libreoffice()[changed]
    places = [(one.code, one.place) for one in verdict(sample, changed).findings]
    assert ("N123", "附件2") in {(code, place.sheet) for code, place in places}
    assert [(one.code, one.place) for one in verdict(sample, saved).findings] == places


@cache
def edited_report(sample: str) -> bytes:
    return edited(report(sample), {"change": figures_of_a_table(sample, "附件2")})


@cache
def saved_by_libreoffice() -> dict[bytes, bytes]:
    """The reports of all samples and the edited one, at one start of the program."""
    documents = [*map(report, SAMPLES), edited_report("zhuzhou-2024")]
    return dict(zip(documents, convert_all(documents, ".docx", "docx"), strict=True))


def figures_of_a_table(sample: str, mark: str) -> dict[str, str]:
    """A figure that stands once in the report, with one that differs in its last digit."""
    document = read_document(report(sample))
    part = next(part for part in proof(sample, report(sample)).edited if part.name == mark)
    texts = [block.text for block in document.blocks if hasattr(block, "text")]
    texts += [cell.text for block in document.blocks if hasattr(block, "rows") for row in block.rows for cell in row]
    for table in part.tables:
        for row in table.rows:
            for cell in row:
                figure = cell.text
                if re.fullmatch(r"\d+\.\d\d", figure) and sum(figure in text for text in texts) == 1:
                    return {figure: figure[:-1] + str((int(figure[-1]) + 1) % 10)}
    raise AssertionError("no figure stands only once")


@pytest.mark.parametrize("sample", sorted(MOST_EXACT))
def test_a_figure_of_an_attachment(sample):
    change = figures_of_a_table(sample, MOST_EXACT[sample])
    ((old, new),) = change.items()
    (found,) = news(sample, change=change)
    assert (found.code, found.place.sheet) == ("N123", MOST_EXACT[sample])
    assert (found.shown, found.expected) == (new, old)
    table, row, cell = (int(number) for number in re.findall(r"\d+", f"表1 {found.place.cell}")[-3:])
    part = next(part for part in proof(sample, report(sample)).fresh if part.name == MOST_EXACT[sample])
    assert part.tables[table - 1].rows[row - 1][cell - 1].text == old
    (home,) = found.related
    assert submission(sample).layout.sheet(home.sheet or "") is not None


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_figure_of_the_text(sample):
    line, old = next(
        (line, match.group())
        for part in proof(sample, report(sample)).edited[1:]
        for line in part.lines
        if not part.attachment and not line.level
        for match in re.finditer(r"(?<![\d.≥≤])\d+(?:\.\d+)?(?=万元|条|次。|期)", line.text)
        if sum(other.text.count(match.group()) for one in proof(sample, report(sample)).edited for other in one.lines)
        == 1
    )
    found = news(sample, change={old: f"9{old}"})
    at_place = [finding for finding in found if finding.place == line.place]
    assert {finding.code for finding in at_place} & {"N101", "N102", "N104", "N128"}
    assert any(f"9{old}" in (finding.shown or "") for finding in at_place)
    figures = [finding.shown for finding in at_place if finding.code in ("N101", "N128")]
    assert len(figures) == len(set(figures))


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_chapter_that_was_deleted(sample):
    chapters = [part for part in proof(sample, report(sample)).edited[1:] if not part.attachment]
    gone = chapters[-2]
    found = news(sample, delete=[line.text[:60] for line in gone.lines])
    assert [finding.place.sheet for finding in found if finding.code == "N129"] == [gone.name]
    assert {finding.code for finding in found} <= {"N129", "N106"}


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_heading_with_another_number(sample):
    chapters = [part for part in proof(sample, report(sample)).edited[1:] if not part.attachment]
    third = chapters[2].name
    found = news(sample, change={third: third.replace("三、", "四、", 1)})
    renumbered = third.replace("三、", "四、", 1)
    assert ("N106", renumbered[:40], "标题") in [(one.code, one.place.sheet, one.place.cell) for one in found]
    assert {one.code for one in found} == {"N106"}


@pytest.mark.parametrize("sample", ["liuyang-2020", "zhuzhou-2024"])
@pytest.mark.parametrize("height", [7_000, 1_000_000], ids=["cut elsewhere", "not cut"])
def test_where_forms_are_cut_into_pages_is_no_difference(sample, height, monkeypatch):
    def cut(table, widths, looks, room):
        return page_parts(table, widths, looks, PageRoom(height, height))

    monkeypatch.setattr(drawn_sheets, "page_parts", cut)
    own = submission(sample)
    other = report_bytes(own, templates_directory() / "reports" / str(own.layout.edition.report))
    tables = [
        sum(isinstance(one, DocumentTable) for one in read_document(data).blocks) for data in (other, report(sample))
    ]
    assert tables[0] != tables[1]
    told = [(finding.code, finding.shown) for finding in verdict(sample, report(sample)).findings]
    assert [(finding.code, finding.shown) for finding in verdict(sample, other).findings] == told
