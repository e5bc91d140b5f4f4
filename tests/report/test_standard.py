"""Made reports of every edition beside GB/T 9704-2012, clause by clause; docs/internals/gbt-9704.md tells what each asks for."""

from __future__ import annotations

import re

import pytest
from docx.oxml.ns import qn

from tests.report.made import ALL_SAMPLES, sample_report
from tests.report.reading import opened, part
from tests.report.test_page import W, attributes, mm, style

LEVELS = {
    "Heading 1": re.compile(r"[一二三四五六七八九十]+、"),
    "Heading 2": re.compile(r"（[一二三四五六七八九十]+）"),
    "Heading 3": re.compile(r"\d+[.、]"),
}
NUMBERS = {character: at for at, character in enumerate("一二三四五六七八九十", start=1)}
LISTED = ("附件说明", "附件说明续")


@pytest.fixture(params=ALL_SAMPLES)
def data(request):
    return sample_report(request.param)


@pytest.fixture
def lines(data):
    """Style and text of each paragraph of the body that has a text."""
    return [(item.style.name, item.text) for item in opened(data).paragraphs if item.text.strip()]


def texts(lines, *styles):
    return [text for name, text in lines if name in styles]


def across(section):
    return section.find("w:pgSz", W).get(qn("w:orient")) == "landscape"


def sections(data):
    return list(opened(data).element.body.iter(qn("w:sectPr")))


def test_5_2_1_the_text_block_is_156_by_225_millimetres(data):
    for section in sections(data):
        size, margins = attributes(section.find("w:pgSz", W)), attributes(section.find("w:pgMar", W))
        wide = int(size["w"]) - int(margins["left"]) - int(margins["right"])
        high = int(size["h"]) - int(margins["top"]) - int(margins["bottom"])
        assert sorted((wide, high)) == pytest.approx([mm(156), mm(225)], abs=3)


def test_7_3_3_headings_have_the_marks_of_their_level_and_count_on(lines):
    counted = dict.fromkeys(LEVELS, 0)
    for name, text in lines:
        if name in LEVELS:
            mark = LEVELS[name].match(text)
            assert mark, text
            inside = mark[0].strip("（）、.")
            counted[name] += 1
            for lower in list(LEVELS)[list(LEVELS).index(name) + 1 :]:
                counted[lower] = 0
            assert (int(inside) if inside.isdigit() else NUMBERS[inside]) == counted[name], text
    assert counted["Heading 1"] >= 7


def test_7_3_4_the_list_of_attachments_follows_an_empty_line_and_its_names_line_up(data):
    items = [item for item in opened(data).paragraphs if item.style.name in LISTED]
    assert bool(items) == any(item.style.name == "附件标记" for item in opened(data).paragraphs)
    if items:
        assert [bool(item.text) for item in items] == [False] + [True] * (len(items) - 1)
        assert items[1].text.startswith("附件：")
        assert not [item.text for item in items if item.text.endswith(tuple("。；，、."))]
        styles = part(data, "word/styles.xml")
        first, others = (attributes(style(styles, name).find("w:pPr/w:ind", W)) for name in LISTED)
        assert int(first["leftChars"]) - int(first["hangingChars"]) == 200
        assert first["leftChars"] == others["leftChars"]  # second lines of all names begin below the first name


def test_7_3_7_the_attachments_have_the_numbers_and_names_of_the_list(lines):
    marks, titles = texts(lines, "附件标记"), texts(lines, "附件标题")
    printed = dict.fromkeys(
        (mark.removeprefix("附件").partition("-")[0], title) for mark, title in zip(marks, titles, strict=True)
    )
    found = [re.fullmatch(r"(?:(\d+)\.)?(.+)", text.removeprefix("附件：")) for text in texts(lines, *LISTED)]
    assert list(printed) == [(one[1] or "", one[2]) for one in found]


def test_7_3_5_the_unit_signs_below_the_text_and_its_date_has_no_leading_zeros(lines):
    names = [name for name, _ in lines]
    signed = texts(lines, "落款")
    assert 1 <= len(signed) <= 2
    assert set(names[names.index("落款") + len(signed) :]) <= {"附件标记", "附件标题"}
    assert all(re.fullmatch(r"20\d\d年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日", date) for date in signed[1:])


def test_7_5_numbers_stand_seven_millimetres_below_the_text_and_go_on_to_the_end(data):
    starts = [section.xpath("string(w:pgNumType/@w:start)") for section in sections(data)]
    assert [start for start in starts if start] == ["1"]
    half_points = style(part(data, "word/styles.xml"), "footer").find("w:rPr/w:sz", W).get(qn("w:val"))
    for section in sections(data):
        if not across(section):  # test_page.py reads the boxes of pages across
            margins = attributes(section.find("w:pgMar", W))
            below = int(margins["bottom"]) - int(margins["footer"]) - int(half_points) * 10
            assert below == pytest.approx(mm(7), abs=mm(0.6))


def test_8_pages_across_have_their_head_at_the_binding(data):
    """The left edge of an upright page, 28 mm, is the upper one of a page across."""
    for section in filter(across, sections(data)):
        margins = attributes(section.find("w:pgMar", W))
        edges = [int(margins[edge]) for edge in ("top", "left", "bottom", "right")]
        assert edges == pytest.approx([mm(28), mm(35), mm(26), mm(37)], abs=2)


def test_captions_stand_above_their_table_and_are_numbered(data):
    captions = [item for item in opened(data).paragraphs if item.style.name == "Caption"]
    assert all(item._p.getnext().tag == qn("w:tbl") for item in captions)
    numbers = [re.match(r"表(\d+)　\S", item.text)[1] for item in captions]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


def test_contents_stand_between_cover_and_text(lines):
    names = [name for name, _ in lines]
    if "toc 1" in names:
        entries = [at for at, name in enumerate(names) if name.startswith("toc")]
        assert names.index("封面标题") < names.index("目录标题") == entries[0] - 1
        assert entries == list(range(entries[0], entries[-1] + 1))
        assert names[entries[-1] + 1] == "Title"
