"""The sheet 填写说明: what a finance clerk needs to know before typing, as (role, text) lines."""

from __future__ import annotations

from xlsxeval.forms.definition import Edition
from xlsxeval.forms.labels import form_label
from xlsxeval.forms.weights import weights_of
from xlsxeval.roster.indicators import indicator_forms
from xlsxeval.roster.plan import CATALOGUE, FIGURES, INDICATORS, PROJECTS, TASK, TEXTS, UNITS, Plan
from xlsxeval.roster.setting_lines import SETTINGS

_SHEETS = {
    TASK: "这次自评叫什么、是哪一年、谁组织、什么时候截止。",
    UNITS: "一个单位一行。各附件的列空着就是要填；哪张不用这个单位填，就选“不填”。",
    PROJECTS: "一个项目一行，先选单位代码，再写项目名称。没有项目的单位不用写。",
    INDICATORS: "一个指标一行。写了的指标和分值会锁在表里，单位改不了；一行也没写的，由单位自己填指标。",
    FIGURES: "已经知道的数（例如上年决算数），一个数一行。写了的会锁在表里。没有就整张空着。",
    TEXTS: "已经定了的文字（例如年初批复的预期目标），一段一行。写了的会锁在表里。没有就整张空着。",
    SETTINGS: "哪条规则改为什么级别、收表的限额改为多少，一行一个。一般不用。",
    CATALOGUE: "「上年数」「文本」可以写哪些字段，供查找，不用填。",
}


def guidance(edition: Edition, plan: Plan, advice: str) -> list[tuple[str, str]]:
    """The lines of the sheet, from top to bottom."""
    names = [TASK, *(table.name for table in plan.tables), *([CATALOGUE] if plan.items or plan.texts else [])]
    steps = [f"{number}. {name}：{_SHEETS[name]}" for number, name in enumerate(names, start=1)]
    return [
        ("title", "绩效自评名册"),
        ("line", f"表样版本：{edition.title}（{edition.id}）"),
        ("heading", "填哪几张"),
        *(("line", step) for step in steps),
        ("heading", "怎样填"),
        ("line", "· 表头深蓝的列必须填，浅蓝的列可以不填。点一下格子，会出现填写提示。"),
        ("line", "· 灰色斜体、写着“示例”的一行只是样子，程序不读。从第 3 行往下填；中间可以有空行。"),
        ("line", "· 单位代码按文本填，前面的 0 不要丢。从别处粘贴时，选“选择性粘贴”里的“值”。"),
        ("line", "· 指标值照批复写，例如 ≥95%、10 个工作日。分值和金额只写数字，金额单位是万元。"),
        *(("line", line) for line in _weights(edition)),
        ("line", "· 想记点什么，可以在表右边自己加一列，程序不读，也不影响。"),
        ("heading", "请不要"),
        ("line", "· 改工作表名和表头，合并单元格，隐藏或筛选掉有内容的行，写公式。程序会逐一指出，一份表也不生成。"),
        ("heading", "填好以后"),
        ("line", f"保存并关上，{advice}。有问题会写明在哪张表哪一格；改好再来一次。"),
    ]


def _weights(edition: Edition) -> list[str]:
    """What the given weights of each form with indicators must add up to."""
    lines = []
    for form in indicator_forms(edition):
        wanted = weights_of(form, edition)
        if wanted is not None:
            total, execution = wanted
            whose = "每个项目" if form.each == "project" else ""
            rest = f"（另有预算执行率 {execution:f} 分）" if execution else ""
            lines.append(f"· 「{form_label(form)}」{whose}各行分值合计应为 {total - execution:f} 分{rest}。")
    return lines
