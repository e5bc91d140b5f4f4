"""Settings over the desk's pages, versions beside each other, edited reports, notes and messages."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.web.conftest import Posted
from tests.web.desks import DeskBrowser
from xlsxeval.api import open_campaign


@pytest.fixture
def campaign(posted: Posted, tmp_path: Path) -> Path:
    """A campaign of one's own, as it was sent out."""
    folder = tmp_path / "任务"
    shutil.copytree(posted.campaign, folder)
    return folder


def test_severities_and_limits_go_into_the_campaign(desk: DeskBrowser, campaign: Path) -> None:
    key = desk.work.register(campaign)
    address = f"/c/{key}/settings"
    assert "没有改过" in desk.page(address)
    told = {"rule": "s102 扣了分没有写原因", "level": "info", "basis": "会议明确"}
    assert desk.post(f"{address}/rule", told).status_code == 303
    assert desk.post(f"{address}/limits", {"seconds": "60", "file_mb": ""}).status_code == 303
    opened = open_campaign(campaign).campaign
    assert (opened.settings["S102"].level, opened.settings["S102"].basis, opened.limits) == (
        "info",
        "会议明确",
        {"seconds": 60},
    )
    page = desk.page(address)
    assert "会议明确" in page
    assert re.search(r'name="seconds"[^>]*value="60"', page)
    assert "没有“S999”这条规则" in desk.told(desk.post(f"{address}/rule", {"rule": "S999", "level": "off"}))
    assert "不能改" in desk.told(desk.post(f"{address}/rule", {"rule": "T101", "level": "off"}))
    assert "整数" in desk.told(desk.post(f"{address}/limits", {"seconds": "一分钟"}))
    assert "应为 5 到 3,600" in desk.told(desk.post(f"{address}/limits", {"seconds": "1"}))
    assert desk.post(f"{address}/rule", {"rule": "S102", "level": ""}).status_code == 303
    assert open_campaign(campaign).campaign.settings == {}
    assert desk.log == []


def test_last_years_campaign_is_chosen_from_the_list(desk: DeskBrowser, campaign: Path) -> None:
    key = desk.work.register(campaign)
    assert f'<option value="{key}">' in desk.page("/new")
    asked = {"name": "今年", "year": "2025", "edition": "chenxi-2024", "department": "某某局", "last_year": key}
    assert desk.post("/new", asked).status_code == 303
    folder = desk.work.home / "今年"
    assert "名册还是空的" in desk.page(f"/c/{desk.work.places.key(folder)}/")
    told = load_workbook(folder / "名册.xlsx")["任务"]["B7"].value
    assert not Path(told).is_absolute()
    assert (folder / told).resolve() == campaign.resolve()


def test_versions_stand_beside_each_other(desk: DeskBrowser, campaign: Path, posted: Posted) -> None:
    key = desk.work.register(campaign)
    desk.done(
        desk.post(
            f"/c/{key}/returns", files={"一/表.xlsx": posted.files["careful"], "二/表.xlsx": posted.files["wrong"]}
        )
    )
    page = desk.page(f"/c/{key}/returns")
    assert "报告正文!B17" in page
    assert {"611.34", "600.00"} <= set(re.findall(r"<td[^>]*>([\d.]+)</td>", page))
    (address,) = re.findall(r'href="([^"]*/compare/[^"]*)"', page)
    drawn = desk.page(address)
    assert len(re.findall(r'class="[^"]*mark-differs', drawn)) == 2
    ids = re.findall(r'id="([^"]+)"', drawn)
    assert len(ids) == len(set(ids))
    assert desk.get(re.sub(r"/[0-9a-f]{64}", f"/{'0' * 64}", address)).status_code == 404
    reviews = desk.page(f"/c/{key}/reviews")
    assert "要选定" in reviews
    assert "没有问题" not in reviews
    digest = re.findall(r'name="file" value="(\w{64})"', drawn)[0]
    assert desk.post(f"/c/{key}/choose", {"file": digest, "reason": "单位来电"}).status_code == 303
    assert desk.get(address).status_code == 404


def test_a_note_alone_leaves_the_review_as_it_is(desk: DeskBrowser, campaign: Path, posted: Posted) -> None:
    key = desk.work.register(campaign)
    desk.done(desk.post(f"/c/{key}/returns", files={"表.xlsx": posted.files["careful"]}))
    address = f"/c/{key}/reviews/{posted.code}"
    desk.post(address, {"state": "passed", "note": "看过"})
    desk.post(address, {"state": "note", "note": "再\n打个电话"})
    line = open_campaign(campaign).unit(posted.code)
    assert line is not None
    assert line.review is not None
    assert (line.review_state, line.review.note) == ("passed", "再\n打个电话")


def test_the_message_of_a_return_is_there_to_copy(desk: DeskBrowser, campaign: Path, posted: Posted) -> None:
    key = desk.work.register(campaign)
    desk.done(desk.post(f"/c/{key}/returns", files={"表.xlsx": posted.files["wrong"]}))
    task = desk.done(desk.post(f"/c/{key}/reviews/{posted.code}/back", {"note": "请改"}))
    assert task["state"] == "done", task
    assert "标注版" in task["text"]
    assert "要改的" in task["text"]
    shown = desk.page(f"/c/{key}/reviews/{posted.code}")
    assert task["text"].splitlines()[2] in shown
    desk.post(f"/c/{key}/reviews/{posted.code}", {"state": "passed"})
    assert "发给单位的话" not in desk.page(f"/c/{key}/reviews/{posted.code}")


def test_an_edited_report_is_checked_on_the_first_page(
    desk: DeskBrowser, campaign: Path, posted: Posted, tmp_path: Path
) -> None:
    nobody = desk.done(desk.post("/look", files={"报告.docx": b"PK"}))
    assert "读不了" in nobody["lines"][0]["text"]
    key = desk.work.register(campaign)
    desk.done(desk.post(f"/c/{key}/returns", files={"表.xlsx": posted.files["careful"]}))
    open_campaign(campaign, by="王会计").report(force=True)
    (made,) = (campaign / "结果").rglob("*.docx")
    edited = tmp_path / "改过的报告.docx"
    document = Document(str(made))
    texts = [run_ for paragraph in document.paragraphs for run_ in paragraph.runs if "611.34" in run_.text]
    texts[0].text = texts[0].text.replace("611.34", "661.34")
    document.save(str(edited))
    files = {"原来的.docx": made.read_bytes(), "改过的.docx": edited.read_bytes(), "别的.docx": b"PK\x03\x04"}
    untouched, changed, broken = desk.done(desk.post("/look", files=files))["lines"]
    page = desk.page(changed["link"])
    assert "661.34" in page
    assert "661.34" not in desk.page(untouched["link"])
    assert 'class="desk alone"' in page
    assert "读不了" in broken["text"]
    assert "N120" in desk.page(broken["link"])
    assert desk.log == []


def test_files_open_in_the_users_own_program(desk: DeskBrowser, campaign: Path) -> None:
    key = desk.work.register(campaign)
    assert desk.post(f"/c/{key}/show", {"what": "sent"}).status_code == 404  # the pages may be on another machine
    assert "打开文件夹" not in desk.page(f"/c/{key}/sending")
    opened: list[Path] = []
    desk.work.opener = opened.append
    assert "打开文件夹" in desk.page(f"/c/{key}/sending")
    for what in ("roster", "sent"):
        assert desk.post(f"/c/{key}/show", {"what": what}).status_code == 303
    assert opened == [campaign / "名册.xlsx", campaign / "下发"]
    assert "还没有" in desk.told(desk.post(f"/c/{key}/show", {"what": "results"}))
    for what in ("", "../..", "/etc", ".xlsxeval"):
        assert desk.post(f"/c/{key}/show", {"what": what}).status_code == 404


def test_a_run_that_is_over_is_unlocked(desk: DeskBrowser, campaign: Path, posted: Posted) -> None:
    key = desk.work.register(campaign)
    desk.done(desk.post(f"/c/{key}/returns", files={"表.xlsx": posted.files["careful"]}))
    elsewhere = open_campaign(campaign, by="李科长")._workspace
    with elsewhere.ledger() as ledger, ledger.run("李科长", elsewhere.clock(), "collect"):
        task = desk.done(desk.post(f"/c/{key}/collect"))
        assert task["state"] == "failed"
        assert "李科长" in task["messages"][-1]
        assert f'action="/c/{key}/unlock"' in desk.page(desk.last_task)
        assert desk.post(f"/c/{key}/unlock").status_code == 303
        assert "解开了" in desk.page(f"/c/{key}/")
        assert desk.done(desk.post(f"/c/{key}/collect"))["state"] == "done"
