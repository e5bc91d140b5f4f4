"""``run`` again and again: what is new is done, and nothing else; what somebody changed by hand is never lost."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.collectdesk import MONDAY, TUESDAY, Desk
from tests.cli.conftest import Office
from tests.cli.running import run
from xlsxeval.campaign.folders import ANNOTATED, RESULTS, RETURNED, SENT
from xlsxeval.judging import basis
from xlsxeval.judging.judge import Judge

ALL = {"收表.txt", "核对.txt", "核对.json", "核对.html", "汇总.xlsx", "看板.html"}
NOTHING = "没有新的"


def laid(desk: Desk) -> Desk:
    for name, book in (("一.xlsx", "001a"), ("二.xlsx", "002a"), ("三.xlsx", "003 wrong")):
        desk.put(name, book)
    return desk


def stamps(folder: Path) -> dict[str, int]:
    """Every file below a folder with the moment at which it was written."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rewritten(desk: Desk, act: Callable[[], object]) -> set[str]:
    """The results that a run wrote after an act, by their names."""
    before = stamps(desk.task / RESULTS)
    act()
    done = desk.run("run")
    assert done.code in (0, 1), done.err
    after = stamps(desk.task / RESULTS)
    return {name for name, stamp in after.items() if before.get(name) != stamp}


def test_a_second_run_reads_nothing_writes_nothing_and_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = laid(desk).run("run")
    assert first.code == 1, first.err
    assert NOTHING not in first.err
    assert {path.name for path in (desk.task / RESULTS).iterdir()} == ALL | {ANNOTATED}
    before, known = stamps(desk.task), desk.recorded()
    for name in ("read", "read_bytes", "open"):
        monkeypatch.setattr(Judge, name, lambda *_: pytest.fail("a file was read again"))
    second = desk.run("run")
    assert second.code == 1
    assert NOTHING in second.err
    after = stamps(desk.task)
    assert {name for name in after if after[name] != before.get(name) and "ledger.sqlite" not in name} == set()
    assert set(before) - set(after) <= {".xlsxeval/ledger.sqlite-wal", ".xlsxeval/ledger.sqlite-shm"}
    assert desk.recorded() == known


def test_one_new_return_is_read_alone_and_what_depends_on_all_is_made(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert laid(desk).run("run").code == 1
    names: list[str] = []
    real = Judge.read_bytes
    monkeypatch.setattr(Judge, "read_bytes", lambda self, name, data: names.append(name) or real(self, name, data))
    assert rewritten(desk, lambda: desk.put("新.xlsx", "001b", TUESDAY)) == ALL
    assert names == ["新.xlsx"]


def test_another_day_makes_another_board_and_nothing_else(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(desk).run("run")
    monkeypatch.setattr("xlsxeval.cli.options.now", lambda: dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    assert rewritten(desk, lambda: None) == {"看板.html"}


def test_another_program_makes_all_of_it_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    laid(desk).run("run")

    def upgrade() -> None:
        monkeypatch.setattr(basis, "program_digest", lambda: "another")
        monkeypatch.setattr("xlsxeval.results.folder.program_digest", lambda: "another")

    written = rewritten(desk, upgrade)
    assert written >= ALL - {"收表.txt"}
    assert any(name.startswith(ANNOTATED) for name in written)


def test_an_exception_takes_the_finding_out_of_all_results_and_its_withdrawal_brings_it_back(desk: Desk) -> None:
    laid(desk).run("run")
    annotated = desk.task / RESULTS / ANNOTATED
    (one,) = annotated.glob("*.xlsx")
    told = ("--unit", "003", "--reason", "查过了", "--by", "科长")
    about = ("--templates", desk.post.templates, "waive")
    assert run(*about, "X901", *told, "--campaign", desk.task).code == 0
    assert "登记例外" in desk.run("ledger history").out
    assert desk.run("run").code == 0
    assert not one.exists()
    assert run(*about, "--withdraw", "1", "--campaign", desk.task).code == 0
    assert "撤销例外" in desk.run("ledger history").out
    assert desk.run("run").code == 1
    assert one.exists()


@pytest.mark.parametrize("name", ["汇总.xlsx", "看板.html", "核对.txt"])
def test_what_was_changed_by_hand_stays_while_nothing_is_new_and_is_set_aside_once_something_is(
    desk: Desk, name: str
) -> None:
    laid(desk).run("run")
    path = desk.task / RESULTS / name
    path.write_bytes(b"changed by hand")
    again = desk.run("run")
    assert path.read_bytes() == b"changed by hand"
    assert str(path) in again.err
    desk.put("新.xlsx", "001b", TUESDAY)
    desk.run("run")
    assert path.read_bytes() != b"changed by hand"
    (aside,) = path.parent.glob(f"{path.stem}（旧*）*")
    assert aside.read_bytes() == b"changed by hand"


def test_what_was_deleted_is_made_again_and_what_nobody_changed_leaves_no_old_copies(desk: Desk) -> None:
    laid(desk).run("run")
    (annotated,) = (desk.task / RESULTS / ANNOTATED).glob("*.xlsx")
    gone = desk.task / RESULTS / "汇总.xlsx"

    def delete() -> None:
        gone.unlink()
        annotated.unlink()

    assert rewritten(desk, delete) == {"汇总.xlsx", f"{ANNOTATED}/{annotated.name}"}
    desk.put("新.xlsx", "001b", TUESDAY)
    desk.run("run")
    assert not list((desk.task / RESULTS).rglob("*（旧*"))


def test_a_spoiled_record_of_what_was_made_loses_nothing(desk: Desk) -> None:
    laid(desk).run("run")
    record = desk.task / ".xlsxeval" / "made.jsonl"
    record.write_bytes(record.read_bytes()[:-20] + b"\xff\n{}\nnull")
    assert desk.run("run").code == 1
    assert NOTHING in desk.run("run").err


def test_a_unit_that_was_sent_its_forms_apart_is_not_sent_a_whole_one_and_gets_its_findings_told(desk: Desk) -> None:
    generate = ("--templates", desk.post.templates, "generate", desk.task, "-o", desk.task / SENT)
    assert run(*generate, "--split", "--unit", "002").code == 0
    desk.put("附件1.xlsx", desk.parts["附件1"])
    desk.put("附件2.xlsx", desk.parts["附件2 wrong"], MONDAY)
    assert desk.run("run").code == 1
    assert [path.name[:3] for path in (desk.task / SENT).glob("*.xlsx")] == ["001", "003"]
    assert "X901" in (desk.task / RESULTS / "核对.txt").read_text(encoding="utf-8-sig")
    assert NOTHING in desk.run("run").err


@pytest.fixture
def bureau(office: Office, tmp_path: Path) -> Path:
    """A campaign of one unit whose edition has a report, and its form returned."""
    task = tmp_path / "任务"
    shutil.copytree(office.campaign, task)
    shutil.rmtree(task / RESULTS, ignore_errors=True)
    (task / RETURNED).mkdir(exist_ok=True)
    shutil.copy(office.filled, task / RETURNED / "一.xlsx")
    return task


def test_a_report_is_written_once_kept_as_edited_and_recorded(bureau: Path) -> None:
    assert run("run", bureau).code == 0
    (report,) = (bureau / RESULTS).glob("*报告.docx")
    assert "写报告" in run("ledger", "history", bureau).out
    stamp = report.stat().st_mtime_ns
    assert NOTHING in run("run", bureau).err
    assert report.stat().st_mtime_ns == stamp
    report.write_bytes(report.read_bytes() + b"edited")
    assert run("run", bureau).code == 0
    assert report.read_bytes().endswith(b"edited")
    report.unlink()
    assert run("run", bureau).code == 0
    assert report.is_file()
    before = run("ledger", "history", bureau).out.count("写报告")
    assert run("report", bureau, "-o", bureau / "另写", "--by", "周会计").code == 0
    after = run("ledger", "history", bureau).out
    assert after.count("写报告") == before + 1
    assert "周会计" in after


def test_a_report_of_figures_that_no_longer_stand_is_set_aside(bureau: Path, office: Office) -> None:
    assert run("run", bureau).code == 0
    (report,) = (bureau / RESULTS).glob("*报告.docx")
    shutil.copy(office.blank, bureau / RETURNED / "一.xlsx")
    assert run("run", bureau).code == 1
    assert not report.exists()
    assert list((bureau / RESULTS).glob("*报告（旧1）.docx"))


def test_no_report_is_written_where_the_campaign_asks_for_more_since(bureau: Path) -> None:
    text = (bureau / "campaign.yaml").read_text(encoding="utf-8")
    mark = "      - name: 业务培训\n"
    assert text.count(mark) == 1
    (bureau / "campaign.yaml").write_text(text.replace(mark, f"      - name: 新专项\n{mark}"), encoding="utf-8")
    done = run("run", bureau)
    assert done.code == 1
    assert "还缺 附件3-3" in done.err
    assert not list((bureau / RESULTS).glob("*报告.docx"))
    assert run("run", bureau, "--force").code == 1
