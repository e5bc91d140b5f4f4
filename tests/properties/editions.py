"""Editions made at random: several forms, fields of all types, lines, given figures, formulas, merged cells, projects."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from xlsxeval.forms.types import TYPES

CHOICES = ["优", "良", "中 & 差"]
KINDS = sorted(TYPES)
NUMBERS = [name for name in KINDS if TYPES[name].kind == "number"]
LABELS = ["预算数", "执行数（万元）", "人数", "其中：本年", "说明", "年初 A&B", "“三公”经费", "小计"]
FORMULAS = (
    "{a}+{b}",
    "ROUND({a}*{b},2)",
    'IF(N({b})=0,"",ROUND({a}/{b},4))',
    "MAX({a},{b},0)",
    'IF({a}>{b},"是","否")',
    "SUM({a},{b})-{a}",
    '{a}&"/"&{b}',
    'IFERROR({a}/{b},"无")',
    "ROUND(N({a}),0)=ROUND(N({b}),0)",
)


@dataclass
class Made:
    """The YAML of an edition and its campaign, as data."""

    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    unit: dict[str, Any] = field(default_factory=dict)

    @property
    def campaign(self) -> dict[str, Any]:
        return {"campaign": "c", "edition": "e", "year": 2024, "department": "某某局", "units": [self.unit]}

    @property
    def edition(self) -> dict[str, Any]:
        return {"edition": "e", "title": "测试", "forms": [f"{name}/v" for name in self.forms]}


def made_edition(dice: random.Random) -> Made:
    """One to three forms; the last may be one of which every project has its own."""
    made = Made(unit={"code": "001", "name": "某某局", "given": {}})
    for number, name in enumerate(["alpha", "beta", "gamma"][: dice.randint(1, 3)]):
        each = number == 2 or (number == 1 and dice.random() < 0.3)
        _Form(dice, made, name, f"附件{number + 1}", each=each).make()
        if each:
            made.unit["projects"] = [{"name": f"项目{count}"} for count in range(1, dice.randint(1, 2) + 1)]
            break
    return made


class _Form:
    """One form as it grows, row by row."""

    def __init__(self, dice: random.Random, made: Made, name: str, mark: str, *, each: bool) -> None:
        self.dice = dice
        self.made = made
        self.name = name
        self.columns = dice.randint(2, 5)
        self.fields: dict[str, Any] = {}
        self.grid: list[Any] = []
        self.form: dict[str, Any] = {
            "form": name,
            "columns": [14] * self.columns,
            "grid": self.grid,
            "fields": self.fields,
        }
        self.form["attachment"] = f"{mark}-{{{{ project.number }}}}" if each else mark
        self.each = each

    def make(self) -> None:
        if self.dice.random() < 0.5:
            self.form["title"] = "{{ year }}年度表"
        if self.each:
            self.form["each"] = "project"
        for number in range(self.dice.randint(1, 4)):
            self._row(number)
        if self.dice.random() < 0.7:
            self._block()
        self.made.forms[self.name] = self.form

    def _row(self, number: int) -> None:
        """A label and cells beside it, some of them two columns or two rows large."""
        row, below = [f"{self.dice.choice(LABELS)}{number}"], ["^"]
        two = self.dice.random() < 0.4
        while len(row) < self.columns:
            width = self.dice.choice((1, 1, 1, 2)) if len(row) + 2 <= self.columns else 1
            row += [self._cell(f"f{number}{'abcdef'[len(row)]}"), *["<"] * (width - 1)]
            if two and self.dice.random() < 0.5:
                below += [self._cell(f"g{number}{'abcdef'[len(below)]}"), *["<"] * (width - 1)]
            else:
                below += ["^"] * width
        self.grid.append(row)
        if two:
            self.grid.append(below)

    def _cell(self, name: str) -> str:
        if self.dice.random() < 0.25:
            return f"{self.dice.choice(LABELS)}{name}"
        self.fields[name] = self._field(name, [own for own, entry in self.fields.items() if entry["type"] in NUMBERS])
        return f"${name}"

    def _field(self, name: str, numbers: list[str]) -> dict[str, Any]:
        kind = self.dice.choice(KINDS)
        entry: dict[str, Any] = {"label": self.dice.choice(LABELS), "type": kind}
        if kind == "choice":
            entry["choices"] = CHOICES
        elif len(numbers) >= 2 and self.dice.random() < 0.35:
            one, other = self.dice.sample(numbers, 2)
            entry["formula"] = self.dice.choice(FORMULAS).format(a=one, b=other)
        elif not self.each and self.dice.random() < 0.2:
            self.made.unit["given"].setdefault(self.name, {})[name] = self._given(kind)
        return entry

    def _given(self, kind: str) -> Any:
        match TYPES[kind].kind:
            case "date":
                return "2024-12-20"
            case "number":
                return self.dice.choice((0, 1, 12, 85))
            case _:
                return self.dice.choice(("给定的文字", "第一行\n第二行", "≥95%", "0", "TRUE", " 前后 "))

    def _block(self) -> None:
        """Lines that repeat, perhaps given by the campaign, with what is computed from them."""
        names = [f"lines.{'abcdef'[place] * 3}" for place in range(self.columns)]
        for name in names:
            kind = self.dice.choice(KINDS)
            self.fields[name] = {"label": self.dice.choice(LABELS), "type": kind} | (
                {"choices": CHOICES} if kind == "choice" else {}
            )
        lines = self.dice.randint(1, 3)
        entry: dict[str, Any] = {"repeat": "lines", "lines": lines, "line": [f"${name[6:]}" for name in names]}
        numbers = [name for name in names if self.fields[name]["type"] in NUMBERS]
        if numbers:
            self.fields["lines.help"] = {"label": "比", "type": "number", "formula": f"N({numbers[0][6:]})*2"}
            entry["helpers"] = ["$help"]
            self.fields["total"] = {"label": "合计", "type": "number", "formula": f"SUM({numbers[0]})"}
        given = [name for name in names if self.fields[name]["type"] in ("text", "weight")]
        if given and not self.each and self.dice.random() < 0.5:
            texts = [{name[6:]: self._given(self.fields[name]["type"]) for name in given} for _ in range(lines)]
            self.made.unit["given"].setdefault(self.name, {})["lines"] = texts
        self.grid.append(entry)
        if numbers:
            self.grid.append(["合计", *["<"] * (self.columns - 2), "$total"])
