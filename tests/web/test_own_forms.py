"""A Word form that the program has never seen becomes a checked and reported campaign on the desk, without YAML."""

from __future__ import annotations

import io
import re
from pathlib import Path

from docx import Document
from openpyxl import load_workbook

from tests.cli.running import run
from tests.importing.public_forms import FOLDER, Recipe
from tests.web.desks import HOST, DeskBrowser
from xlsxeval.api import fill

REPORT = [
    "某某局2024年度项目支出绩效自评报告",
    "一、项目概况",
    "（一）立项情况",
    "项目经批准立项。",
    "（二）资金情况",
    "2024年初预算数100万元，全年预算数120万元，全年执行数110万元，预算执行率91.67%。",
    "二、存在的主要问题",
    "进度偏慢。",
    "三、下一步改进措施",
    "加快进度。",
]
VALUES = """\
附件3-1:
  项目编码: 4301-001
  项目负责人: 某某
  fiscal.initial: 100
  fiscal.budget: 120
  fiscal.executed: 110
  other.initial: 0
  other.budget: 0
  other.executed: 0
  goals.expected: 全年维护道路十二公里。
  goals.achieved: 全年维护道路十二公里。
  indicators:
    - {{level1: 产出指标（50分）, level2: 数量指标, level3: 维护里程, target: ≥12公里, actual: 12公里, weight: 50, score: {score}}}
    - {{level1: 效益指标（30分）, level2: 社会效益指标, level3: 投诉下降率, target: ≥10%, actual: 12%, weight: 30, score: 30}}
    - {{level1: 满意度指标（10分）, level2: 服务对象满意度指标, level3: 居民满意度, target: ≥90%, actual: 93%, weight: 10, score: 10}}
  自评结论: 优
报告正文:
  date: "2026-03-31"
  立项情况: 项目由上级批准立项。
  资金情况: 资金专款专用，管理规范。
  problems: 雨季施工进度偏慢，个别路段验收推迟。
  measures: 合理安排工期，提前做好材料准备。
"""


def _report() -> bytes:
    document = Document()
    for text in REPORT:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _roster(path: Path) -> bytes:
    """The roster as a clerk fills it in: one unit with one project."""
    book = load_workbook(path)
    for name, row in {"单位": ["001", "某某中心"], "项目": ["001", "道路维护", "某某局", "某某中心"]}.items():
        for column, value in enumerate(row, start=1):
            book[name].cell(2, column).value = value
    book["任务"]["B5"] = "某某区财政局"
    for name in ("指标", "上年数", "文本"):
        book[name].delete_rows(2)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_word_form_becomes_a_checked_and_reported_campaign(desk: DeskBrowser, tmp_path: Path) -> None:
    form = Recipe(FOLDER / "unit-direction.yaml").draw(tmp_path)
    # 1 the blank form and a published report
    sent = {
        "csrf": desk.csrf,
        "name": "道路自评",
        "year": "2025",
        "files": [(io.BytesIO(form.read_bytes()), form.name)],
        "report": [(io.BytesIO(_report()), "报告.docx")],
    }
    begun = desk.client.post("/forms", base_url=f"http://{HOST}", data=sent, content_type="multipart/form-data")
    assert begun.status_code == 303, begun.text
    page = desk.page(begun.headers["Location"])
    assert page.count('<table class="form"') == 3  # the original, what is sent, 报告正文
    assert "没有要问的" in page
    # 2 the campaign
    made = desk.post(f"{begun.headers['Location']}/make")
    assert made.status_code == 303, made.text
    address = made.headers["Location"]
    folder = desk.work.home / "道路自评"
    assert (folder / "表样" / "own-forms.yaml").is_file()
    # 3 the roster
    assert desk.post(f"{address}roster", files={"名册.xlsx": _roster(folder / "名册.xlsx")}).status_code == 303
    assert "名册没有问题" in desk.page(address)
    # 4 the workbooks
    assert desk.done(desk.post(f"{address}sending", {"unit": "001"}))["state"] == "done"
    (blank,) = (folder / "下发").glob("*.xlsx")
    # what the unit does
    returned = {}
    for name, score in (("错", 51), ("对", 50)):
        values, filled = tmp_path / f"{name}.yaml", tmp_path / f"{name}.xlsx"
        values.write_text(VALUES.format(score=score), encoding="utf-8")
        fill(blank, values, filled)
        returned[name] = filled.read_bytes()
    # 5 the return, checked with the form's own relations
    wrong = run("check", tmp_path / "错.xlsx", "--campaign", folder)
    assert "S101" in wrong.out
    assert desk.done(desk.post(f"{address}returns", files={"b.xlsx": returned["对"]}))["state"] == "done"
    review = desk.page(f"{address}reviews/001")
    assert not re.findall(r'class="finding error"', review), review
    # 6 the report, with figures where the published one had them
    assert desk.done(desk.post(f"{address}results", {"what": "reports"}))["state"] == "done"
    (written,) = (folder / "结果").rglob("*报告*.docx")
    text = "\n".join(paragraph.text for paragraph in Document(str(written)).paragraphs)
    assert "道路维护：年初预算数100万元，全年预算数120万元，全年执行数110万元，预算执行率91.67%。" in text
    assert "雨季施工进度偏慢" in text


def test_what_is_no_form_leaves_nothing_behind(desk: DeskBrowser) -> None:
    answer = desk.post("/forms", {"name": "坏的", "year": "2025"}, {"坏.docx": b"PK\x03\x04word/document.xml"})
    assert "读不了" in desk.told(answer)
    assert not (desk.work.home / "坏的").exists()
    assert "还没有做完的" not in desk.page("/forms")
