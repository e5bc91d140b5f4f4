"""What other programs read: JSON on a clean stdout, with exactly the keys of docs/internals/formats.md."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Office
from tests.cli.running import run, run_process

FILE_KEYS = {
    "path",
    "sha256",
    "campaign",
    "edition",
    "unit",
    "forms",
    "seal",
    "settings",
    "status",
    "findings",
    "fixed",
}
FINDING_KEYS = {
    *("code", "slug", "severity", "sheet", "cell", "field", "label", "shown", "expected", "message", "fix", "basis"),
    *("working", "severity_set_by", "waived", "state", "related", "fingerprint"),
}


def test_check_json_has_the_keys_of_the_contract(office: Office, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"nothing")
    done = run("check", office.blank, office.filled, bad, "--format", "json")
    data = json.loads(done.out)
    assert set(data) == {"schema", "files", "summary"}
    assert data["schema"] == 1
    assert [file["status"] for file in data["files"]] == ["findings", "findings", "rejected"]
    for file in data["files"]:
        assert set(file) == FILE_KEYS
        assert len(file["sha256"]) == 64
        for finding in file["findings"]:
            assert set(finding) == FINDING_KEYS
            assert finding["severity"] in {"error", "warning", "info"}
            assert all(set(place) == {"sheet", "cell", "field"} for place in finding["related"])
            assert len(finding["fingerprint"]) == 16
    known, _, unknown = data["files"]
    assert known["unit"] == {"code": "001", "name": "某某局"}
    assert (known["campaign"], known["edition"]) == ("shili-2024", "hunan-2024")
    assert known["forms"] == ["填报说明", "附件1", "附件2", "附件3-1", "附件3-2", "附件4", "附件5", "附件6", "报告正文"]
    assert (unknown["unit"], unknown["campaign"], unknown["edition"], unknown["forms"]) == (None, None, None, [])


def test_the_summary_of_check_json_adds_up(office: Office, tmp_path: Path) -> None:
    data = json.loads(run("check", office.blank, office.filled, "--format", "json").out)
    summary = data["summary"]
    findings = [finding for file in data["files"] for finding in file["findings"]]
    counts = {"files", "clean", "rejected", "by_severity", "by_code", "by_state", "waived", "fixed"}
    assert set(summary) == counts
    assert (summary["files"], summary["clean"], summary["rejected"]) == (2, 0, 0)
    assert summary["by_code"]["I030"] == 2  # both are of one unit
    assert set(summary["by_severity"]) == {"error", "warning", "info"}
    assert sum(summary["by_severity"].values()) == sum(summary["by_code"].values()) == len(findings) > 0


def test_a_finding_keeps_its_fingerprint_from_run_to_run_and_differs_from_others(office: Office) -> None:
    first, second = (
        [
            finding["fingerprint"]
            for finding in json.loads(run("check", office.blank, "--format", "json").out)["files"][0]["findings"]
        ]
        for _ in range(2)
    )
    assert first == second
    assert len(set(first)) == len(first)


@pytest.mark.parametrize("source", ["workbook", "edition"])
def test_fields_json_has_the_keys_of_the_contract(office: Office, source: str) -> None:
    done = run("fields", office.blank if source == "workbook" else "hunan-2024", "--format", "json")
    data = json.loads(done.out)
    assert set(data) == {"schema", "edition", "forms"}
    assert (data["schema"], data["edition"]) == (1, "hunan-2024")
    keys = {"field", "label", "cell", "kind", "type", "unit", "required", "formula"}
    for form in data["forms"]:
        assert {"form", "attachment", "sheet", "fields"} <= set(form)
        for field in form["fields"]:
            assert keys <= set(field)
            assert field["kind"] in {"input", "given", "computed"}
            assert (field["formula"] is not None) == (field["kind"] == "computed")


def test_recalc_json_has_the_keys_of_the_contract(office: Office) -> None:
    data = json.loads(run("recalc", office.filled, "--format", "json").out)
    assert set(data) == {"schema", "cells"}
    assert data["schema"] == 1
    assert data["cells"]
    for cell in data["cells"]:
        assert set(cell) == {"sheet", "cell", "formula", "cached", "value", "not_compared"}


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "ascii"])
def test_json_is_utf8_and_alone_on_stdout_whatever_the_console(office: Office, encoding: str) -> None:
    done = run_process("check", office.blank, "--format", "json", environment={"PYTHONIOENCODING": encoding})
    assert done.code == 1
    assert json.loads(done.out)["files"][0]["unit"]["name"] == "某某局"
    assert done.err == ""


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_no_console_encoding_stops_a_command(encoding: str, tmp_path: Path) -> None:
    environment = {"PYTHONIOENCODING": encoding}
    shown = "utf-8" if encoding == "ascii" else encoding  # click takes an ASCII console for a misconfigured one
    missing = run_process("check", tmp_path / "没有.xlsx", environment=environment, encoding=shown)
    assert missing.code == 2
    assert missing.err.startswith("错误：")
    assert "Traceback" not in missing.said
    rule = run_process("explain", "L101", environment=environment, encoding=shown)
    assert rule.code == 0
    assert rule.out.startswith("L101")


def test_a_careful_units_file_alone_is_clean(office: Office) -> None:
    data = json.loads(run("check", office.filled, "--format", "json").out)
    assert [file["status"] for file in data["files"]] == ["clean"]
