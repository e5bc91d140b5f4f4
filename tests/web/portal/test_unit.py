"""A unit's way on the portal: its workbook, an upload, the answer, 确认上报, messages, receipts."""

from __future__ import annotations

import io
import re
import zipfile

from docx import Document

from tests.web.conftest import Posted
from tests.web.portal.portals import Portal, states, told
from xlsxeval.api import check


def test_a_unit_hands_in_mends_and_confirms(portal: Portal, posted: Posted) -> None:
    link, browser = portal.link(posted.code), portal.browser()
    page = browser.page(link)
    assert "下载本单位的表" in page
    assert "还没有交上算数的表" in page
    blank = browser.get(f"{link}/workbook.xlsx")
    assert check(blank.data, name="x.xlsx").status == "findings"
    answer = browser.hand_in(link, ("附件.xlsx", posted.files["wrong"]))
    assert states(answer) == ["current"]
    assert 'class="finding error"' in answer
    assert "td" in answer
    assert re.search(r'<a href="#f\d+" class="to-finding"', answer)
    assert "错误" in told(browser.post(f"{link}/confirm", {"person": "李某"}))
    campaign = portal.office.campaign(portal.key)
    assert campaign is not None
    again = browser.get(f"{link}/workbook.xlsx")
    assert campaign.check(again.data, name="x.xlsx").subject is not None
    assert [one.code for one in campaign.check(again.data).open] == [
        one.code for one in campaign.check(posted.files["wrong"]).open
    ]
    (annotated,) = set(re.findall(r'href="([^"]+/annotated/[^"]+)"', answer))
    assert zipfile.ZipFile(io.BytesIO(browser.get(annotated).data)).testzip() is None
    portal.user(role_of("organiser")).post(f"/c/{portal.key}/portal", {"confirm_with_errors": "on"})
    assert browser.post(f"{link}/confirm", {"person": "李某"}).status_code == 303
    assert "李某" in browser.page(link)
    browser.hand_in(link, ("附件.xlsx", posted.files["careful"]))
    assert "再确认一次" in browser.page(link)


def role_of(name: str):  # type: ignore[no-untyped-def]
    from xlsxeval.ledger.portal import AccountRole

    return AccountRole(name)


def test_the_receipt_names_file_time_and_state(portal: Portal, posted: Posted) -> None:
    link, browser = portal.link(posted.code), portal.browser()
    answer = browser.hand_in(link, ("附件.xlsx", posted.files["careful"]))
    (receipt,) = set(re.findall(r'href="([^"]+/receipts/\d+)"', answer))
    page = browser.page(receipt)
    import hashlib

    digest = hashlib.sha256(posted.files["careful"]).hexdigest()
    assert digest in page
    document = Document(io.BytesIO(browser.get(f"{receipt}.docx").data))
    cells = {row.cells[0].text: row.cells[1].text for row in document.tables[0].rows}
    assert cells["SHA-256"] == digest
    assert cells["文件"] == "附件.xlsx"
    assert cells["状态"].startswith("收到，算数")
