"""Made-up units of a made-up county, and what a careful unit types: all sums hold, no rule has anything to say."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

COUNTY = "青禾县"
_OFFICES = (
    "教育局 教育局招生办公室 科技局 民政局 司法局 财政局国库中心 住建局 交通局 水利局 农业农村局 商务局 文旅局 卫健局 审计局 统计局 "
    "医保局 林业局 信访局 气象局 档案馆 图书馆 文化馆 博物馆 体育中心 就业服务中心 公路管理站 房产服务中心 环卫所 园林所 融媒体中心"
)
_TOWNS = "石桥 柳溪 白鹭 松坪 云岭 桃坞 月塘 青岩 双井 梅岭 兰渡 竹山 杏园 枫林 沙洲 龙湾 麦田 雁湖 银杉 丹霞 玉泉 清河 东篱 西坡"
_IN_TOWN = "镇人民政府 镇中心学校 镇中心学校附属幼儿园 镇卫生院 镇文化站 镇林业站 镇水利站 镇财政所 镇敬老院 镇农技站 镇便民服务中心"
_NUMBERS = "一二三四五六七八九十"
PROJECT = "信息系统运行维护"

Values = dict[str, Any]
"""What is typed, by worksheet and field: ``附件2!funds.basic``."""


def names(count: int) -> list[str]:
    """That many names, no two alike; some stand within others, as names of units do."""
    offices = [f"{COUNTY}{one}" for one in _OFFICES.split()]
    towns = [f"{COUNTY}{town}{one}" for one in _IN_TOWN.split() for town in _TOWNS.split()]
    found = [*offices, *towns]
    number = 0
    while len(found) < count:
        kind = f"第{_chinese(number + 1)}"
        found += [f"{COUNTY}{kind}{school}" for school in ("小学", "中学", "幼儿园", "社区卫生服务站")]
        number += 1
    return found[:count]


def _chinese(number: int) -> str:
    """A number as school names have it: 三十七 as 三七."""
    return "".join(_NUMBERS[int(digit) - 1] if digit != "0" else "零" for digit in str(number))


def money(cents: int) -> float:
    """Cents of 万元 as the figure that people type."""
    return round(cents / 100, 2)


def careful(random: Random, forms: tuple[str, ...]) -> Values:
    """What a careful unit types into its forms. All amounts are whole cents, so that every sum is exact."""
    project, basic = random.randint(2_000, 30_000), random.randint(10_000, 200_000)
    executed = project + basic
    budget = executed + random.randint(10, executed // 25)
    initial, fund = budget - random.randint(0, budget // 20), random.randint(0, budget // 50)
    typed: Values = {
        "附件2!funds.initial": money(initial),
        "附件2!funds.budget": money(budget),
        "附件2!funds.executed": money(executed),
        "附件2!income.general": money(budget - fund),
        "附件2!income.fund": money(fund),
        "附件2!income.special": 0.0,
        "附件2!income.other": 0.0,
        "附件2!funds.basic": money(basic),
        "附件2!funds.project": money(project),
        "附件2!goals.expected": "办理业务一千件以上，办结及时率不低于百分之九十五，群众满意。",
        "附件2!goals.achieved": "全年办理业务一千多件，办结及时率比目标低一个百分点，群众满意。",
    }
    lines = (
        {"actual": f"{random.randint(1_000, 1_250)}件", "score": 5.0},
        {"actual": "94%", "score": 9.0, "reason": "系统改版停用一周；今后改版安排在周末。"},
        {"actual": f"0.{random.randint(1, 9)}%", "score": 15.0},
        {"actual": "缩短两天", "score": 20.0},
        {"actual": f"{random.randint(91, 99)}%", "score": 20.0},
        {"actual": "未超预算", "score": 20.0},
    )
    typed |= _lines("附件2", lines)
    if "basic" in forms:
        typed |= _basic(project)
    if "project" in forms:
        typed |= _project(project)
    return typed


def _basic(project: int) -> Values:
    rows: Mapping[str, tuple[float, float, float]] = {
        "running": (4, 4, 3.5),
        "reception": (1.2, 1, 0.8),
        "business": (money(project), money(project), money(project)),
        "operation": (0, 0, 0),
        "public": (85, 82, 80),
        "office": (20, 20, 19.5),
        "travel": (15, 15, 14.2),
        "meeting": (5, 5, 4.3),
        "procurement": (30, 32, 31),
        "adjustment": (0, 0, -2),
    }
    columns = ("previous", "budget", "final")
    typed: Values = {
        f"附件1!{row}.{name}": float(value)
        for row, values in rows.items()
        for name, value in zip(columns, values, strict=True)
    }
    return typed | {
        "附件1!staff.posts": 50.0,
        "附件1!staff.actual": 48.0,
        "附件1!thrift": "公务用车集中调度；会议一律开视频会；办公用品按人定额领用。",
    }


def _project(executed: int) -> Values:
    rows = {"fiscal": money(executed), "carryover": 0.0, "other": 0.0}
    typed: Values = {f"附件3-1!{row}.{name}": value for row, value in rows.items() for name in _MONEY}
    lines = (
        {"actual": "3个", "score": 20.0},
        {"actual": "99.8%", "score": 20.0},
        {"actual": "85%", "score": 20.0},
        {"actual": "91%", "score": 30.0},
    )
    return typed | {
        "附件3-1!goals.expected": "三个业务系统全年正常运行。",
        "附件3-1!goals.achieved": "三个业务系统全年正常运行，没有发生事故。",
        **_lines("附件3-1", lines),
    }


_MONEY = ("initial", "budget", "executed")


def _lines(sheet: str, lines: tuple[Mapping[str, Any], ...]) -> Values:
    return {
        f"{sheet}!indicators[{number}].{name}": value
        for number, line in enumerate(lines, start=1)
        for name, value in line.items()
    }
