"""``json`` and ``jsonl``: read back, they hold what the verdicts hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest

from tests.output.verdicts import ALL, CLEAN, FOUND, HOSTILE, REJECTED, hostile
from xlsxeval.output.formats import json as json_format
from xlsxeval.output.formats import jsonl
from xlsxeval.rules.verdict import Verdict


def check_json(verdicts: Sequence[Verdict]) -> str:
    return "".join(json_format.check_json(verdicts))


def check_jsonl(verdicts: Sequence[Verdict]) -> str:
    return "".join(jsonl.check_jsonl(verdicts))


def _lines(*verdicts: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in check_jsonl(verdicts).split("\n") if line]


def test_every_file_has_its_line_also_the_clean_and_the_rejected() -> None:
    files = [line for line in _lines(*ALL) if line["type"] == "file"]
    assert [(line["path"], line["status"]) for line in files] == [
        (FOUND.path, "findings"),
        (CLEAN.path, "clean"),
        (REJECTED.path, "rejected"),
    ]
    assert [(line["open"], line["waived"], line["fixed"]) for line in files] == [(9, 1, 1), (0, 0, 0), (1, 0, 0)]


def test_a_file_comes_before_its_findings_and_what_was_fixed() -> None:
    kinds = [line["type"] for line in _lines(*ALL)]
    assert kinds == ["file", *["finding"] * 10, "fixed", "file", "file", "finding"]


def test_a_line_says_by_itself_whose_finding_it_is() -> None:
    (line,) = (line for line in _lines(*ALL) if line.get("code") == "L101")
    assert (line["path"], line["unit"]["code"], line["edition"], line["status"]) == (
        FOUND.path,
        "430200101",
        "hunan-2024",
        "findings",
    )


def test_both_formats_tell_the_same_of_a_finding_and_a_file() -> None:
    whole = json.loads(check_json(ALL))
    lines = _lines(*ALL)
    for kind, key in (("finding", "findings"), ("fixed", "fixed")):
        single = [line for line in lines if line["type"] == kind]
        nested = [one for file in whole["files"] for one in file[key]]
        assert [{name: line[name] for name in one} for line, one in zip(single, nested, strict=True)] == nested
    heads = [line for line in lines if line["type"] == "file"]
    for head, file in zip(heads, whole["files"], strict=True):
        facts = {name: value for name, value in file.items() if name not in ("findings", "fixed")}
        assert {name: head[name] for name in facts} == facts


def test_what_is_waived_stands_there_and_is_not_counted() -> None:
    whole = json.loads(check_json(ALL))
    assert whole["summary"]["by_code"] == {"F003": 1, "L101": 1, "T101": 7, "V030": 1}
    assert whole["summary"]["by_severity"] == {"error": 9, "warning": 0, "info": 1}
    assert (whole["summary"]["waived"], whole["summary"]["fixed"]) == (1, 1)
    assert whole["summary"]["by_state"] == {"new": 1, "open": 1}
    (waived,) = (one for file in whole["files"] for one in file["findings"] if one["waived"])
    assert waived["waived"] == {"by": "绩效科", "reason": "已在报告正文里说明", "date": "2025-03-01"}


def test_settings_stand_with_their_file() -> None:
    settings = json.loads(check_json([FOUND]))["files"][0]["settings"]
    assert [(one["code"], one["severity"], one["set_by"]) for one in settings] == [
        ("L101", "error", "edition"),
        ("V030", "off", "campaign"),
    ]


def test_hostile_texts_come_through_and_stay_on_their_line() -> None:
    output = check_jsonl([hostile()])
    output.encode("utf-8")
    lines = [json.loads(line) for line in output.split("\n") if line]
    shown = [line["shown"] for line in lines if line["type"] == "finding"]
    sound = [text.replace("\ud800", "\ufffd").replace("\udfff", "\ufffd") for text in HOSTILE]
    assert shown == sound
    check_json([hostile()]).encode("utf-8")


@pytest.mark.parametrize("verdicts", [(), (CLEAN,), ALL, (hostile(), FOUND)], ids=["none", "one", "all", "hostile"])
def test_the_pieces_of_json_are_what_one_dump_would_be(verdicts: Sequence[Verdict]) -> None:
    whole = check_json(verdicts)
    assert whole == json.dumps(json.loads(whole), ensure_ascii=False, indent=2)
    assert len(json.loads(whole)["files"]) == len(verdicts)
