"""``remind``: the list, and to each unit its notice with the workbook that it needs."""

from __future__ import annotations

import csv
import io
import json
import shutil
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from tests.cli.conftest import Office
from tests.cli.running import files_below, run
from tests.cli.test_status import desk, put

__all__ = ["desk"]
TODAY = ("--today", "2025-06-05")
FOLDER = "001 某某局"


def remind(campaign: Path, *more: str) -> Path:
    folder = campaign.parent / "催报"
    done = run("remind", campaign, "-o", folder, *TODAY, *more)
    assert done.code == 0, done.err
    return folder


def mail(folder: Path) -> EmailMessage:
    message = message_from_bytes((folder / FOLDER / "催报通知.eml").read_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    return message


def enclosed(folder: Path) -> dict[str | None, bytes]:
    return {part.get_filename(): part.get_content() for part in mail(folder).iter_attachments()}


def wrong(office: Office, desk: Path) -> None:
    """One return with a score above its weight."""
    typed = desk.parent / "values.yaml"
    typed.write_text('{"附件2": {"indicators[1].score": 6}}', encoding="utf-8")
    assert run("fill", office.filled, typed, "-o", desk / "收回" / "001.xlsx").code == 0


def test_who_sent_nothing_gets_the_blank_workbook(office: Office, desk: Path) -> None:
    folder = remind(desk, "--until", "2025-06-10")
    assert enclosed(folder) == {office.blank.name: office.blank.read_bytes()}
    text = (folder / FOLDER / "催报通知.txt").read_text(encoding="utf-8-sig")
    assert "逾期 5 天" in text
    assert "2025年6月10日" in text
    shutil.rmtree(desk / "下发")
    assert enclosed(remind(desk)) == {}


@pytest.mark.parametrize("collected", [False, True], ids=["folder", "ledger"])
def test_who_must_mend_gets_the_annotated_workbook(office: Office, desk: Path, collected: bool) -> None:
    wrong(office, desk)
    if collected:
        assert run("collect", desk, "--by", "绩效科").code in {0, 1}
        (desk / "收回" / "001.xlsx").unlink()  # what counts lies in the archive
    folder = remind(desk)
    ((name, content),) = enclosed(folder).items()
    assert name == "001 某某局（标注版）.xlsx"
    assert (folder / FOLDER / name).read_bytes() == content
    again = json.loads(run("check", folder / FOLDER / name, "--campaign", desk, "--format", "json").out)
    assert "S101" in {finding["code"] for finding in again["files"][0]["findings"]}
    assert "附件2" in (folder / FOLDER / "催报通知.txt").read_text(encoding="utf-8-sig")


def test_the_list_leads_to_the_notices(office: Office, desk: Path) -> None:
    wrong(office, desk)
    folder = remind(desk)
    assert "某某局" in (folder / "催报清单.txt").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO((folder / "催报清单.csv").read_text(encoding="utf-8-sig"))))
    assert rows[1][0] == "001"
    assert (folder / rows[1][-1]).is_file()


def test_run_again_nothing_changes_and_another_days_notice_is_kept(desk: Path) -> None:
    before = files_below(remind(desk))
    assert files_below(remind(desk)) == before
    folder = remind(desk, "--today", "2025-06-06")
    old = folder / FOLDER / "催报通知（旧1）.eml"
    assert old.read_bytes() == before[f"{FOLDER}/催报通知.eml"]
    assert "逾期 6 天" in (folder / FOLDER / "催报通知.txt").read_text(encoding="utf-8-sig")


def test_a_notice_that_is_no_longer_due_is_put_aside(office: Office, desk: Path) -> None:
    folder = remind(desk)
    put(desk, office.filled)
    remind(desk)
    assert sorted(path.name for path in (folder / FOLDER).iterdir()) == ["催报通知（旧1）.eml", "催报通知（旧1）.txt"]


def test_only_the_units_asked_for_get_a_notice(desk: Path) -> None:
    folder = remind(desk, "--unit", "001")
    assert mail(folder)["X-Unsent"] == "1"
    assert run("remind", desk, "-o", folder, "--unit", "009").code == 2


@pytest.mark.parametrize("name", ["收回", "下发/催报"])
def test_nothing_is_written_among_what_was_sent_or_received(desk: Path, name: str) -> None:
    before = files_below(desk)
    assert run("remind", desk, "-o", desk / name).code == 2
    assert files_below(desk) == before
