"""``check --format`` and ``-o`` on the command line: where the result goes, and what is never written over."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from lxml import etree, html

from tests.cli.running import run, run_process
from xlsxeval.output import output_formats


@pytest.fixture
def received(tmp_path: Path) -> Path:
    """A file that came back and cannot be read: quick to check."""
    path = tmp_path / "收回" / "坏.xlsx"
    path.parent.mkdir()
    path.write_bytes(b"nothing")
    return path


@pytest.mark.parametrize("style", output_formats())
def test_every_format_can_be_written_and_is_what_stdout_would_have(received: Path, tmp_path: Path, style: str) -> None:
    target = tmp_path / "neu" / "结果"
    shown = run("check", received, "--format", style)
    written = run("check", received, "--format", style, "-o", target)
    assert (shown.code, written.code) == (1, 1)
    assert written.out == ""
    assert str(target) in written.err
    assert target.read_text(encoding="utf-8-sig").strip() == shown.out.strip()


@pytest.mark.parametrize("style", output_formats())
def test_an_earlier_result_is_written_over(received: Path, tmp_path: Path, style: str) -> None:
    target = tmp_path / "结果"
    assert run("check", received, "--format", style, "-o", target).code == 1
    other = tmp_path / "收回" / "另一份.xlsx"
    other.write_bytes(b"")
    assert run("check", received, other, "--format", style, "-o", target).code == 1
    assert "另一份" in target.read_text(encoding="utf-8") or "%E5%8F%A6" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("style", output_formats())
def test_nothing_else_is_written_over_unless_told_so(received: Path, tmp_path: Path, style: str) -> None:
    target = tmp_path / "要紧的"
    for content in (b"PK\x03\x04 a workbook", "某人写的 <html> { [".encode(), b"\xff\xfe"):
        target.write_bytes(content)
        done = run("check", received, "--format", style, "-o", target)
        assert (done.code, done.out) == (2, "")
        assert "--force" in done.err
        assert target.read_bytes() == content
    assert run("check", received, "--format", style, "-o", target, "--force").code == 1
    assert target.read_bytes() != content


@pytest.mark.parametrize(("style", "other"), [("json", "jsonl"), ("sarif", "json"), ("html", "text"), ("text", "html")])
def test_a_result_of_another_format_is_not_written_over(received: Path, tmp_path: Path, style: str, other: str) -> None:
    target = tmp_path / "结果"
    run("check", received, "--format", other, "-o", target)
    before = target.read_bytes()
    assert run("check", received, "--format", style, "-o", target).code == 2
    assert target.read_bytes() == before


def test_a_received_file_is_never_the_output(received: Path) -> None:
    for name in (received, received.parent / ".." / "收回" / "坏.xlsx"):
        done = run("check", received.parent, "-o", name, "--force")
        assert done.code == 2
        assert received.read_bytes() == b"nothing"


def test_the_name_of_the_file_tells_the_format(received: Path, tmp_path: Path) -> None:
    for name in ("a.html", "a.json", "a.jsonl", "a.sarif", "a.xml", "a.txt", "无后缀"):
        assert run("check", received, "-o", tmp_path / name).code == 1
    assert html.parse(str(tmp_path / "a.html")).xpath("//h1")
    assert etree.parse(str(tmp_path / "a.xml")).getroot().tag == "testsuites"
    assert json.loads((tmp_path / "a.sarif").read_bytes())["version"] == "2.1.0"
    assert json.loads((tmp_path / "a.json").read_bytes())["schema"] == 1
    assert [json.loads(line)["type"] for line in (tmp_path / "a.jsonl").read_text("utf-8").splitlines()] == [
        "file",
        "finding",
    ]
    for name in ("a.txt", "无后缀"):
        assert "■" in (tmp_path / name).read_text(encoding="utf-8-sig")
    asked = run("check", received, "--format", "concise", "-o", tmp_path / "b.html")
    assert asked.code == 1
    assert (tmp_path / "b.html").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize("style", output_formats())
def test_every_format_survives_a_gbk_console(received: Path, style: str) -> None:
    done = run("check", received, "--format", style, encoding="gbk")
    assert done.code == 1
    assert done.err == ""
    assert "F0" in done.out


def test_so_it_is_in_a_process_of_its_own(received: Path) -> None:
    done = run_process("check", received, environment={"PYTHONIOENCODING": "gbk"}, encoding="gbk")
    assert (done.code, done.err) == (1, "")
    assert done.out == run("check", received, encoding="gbk").out


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name may be no UTF-8")
@pytest.mark.parametrize("style", output_formats())
def test_a_file_whose_name_is_no_utf8_is_told(tmp_path: Path, style: str) -> None:
    (tmp_path / os.fsdecode(b"\xbb\xb5.xlsx")).write_bytes(b"nothing")
    done = run("check", tmp_path, "--format", style)
    assert (done.code, done.err) == (1, "")
    if style == "text":
        assert run_process("check", tmp_path) == done
    target = tmp_path / "结果"
    assert run("check", tmp_path, "--format", style, "-o", target).code == 1
    assert ".xlsx" in target.read_text(encoding="utf-8")
