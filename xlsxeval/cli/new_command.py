"""``xlsxeval new``."""

from __future__ import annotations

from pathlib import Path

import click

from xlsxeval.cli.campaigns import library
from xlsxeval.cli.console import CHECKED_EXIT_CODES, file_name, say, write_new_files
from xlsxeval.forms.campaign import FILE_NAME

_SKELETON = """\
# 绩效自评任务。改好后运行：xlsxeval generate {folder} -o {folder}/下发
campaign: {campaign}          # 任务编号：字母、数字、横线
edition: {edition}            # 表样版本：xlsxeval editions 可以列出
year: {year}                  # 自评的年度
department: 某某市财政局       # 组织部门
deadline: "{next_year}-05-31"   # 上报期限
units:
  - code: "000001"            # 单位代码，每个单位一个，不能重复
    name: 某某局
    projects:                 # 每个项目一张附件3；没有项目的删去这一段
      - name: 某某专项
        department: 某某局     # 主管部门，不写就是本单位
        unit: 某某局           # 实施单位，不写就是本单位
        indicators:           # 年初批复的指标，锁在表里；没有的删去，由单位自己填
          - {{level1: 产出指标, level2: 数量指标, level3: 完成某某工作, target: "≥10 次", weight: 50}}
          - {{level1: 效益指标, level2: 社会效益指标, level3: 某某能力, target: 有所提升, weight: 30}}
          - {{level1: 满意度指标, level2: 服务对象满意度指标, level3: 群众满意度, target: "≥90%", weight: 10}}
"""


@click.command("new", epilog=CHECKED_EXIT_CODES)
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--edition", required=True, help="表样版本（xlsxeval editions 可以列出）")
@click.option("--year", type=click.IntRange(2000, 2100), help="自评的年度（默认取版本名里的年份）")
def command(directory: Path, edition: str, year: int | None) -> None:
    """新建一个任务：在 DIRECTORY 里写一份可以照着改的 campaign.yaml。

    例：xlsxeval new 自评2024 --edition hunan-2024
    """
    found = library().edition(edition)
    if year is None:
        digits = "".join(char for char in found.id if char.isdigit())
        year = int(digits) if len(digits) == 4 else 2024
    campaign = file_name(directory.resolve().name)
    if not campaign.isascii() or not campaign.replace("-", "").replace("_", "").isalnum():
        campaign = f"{found.id}-campaign"
    text = _SKELETON.format(folder=directory, campaign=campaign, edition=found.id, year=year, next_year=year + 1)
    path = directory / FILE_NAME
    write_new_files({path: text.encode("utf-8")})
    say(f"写好了 {path}。下一步：改成自己的单位和项目，再运行 xlsxeval lint {directory} 检查。")
