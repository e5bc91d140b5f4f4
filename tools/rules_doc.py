"""Writes ``docs/rules.md`` from the rules themselves, so that the page cannot say anything else than the program.

python tools/rules_doc.py           # writes docs/rules.md
python tools/rules_doc.py --check   # exit code 1 where the page is not current, and says so
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from xlsxeval.forms.library import Library
from xlsxeval.rules.catalogue import RulePage, catalogue
from xlsxeval.rules.registry import rules

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "rules.md"
MUTATIONS = ROOT / "tests" / "rules" / "mutations.json"

FAMILIES = {
    "F": ("文件", "what kind of file it is, and whether it can be read at all"),
    "I": ("身份", "whose workbook it is, of which campaign and edition"),
    "T": ("改动", "what was locked and is not as it was sent out"),
    "C": ("计算", "what the file shows against what follows from its inputs"),
    "V": ("填报的值", "what was typed into one cell"),
    "L": ("表内勾稽", "figures of one form that must fit each other"),
    "X": ("表间勾稽", "the same quantity in several forms"),
    "S": ("评分", "weights, scores and what they ask for"),
    "N": ("报告正文", "what the text says against the figures"),
    "D": ("定义", "a form, an edition or a campaign that is wrong in itself"),
    "U": ("上报", "what a lower level handed up: its sums, its counts, its figures against its workbooks"),
}
SEVERITIES = {"error": "错误 error", "warning": "请核对 warning", "info": "提示 info"}

INTRODUCTION = """\
# Rules 规则

<!-- Written by tools/rules_doc.py from the rules themselves. Do not edit: change the rule, then run the tool. -->

{count} rules; `xlsxeval explain CODE` prints one of them, `xlsxeval explain --all` prints all. A code keeps its
meaning for ever: where a rule is dropped, its code is not given to another.

## How a finding is read 怎样看一条问题

    【附件2】
    ✗ 错误 T101  G4 执行率：公式被换成了数；打上去的数与公式算的不同
        现为“100.00%”，应为“93.48%”
        怎么改：恢复原来的公式；最简单的办法是在收到的原表上重新填写，让表自己算。

| part | what it says |
|---|---|
| `T101` | the rule; its first letter is the family (see below) |
| `G4` | the cell **in the file as it came back**, also where rows were moved; the worksheet stands above it in 【】, \
【整个文件】 where the finding is about the file |
| 执行率 | the field's label, with the line where there are several; left out where the message begins with it |
| 现为 | what stands there now, as the cell shows it |
| 应为 | what should stand there; missing where the program cannot know it |
| 怎么改 | what the person who filled the form in should do |

`--format concise` gives one line a finding, `--format json` every part as data ([formats.md](internals/formats.md)).

## Severities 级别

| | mark | meaning | what to do |
|---|---|---|---|
| error 错误 | ✗ | the form contradicts itself, or cannot be relied upon | must be put right; `report` writes none until then, or with \
`--force` one whose name says that errors are open |
| warning 请核对 | △ | unusual, and wrong more often than not | look at it; where it is true, leave it and say why in the report |
| info 提示 | ○ | was put in order by the program, or is only worth knowing | nothing |

`check` exits with 1 when there is a finding at or above `--fail-on` (`error` unless told otherwise). The severity is not
part of the code: a form may give a check another one, and an edition or a campaign may set another one for any rule or switch
it off ([forms.md](internals/forms.md#severities)), but for the families F, I, T and U. A single finding that was looked into and
may stay is recorded as an exception ([waivers.md](internals/waivers.md)), but for the same families.
`xlsxeval explain CODE --edition E` shows what an edition makes of a rule.

## Kinds of basis 依据的种类

Each rule says what it rests on. The mark in brackets tells what kind of source that is:

| mark | kind of source | how far it carries |
|---|---|---|
| [号] | an official document known by its number, title and content, whose full text was not at hand when the rule was written | \
the number is given so that you can look it up; nothing is quoted word for word |
| [系统] | the way in which provincial performance-management systems in use calculate | practice, not a published rule; another \
province may differ: it is then a parameter of the edition |
| [表] | printed on an official form, or implied by it | as firm as the form |
| [理] | follows from arithmetic or logic: a part is not more than its whole, a sum is its parts | needs no document |
| [评分表] | a published score sheet by which a district finance bureau marked its units' self-evaluations \
(区级预算单位绩效自评工作考核评分表) | firm for that place, usual elsewhere |

## Two places where a rule can stand 规则写在哪里

- **Check (YAML)**: what an Excel formula can say. It stands in `templates/checks/<CODE>.yaml`, is taken up by forms, is live in the
  workbook's 自查 sheet, and is a finding at collection. Nobody writes it twice.
- **Rule (Python)**: what a formula cannot say (a changed lock, a damaged file, a text in the place of a number). One file,
  `xlsxeval/rules/<family>/<CODE>.py`; its docstring is the text below ([rule-authors.md](internals/rule-authors.md)).

Each has its cases in `tests/cases/<CODE>.yaml`: ways of filling in or spoiling a form, with exactly what must be found.
"""


MEASURED = """\
## What the rules find of the mistakes people make 测一测

Into a correct submission (the made campaign of `tests/support/campaigns/hunan-2024`: one unit, two projects, every check
holds, nothing is found) each mistake is made once at every place where it can be made, as units make it; the workbook is
computed again as Excel would, and checked. `tools/mutations.py` makes the {count} changed submissions anew;
`tests/rules/test_mutations.py` holds this table to what is found.

| mistake 错法 | made | named | felt | not found | elsewhere | most often by |
|---|---:|---:|---:|---:|---:|---|
{lines}

*named*: a finding stands at the changed cell or refers to it. *felt*: only cells computed from it are named. *elsewhere*:
findings about other cells, whose own values did not change; all of those above follow from the mistake and are no false
alarms: an empty first level leaves its class without lines (V101, V103), and an emptied choice in 附件4–6 asks for what it had
excused (L120, V040).

Of the 106 submissions with words, hedges or empty reasons in the place of what was asked, one was named before V121, V122 and
the common list of reasons that are none were there; now all are, with nothing elsewhere.

What is not found cannot be known from one submission: a figure of last year or of the year's beginning that nothing else
depends on may well be ten times larger, or have other digits. (Where last year's campaign is at hand, X110 knows.)
"""


def render() -> str:
    """The whole page."""
    pages = list(catalogue(Library(ROOT / "templates")).values())
    modules = {rule.code: rule.check.__module__.replace(".", "/") + ".py" for rule in rules()}
    parts = [INTRODUCTION.format(count=len(pages)), _contents(pages)]
    for family, members in _families(pages):
        title, about = FAMILIES[family]
        parts.append(f"## {family} {title}: {about}\n")
        parts += [_entry(page, modules.get(page.code)) for page in members]
    parts.append(_measured())
    return "\n".join(parts)


def _measured() -> str:
    records = json.loads(MUTATIONS.read_text(encoding="utf-8"))
    lines = []
    for record in records:
        counts = " | ".join(str(record[name]) for name in ("mutants", "named", "felt", "missed", "elsewhere"))
        codes = ", ".join(f"[{code}](#{code.lower()})" for code in record["codes"])
        lines.append(f"| {record['title']} | {counts} | {codes} |")
    return MEASURED.format(count=sum(record["mutants"] for record in records), lines="\n".join(lines))


def _families(pages: list[RulePage]) -> Iterator[tuple[str, list[RulePage]]]:
    """The rules by family, in the order of FAMILIES."""
    order = list(FAMILIES)
    ranked = sorted(pages, key=lambda page: (order.index(page.code[0]), page.code))
    for family, members in groupby(ranked, key=lambda page: page.code[0]):
        yield family, list(members)


def _contents(pages: list[RulePage]) -> str:
    lines = ["## All rules 一览\n", "| code | severity | title |", "|---|---|---|"]
    for _, members in _families(pages):
        lines += [
            f"| [{page.code}](#{page.code.lower()}) | {SEVERITIES[page.severity.value]} | {page.title} |"
            for page in members
        ]
    return "\n".join(lines) + "\n"


def _entry(page: RulePage, module: str | None) -> str:
    path = module or f"templates/checks/{page.code}.yaml"
    lines = [
        f'<a id="{page.code.lower()}"></a>',
        "",
        f"### {page.code} {page.title}",
        "",
        f"`{page.slug}` · {SEVERITIES[page.severity.value]}",
        "",
        f"- **为什么**：{page.why}",
        f"- **怎么改**：{page.fix}",
        f"- **依据**：{page.basis}",
        *([f"- **参数**：{'、'.join(f'`{name}`' for name in page.parameters)}"] if page.parameters else []),
        f"- **{'规则（Python）' if module else '检查（YAML）'}**：[`{path}`](../{path})",
    ]
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the page, or with ``--check`` compares it."""
    page = render()
    if "--check" in arguments:
        current = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == page
        print("docs/rules.md is current" if current else "docs/rules.md is not current: run python tools/rules_doc.py")
        return 0 if current else 1
    TARGET.write_text(page, encoding="utf-8", newline="\n")
    print(f"wrote {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
