"""Field names in formulas → cells: the only place that knows what a name means where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from xlsxeval.calc import AreaRef, Boolean, Call, CellRef, Name, Node, Number, Text, Unary, is_function, transform, walk
from xlsxeval.calc.nodes import children
from xlsxeval.errors import Problem
from xlsxeval.forms.definition import Form, Formula
from xlsxeval.forms.yaml_file import suggestion
from xlsxeval.model import Address

Key = tuple[str, int | None, str]
EDITION, CAMPAIGN = "edition", "campaign"
MAX_ARGUMENTS = 255
"""Arguments that Excel takes in one function call."""


class AbsentFormError(Exception):
    """A formula names a form that this unit does not fill in."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Place of a formula: its form and instance, and the line of its block."""

    form: Form
    instance: int | None
    block: str | None = None
    line: int | None = None


class Binder:
    """Turns names into references.

    ``cells`` has the addresses of every field by form, instance and field id (one address a line of a block);
    ``instances`` the instances of every form that the unit has; ``constants`` the values of ``edition!…`` and
    ``campaign!…``. ``carried`` has, for columns that merge equal values, the helper cells with the class of every line:
    formulas mean these.
    """

    def __init__(
        self,
        forms: Mapping[str, Form],
        instances: Mapping[str, Sequence[int | None]],
        cells: Mapping[Key, Sequence[Address]],
        constants: Mapping[str, Mapping[str, float | str | bool]],
        carried: Mapping[Key, Sequence[Address]],
    ) -> None:
        self._forms = forms
        self._instances = instances
        self._cells = cells
        self._meant = {**cells, **carried}
        self._constants = constants
        self.problems: list[Problem] = []
        self._fixed: dict[int, tuple[Formula, Set[int]]] = {}  # the formula is held, so that its identity stays its own

    def bind(self, formula: Formula, scope: Scope, sheet: str) -> Node:
        """The formula with references for names, as it stands on ``sheet``.

        Unknown names and functions are added to ``problems``; raises AbsentFormError where the unit lacks a named form.
        """

        left = False

        def replace(node: Node) -> Node | None:
            nonlocal left
            if isinstance(node, Call):
                args = node.args
                if any(isinstance(arg, Name) for arg in args):
                    args = tuple(part for arg in args for part in self._spread(arg, scope, sheet))
                self._require_few(node.name, args, formula)
                return None if args is node.args else Call(node.name, args)
            if isinstance(node, Name):
                nodes = self._resolve(node, scope, sheet)
                if nodes is not None and len(nodes) == 1:
                    return nodes[0]
                left = True  # unless it is an argument that becomes several
            return None

        bound = transform(formula.tree, replace, self._without_names(formula))
        if left:
            for node in walk(bound):
                if isinstance(node, Name):
                    self._report(node, formula, scope)
        return bound

    def _without_names(self, formula: Formula) -> Set[int]:
        """The nodes of a formula that have no name below them, by identity: they are the same in every line.

        A formula is looked through once; unknown functions are then added to ``problems``.
        """
        if id(formula) not in self._fixed:
            nodes = list(walk(formula.tree))
            for call in nodes:
                if isinstance(call, Call):
                    self._known_function(call, formula)
                    self._require_few(call.name, call.args, formula)
            named: set[int] = set()
            for node in reversed(nodes):  # what is below a node comes after it
                if isinstance(node, Name) or any(id(child) in named for child in children(node)):
                    named.add(id(node))
            self._fixed[id(formula)] = formula, frozenset(id(node) for node in nodes) - named
        return self._fixed[id(formula)][1]

    def addresses(self, name: str, scope: Scope) -> list[Address]:
        """The cells that a check points to by a field name; inside a block its fields mean this line's, also by whole name.

        Raises AbsentFormError, or KeyError for an unknown name.
        """
        form_id, _, field_id = name.rpartition("!")
        if scope.block and form_id in ("", scope.form.id):
            field_id = field_id.removeprefix(f"{scope.block}.")
        found = self._lookup(Name(field_id, sheet=form_id or None), scope, self._cells)
        if found is None:
            raise KeyError(name)
        return [address for group in found for address in group]

    def _spread(self, node: Node, scope: Scope, sheet: str) -> Sequence[Node]:
        """An argument that names a field of several instances becomes as many arguments."""
        if isinstance(node, Name):
            nodes = self._resolve(node, scope, sheet)
            if nodes is not None:
                return nodes
        return (node,)

    def _resolve(self, name: Name, scope: Scope, sheet: str) -> Sequence[Node] | None:
        if name.sheet in (EDITION, CAMPAIGN):
            value = self._constants[name.sheet].get(name.name)
            return None if value is None else (_literal(value),)
        groups = self._lookup(name, scope, self._meant)
        return None if groups is None else [_reference(group, sheet) for group in groups]

    def _lookup(
        self, name: Name, scope: Scope, cells: Mapping[Key, Sequence[Address]]
    ) -> list[Sequence[Address]] | None:
        """The cells of a field, a group for each instance of its form; None where no field has that name.

        Between two forms that every project has, the same project's is meant.
        """
        form = self._forms.get(name.sheet) if name.sheet else scope.form
        if form is None:
            return None
        own = form.id == scope.form.id
        if own and scope.block and f"{scope.block}.{name.name}" in form.fields:
            lines = cells[form.id, scope.instance, f"{scope.block}.{name.name}"]
            assert scope.line is not None
            return [[lines[scope.line - 1]]] if scope.line <= len(lines) else None  # a field that is in no line
        if name.name not in form.fields:
            return None
        same_project = bool(form.each and scope.form.each)
        instances = [scope.instance] if own or same_project else self._instances.get(form.id, ())
        groups = [group for instance in instances if (group := cells.get((form.id, instance, name.name)))]
        if not groups:
            raise AbsentFormError(form.id)
        return groups

    def _require_few(self, name: str, args: Sequence[Node], formula: Formula) -> None:
        if len(args) > MAX_ARGUMENTS:
            message = f"「{name}」有 {len(args)} 个参数，Excel 最多 {MAX_ARGUMENTS} 个（项目太多）"
            self.problems.append(formula.position.problem(message))

    def _known_function(self, call: Call, formula: Formula) -> None:
        if not is_function(call.name):
            self.problems.append(formula.position.problem(f"公式里有不认识的函数「{call.name}」：{formula.text}"))

    def _report(self, name: Name, formula: Formula, scope: Scope) -> None:
        if name.sheet in (EDITION, CAMPAIGN):
            known = list(self._constants[name.sheet])
            message = f"没有「{name.sheet}!{name.name}」这个参数{suggestion(name.name, known)}"
        elif name.sheet and name.sheet not in self._forms:
            message = f"这个版本没有「{name.sheet}」这张表{suggestion(name.sheet, self._forms)}"
        else:
            form = self._forms[name.sheet] if name.sheet else scope.form
            known = [*form.fields, *(field.short for field in form.fields.values() if field.block == scope.block)]
            if name.name in form.fields:
                message = f"「{name.sheet}!{name.name}」有多个（每个项目一个），要放在 SUM 之类的函数里"
            else:
                message = f"「{form.id}」没有字段「{name.name}」{suggestion(name.name, known)}"
        self.problems.append(formula.position.problem(f"{message}；公式：{formula.text}"))


def _literal(value: float | str | bool) -> Node:
    if isinstance(value, bool):
        return Boolean(value)
    if isinstance(value, str):
        return Text(value)
    return Number(float(value)) if value >= 0 else Unary("-", Number(-float(value)))


def _reference(addresses: Sequence[Address], sheet: str) -> Node:
    """One cell, or the column of a block; another sheet's is named."""
    first, last = addresses[0], addresses[-1]
    prefix = None if first.sheet == sheet else first.sheet
    if len(addresses) == 1:
        return CellRef(prefix, first.row, first.column)
    return AreaRef(prefix, first.row, first.column, last.row, last.column)
