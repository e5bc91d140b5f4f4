"""Each command does what it says, and its exit code tells how it went."""

from __future__ import annotations

import json
import re
import shutil
import stat
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Office
from tests.cli.running import VALUES, files_below, run
from tests.importing.forms import write_form
from xlsxeval.campaign.folders import RESULTS, RETURNED, SENT
from xlsxeval.cli import COMMANDS
from xlsxeval.forms.keys import FOLDER
from xlsxeval.rules.registry import rules

NAME = "001 某某局 2024年度绩效自评"


def test_from_a_new_campaign_to_reports_every_command_follows_on_the_one_before(tmp_path: Path) -> None:
    task = tmp_path / "task"
    assert run("new", task, "--edition", "hunan-2024").code == 0
    assert "campaign.yaml" in files_below(task)
    assert run("lint", task).code == 1  # the example is to be replaced first
    text = (task / "campaign.yaml").read_text(encoding="utf-8")
    text = text.replace("某某市财政局", "某某市卫生局").replace('"000001"', '"001"')
    (task / "campaign.yaml").write_text(text, encoding="utf-8")
    assert run("lint", task).code == 0
    sent = run("generate", task, "-o", task / SENT)
    assert sent.code == 0
    (workbook,) = [Path(line) for line in sent.out.splitlines()]
    assert workbook.suffix == ".xlsx"
    assert run("fields", workbook).code == 0
    values = tmp_path / "values.yaml"
    values.write_text("附件1: {staff.posts: 10, staff.actual: 9}\n", encoding="utf-8")
    returned = task / RETURNED / workbook.name
    assert run("fill", workbook, values, "-o", returned).code == 0
    assert run("check", returned, "--campaign", task).code == 1
    assert run("check", returned, "--campaign", task, "--fail-on", "never").code == 0
    held_back = run("report", task, "-o", tmp_path / "报告")
    assert held_back.code == 1
    assert not (tmp_path / "报告").exists()
    assert run("report", task, "-o", tmp_path / "报告", "--force").code == 0
    assert [path.suffix for path in (tmp_path / "报告").iterdir()] == [".docx"]
    assert run("run", task).code == 1
    assert {"核对.txt", "核对.json"} <= {path.name for path in (task / RESULTS).iterdir()}


def test_a_careful_return_is_clean_and_gets_its_report(office: Office, tmp_path: Path) -> None:
    assert run("check", office.filled, "--campaign", office.campaign).code == 0
    done = run("report", office.campaign, "--from", office.filled, "-o", tmp_path)
    assert done.code == 0
    assert [path.name for path in tmp_path.iterdir()] == [f"{NAME}报告.docx"]
    assert done.out.strip() == str(tmp_path / f"{NAME}报告.docx")


def test_run_does_what_can_be_done_now_and_goes_on_where_it_stopped(task: Path) -> None:
    first = run("run", task)
    assert first.code == 0
    assert [path.name for path in (task / SENT).iterdir()] == [f"{NAME}.xlsx"]
    sent = (task / SENT / f"{NAME}.xlsx").read_bytes()
    assert run("fill", task / SENT / f"{NAME}.xlsx", VALUES, "-o", task / RETURNED / "一.xlsx").code == 0
    second = run("run", task)
    assert second.code == 0
    assert (task / SENT / f"{NAME}.xlsx").read_bytes() == sent
    assert (task / RESULTS / f"{NAME}报告.docx").is_file()
    assert json.loads((task / RESULTS / "核对.json").read_text(encoding="utf-8"))["summary"]["clean"] == 1


def test_run_tells_the_rejected_and_goes_on_with_the_rest(task: Path, office: Office) -> None:
    assert run("run", task).code == 0
    assert run("fill", task / SENT / f"{NAME}.xlsx", VALUES, "-o", task / RETURNED / "好.xlsx").code == 0
    (task / RETURNED / "坏.xlsx").write_bytes(b"not a workbook")
    done = run("run", task)
    assert done.code == 1
    assert (task / RESULTS / f"{NAME}报告.docx").is_file()


def test_generate_makes_keys_once_with_owner_only_rights_and_keeps_them(task: Path, tmp_path: Path) -> None:
    assert run("generate", task, "-o", tmp_path / "一").code == 0
    keys = _keys(task)
    assert set(keys) == {"key", "password"}
    if sys.platform != "win32":
        assert stat.S_IMODE((task / FOLDER).stat().st_mode) == 0o700
        assert all(stat.S_IMODE((task / FOLDER / name).stat().st_mode) == 0o600 for name in keys)
    assert run("generate", task, "-o", tmp_path / "二").code == 0
    assert _keys(task) == keys
    assert files_below(tmp_path / "一") == files_below(tmp_path / "二")


def _keys(task: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_below(task / FOLDER).items() if not name.startswith(("forms", "ledger"))}


def test_generate_makes_the_units_that_are_named(task: Path, tmp_path: Path) -> None:
    path = task / "campaign.yaml"
    more = "  - {code: '002', name: 某某二局}\n  - {code: '003', name: 某某三局}\n"
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    done = run("generate", task, "-o", tmp_path / "out", "--unit", "003", "--unit", "002")
    assert done.code == 0
    assert [name[:3] for name in files_below(tmp_path / "out")] == ["002", "003"]


def test_check_takes_a_folder_and_passes_over_what_office_programs_leave_there(office: Office, tmp_path: Path) -> None:
    (tmp_path / "里").mkdir()
    shutil.copy(office.filled, tmp_path / "里" / "一.XLSX")
    shutil.copy(office.filled, tmp_path / "二.xlsx")
    (tmp_path / "~$二.xlsx").write_bytes(b"x")
    (tmp_path / "说明.txt").write_bytes(b"x")
    before = files_below(tmp_path)
    done = run("check", tmp_path, "--format", "json")
    assert done.code == 0
    paths = [Path(file["path"]).name for file in json.loads(done.out)["files"]]
    assert sorted(paths) == ["一.XLSX", "二.xlsx"]
    assert files_below(tmp_path) == before


@pytest.mark.parametrize(("fail_on", "code"), [("error", 1), ("warning", 1), ("never", 0)])
def test_fail_on_tells_which_findings_count(office: Office, fail_on: str, code: int) -> None:
    assert run("check", office.blank, "--fail-on", fail_on).code == code


def test_warnings_alone_do_not_fail_unless_asked(office: Office, tmp_path: Path) -> None:
    changed = tmp_path / "x.xlsx"
    values = tmp_path / "values.yaml"
    more_staff_than_posts = "附件1: {staff.actual: 51}\n报告正文: {personnel_note: 当年新录用两人。}\n"
    values.write_text(more_staff_than_posts, encoding="utf-8")
    assert run("fill", office.filled, values, "-o", changed).code == 0
    assert run("check", changed).code == 0
    assert run("check", changed, "--fail-on", "warning").code == 1


def test_concise_is_a_line_a_finding_with_its_place(office: Office) -> None:
    done = run("check", office.blank, "--format", "concise")
    lines = done.out.splitlines()
    assert len(lines) == len(json.loads(run("check", office.blank, "--format", "json").out)["files"][0]["findings"])
    assert all(line.startswith(f"{office.blank}:") for line in lines)


def test_several_processes_find_what_one_finds(office: Office, tmp_path: Path) -> None:
    for number in range(3):
        shutil.copy(office.filled if number else office.blank, tmp_path / f"{number}.xlsx")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04")
    one, two = (run("check", tmp_path, "--format", "json", "-j", jobs) for jobs in ("1", "2"))
    assert one.code == two.code == 1
    assert json.loads(one.out) == json.loads(two.out)


def test_fill_says_how_many_cells_and_leaves_the_original(office: Office, tmp_path: Path) -> None:
    before = office.blank.read_bytes()
    done = run("fill", office.blank, VALUES, "-o", tmp_path / "到" / "新.xlsx")
    assert done.code == 0
    assert done.out == ""
    assert office.blank.read_bytes() == before
    assert list(files_below(tmp_path)) == ["到/新.xlsx"]


def test_recalc_agrees_with_what_was_generated(office: Office) -> None:
    assert run("recalc", office.filled).code == 0


def test_explain_tells_a_rule_in_any_case_and_all_of_them() -> None:
    one = run("explain", "l101")
    assert one.code == 0
    assert one.out.startswith("L101")
    everything = run("explain", "--all")
    for rule in rules():
        assert f"\n{rule.code}  " in f"\n{everything.out}"


def test_editions_lists_them_and_shows_one_with_its_parameters() -> None:
    assert "hunan-2024" in run("editions").out
    one = run("editions", "hunan-2024")
    assert one.code == 0
    assert "tolerance.money" in one.out


def test_fields_are_the_same_from_a_workbook_and_from_its_edition(office: Office) -> None:
    book, edition = (
        json.loads(run("fields", name, "--format", "json").out) for name in (str(office.blank), "hunan-2024")
    )
    first, second = (
        {
            form["sheet"]: {f["field"]: f["cell"] for f in form["fields"] if "[" not in f["field"]}
            for form in data["forms"]
        }
        for data in (book, edition)
    )
    assert set(first["附件2"]) == set(second["附件2"])
    assert first["附件2"]["funds.rate"] == second["附件2"]["funds.rate"]


def test_lint_proves_an_edition() -> None:
    done = run("lint", "hunan-2024")
    assert done.code == 0, done.out


def test_doctor_finds_this_machine_well() -> None:
    assert run("doctor").code == 0


def test_demo_goes_the_whole_way_and_names_what_to_open(tmp_path: Path) -> None:
    first = run("demo", tmp_path / "out")
    assert first.code == 0, first.err
    *files, desk = first.out.splitlines()
    assert desk.endswith(f" desk {tmp_path / 'out' / 'zhuzhou-2024'}")
    named = [Path(line.rpartition("：")[2]) for line in files]
    assert all(path.is_file() for path in named)
    assert {path.suffix for path in named} == {".xlsx", ".txt", ".html", ".docx"}
    assert "附件2!G4" in first.err


def test_import_form_drafts_to_the_screen_or_to_a_file(tmp_path: Path) -> None:
    form = write_form(tmp_path / "表.xlsx", [["项目", "预算数"], ["工资", None]])
    shown = run("import-form", form, "--form", "spending")
    assert shown.code == 0
    assert "\nform: spending\n" in shown.out
    assert "起草了" in shown.err
    output = tmp_path / "forms" / "spending" / "city.yaml"
    assert run("import-form", form, "-o", output).out == ""
    assert output.read_text(encoding="utf-8") == shown.out


def test_every_command_is_run_by_a_test() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    ran = set(re.findall(r'\brun(?:_process)?\("([a-z-]+)"', texts))
    assert sorted(set(COMMANDS) - ran) == []
