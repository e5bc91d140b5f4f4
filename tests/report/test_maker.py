"""The tool that begins templates: the same every time, and what is shipped is what it makes."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from xlsxeval.resources import templates_directory

TOOLS = Path(__file__).resolve().parents[2] / "tools"
SHIPPED = sorted(path.stem for path in (templates_directory() / "reports").glob("*.docx"))


@pytest.fixture
def maker(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    yield importlib.import_module("make_report_template")
    for name in [name for name in sys.modules if name.split(".")[0] in ("make_report_template", "report_templates")]:
        del sys.modules[name]


def test_it_makes_every_template_that_is_shipped(maker):
    assert sorted(maker.TEMPLATES) == SHIPPED


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_template_twice(maker, name):
    made = maker.template_bytes(name)
    assert made == maker.template_bytes(name)
