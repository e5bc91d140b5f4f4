"""The clerk's whole way over the desk's pages, and the command line in turn on the same campaign."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.running import run
from tests.support import clerk
from tests.web.conftest import Posted
from tests.web.desks import DeskBrowser
from xlsxeval.api import fields, open_campaign
from xlsxeval.judging.front import Front


@pytest.fixture(scope="module")
def walked(
    posted: Posted, front: Front, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DeskBrowser, Path, str]]:
    """A desk on which the campaign's return was taken."""
    folder = tmp_path_factory.mktemp("walked")
    campaign = folder / "辰溪2024"
    shutil.copytree(posted.campaign, campaign)
    browser = DeskBrowser(folder, front=front)
    key = browser.work.register(campaign)
    task = browser.done(browser.post(f"/c/{key}/returns", files={"收表/附件.xlsx": posted.files["wrong"]}))
    assert task["state"] == "done"
    assert [line["link"] for line in task["lines"]] == [f"/c/{key}/reviews/{posted.code}"]
    yield browser, campaign, key
    browser.close()


def test_a_file_is_judged_without_a_campaign(desk: DeskBrowser, posted: Posted) -> None:
    task = desk.done(desk.post("/look", files={"好.xlsx": posted.files["careful"], "坏.xlsx": b"no workbook"}))
    read, unread = task["lines"]
    assert re.fullmatch(r"好.xlsx：\d+ 处问题", read["text"])
    page = desk.page(read["link"])
    assert page.count('<table class="form"') == len(fields("chenxi-2024").sheets)
    assert len(re.findall('<li id="f', page)) == int(read["text"].split("：")[1].split()[0])
    assert unread["text"] == "坏.xlsx：读不了"
    assert "F002" in desk.page(unread["link"])
    assert not list(desk.work.home.glob("*"))


def test_a_new_campaign_and_its_roster(desk: DeskBrowser, posted: Posted) -> None:
    asked = {"name": "2024年度自评", "year": "2024", "edition": "chenxi-2024", "department": "某某市财政局"}
    begun = desk.post("/new", asked)
    assert begun.status_code == 303
    address = begun.headers["Location"]
    folder = desk.work.home / "2024年度自评"
    assert (folder / "名册.xlsx").is_file()
    assert not (folder / "campaign.yaml").exists()
    assert "名册还是空的" in desk.page(address)
    refused = desk.post(f"{address}roster", files={"名册.xlsx": posted.files["careful"]})
    assert "不是名册" in desk.told(refused)
    roster = (posted.campaign / "名册.xlsx").read_bytes()
    assert desk.post(f"{address}roster", files={"名册.xlsx": roster}).status_code == 303
    assert (folder / "名册.xlsx").read_bytes() == roster
    assert (folder / "名册（旧1）.xlsx").is_file()
    page = desk.page(address)
    assert "名册没有问题" in page
    assert posted.code in page


def test_a_roster_open_in_excel_is_left_alone(desk: DeskBrowser, posted: Posted, tmp_path: Path) -> None:
    campaign = tmp_path / "任务"
    shutil.copytree(posted.campaign, campaign)
    before = (campaign / "名册.xlsx").read_bytes()
    (campaign / "~$名册.xlsx").touch()
    key = desk.work.register(campaign)
    assert "请存盘、关上" in desk.told(desk.post(f"/c/{key}/roster", files={"名册.xlsx": before + b" "}))
    assert "请存盘、关上" in desk.told(desk.post(f"/c/{key}/settings", {"deadline": "2025-07-01"}))
    assert (campaign / "名册.xlsx").read_bytes() == before


def test_the_deadline_goes_into_the_roster(desk: DeskBrowser, posted: Posted, tmp_path: Path) -> None:
    campaign = tmp_path / "任务"
    shutil.copytree(posted.campaign, campaign)
    key = desk.work.register(campaign)
    before = open_campaign(campaign).campaign
    assert desk.post(f"/c/{key}/settings", {"deadline": "2025-07-01"}).status_code == 303
    after = open_campaign(campaign).campaign
    assert str(after.deadline) == "2025-07-01"
    assert after.units == before.units
    assert "2025-07-01" in desk.page(f"/c/{key}/")


def test_the_deadline_goes_into_yaml_with_its_comments(desk: DeskBrowser, tmp_path: Path) -> None:
    campaign = tmp_path / "任务"
    campaign.mkdir()
    text = (Path(__file__).parents[2] / "samples" / "chenxi-2024" / "campaign.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^deadline:.*$", "deadline: 2025-03-01   # 文件里定的", text, flags=re.MULTILINE)
    (campaign / "campaign.yaml").write_text(text, encoding="utf-8")
    key = desk.work.register(campaign)
    assert desk.post(f"/c/{key}/settings", {"deadline": "2025-07-01"}).status_code == 303
    changed = (campaign / "campaign.yaml").read_text(encoding="utf-8")
    assert changed == text.replace("deadline: 2025-03-01   #", 'deadline: "2025-07-01"   #')


def test_workbooks_are_made_and_downloaded(desk: DeskBrowser, posted: Posted, tmp_path: Path) -> None:
    campaign = tmp_path / "任务"
    campaign.mkdir()
    shutil.copy(posted.campaign / "名册.xlsx", campaign)
    key = desk.work.register(campaign)
    assert "没有选单位" in desk.told(desk.post(f"/c/{key}/sending"))
    task = desk.done(desk.post(f"/c/{key}/sending", {"unit": [posted.code]}))
    assert (task["state"], len(task["lines"])) == ("done", 1)
    assert desk.get(f"/c/{key}/sent.zip").data.startswith(b"PK")
    again = desk.done(desk.post(f"/c/{key}/sending", {"unit": [posted.code]}))
    assert again["state"] == "failed"
    assert "已经存在" in again["messages"][-1]


def test_a_unit_page_draws_the_form_with_its_findings(walked: tuple[DeskBrowser, Path, str], posted: Posted) -> None:
    desk, _, key = walked
    page = desk.page(f"/c/{key}/reviews/{posted.code}")
    anchors = set(re.findall(r'data-anchor="([^"]+)"', page))
    assert anchors
    for anchor in anchors:
        assert re.search(rf'id="{anchor}" class="[^"]*marked', page)
    for number in re.findall(r'href="#f(\d+)"', page):
        assert f'id="f{number}"' in page


def test_reviews_are_on_record_for_both_shells(walked: tuple[DeskBrowser, Path, str], posted: Posted) -> None:
    desk, campaign, key = walked
    address = f"/c/{key}/reviews/{posted.code}"
    assert desk.post(address, {"state": "passed", "note": "电话核实过"}).status_code == 303
    assert "电话核实过" in desk.page(address)
    told = json.loads(run("status", campaign, "--format", "json").out)["units"][0]["review"]
    assert (told["state"], told["note"], told["current"]) == ("passed", "电话核实过", True)
    assert run("review", campaign, posted.code, "--state", "pending", "--note", "还要看", "--by", "李科长").code == 0
    assert "还要看" in desk.page(address)
    assert "李科长" in desk.page(f"/c/{key}/history")


def test_an_exception_is_recorded_and_withdrawn(walked: tuple[DeskBrowser, Path, str], posted: Posted) -> None:
    desk, campaign, key = walked
    page = desk.page(f"/c/{key}/reviews/{posted.code}")
    rule, cell = re.findall(r'name="rule" value="([^"]+)">\s*<input type="hidden" name="cell" value="([^"]+)"', page)[0]
    address = f"/c/{key}/reviews/{posted.code}/waive"
    assert "要写理由" in desk.told(desk.post(address, {"rule": rule, "cell": cell, "reason": " "}))
    before = len(open_campaign(campaign).units()[0].open)
    assert desk.post(address, {"rule": rule, "cell": cell, "reason": "有批复"}).status_code == 303
    assert len(open_campaign(campaign).units()[0].open) < before
    (line,) = open_campaign(campaign).exceptions().waived
    assert desk.post(f"/c/{key}/withdraw", {"number": str(line.id)}).status_code == 303
    assert len(open_campaign(campaign).units()[0].open) == before


def test_a_return_goes_back_with_its_annotated_copy(walked: tuple[DeskBrowser, Path, str], posted: Posted) -> None:
    desk, campaign, key = walked
    task = desk.done(desk.post(f"/c/{key}/reviews/{posted.code}/back", {"note": "请改"}))
    assert task["state"] == "done", task
    assert any(".xlsx" in line["text"] for line in task["lines"])
    assert all(desk.get(line["link"]).status_code == 200 for line in task["lines"])
    unit = open_campaign(campaign).unit(posted.code)
    assert unit is not None
    assert unit.review_state == "returned"


def test_results_are_made_and_downloaded(walked: tuple[DeskBrowser, Path, str]) -> None:
    desk, campaign, key = walked
    task = desk.done(desk.post(f"/c/{key}/results", {"what": "summary"}))
    assert task["state"] == "done", task
    assert (campaign / "结果" / "汇总.xlsx").is_file()
    links = re.findall(r'href="(/c/\w+/files/\w+)">汇总.xlsx', desk.page(f"/c/{key}/results"))
    assert desk.get(links[0]).data.startswith(b"PK")


def test_two_files_of_a_unit_are_chosen_between(desk: DeskBrowser, posted: Posted, tmp_path: Path) -> None:
    campaign = tmp_path / "任务"
    shutil.copytree(posted.campaign, campaign)
    key = desk.work.register(campaign)
    files = {"一/表.xlsx": posted.files["careful"], "二/表.xlsx": posted.files["wrong"]}  # of one name, in two folders
    desk.done(desk.post(f"/c/{key}/returns", files=files))
    digests = re.findall(r'name="file" value="(\w{64})"', desk.page(f"/c/{key}/returns"))
    assert len(digests) == 2
    assert "要写理由" in desk.told(desk.post(f"/c/{key}/choose", {"file": digests[0], "reason": ""}))
    assert desk.post(f"/c/{key}/choose", {"file": digests[0], "reason": "单位来电"}).status_code == 303
    unit = open_campaign(campaign).unit(posted.code)
    assert unit is not None
    assert unit.counting == (digests[0],)


def test_a_second_desk_reads_only_and_names_the_first(
    desk: DeskBrowser, posted: Posted, front: Front, tmp_path: Path
) -> None:
    campaign = tmp_path / "任务"
    shutil.copytree(posted.campaign, campaign)
    key = desk.work.register(campaign)
    other = DeskBrowser(tmp_path / "other", front=front)
    other.work.register(campaign)
    desk.page(f"/c/{key}/")
    told = other.told(other.post(f"/c/{key}/returns", files={"甲.xlsx": posted.files["careful"]}))
    assert desk.work.settings.by in told
    assert other.get(f"/c/{key}/returns").status_code == 200
    desk.close()
    other.done(other.post(f"/c/{key}/returns", files={"甲.xlsx": posted.files["careful"]}))
    other.close()


def test_a_campaign_is_backed_up_and_restored(desk: DeskBrowser, posted: Posted, tmp_path: Path) -> None:
    campaign = tmp_path / "任务"
    shutil.copytree(posted.campaign, campaign)
    key = desk.work.register(campaign)
    desk.done(desk.post(f"/c/{key}/returns", files={"甲.xlsx": posted.files["careful"]}))
    task = desk.done(desk.post(f"/c/{key}/backup"))
    assert task["state"] == "done", task
    (backup,) = (desk.work.home / "备份").glob("*.zip")
    answer = desk.post("/restore", files={"任务.zip": backup.read_bytes()})
    assert answer.status_code == 303
    restored = open_campaign(desk.work.home / "任务")
    assert [unit.counting for unit in restored.units()] == [unit.counting for unit in open_campaign(campaign).units()]
    assert desk.post("/restore", files={"任务.zip": b"no backup"}).status_code == 422


def test_the_first_page_of_a_new_start_opens_no_campaign(
    desk: DeskBrowser, posted: Posted, front: Front, tmp_path: Path
) -> None:
    campaign = tmp_path / "任务"
    shutil.copytree(posted.campaign, campaign)
    key = desk.work.register(campaign)
    desk.page(f"/c/{key}/")
    again = DeskBrowser(tmp_path, front=front)
    assert "2024年 辰溪县医疗保障局" in again.page("/")
    assert again.work._open == {}
    assert again.get(f"/c/{key}/sending").status_code == 200
    (campaign / "名册.xlsx").unlink()
    assert "现在没有任务" in again.page("/")
    again.close()


def test_faults_of_one_kind_are_one_line(desk: DeskBrowser) -> None:
    asked = {"name": "任务", "year": "2024", "edition": "chenxi-2024", "department": "某某县财政局"}
    address = desk.post("/new", asked).headers["Location"]
    desk.post(f"{address}roster", files={"名册.xlsx": clerk.roster(mistakes=True)})
    page = desk.page(address)
    assert "要改的地方（4 处）" in page
    assert {"任务!B6", "单位!A10", "指标!A3"} <= set(re.findall(r'class="path">([^<]+)<', page))
    desk.post(f"{address}roster", files={"名册.xlsx": clerk.roster()})
    page = desk.page(address)
    assert "名册没有问题" in page
    assert page.count("△ 提醒") == 3
    assert "等 16 处" in page
