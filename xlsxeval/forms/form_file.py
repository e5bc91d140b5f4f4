"""One form's YAML (with what it extends) → Form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from xlsxeval.calc import Boolean, FormulaSyntaxError, Name, Node, parse, walk
from xlsxeval.errors import DefinitionError, Problem
from xlsxeval.forms.claims import build_claims
from xlsxeval.forms.definition import Check, Claim, Field, Form, Formula, GridEntry
from xlsxeval.forms.field_faults import field_faults
from xlsxeval.forms.schema import FIELD_NAME, CheckFile, CheckSpec, DraftPartSpec, FieldSpec, FormFile, RepeatSpec
from xlsxeval.forms.types import TYPES, in_unit
from xlsxeval.forms.variation import varied
from xlsxeval.forms.yaml_file import Position, YamlFile, suggestion
from xlsxeval.model import Severity

Chain = Sequence[tuple[FormFile, YamlFile]]
Checks = Mapping[str, tuple[CheckFile, YamlFile]]

_LOOKS_LIKE_A_CELL = re.compile(r"^[A-Za-z]{1,3}[0-9]+$")
_CHECK_CODE = re.compile(r"^[LXSNV][0-9]{3}$")


def build_form(name: str, chain: Chain, library: Checks) -> Form:
    """A form from its own file and those it extends, nearest first. Raises DefinitionError with every fault."""
    return _FormBuilder(name, chain, library).build()


@lru_cache(maxsize=4096)
def _tree(formula: str) -> Node:
    """The tree of a formula; many forms and all libraries have the same. Raises FormulaSyntaxError."""
    return parse(formula)


def _names(spec: FormFile) -> list[str]:
    """The fields, checks and claims that a form itself has."""
    return [*spec.fields, *(check.use or check.code or "" for check in spec.checks), *spec.claims]


def _belongs(name: str, dropped: str) -> bool:
    """``funds`` takes ``funds.rate`` with it."""
    return name == dropped or name.startswith(f"{dropped}.")


class _FormBuilder:
    def __init__(self, name: str, chain: Chain, library: Checks) -> None:
        self.name = name
        self.chain = chain
        self.library = library
        self.problems: list[Problem] = []

    def build(self) -> Form:
        spec, file = self.chain[0]
        grid = self._grid()
        blocks = [entry.spec.repeat for entry in grid if isinstance(entry.spec, RepeatSpec)]
        self._without_faults()
        fields = self._greyed(self._fields(blocks))
        checks = self._checks(blocks, fields)
        columns = self._own("columns") or []
        title = self._own("title") or ""
        attachment = self._own("attachment") or ""
        sheet = self._own("sheet") or attachment
        at = file.position(["form"])
        if not columns:
            self.problems.append(at.problem("缺少「columns」（各列宽度）"))
        if not grid:
            self.problems.append(at.problem("缺少「grid」（表格各行）"))
        if not sheet:
            self.problems.append(at.problem("缺少「attachment」（附件号）或「sheet」（工作表名）"))
        if spec.form != self.name.split("/", maxsplit=1)[0]:
            self.problems.append(at.problem(f"表名「{spec.form}」与所在文件夹「{self.name}」不一致"))
        drafts = self._drafts(fields)
        if self.problems:
            raise DefinitionError(self.problems)
        return Form(
            id=spec.form,
            variant=self.name.split("/", maxsplit=1)[1],
            title=title,
            sheet=sheet,
            attachment=attachment,
            each=self._own("each"),
            landscape=bool(self._own("landscape")),
            columns=tuple(float(width) for width in columns),
            grid=tuple(grid),
            fields=fields,
            checks=tuple(checks),
            position=at,
            filled_by=self._own("filled_by") or "unit",
            claims=self._claims(),
            drafts=drafts,
        )

    def _drafts(self, fields: Mapping[str, Field]) -> dict[str, list[DraftPartSpec]]:
        """How scores are drafted, from the nearest layer that says so; the parts must make up the score's full points."""
        spec, file = next((layer for layer in self.chain if layer[0].drafts), self.chain[0])
        for name, parts in spec.drafts.items():
            at = file.position(["drafts", name])
            if name not in fields:
                self.problems.append(at.problem(f"没有「{name}」这个字段{suggestion(name, fields)}"))
            elif fields[name].maximum != sum(part.most for part in parts):
                total = f"{sum(part.most for part in parts):g}"
                self.problems.append(at.problem(f"各部分的「most」加起来是 {total}，与字段的「max」不相等"))
        return dict(spec.drafts)

    def _claims(self) -> tuple[Claim, ...]:
        """The claims of all layers; one written again replaces the whole claim of the base."""
        found: dict[str, Claim] = {}
        words = {name: families for spec, _ in reversed(self.chain) for name, families in spec.words.items()}
        for level, (spec, file) in reversed(list(enumerate(self.chain))):
            kept = {name: claim for name, claim in spec.claims.items() if not self._is_dropped(name, level)}
            found |= build_claims(kept, file, words)
        return tuple(found.values())

    def _own(self, key: str):  # type: ignore[no-untyped-def]  # the models above give each key its type
        """The value of the nearest layer that sets it."""
        return next((getattr(spec, key) for spec, _ in self.chain if getattr(spec, key) is not None), None)

    def _grid(self) -> list[GridEntry]:
        for spec, file in self.chain:
            if spec.grid is None:
                continue
            entries = []
            for number, entry in enumerate(spec.grid):
                cells, key = (entry.line, "line") if isinstance(entry, RepeatSpec) else (entry.row, "row")
                positions = [file.position(["grid", number, key, index]) for index in range(len(cells))]
                entries.append(GridEntry(entry, file.position(["grid", number]), positions))
            return entries
        return []

    def _fields(self, blocks: list[str]) -> dict[str, Field]:
        fields: dict[str, Field] = {}
        for level, (spec, file) in reversed(list(enumerate(self.chain))):
            for field_id, field in spec.fields.items():
                if not self._is_dropped(field_id, level):
                    fields[field_id] = self._field(field_id, field, file, blocks)
        self.problems += field_faults(fields)
        return fields

    def _greyed(self, fields: dict[str, Field]) -> dict[str, Field]:
        """The form's own ``grey_when`` on every input and computed field that says nothing else and that it does not name.

        A field that says FALSE never turns grey.
        """
        layer = next(((spec, file) for spec, file in self.chain if spec.grey_when is not None), None)
        whole = self._formula(layer[0].grey_when, layer[1].position(["grey_when"])) if layer else None
        named = (
            {node.name for node in walk(whole.tree) if isinstance(node, Name) and not node.sheet} if whole else set()
        )

        def grey(name: str, field: Field) -> Formula | None:
            if field.grey_when is not None:
                return None if field.grey_when.tree == Boolean(False) else field.grey_when
            return None if field.given or name in named else whole

        return {name: replace(field, grey_when=grey(name, field)) for name, field in fields.items()}

    def _is_dropped(self, name: str, level: int) -> bool:
        """Whether a form nearer than ``level`` does without a field or check of that name."""
        return any(_belongs(name, dropped) for spec, _ in self.chain[:level] for dropped in spec.without)

    def _without_faults(self) -> None:
        for level, (spec, file) in enumerate(self.chain):
            inherited = [name for base, _ in self.chain[level + 1 :] for name in _names(base)]
            for index, dropped in enumerate(spec.without):
                if not any(_belongs(name, dropped) for name in inherited):
                    at = file.position(["without", index])
                    known = [*inherited, *(name.partition(".")[0] for name in inherited)]
                    message = f"继承来的表里没有「{dropped}」这个字段、检查或说法{suggestion(dropped, known)}"
                    self.problems.append(at.problem(message))

    def _field(self, field_id: str, spec: FieldSpec, file: YamlFile, blocks: list[str]) -> Field:
        at = file.position(["fields", field_id])
        if not re.match(FIELD_NAME, field_id):
            self.problems.append(at.problem(f"字段名「{field_id}」只能用字母、数字、下划线和点，且不能以数字开头"))
        if _LOOKS_LIKE_A_CELL.match(field_id.rsplit(".", maxsplit=1)[-1]):
            self.problems.append(at.problem(f"字段名「{field_id}」与单元格地址分不清，请换一个名字"))
        if spec.formula and spec.given:
            self.problems.append(at.problem(f"字段「{field_id}」不能既有公式又由任务给定"))
        if spec.type == "choice" and not spec.choices:
            self.problems.append(at.problem(f"字段「{field_id}」是选择项，缺少「choices」"))
        kind = in_unit(TYPES[spec.type], self._own("money"))
        block = next((name for name in blocks if field_id.startswith(f"{name}.")), None)
        maximum: float | str | None = kind.maximum if spec.max is None else spec.max
        return Field(
            id=field_id,
            block=block,
            label=spec.label,
            type=kind,
            formula=self._formula(spec.formula, file.position(["fields", field_id, "formula"])),
            given=spec.given,
            required=spec.required,
            minimum=kind.minimum if spec.min is None else float(spec.min),
            maximum=maximum,
            length=spec.length,
            choices=tuple(spec.choices or ()),
            strict=spec.strict,
            hint=spec.hint or "",
            lines=spec.lines,
            number_format=spec.format or kind.number_format,
            align=spec.align or kind.align,
            merge=spec.merge,
            position=at,
            grey_when=self._formula(spec.grey_when, file.position(["fields", field_id, "grey_when"])),
            last_year=spec.last_year,
            may_repeat=spec.may_repeat,
        )

    def _formula(self, text: str | None, at: Position) -> Formula | None:
        if text is None:
            return None
        try:
            return Formula(text, _tree(text), at)
        except FormulaSyntaxError as error:
            self.problems.append(at.problem(f"公式写法有误：{error}"))
            return None

    def _checks(self, blocks: list[str], fields: Mapping[str, Field]) -> list[Check]:
        checks: dict[str, list[Check]] = {}
        for level, (spec, file) in reversed(list(enumerate(self.chain))):
            own: dict[str, list[Check]] = {}
            for number, check in enumerate(spec.checks):
                if self._is_dropped(check.use or check.code or "", level):
                    continue
                built = self._check(check, file.position(["checks", number]), blocks)
                if built is None:
                    continue
                variants = [built]
                for name, values in (check.vary or {}).items():
                    variants = [one for each in variants for one in varied(each, name, values, fields)]
                before = own.setdefault(built.code, [])
                if {one.at for one in before} & {one.at for one in variants}:
                    self.problems.append(built.position.problem(f"检查「{built.code}」写了两次"))
                before += variants
            checks |= own
        return [check for variants in checks.values() for check in variants]

    def _check(self, own: CheckSpec, at: Position, blocks: list[str]) -> Check | None:
        values = own.model_dump(exclude_none=True, exclude={"use", "vary"})
        source = at
        if own.use:
            if own.use not in self.library:
                self.problems.append(at.problem(f"检查库里没有「{own.use}」{suggestion(own.use, self.library)}"))
                return None
            base, library_file = self.library[own.use]
            values = base.model_dump(exclude_none=True, exclude={"use", "vary", "check"}) | values | {"code": own.use}
            source = library_file.position(["that"]) if own.that is None else at
        missing = [key for key in ("code", "that", "at", "say", "title", "fix", "basis") if not values.get(key)]
        if missing:
            self.problems.append(at.problem(f"检查缺少：{'、'.join(missing)}"))
            return None
        if not _CHECK_CODE.match(values["code"]):
            self.problems.append(at.problem(f"检查编号「{values['code']}」应为一个字母（L、X、S、N、V）加三位数字"))
        if values.get("each") and values["each"] not in blocks:
            self.problems.append(at.problem(f"没有「{values['each']}」这一组行{suggestion(values['each'], blocks)}"))
            return None
        that = self._formula(values["that"], source)
        if that is None:
            return None
        return Check(
            code=values["code"],
            slug=values.get("slug", values["code"].lower()),
            title=values["title"],
            say=values["say"],
            why=values.get("why", ""),
            fix=values["fix"],
            severity=Severity(values.get("severity", "error")),
            basis=values["basis"],
            that=that,
            where=self._formula(values.get("where"), source),
            each=values.get("each"),
            at=values["at"],
            shown=self._formula(values.get("shown"), source),
            expected=self._formula(values.get("expected"), source),
            bound=values.get("bound", ""),
            related=tuple(values.get("related", ())),
            position=at,
        )
