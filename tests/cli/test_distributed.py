"""What was sent out is on record: who got which workbook, and whose form is no longer today's."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path

import pytest

from tests.cli.collectdesk import Desk
from tests.cli.running import Ran, run
from xlsxeval.campaign.folders import SENT
from xlsxeval.cli.options import now
from xlsxeval.ledger import Distribution


def generate(desk: Desk, *words: str) -> Ran:
    return run("--templates", desk.post.templates, "generate", desk.task, "-o", desk.task / SENT, *words)


def recorded(desk: Desk) -> list[Distribution]:
    with desk.workspace().ledger() as ledger, ledger.read() as r:
        return r.distributions()


def changes(desk: Desk) -> dict[str, list[str]]:
    done = desk.run("status", "--format", "json")
    assert done.code == 0, done.err
    return {unit["code"]: unit["form_changes"] for unit in json.loads(done.out)["units"] if unit["form_changes"]}


def test_each_workbook_is_recorded_once_with_its_digest_and_by_whom(desk: Desk) -> None:
    assert generate(desk, "--by", "赵会计").code == 0
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (desk.task / SENT).glob("*.xlsx")}
    assert {one.file_name: one.sha256 for one in recorded(desk)} == files
    assert [one.unit for one in recorded(desk)] == ["001", "002", "003"]
    assert "赵会计" in desk.run("ledger history").out
    before = recorded(desk)
    assert generate(desk, "--force").code == 0
    assert recorded(desk) == before


def test_of_an_archive_the_workbooks_in_it_are_recorded_by_their_parts(desk: Desk) -> None:
    assert generate(desk, "--zip", "--split", "--unit", "002").code == 0
    assert [(one.unit, one.part) for one in recorded(desk)] == [("002", "附件1"), ("002", "附件2")]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_campaign_that_cannot_be_written_still_generates(desk: Desk, tmp_path: Path) -> None:
    folder = desk.task / ".xlsxeval"
    folder.chmod(0o500)
    try:
        done = run("--templates", desk.post.templates, "generate", desk.task, "-o", tmp_path / "out")
    finally:
        folder.chmod(0o700)
    assert done.code == 0
    assert "台账" in done.err


def test_a_ledger_that_cannot_be_written_is_told_and_the_workbooks_are_made(desk: Desk) -> None:
    ledger = desk.task / ".xlsxeval" / "ledger.sqlite"
    ledger.unlink(missing_ok=True)
    ledger.mkdir()
    done = generate(desk)
    assert done.code == 0
    assert str(ledger) in done.err
    assert len(list((desk.task / SENT).glob("*.xlsx"))) == 3
    ledger.rmdir()
    assert generate(desk, "--force").code == 0
    assert len(recorded(desk)) == 3


def test_while_another_run_holds_the_campaign_it_is_recorded_all_the_same(desk: Desk) -> None:
    with desk.workspace().ledger() as other, other.run("李会计", now(), "collect"):
        assert generate(desk).code == 0
    assert len(recorded(desk)) == 3


def test_whose_form_is_no_longer_todays_is_told_until_a_new_one_is_made(desk: Desk) -> None:
    assert generate(desk).code == 0
    assert changes(desk) == {}
    desk.rewrite("[{name: 某某专项}]", "[{name: 某某专项}, {name: 另一专项}]")
    (told,) = changes(desk).items()
    assert told[0] == "001"
    assert "另一专项" in told[1][0]
    assert "发的表要换" in desk.run("status").out
    assert told[1][0] in desk.run("run").err
    assert generate(desk, "--force", "--unit", "001").code == 0
    assert changes(desk) == {}


def test_another_name_of_a_unit_or_another_deadline_is_no_other_form(desk: Desk) -> None:
    assert generate(desk).code == 0
    desk.rewrite("name: 某某中心", "name: 某某事务中心")
    desk.rewrite("deadline: 2025-05-31", "deadline: 2025-06-30")
    assert changes(desk) == {}
