"""Whatever an office types and merges, the draft of it is sound: lint finds nothing wrong."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.importing.forms import Rows, write_form
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.library import Library
from xlsxeval.importing import draft_form, draft_text, read_blanks
from xlsxeval.importing.checks import CheckBook
from xlsxeval.layout.lint import lint_edition
from xlsxeval.resources import OWN_MARK

_PROGRAM = Library(Path(__file__).resolve().parents[2] / "templates")
_BOOK = CheckBook(_PROGRAM)
_EDITION = (
    "edition: e\ntitle: 测试\nextends: mof-2020\nforms: [f/v]\nwithout: [guide, project, narrative]\nreport: none\n"
)
_LABELS = [
    "一级指标",
    "三级指标",
    "指标值",
    "完成值",
    "全年预算数",
    "执行率（B/A）",
    "指标1：",
    "——",
    "□是 □否",
    "填报人：    电话：",
    "项目",
    "预算数（万元）",
    "1、",
    "其中：",
    "率",
    "得分",
    "合计",
    "单位：",
    "2024年",
    "a.b",
    "A1",
    "明细",
    "第1行",
    "edition!x",
]
_ODD = ["__", "1a", "TRUE", "R1C1", "'q'", "²", "😀", "名 称", "甲\n乙", "{{", "$", 5, 0.5, -3]
_FORMULAS = [
    "=A1",
    "=B2+C3",
    "=SUM(A1:C4)",
    "=D4*2",
    "=1+",
    "=-B2%",
    "=SUM(A:A)",
    "=A1:B2",
    "=SUM((A1,B2))",
    "=B:B C:C",
]
_CELLS = st.none() | st.sampled_from([*_LABELS, *_ODD, *_FORMULAS])
_MERGE = st.sampled_from([(), ("A1:B2",), ("A1:D1",), ("B2:C2", "A3:A5"), ("A2:A5", "B2:B3", "C4:D5")])


@st.composite
def _rows(draw: Any) -> Rows:
    columns = draw(st.integers(1, 5))
    return draw(st.lists(st.lists(_CELLS, min_size=columns, max_size=columns), min_size=1, max_size=8))  # type: ignore[no-any-return]


@settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(_rows(), _MERGE)
@example([["a", None], [None, None]], ("A1:B2",))
@example([["x", "=B1", "=D1", "=C1"]], ())
def test_a_draft_is_always_sound(rows: Rows, merges: tuple[str, ...]) -> None:
    with TemporaryDirectory() as folder:
        templates = Path(folder) / "templates"
        form = templates / "forms" / "f" / "v.yaml"
        try:
            (blank,) = read_blanks(write_form(form.with_suffix(".xlsx"), rows, merges)).sheets
        except DefinitionError:
            return
        draft = draft_form(blank, "f", "f.xlsx", _PROGRAM, {}, _BOOK)
        form.write_text(draft_text(draft, _BOOK.base if draft.extends else None), encoding="utf-8")
        (templates / OWN_MARK).write_text("", encoding="utf-8")
        (templates / "editions").mkdir()
        (templates / "editions" / "e.yaml").write_text(_EDITION, encoding="utf-8")
        assert lint_edition(Library(templates).edition("e")) == []
