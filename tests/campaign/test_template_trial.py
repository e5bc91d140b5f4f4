"""``lint`` refuses what ``report`` would refuse: templates are tried on an example unit."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from tests.cli.running import run
from xlsxeval.report import filling
from xlsxeval.resources import templates_directory

EDITION = "mof-2020"


@pytest.fixture
def linted(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """What ``lint`` says where one of the templates has these paragraphs."""

    def lint(name: str, *texts: str) -> tuple[int, str]:
        folder = tmp_path / "templates"
        shutil.copytree(templates_directory(), folder)
        path = folder / "reports" / name
        document = Document(str(path))
        for node in list(document.element.body)[:-1]:
            document.element.body.remove(node)
        for text in ("开头", *texts):
            document.add_paragraph(text)
        document.save(str(path))
        done = run("--templates", folder, "lint", EDITION)
        return done.code, done.said

    return lint


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        pytest.param(f"{EDITION}.docx", "{{ unit.name - 1 }}", "算不出来", id="a text in a sum"),
        pytest.param(f"{EDITION}.docx", "{{ projects[0].funds }}", "不是一个字段", id="a group"),
        pytest.param(f"{EDITION}.docx", "{{ year }}", "", id="fine"),
        pytest.param("notice.docx", "{{ unit.nam }}", "「nam」", id="a notice"),
        pytest.param("consolidated.docx", "{{ totall }}", "「totall」", id="the report over all units"),
    ],
)
def test_what_only_filling_in_shows(name: str, text: str, said: str, linted: Callable[..., tuple[int, str]]) -> None:
    code, told = linted(name, text)
    assert code == int(bool(said))
    assert said in told
    if said:
        assert name in told
        assert text in told


def test_a_loop_without_end_has_its_place(
    linted: Callable[..., tuple[int, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filling, "SECONDS", 0.5)
    nested = "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"
    code, told = linted(f"{EDITION}.docx", nested)
    assert code == 1
    assert nested[:60] in told
