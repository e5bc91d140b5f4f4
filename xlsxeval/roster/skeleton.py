"""The campaign.yaml that ``new`` writes beside the roster, and how to tell that nobody has changed it."""

from __future__ import annotations

from pathlib import Path

from xlsxeval.errors import DefinitionError
from xlsxeval.forms.definition import Edition, Form
from xlsxeval.forms.yaml_file import YamlFile
from xlsxeval.roster.examples import PROJECT_NAME, UNIT_CODE, UNIT_NAME, example_indicators
from xlsxeval.roster.indicators import indicator_forms

_HEAD = """\
# 绩效自评任务。用 Excel 的，填旁边的 名册.xlsx 就行，这个文件不用管；两个只用一个。
# 用这个文件的：改好后运行 xlsxeval generate {folder} -o {folder}/下发
campaign: {campaign}          # 任务编号：字母、数字、横线
edition: {edition}            # 表样版本：xlsxeval editions 可以列出
year: {year}                  # 自评的年度
department: 某某市财政局       # 组织部门
deadline: "{next_year}-05-31"   # 上报期限
units:
  - code: "{code}"            # 单位代码，每个单位一个，不能重复
    name: {unit}
"""
_PROJECTS = """\
    projects:                 # 每个项目一张表；没有项目的删去这一段
      - name: {project}
        department: {unit}     # 主管部门，不写就是本单位
        unit: {unit}           # 实施单位，不写就是本单位
"""


def skeleton_text(edition: Edition, campaign: str, year: int, folder: str) -> str:
    """A campaign of one made-up unit, to be changed by hand; it loads as it is."""
    text = _HEAD.format(
        folder=folder,
        campaign=campaign,
        edition=edition.id,
        year=year,
        next_year=year + 1,
        code=UNIT_CODE,
        unit=UNIT_NAME,
    )
    form = next((form for form in edition.forms if form.each == "project"), None)
    if form is not None:
        text += _PROJECTS.format(project=PROJECT_NAME, unit=UNIT_NAME)
        text += _indicators(form, edition) if form in indicator_forms(edition) else ""
    return text


def _indicators(form: Form, edition: Edition) -> str:
    lines = ["        indicators:           # 年初批复的指标，锁在表里；没有的删去，由单位自己填\n"]
    for line in example_indicators(form, edition):
        pairs = ", ".join(f"{key}: {_yaml(value)}" for key, value in line.items())
        lines.append(f"          - {{{pairs}}}\n")
    return "".join(lines)


def _yaml(value: str | int) -> str:
    return str(value) if isinstance(value, int) or value.isalpha() else f'"{value}"'


def is_skeleton(path: Path) -> bool:
    """Whether a campaign.yaml still has no unit but the made-up one."""
    try:
        data = YamlFile(path).data
    except DefinitionError:
        return False
    units = data.get("units")
    if not isinstance(units, list) or len(units) != 1 or not isinstance(units[0], dict):
        return False
    return (units[0].get("code"), units[0].get("name")) == (UNIT_CODE, UNIT_NAME)
