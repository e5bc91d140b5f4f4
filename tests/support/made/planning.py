"""How often each kind occurs among so many units, and which unit has which: counted out, then dealt out by the seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from tests.support.made.kinds import KINDS, Kind
from tests.support.made.kinds.base import Now
from tests.support.made.units import COUNTY, PROJECT, names

_OF = 300
"""The number of units that shares are given of."""
CAMPAIGN = "qinghe-2024"
_GIVEN = """\
    given:
      overall: &overall
        indicators:
          - {level1: 产出指标, level3: 办理业务件数, target: ≥1000件, criterion: 每少1%扣1分, weight: 5}
          - {level1: 产出指标, level3: 办结及时率, target: ≥95%, criterion: 每低1个百分点扣1分, weight: 10}
          - {level1: 产出指标, level3: 办件差错率, target: ≤1%, criterion: 超过不得分, weight: 15}
          - {level1: 效益指标, level3: 办事时间缩短, target: 有缩短, criterion: 没有缩短不得分, weight: 20}
          - {level1: 满意度指标, level3: 服务对象满意度, target: ≥90%, criterion: 每低1个百分点扣1分, weight: 20}
          - {level1: 成本指标, level3: 支出控制在预算内, target: 不超预算, criterion: 超预算不得分, weight: 20}
"""
_PROJECT = f"""\
    projects:
      - name: {PROJECT}
        indicators:
          - {{level1: 产出指标, level2: 数量指标, level3: 维护系统个数, target: 3个, weight: 20}}
          - {{level1: 产出指标, level2: 质量指标, level3: 系统正常运行率, target: ≥99%, weight: 20}}
          - {{level1: 效益指标, level2: 社会效益指标, level3: 网上办理比例, target: ≥80%, weight: 20}}
          - {{level1: 满意度指标, level2: 服务对象满意度指标, level3: 使用人员满意度, target: ≥90%, weight: 30}}
"""


@dataclass(frozen=True)
class Dealt:
    """One case to make: its kind and the codes of its units."""

    number: int
    kind: Kind
    codes: tuple[str, ...]


def times(units: int) -> dict[str, int]:
    """How many cases of each kind there are among so many units. Raises ValueError where they are too few for all kinds."""
    (rest,) = (one for one in KINDS if one.share == 0)
    counts = {
        one.name: max(1, one.share * units // _OF) if one.outcomes else one.share for one in KINDS if one is not rest
    }
    left = units - sum(counts[one.name] * len(one.outcomes) for one in KINDS if one is not rest)
    if left < 1:
        raise ValueError(f"{units} units are too few for every kind of return: {units - left + 1} are needed")
    return {**counts, rest.name: left}


def deal(units: int, seed: int) -> list[Dealt]:
    """Every case with its units."""
    codes = [f"99{number:04d}" for number in range(1, units + 1)]
    Random(seed).shuffle(codes)
    counts = times(units)
    dealt: list[Dealt] = []
    for one in KINDS:
        for _ in range(counts[one.name]):
            own, codes = codes[: len(one.outcomes)], codes[len(one.outcomes) :]
            dealt.append(Dealt(len(dealt) + 1, one, tuple(own)))
    return dealt


def campaign_text(dealt: Sequence[Dealt], units: int, changed: Mapping[str, Now]) -> str:
    """campaign.yaml; as it was when the workbooks went out where nothing is ``changed``."""
    kinds = {code: one.kind for one in dealt for code in one.codes}
    lines = [
        f"# {units} 个编造的单位：各种各样的报送，用来试验收表。",
        f"campaign: {CAMPAIGN}",
        "edition: hunan-2024",
        "year: 2024",
        f"department: {COUNTY}财政局",
        "deadline: '2025-05-31'",
        "units:",
    ]
    given = _GIVEN
    for number, name in enumerate(names(units), start=1):
        code = f"99{number:04d}"
        now = changed.get(code, Now())
        if now.gone:
            continue
        forms = (*kinds[code].forms, *(["project"] if now.project else []))
        lines += [f"  - code: '{code}'", f"    name: {now.name or name}", f"    forms: [{', '.join(forms)}]"]
        lines += given.rstrip("\n").split("\n")
        given = "    given: {overall: *overall}\n"
        if "project" in forms:
            lines += _PROJECT.rstrip("\n").split("\n")
    return "\n".join(lines) + "\n"
