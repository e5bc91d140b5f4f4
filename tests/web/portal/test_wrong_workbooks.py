"""Wrong workbooks through a link: another unit's, last year's, one that was copied, one of another edition, broken ones."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.web.conftest import SAMPLE, Posted
from tests.web.portal.portals import Portal, states
from xlsxeval.api import fill, open_campaign, sample

CODE, OTHER = "431223101", "431223102"


class Town:
    """A campaign of two units, last year's campaign of the first, and workbooks filled in."""

    def __init__(self, folder: Path) -> None:
        text = (sample(SAMPLE) / "campaign.yaml").read_text(encoding="utf-8")
        head, unit = text.split("units:\n")
        second = unit.replace(CODE, OTHER).replace("辰溪县医疗保障局", "辰溪县某某局")
        self.campaign = self._made(folder / "今年", f"{head}units:\n{unit.rstrip()}\n{second}")
        last = text.replace("campaign: chenxi-2024", "campaign: chenxi-2023").replace("year: 2024", "year: 2023")
        self.last = self._made(folder / "去年", last.replace("2025-05-31", "2024-05-31"))
        values = sample(SAMPLE) / "values" / "careful.yaml"
        self.files: dict[str, bytes] = {}
        for name, campaign, code in (
            ("own", self.campaign, CODE),
            ("other", self.campaign, OTHER),
            ("last", self.last, CODE),
        ):
            (blank,) = (campaign / "下发").glob(f"{code}*.xlsx")
            fill(blank, values, folder / f"{name}.xlsx")
            self.files[name] = (folder / f"{name}.xlsx").read_bytes()
        book = load_workbook(io.BytesIO(self.files["own"]))
        del book["_seal"]
        book.custom_doc_props.props.clear()
        copied = io.BytesIO()
        book.save(copied)
        self.files["copied"] = copied.getvalue()
        self.files["cut"] = self.files["own"][:9000]
        self.files["text"] = "这不是表".encode()

    def _made(self, folder: Path, text: str) -> Path:
        folder.mkdir()
        (folder / "campaign.yaml").write_text(text, encoding="utf-8")
        open_campaign(folder, by="王会计").generate(jobs=1)
        return folder


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def market(town: Town, tmp_path: Path) -> Iterator[Portal]:
    folder = tmp_path / "任务"
    shutil.copytree(town.campaign, folder)
    portal = Portal(folder)
    yield portal
    portal.close()


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("other", "I021", "辰溪县某某局"),
        ("last", "I003", "chenxi-2023"),
        ("copied", "I001", "印章"),
    ],
)
def test_a_wrong_workbook_is_named_and_the_right_one_offered(
    market: Portal, town: Town, name: str, code: str, words: str
) -> None:
    """The right one holds what was typed: a figure from the file, and it can be handed in at once."""
    link, browser = market.link(CODE), market.browser()
    answer = browser.hand_in(link, ("附件.xlsx", town.files[name]))
    assert states(answer) == ["set_aside"]
    assert code in answer
    assert words in answer
    (address,) = set(re.findall(r'href="([^"]+/carried/\d+\.xlsx)"', answer))
    offered = browser.get(address).data
    answer = browser.hand_in(link, ("改用这一份.xlsx", offered))
    assert states(answer) == ["current"]
    campaign = market.office.campaign(market.key)
    assert campaign is not None
    want = sorted(finding.code for finding in campaign.check(town.files["own"]).open)
    line = campaign.unit(CODE)
    assert line is not None
    assert sorted(finding.code for finding in line.open) == want
    other = campaign.unit(OTHER)
    assert other is not None
    assert not other.came, "a link hands in for its own unit alone"


@pytest.mark.parametrize(("name", "code"), [("cut", "F003"), ("text", "F002")])
def test_a_broken_file_is_named_and_its_values_are_not_offered(
    market: Portal, town: Town, name: str, code: str
) -> None:
    link, browser = market.link(CODE), market.browser()
    answer = browser.hand_in(link, ("附件.xlsx", town.files[name]))
    assert states(answer) == ["set_aside"]
    assert code in answer
    assert "/carried/" not in answer
    assert browser.get(f"{link}/carried/1.xlsx").status_code == 404


def test_an_archive_of_several_units_counts_for_the_link_alone(market: Portal, town: Town) -> None:
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("甲.xlsx", town.files["own"])
        archive.writestr("乙.xlsx", town.files["other"])
    answer = market.browser().hand_in(market.link(CODE), ("打包.zip", packed.getvalue()))
    assert sorted(states(answer)) == ["current", "set_aside"]
    campaign = market.office.campaign(market.key)
    assert campaign is not None
    assert not campaign.unit(OTHER).came  # type: ignore[union-attr]
    campaign.collect()
    assert not campaign.unit(OTHER).came, "not by a later run either"  # type: ignore[union-attr]


def test_the_latest_upload_counts_also_an_old_one_again(market: Portal, town: Town, posted: Posted) -> None:
    """Someone who hands in an earlier version once more means it."""
    link, browser = market.link(CODE), market.browser()
    campaign = market.office.campaign(market.key)
    assert campaign is not None
    first = browser.get(f"{link}/blank.xlsx").data
    seen = []
    for name, data in (("a", first), ("b", town.files["own"]), ("a", first), ("c", town.files["own"]), ("c", first)):
        assert states(browser.hand_in(link, (f"{name}.xlsx", data))) in (["current"], ["duplicate"])
        line = campaign.unit(CODE)
        assert line is not None
        seen.append(line.counting)
    assert seen[0] == seen[2] == seen[4] != seen[1] == seen[3]


def test_a_changed_campaign_makes_a_new_form_for_the_asking(market: Portal, town: Town) -> None:
    link, browser = market.link(CODE), market.browser()
    browser.hand_in(link, ("a.xlsx", town.files["own"]))
    folder = market.office.folder(market.key)
    assert folder is not None
    text = (folder / "campaign.yaml").read_text(encoding="utf-8")
    (folder / "campaign.yaml").write_text(text.replace("target: ≥95%", "target: ≥96%"), encoding="utf-8")
    page = browser.page(f"{link}/workbook.xlsx")
    assert "做好并下载" in page
    made = browser.post(f"{link}/workbook")
    assert made.status_code == 303
    data = browser.get(made.headers["Location"]).data
    assert states(browser.hand_in(link, ("b.xlsx", data))) == ["current"]
    campaign = market.office.campaign(market.key)
    assert campaign is not None
    assert not campaign.unit(CODE).form_changes  # type: ignore[union-attr]


def test_a_faulty_campaign_and_a_lost_ledger_have_pages(market: Portal, town: Town) -> None:
    link, browser = market.link(CODE), market.browser()
    folder = market.office.folder(market.key)
    assert folder is not None
    path = folder / "campaign.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("year: 2024", "year: 二〇"), encoding="utf-8")
    assert browser.get(link).status_code == 503
    path.write_text(text, encoding="utf-8")
    assert browser.get(link).status_code == 200
    ledger = folder / ".xlsxeval" / "ledger.sqlite"
    browser.hand_in(link, ("a.xlsx", town.files["own"]))
    for one in folder.glob(".xlsxeval/ledger.sqlite*"):
        one.rename(one.with_suffix(one.suffix + ".away"))
    asked = browser.get(link)
    assert asked.status_code == 503
    assert str(folder) not in asked.text
    for one in folder.glob(".xlsxeval/*.away"):
        one.rename(one.with_suffix(""))
    assert ledger.is_file()
    assert browser.get(link).status_code == 200


def test_a_full_disk_is_no_receipt(market: Portal, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from xlsxeval.archive import Archive
    from xlsxeval.errors import StorageError

    link, browser = market.link(CODE), market.browser()

    def full(self: Archive, data: bytes) -> str:
        raise StorageError("磁盘满了")

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "store", full)
        answer = browser.post(f"{link}/files", files=[("a.xlsx", town.files["own"])])
        assert answer.status_code == 503
        assert "没有办成" in answer.text
    assert states(browser.hand_in(link, ("a.xlsx", town.files["own"]))) == ["current"]


def test_a_clock_set_back_loses_nothing(market: Portal, town: Town) -> None:
    import datetime as dt

    link, browser = market.link(CODE), market.browser()
    browser.hand_in(link, ("a.xlsx", browser.get(f"{link}/blank.xlsx").data))
    market.clock.now -= dt.timedelta(days=3)
    assert states(browser.hand_in(link, ("b.xlsx", town.files["own"]))) == ["current"]
