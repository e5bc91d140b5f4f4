"""A report that somebody edited in Word is never lost when it is written again."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.campaign.files import set_aside


def test_an_edited_file_is_set_aside_under_a_free_name_each_time(tmp_path: Path) -> None:
    report = tmp_path / "报告.docx"
    for number, text in enumerate((b"edited once", b"edited twice"), start=1):
        report.write_bytes(text)
        aside = set_aside(report, b"new")
        assert aside == tmp_path / f"报告（旧{number}）.docx"
        assert aside.read_bytes() == text
        assert not report.exists()


def test_what_is_the_same_or_not_there_stays_as_it_is(tmp_path: Path) -> None:
    report = tmp_path / "报告.docx"
    assert set_aside(report, b"new") is None
    report.write_bytes(b"new")
    assert set_aside(report, b"new") is None
    assert [path.name for path in tmp_path.iterdir()] == ["报告.docx"]
