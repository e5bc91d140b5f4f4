"""Counties to city to province: what each level says of those below it, by hand-made sums."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator, Mapping
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from tests.levels.ladder import BELOW, Ladder, Office, copied, told
from tests.parcels.packing import archive, attachment, mail
from xlsxeval.campaign.workspace import open_workspace
from xlsxeval.collection.collect import collect
from xlsxeval.forms.library import Library
from xlsxeval.resources import templates_directory

EAST = {"units": 3, "sent": 3, "returned": 2, "clean": 2, "errors": 0, "scored": 2, "initial": "100", "budget": "120.1",
        "executed": "113.58", "weight": "120.1", "weighted": "11358", "rate": "0.9457", "score": "94.57"}  # fmt: skip
"""100 × 93.48 + 20.1 × 100 points: e3 returned nothing."""
WEST = {"units": 2, "sent": 2, "returned": 2, "clean": 1, "errors": 1, "scored": 2, "initial": "5.1", "budget": "7.3",
        "executed": "8.2", "weight": "7.3", "weighted": "720.001", "rate": "1.1233", "score": "98.63"}  # fmt: skip
"""0.3 × 66.67 + 7 × 100 points: w2 spent more than it had."""
CITY = {"units": 6, "sent": 6, "returned": 5, "clean": 4, "errors": 1, "scored": 5, "initial": "1105.1", "budget": "1127.4",
        "executed": "1021.78", "weight": "1127.4", "weighted": "102078.001", "rate": "0.9063", "score": "90.54"}  # fmt: skip
"""The counties, and the city's own c1: 1000 × 90 points."""


def test_the_province_sees_the_counties_through_the_city(ladder: Ladder) -> None:
    result = ladder.climbed().collect()
    (level,) = result["levels"]
    assert (level["totals"], level["own"]["budget"], level["proven"]) == (CITY, "1000", 5)
    assert [(one["code"], one["depth"], one["totals"]) for one in level["below"]] == [
        ("east", 1, EAST),
        ("west", 1, WEST),
    ]
    (export,) = result["exports"]
    assert (export["state"], export["findings"], export["level"]["name"]) == ("current", [], "某某市")


def test_what_goes_up_is_what_the_lower_levels_own_summary_shows(ladder: Ladder, east: Office, tmp_path: Path) -> None:
    export = told(east.submit())
    assert east.run("summary", "-o", tmp_path / "汇总.xlsx").code == 0
    page = load_workbook(tmp_path / "汇总.xlsx", data_only=True)["汇总"]
    lines = {row[1]: row for row in page.iter_rows(values_only=True)}
    heading = lines["单位代码"]
    column = {name: heading.index(name) for name in ("状态", "年初预算数", "全年预算数", "全年执行数", "得分")}
    for unit in export.units:
        shown = [lines[unit.code][column[name]] for name in ("年初预算数", "全年预算数", "全年执行数", "得分")]
        handed = [unit.amounts.get(key) for key in ("initial", "budget", "executed", "score")]
        assert [None if one is None else float(one) for one in handed] == shown
    total = next(row for row in page.iter_rows(values_only=True) if str(row[2]).startswith("合计"))
    assert [float(export.own.amounts[key]) for key in ("initial", "budget", "executed")] == [
        pytest.approx(total[column[name]]) for name in ("年初预算数", "全年预算数", "全年执行数")
    ]
    figures = [cell for row in page.iter_rows(min_row=3, max_row=4, values_only=True) for cell in row]
    assert float(export.own.score or 0) in figures


def test_the_citys_summary_has_a_line_a_level_and_adds_its_own_units(ladder: Ladder, tmp_path: Path) -> None:
    ladder.climbed()
    city = ladder.office("city")
    assert city.run("summary", "-o", tmp_path / "汇总.xlsx").code in (0, 1)
    values, formulas = (load_workbook(tmp_path / "汇总.xlsx", data_only=only)["下级"] for only in (True, False))
    heading = [cell.value for cell in values[3]]
    lines = {str(row[2].value).strip("　"): row for row in values.iter_rows(min_row=4)}

    def shown(name: str) -> list[Any]:
        row = lines[name]
        wanted = ("单位数", "已报", "其中有错误", "未报", "全年预算数", "全年执行数", "执行率", "得分（加权）")
        return [row[heading.index(one)].value for one in wanted]

    assert shown("东县") == [3, 2, 0, 1, 120.1, 113.58, 0.9457, 94.57]
    assert shown("西县") == [2, 2, 1, 0, 7.3, 8.2, 1.1233, 98.63]
    assert shown("下级合计") == [5, 4, 1, 1, pytest.approx(127.4), pytest.approx(121.78), 0.9559, 94.8]
    assert shown("本级单位") == [1, 1, 0, 0, 1000, 900, 0.9, 90]
    assert shown("总计") == [6, 5, 1, 1, pytest.approx(1127.4), pytest.approx(1021.78), 0.9063, 90.54]
    summed = [cell.value for row in formulas.iter_rows(min_row=6) for cell in row[4:15]]
    assert summed
    assert all(str(value).startswith("=") for value in summed)


def test_the_sums_are_the_same_in_whatever_order_exports_come(ladder: Ladder) -> None:
    city = ladder.office("city")
    exports = {name: ladder.office(name).submit() for name in BELOW["city"]}
    told_of = []
    for number, order in enumerate(permutations(exports)):
        for place, name in enumerate(order):
            city.put(f"第{number}次/{place}.zip", exports[name])
            city.collect()
        told_of.append([(one["code"], one["totals"]) for one in city.collect()["levels"]])
    assert told_of == [[("east", EAST), ("west", WEST)]] * 2


def test_an_export_comes_by_mail_and_in_an_archive_and_is_not_taken_apart(ladder: Ladder, city: Office) -> None:
    east, west = (ladder.office(name).submit() for name in BELOW["city"])
    city.put("来信.eml", mail(attachment(b'attachment; filename="x.zip"', east)))
    city.put("包.zip", archive([("下面/上报.zip", west)]))
    result = city.collect()
    assert {one["source"]: one["state"] for one in result["exports"]} == {
        "收回/来信.eml › x.zip": "current",
        "收回/包.zip › 下面/上报.zip": "current",
    }
    assert [one["source"] for one in result["files"]] == ["收回/c1.xlsx"]


def test_a_second_run_tells_the_same_and_records_nothing(ladder: Ladder) -> None:
    province = ladder.climbed()
    province.collect()
    before = province.run("ledger history").out
    first = province.collect()
    assert province.run("ledger history").out == before
    assert first == province.collect()
    assert province.run("ledger verify").code == 0


def test_a_level_that_handed_nothing_up_is_told_and_counts_nothing(ladder: Ladder) -> None:
    province = ladder.climbed(without="west")
    (level,) = province.collect()["levels"]
    assert (level["totals"]["units"], level["totals"]["budget"]) == (4, "1120.1")
    assert [(one["code"], one["message"]) for one in level["below"]] == [("east", None), ("west", "未上报")]
    status = ladder.office("city").run("status")
    assert "西县" in status.out
    assert "xlsxeval submit" in status.out


def test_without_workbooks_the_sums_are_checked_and_it_is_told_that_nothing_was_proven(
    ladder: Ladder, city: Office, east: Office
) -> None:
    whole, bare = east.submit(), east.submit("--without-workbooks")
    assert len(bare) < len(whole) / 2
    city.put("east.zip", bare)
    result = city.collect()
    level = result["levels"][0]
    assert (level["totals"], level["proven"]) == (EAST, 0)
    assert [one["code"] for one in result["exports"][0]["findings"]] == ["U011"]


def test_submit_says_what_it_hands_up_and_keeps_what_was_there(east: Office) -> None:
    first = east.run("submit", "--by", "绩效科")
    path = Path(first.out.strip())
    assert path == east.task / "结果" / "上报-east-2024.zip"
    before = path.read_bytes()
    second = east.run("submit")
    assert Path(second.out.strip()) == path
    assert (path.parent / "上报-east-2024（旧1）.zip").read_bytes() == before
    assert east.run("ledger history").out.count("上报-east-2024.zip") == 2


def test_a_campaign_that_collected_nothing_has_nothing_to_hand_up(ladder: Ladder) -> None:
    done = ladder.office("province").run("submit")
    assert (done.code, done.out) == (2, "")
    assert "xlsxeval collect" in done.err


def test_wherever_it_is_stopped_the_next_run_tells_the_same(ladder: Ladder, made: Ladder, tmp_path: Path) -> None:
    exports = {name: ladder.office(name).submit() for name in BELOW["city"]}
    acts: list[str] = []
    _collect(_with(ladder.office("city"), exports), acts.append)
    wanted = _standings(ladder.office("city"))
    about = [number for number, act in enumerate(acts) if act.startswith(("export", "archive"))]
    assert len(about) >= 6
    for stop in about:
        city = _with(copied(made, tmp_path / str(stop)).office("city"), exports)
        left = iter(range(stop))

        def step(act: str, left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            _collect(city, step)
        assert _standings(city) == wanted
        assert city.run("ledger verify").code == 0


def _with(office: Office, exports: Mapping[str, bytes]) -> Office:
    for name, data in exports.items():
        office.put(f"{name}.zip", data)
    return office


def _collect(office: Office, step: Callable[[str], None]) -> None:
    workspace = open_workspace(
        office.task, Library(office.templates), clock=lambda: dt.datetime.now(dt.UTC), by="王会计"
    )
    collect(workspace, [], step=step)


def _standings(office: Office) -> object:
    """What a collection tells of levels; what came with which run is left out."""
    told = office.collect()
    return told["levels"], [{**one, "new": None} for one in told["exports"]]


def test_run_does_what_there_is_to_do_where_there_are_levels_only(ladder: Ladder) -> None:
    province = ladder.climbed()
    assert province.run("run").code == 0
    page = load_workbook(province.task / "结果" / "汇总.xlsx", data_only=True)["下级"]
    assert [cell.value for cell in page["J"]][3:] == [1127.4, 120.1, 7.3, 1127.4, 0, 1127.4]


def test_run_takes_exports_in_with_the_rest(ladder: Ladder, city: Office) -> None:
    city.put("east.zip", ladder.office("east").submit())
    assert city.run("run").code in (0, 1)
    page = load_workbook(city.task / "结果" / "汇总.xlsx", data_only=True)["下级"]
    assert "东县" in [cell.value for cell in page["C"]]
    assert "东县" in (city.task / "结果" / "看板.html").read_text(encoding="utf-8")


def _consolidated(office: Office, folder: Path) -> str:
    """The text of the consolidated report that an office writes."""
    (office.templates / "reports").mkdir(exist_ok=True)
    shutil.copy(templates_directory() / "reports" / "consolidated.docx", office.templates / "reports")
    done = office.run("report --consolidated", "-o", folder)
    assert done.code == 0, done.err
    (path,) = folder.glob("*.docx")
    document = Document(str(path))
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_the_consolidated_report_is_written_where_only_lower_levels_handed_up(ladder: Ladder, tmp_path: Path) -> None:
    province = ladder.climbed()
    province.collect()
    text = _consolidated(province, tmp_path / "省")
    assert "下级1个，已上报1个" in text.replace("\n", "")
    assert "全年预算合计1127.40万元" in text.replace("\n", "")
    assert "东县" in text
    assert "应报" not in text


def test_the_consolidated_report_adds_own_units_and_lower_levels(ladder: Ladder, tmp_path: Path) -> None:
    ladder.climbed()
    text = _consolidated(ladder.office("city"), tmp_path / "市").replace("\n", "")
    assert "应报1个单位" in text
    assert "下级2个，已上报2个" in text
    assert "全年预算共1127.40万元，全年执行共1021.78万元，预算执行率90.63%" in text


def test_what_was_not_collected_is_told_and_is_no_file_that_cannot_be_read(ladder: Ladder, tmp_path: Path) -> None:
    province = ladder.office("province")
    province.put("city.zip", ladder.office("city").submit())
    done = province.run("report --consolidated", "-o", tmp_path)
    assert done.code == 2
    assert "collect" in done.said
    summary = province.run("summary", "-o", tmp_path / "汇总.xlsx")
    assert "1 份下级的上报包还没有收" in summary.said
