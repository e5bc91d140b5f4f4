"""A published report on the desk's first page: audited, and drawn with its marks."""

from __future__ import annotations

from tests.support.published.files import as_word, as_workbook
from tests.support.published.sources import published
from tests.web.desks import DeskBrowser


def test_a_report_is_dropped_on_the_desk(desk: DeskBrowser) -> None:
    files = {"报告.docx": as_word(published("yiyang-2022"))[0], "表.xlsx": as_workbook(published("yiyang-2022"))[0]}
    task = desk.done(desk.post("/look", files=files))
    for line in task["lines"]:
        page = desk.page(line["link"])
        assert page.count('<table class="form"') == 1
        assert "mark-error" in page
        assert 'href="#f' in page
