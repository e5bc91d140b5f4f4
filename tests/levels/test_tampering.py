"""What somebody changed on the way, or the lower level itself, is found: exact codes, places and sums."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.collectdesk import filled
from tests.levels.ladder import Ladder, Office, members, signed_anew, tampered, told, zipped
from xlsxeval.levels import ReturnStatus
from xlsxeval.levels.package import workbook_name

Found = list[tuple[str, str, str | None, str | None, str | None]]


def findings(result: dict[str, Any]) -> Found:
    """Code, unit, figure, what was stated and what should have been, of all that was found in exports."""
    return sorted(
        (one["code"], one["unit"], one["figure"], one["shown"], one["expected"])
        for export in result["exports"]
        for one in export["findings"]
    )


def states(result: dict[str, Any]) -> dict[str, tuple[str, str | None]]:
    """Where each export stands, and why it is set aside."""
    return {one["name"]: (one["state"], one["code"]) for one in result["exports"]}


def budget(result: dict[str, Any], level: int = 0) -> str | None:
    """The budget that counts of a level."""
    totals = result["levels"][level]["totals"]
    return None if totals is None else str(totals["budget"])


def _figure(text: dict[str, Any]) -> None:
    text["units"][0]["amounts"]["executed"] = "99"


def test_a_figure_changed_by_somebody_without_the_key(city: Office, east: Office) -> None:
    city.put("east.zip", tampered(east.submit(), _figure))
    result = city.collect()
    assert states(result) == {"east.zip": ("set_aside", "export-changed")}
    assert budget(result) is None
    assert city.run("collect").code == 1
    assert city.run("ledger verify").code == 0


def test_a_figure_changed_by_the_level_itself_is_found_in_the_workbook(city: Office, east: Office) -> None:
    def change(text: dict[str, Any]) -> None:
        text["units"][0]["amounts"]["budget"] = "500"
        for totals in (text["own"], text["total"]):
            totals["amounts"]["budget"] = "520.1"
            totals["weight"] = "520.1"
            totals["weighted"] = "48750"

    city.put("east.zip", signed_anew(east, east.submit(), change))
    result = city.collect()
    assert findings(result) == [("U002", "e1", "budget", "500", "100")]
    assert budget(result) == "120.1"


def test_a_total_changed_by_the_level_itself(city: Office, east: Office) -> None:
    def change(text: dict[str, Any]) -> None:
        text["own"]["amounts"]["budget"] = text["total"]["amounts"]["budget"] = "220.1"
        text["own"]["returned"] = text["total"]["returned"] = 3

    city.put("east.zip", signed_anew(east, east.submit(), change))
    result = city.collect()
    assert findings(result) == [("U001", "合计", "budget", "220.1", "120.1"), ("U003", "合计", "returned", "3", "2")]
    assert result["levels"][0]["totals"]["returned"] == 2
    assert budget(result) == "120.1"


def test_a_workbook_put_into_anothers_place(city: Office, east: Office) -> None:
    parts = members(east.submit())
    one, two = (name for name in parts if name.startswith("workbooks/"))
    city.put("east.zip", zipped({**parts, one: parts[two]}))
    assert states(city.collect()) == {"east.zip": ("set_aside", "export-changed")}


@pytest.mark.parametrize("missing", [True, False])
def test_a_workbook_taken_out_or_one_put_in(city: Office, east: Office, missing: bool) -> None:
    parts = members(east.submit())
    if missing:
        del parts[next(name for name in parts if name.startswith("workbooks/"))]
    else:
        parts["workbooks/more.xlsx"] = b"more"
    city.put("east.zip", zipped(parts))
    assert states(city.collect()) == {"east.zip": ("set_aside", "export-changed")}


def test_a_level_that_hands_up_one_units_workbook_for_anothers(city: Office, east: Office) -> None:
    def change(text: dict[str, Any]) -> None:
        one, two = text["units"][:2]
        one["files"] = two["files"]

    city.put("east.zip", signed_anew(east, without_first(east.submit()), change))
    found = findings(city.collect())
    assert ("U006", "e1", None, "e1", "e2") in found
    assert {code for code, *_ in found} == {"U002", "U006"}


def without_first(data: bytes) -> bytes:
    """The export's zip without the workbook of its first unit."""
    first = told(data).units[0].files[0].sha256
    return zipped({name: content for name, content in members(data).items() if name != workbook_name(first)})


def test_a_workbook_that_is_none(city: Office, east: Office) -> None:
    junk = b"no workbook"

    def change(text: dict[str, Any]) -> None:
        text["units"][0]["files"][0]["sha256"] = hashlib.sha256(junk).hexdigest()

    data = signed_anew(east, without_first(east.submit()), change, **{"workbooks/junk": junk})
    city.put("east.zip", data)
    result = city.collect()
    assert [(code, unit) for code, unit, *_ in findings(result)] == [("U005", "e1")]
    assert (budget(result), result["levels"][0]["proven"]) == ("120.1", 1)


def test_the_signature_of_another_level(ladder: Ladder, city: Office, east: Office) -> None:
    city.put("east.zip", signed_anew(ladder.office("west"), east.submit(), lambda text: None))
    assert states(city.collect()) == {"east.zip": ("set_aside", "export-other-campaign")}


def test_a_key_that_nobody_registered_and_then_somebody_does(ladder: Ladder, city: Office, east: Office) -> None:
    text = (city.task / "campaign.yaml").read_text(encoding="utf-8")
    key = east.key()
    city.rewrite(key, ladder.office("province").key())
    city.put("east.zip", east.submit())
    result = city.collect()
    assert states(result) == {"east.zip": ("set_aside", "export-unregistered")}
    assert key in result["exports"][0]["message"]
    (city.task / "campaign.yaml").write_text(text, encoding="utf-8")
    assert states(city.collect()) == {"east.zip": ("current", None)}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("year: 2024", "year: 2023", "export-other-year"),
        ("campaign: east-2024", "campaign: other", "export-other-campaign"),
        ("campaign: east-2024", "campaign: east-2024, edition: hunan-2024", "export-other-edition"),
    ],
)
def test_another_year_campaign_or_edition(city: Office, east: Office, old: str, new: str, code: str) -> None:
    city.put("east.zip", east.submit())
    if new.endswith("hunan-2024"):
        forms = city.templates / "editions" / "hunan-2024.yaml"
        forms.write_text(
            (city.templates / "editions" / "small.yaml").read_text(encoding="utf-8").replace(": small", ": hunan-2024"),
            encoding="utf-8",
        )
    city.rewrite(old, new)
    assert states(city.collect()) == {"east.zip": ("set_aside", code)}


def test_the_one_that_was_made_last_counts_whenever_it_comes(city: Office, east: Office) -> None:
    first = east.submit()
    city.put("a.zip", east.submit())
    assert states(city.collect()) == {"a.zip": ("current", None)}
    city.put("b.zip", first)
    result = city.collect()
    assert states(result) == {"a.zip": ("current", None), "b.zip": ("superseded", None)}
    city.put("c.zip", first)
    assert states(city.collect())["c.zip"] == ("duplicate", None)


def test_two_different_of_one_moment_count_neither(city: Office, east: Office) -> None:
    data = east.submit()
    city.put("a.zip", data)
    city.put("b.zip", signed_anew(east, data, lambda text: text.update(program="other")))
    result = city.collect()
    assert states(result) == {"a.zip": ("conflict", None), "b.zip": ("conflict", None)}
    assert budget(result) is None
    assert len(result["levels"][0]["conflict"]) == 2

    def later(text: dict[str, Any]) -> None:
        text["made"] = (dt.datetime.fromisoformat(text["made"]) + dt.timedelta(seconds=1)).isoformat()

    city.put("c.zip", signed_anew(east, data, later))
    result = city.collect()
    assert states(result) == {"a.zip": ("superseded", None), "b.zip": ("superseded", None), "c.zip": ("current", None)}


def test_a_unit_that_is_left_out_is_missed(city: Office, east: Office) -> None:
    city.put("a.zip", east.submit())
    city.collect()

    def change(text: dict[str, Any]) -> None:
        del text["units"][2]
        for totals in (text["own"], text["total"]):
            totals["units"], totals["sent"] = 2, 2

    city.put("b.zip", signed_anew(east, east.submit(), change))
    result = city.collect()
    assert states(result) == {"a.zip": ("superseded", None), "b.zip": ("current", None)}
    assert findings(result) == [("U008", "e3", None, "（没有）", None)]
    city.rewrite("campaign: east-2024}", "campaign: east-2024, units: 3}")
    assert [code for code, *_ in findings(city.collect())] == ["U008", "U009"]


def test_a_unit_that_counts_in_two_places(city: Office, east: Office) -> None:
    city.rewrite("units:\n", "units:\n  - {code: e1, name: 单位e1}\n")
    city.put("east.zip", east.submit())
    assert [(code, unit) for code, unit, *_ in findings(city.collect())] == [("U010", "e1")]


def test_figures_without_a_workbook(city: Office, east: Office) -> None:
    def change(text: dict[str, Any]) -> None:
        text["units"][2]["amounts"] = {"initial": "8"}
        for totals in (text["own"], text["total"]):
            totals["amounts"]["initial"] = "108"

    city.put("east.zip", signed_anew(east, east.submit(), change))
    assert findings(city.collect()) == [("U013", "e3", None, "年初预算数 8", None)]


def test_a_countys_export_changed_in_the_city_is_found_in_the_province(ladder: Ladder) -> None:
    province, city = ladder.climbed(), ladder.office("city")
    data = city.submit()
    bad = tampered(ladder.office("east").submit(), _figure)
    name = f"lower/{told(data).lower[0].sha256}.zip"
    digest = hashlib.sha256(bad).hexdigest()
    parts = {**{key: value for key, value in members(data).items() if key != name}, f"lower/{digest}.zip": bad}
    swapped = signed_anew(city, zipped(parts), lambda text: text["lower"][0].update(sha256=digest))
    province.put("city.zip", swapped)
    result = province.collect()
    found = findings(result)
    assert ("U007", "east", None, None, None) in found
    assert ("U004", "总计", "budget", "1127.4", "1007.3") in found
    assert {code for code, *_ in found} == {"U004", "U007"}
    assert budget(result) == "1007.3"


def test_a_countys_own_lie_is_told_in_the_province_too_and_the_proven_sum_counts(ladder: Ladder) -> None:
    city, province, east = ladder.office("city"), ladder.office("province"), ladder.office("east")

    def change(text: dict[str, Any]) -> None:
        text["units"][1]["amounts"]["initial"] = "11"
        for totals in (text["own"], text["total"]):
            totals["amounts"]["initial"] = "101"

    city.put("east.zip", signed_anew(east, east.submit(), change))
    assert findings(city.collect()) == [("U002", "e2", "initial", "11", "10")]
    province.put("city.zip", city.submit())
    result = province.collect()
    assert findings(result) == [("U002", "e2", "initial", "11", "10")]
    assert {one["level"] for one in result["exports"][0]["findings"]} == {"某某市 › 东县"}
    assert result["levels"][0]["totals"]["initial"] == "1100"


def test_what_the_city_itself_handed_up_does_not_come_back_to_it(ladder: Ladder, city: Office, east: Office) -> None:
    city.put("自己.zip", city.submit())
    assert states(city.collect()) == {"自己.zip": ("set_aside", "export-circle")}


def test_an_export_that_was_cut_off(city: Office, east: Office) -> None:
    data = east.submit()
    city.put("east.zip", data[: len(data) // 2])
    assert states(city.collect()) == {"east.zip": ("set_aside", "export-damaged")}


def test_a_level_that_lost_its_key_registers_a_new_one(city: Office, east: Office) -> None:
    old = east.key()
    city.put("a.zip", east.submit())
    (east.task / ".xlsxeval" / "signing-key").unlink()
    city.put("b.zip", east.submit())
    assert states(city.collect()) == {"a.zip": ("current", None), "b.zip": ("set_aside", "export-unregistered")}
    city.rewrite(old, east.key())
    result = city.collect()
    assert states(result)["b.zip"] == ("current", None)
    assert budget(result) == "120.1"


def test_names_in_an_export_drive_no_terminal_no_formula_and_no_markup(
    city: Office, east: Office, tmp_path: Path
) -> None:
    name = "=1+1\x1b[31m<b>\u202e"

    def change(text: dict[str, Any]) -> None:
        text["units"][2].update(name=name, amounts={"initial": "8"})
        text["lower"] = [{"code": "9", "name": name, "key": "", "sha256": None}]
        for totals in (text["own"], text["total"]):
            totals["amounts"]["initial"] = "108"

    city.put("east.zip", signed_anew(east, east.submit(), change))
    done = city.run("collect")
    assert "U013" in done.out
    assert "\x1b" not in done.said
    assert "\u202e" not in done.said
    assert city.run("summary", "-o", tmp_path / "汇总.xlsx").code in (0, 1)
    cells = [cell for row in load_workbook(tmp_path / "汇总.xlsx")["下级"].iter_rows() for cell in row]
    (shown,) = (cell for cell in cells if "=1+1" in str(cell.value))
    assert shown.data_type == "s"
    assert city.run("status", "--html", tmp_path / "看板.html").code == 0
    assert "<b>" not in (tmp_path / "看板.html").read_text(encoding="utf-8").split("<main>")[1].split("下级")[1][:3000]


def test_a_unit_that_waits_for_a_choice_has_no_figures_and_is_no_lie(city: Office, east: Office) -> None:
    (blank,) = (east.task / "下发").glob("e2 *.xlsx")
    for number in (1, 2):
        east.put(f"e2 {number}.xlsx", filled(blank, {"附件1": {"funds.budget": number}}, city.task, city.templates))
    assert east.collect()["conflicts"]
    unit = told(east.submit()).units[1]
    assert (unit.status, unit.amounts, unit.files) == (ReturnStatus.CONFLICT, {}, ())
    city.put("east.zip", east.submit())
    result = city.collect()
    assert findings(result) == []
    totals = result["levels"][0]["totals"]
    assert (totals["returned"], totals["clean"], totals["budget"]) == (2, 1, "100")


def test_a_unit_that_is_listed_twice_makes_nothing_count(city: Office, east: Office) -> None:
    def change(text: dict[str, Any]) -> None:
        text["units"].append(text["units"][0])

    city.put("east.zip", signed_anew(east, east.submit(), change))
    (export,) = city.collect()["exports"]
    assert (export["state"], export["code"]) == ("set_aside", "export-repeats")


def test_an_export_of_tomorrow_does_not_outlast_a_later_one(city: Office, east: Office) -> None:
    def change(text: dict[str, Any]) -> None:
        text["made"] = "2099-01-01T00:00:00Z"

    city.put("morgen.zip", signed_anew(east, east.submit(), change))
    assert {code for code, *_ in findings(city.collect())} == {"U014"}
    city.put("heute.zip", east.submit())
    found = {one["name"]: one["state"] for one in city.collect()["exports"]}
    assert found == {"morgen.zip": "superseded", "heute.zip": "current"}
