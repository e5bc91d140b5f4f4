"""The outline of a published report: its sections and which figures it states, without anything that is the unit's own."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from docx import Document

from tests.importing.public_forms import FOLDER, Recipe
from xlsxeval.campaign.drafted_edition import draft_edition, write_edition
from xlsxeval.errors import DefinitionError
from xlsxeval.forms.library import Library
from xlsxeval.importing.outline import ReportOutline, read_outline
from xlsxeval.resources import templates_directory

LIBRARY = Library(templates_directory())
CONTENTS = ["一、部门基本情况", "二、预算执行情况", "三、存在的问题"]
TEXT = [
    "某某县水利局2023年度部门整体支出绩效自评报告",
    *CONTENTS,
    "一、部门基本情况",
    "（一）部门职能。负责全县水利工作。",
    "（二）机构人员情况",
    "编制数23人，年末在职人数21人。",
    "二、预算执行情况",
    "2023年年初预算数512.3万元，全年预算数600万元，总支出588.42万元，预算执行率98.07%。",
    "其中基本支出400万元，项目支出188.42万元。",
    "三、存在的问题",
    "1、进度偏慢。",
    "四、其他需要说明的情况",
    "无。",
    "附件1 自评表",
    "五、不是正文",
]


def report(folder: Path, texts: list[str]) -> Path:
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    path = folder / "报告.docx"
    document.save(str(path))
    return path


@pytest.fixture
def outline(tmp_path: Path) -> ReportOutline:
    return read_outline(report(tmp_path, TEXT), LIBRARY)


def test_headings_are_sections_and_texts_are_fields(outline: ReportOutline) -> None:
    assert outline.title == "部门整体支出绩效自评报告"
    assert [(one.heading, one.level, one.field) for one in outline.sections] == [
        ("一、部门基本情况", 1, ""),
        ("（一）部门职能", 2, "functions"),
        ("（二）机构人员情况", 2, "organisation"),
        ("二、预算执行情况", 1, "management"),
        ("三、存在的问题", 1, "problems"),
        ("四、其他需要说明的情况", 1, "others"),
    ]


def test_figures_that_forms_have_are_fields(outline: ReportOutline) -> None:
    money = next(one for one in outline.sections if one.field == "management")
    assert [field for _, field in money.figures] == [
        "funds.initial",
        "funds.budget",
        "funds.executed",
        "funds.rate",
        "funds.basic",
        "funds.project",
    ]


def test_nothing_of_the_unit_is_in_the_edition(tmp_path: Path) -> None:
    form = Recipe(FOLDER / "mof-project.yaml").draw(tmp_path)
    drafted = draft_edition([form], "e", LIBRARY, report=report(tmp_path, TEXT))
    assert write_edition(drafted, tmp_path / "表样") == []
    texts = [content.decode() for name, content in drafted.files.items() if name.endswith(".yaml")]
    template = Document(io.BytesIO(drafted.files["reports/e.docx"]))
    texts += [paragraph.text for paragraph in template.paragraphs]
    for own in ("水利局", "全县", "588.42", "512.3", "2023", "进度偏慢"):
        assert not any(own in text for text in texts), own
    sentence = "全年预算数{{ project.funds.budget|money }}万元"
    assert any(sentence in text for text in texts)


@pytest.mark.parametrize("texts", [[], ["只有一段话。"]])
def test_a_document_without_headings_is_told(texts: list[str], tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="没有找到章节标题"):
        read_outline(report(tmp_path, texts), LIBRARY)
