"""A template with a mistake is refused with the tag, the place and what is near."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document

from tests.report.reading import paragraphs
from xlsxeval.report import ReportError, report_bytes


@pytest.fixture
def written(tmp_path, template):
    """A copy of the template whose text is the given paragraphs."""

    def make(*texts: str) -> Path:
        document = Document(str(template))
        body = document.element.body
        for node in list(body)[:-1]:
            body.remove(node)
        for text in texts:
            document.add_paragraph(text)
        path = tmp_path / "own.docx"
        document.save(str(path))
        return path

    return make


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("支出{{ overall.funds.exected|money }}万元", ["支出{{ overall.funds.exected", "executed"]),
        ("{{ overal.funds.executed }}", ["没有「overal」", "「overall」"]),
        ("{{ overall.fund.executed }}", ["「fund」", "「funds」"]),
        ("{{ overall.funds.executed|mony }}", ["过滤器「mony」", "「money」"]),
        ("{{ overall.funds }}", ["不是一个字段", "executed"]),
        ("{{ overall.indicators }}", ["一组值"]),
        ("{{ projects[0].fund.rate }}", ["附件3-1", "「funds」"]),
        ("{% if year %}甲", ["没有结束", "endif"]),
        ("甲{% endif %}", ["endif", "放错"]),
        ("{{ year", ["写法有误"]),
        ("{{ year + }}", ["写法有误"]),
        ("{%p if year % 2 %}", ["{%p if year % 2", "不能有 %"]),
        ("{{ narrative.functions - 1 }}", ["算不出来"]),
        ("{{ 1 / 0 }}", ["算不出来"]),
        ("{{ ''.__class__.__mro__ }}", ["{{ ''.__class__"]),
        ("{{ overall.__init__.__globals__ }}", ["__init__"]),
        ("{% include 'x' %}", ["{% include"]),
        ("{{ lipsum() }}", ["没有「lipsum」"]),
        ("{{ projects|random }}", ["过滤器「random」"]),
        ("{{ projects[9].name }}", ["没有第 10 个"]),
        ("{{ narrative.functions.lenght }}", ["「lenght」", "「length」"]),
        ("{{ range(10000000)|list|length }}", ["算不出来"]),
        ("甲{{p attachments }}", ["甲{{p attachments", "单独成段"]),
        ("{%p if year %}有文字{%p endif %}", ["单独成段"]),
        ("{%tr if year %}", ["表格里"]),
    ],
)
def test_a_broken_tag_is_named(written, submission, text, parts):
    with pytest.raises(ReportError) as caught:
        report_bytes(submission, written("前一段", text, "后一段"))
    message = str(caught.value)
    assert "own.docx" in message
    for part in parts:
        assert part in message
    assert "Traceback" not in message
    assert "<w:" not in message


def test_attachments_twice_are_refused(written, submission):
    with pytest.raises(ReportError, match="只写一次"):
        report_bytes(submission, written("{{p attachments }}", "{{p attachments }}"))


def test_blocks_across_a_table_edge_are_refused(written, submission):
    path = written("{{ attachments }}")
    with pytest.raises(ReportError, match="单独成段"):
        report_bytes(submission, path)


def test_a_missing_style_is_named(written, submission):
    path = written("{{p attachments }}")
    document = Document(str(path))
    style = document.styles["附件标题"]
    style.element.getparent().remove(style.element)
    document.save(str(path))
    with pytest.raises(ReportError, match="附件标题"):
        report_bytes(submission, path)


@pytest.mark.parametrize("content", [None, b"", b"not a docx", b"PK\x03\x04broken"])
def test_what_is_not_a_docx_is_refused(tmp_path, submission, content):
    path = tmp_path / "x.docx"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ReportError, match="找不到" if content is None else "不是 Word"):
        report_bytes(submission, path)


def test_values_can_be_reckoned_with_compared_and_looped_over(written, submission):
    path = written(
        "{{ (overall.funds.budget - overall.funds.executed)|money }}",
        "{{ projects|map(attribute='funds')|map(attribute='executed')|sum|money }}",
        "{{ projects|selectattr('funds.rate', 'lt', 1)|map(attribute='name')|join('、') }}",
        "{% for line in overall.indicators %}{{ line.weight|number }} {% endfor %}",
        "{{ overall.funds.rate }} {{ overall.funds.initial }} {{ narrative.date }}",
        "{{ narrative.functions.length }} {{ overall.funds.executed|dx }} {{ overall.funds.budget|thousands }}",
        "{{ narrative.others }}{{ narrative.others|number }}{{ basic.abroad.budget + 1 > 0 }}",
    )
    executed = sum(submission.field("project", "funds.executed", number) for number in range(1, 7))
    assert paragraphs(report_bytes(submission, path)) == [
        "147.34",
        f"{round(executed, 2):g}",
        "欺诈骗保举报奖励经费、中央补助医疗服务与保障能力提升项目",
        "5 5 5 10 10 10 10 10 10 10 5 ",
        "93.48% 1796.95 2025年5月19日",
        f"{len(submission.field('narrative', 'functions'))}字 贰仟壹佰壹拾叁万捌仟贰佰元整 2,261.16",
        "—False",
    ]


def test_attachments_go_where_the_template_has_them(written, submission):
    texts = paragraphs(report_bytes(submission, written("前", "{{p attachments }}", "后")))
    assert texts[0] == "前"
    assert texts[-1] == "后"
    assert texts.index("附件1") > 0


def test_a_template_without_attachments_has_none(written, submission):
    assert paragraphs(report_bytes(submission, written("只有正文"))) == ["只有正文"]


def test_a_line_break_in_a_sentence_is_a_line_break(written, make):
    submission = make({("narrative", None, "organisation"): "甲科室和乙科室，共两个。\n没有变动。"})
    texts = paragraphs(report_bytes(submission, written("机构：{{ narrative.organisation }}完")))
    assert texts == ["机构：甲科室和乙科室，共两个。\n没有变动。完"]


def test_rows_of_a_table_that_the_author_drew(written, submission):
    path = written("前")
    document = Document(str(path))
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "{%tr for line in overall.indicators %}"
    table.cell(1, 0).text = "{{ line.level3 }}"
    table.cell(1, 1).text = "{{ line.score|number }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.save(str(path))
    path.write_bytes(report_bytes(submission, path))
    table = Document(str(path)).tables[0]
    assert [row.cells[0].text for row in table.rows][:2] == ["出台医保惠民政策", "医保基金交办查处率"]
    assert len(table.rows) == 11


def test_curly_quotation_marks_and_runs_that_word_splits(written, submission):
    path = written()
    document = Document(str(path))
    paragraph = document.add_paragraph("总分{")
    for piece in ("{ overall.", "total.score", "|number(blank=“无”) }", "}分"):
        paragraph.add_run(piece)
    document.save(str(path))
    assert paragraphs(report_bytes(submission, path)) == ["总分99.35分"]


def test_the_program_itself_is_closed_to_templates(written, submission):
    path = written("{% for item in attachments %}{{ item.sheet.form.position.file }}{% endfor %}")
    with pytest.raises(ReportError, match="不允许"):
        report_bytes(submission, path)
