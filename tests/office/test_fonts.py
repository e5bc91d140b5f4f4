"""Fonts that documents name: which are missing, and what stands in."""

from __future__ import annotations

import stat

import pytest

from xlsxeval.office import REPORT_FONTS, fonts, free_font, missing_fonts


@pytest.fixture
def fontconfig(tmp_path, monkeypatch):
    """A fontconfig with 宋体 by its English name and 黑体 by its Chinese one."""
    answers = {"fc-list": "SimSun,NSimSun\\nWenQuanYi Zen Hei,黑体\\n", "fc-match": "WenQuanYi Zen Hei"}
    for name, answer in answers.items():
        program = tmp_path / name
        program.write_text(f'#!/bin/sh\nprintf "{answer}"\n')
        program.chmod(program.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")


def test_a_font_is_there_under_either_of_its_names(fontconfig):
    gone = missing_fonts(REPORT_FONTS)
    assert list(gone) == ["方正小标宋简体", "仿宋_GB2312", "楷体_GB2312"]
    assert set(gone.values()) == {"WenQuanYi Zen Hei"}


def test_nothing_is_missing_where_fonts_cannot_be_listed(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert fonts.installed_fonts() is None
    assert missing_fonts(REPORT_FONTS) == {}


def test_a_program_that_fails_is_no_fault_of_the_user(tmp_path, monkeypatch):
    program = tmp_path / "fc-list"
    program.write_text("#!/bin/sh\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    assert missing_fonts(["宋体"]) == {}


def test_each_font_of_the_reports_has_a_free_one():
    assert all(free_font(name) for name in REPORT_FONTS)
    assert free_font("Arial") == ""
