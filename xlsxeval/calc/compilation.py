"""From formulas as texts or trees to a Program: read, resolve names, lay out, compile, order."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from xlsxeval.calc.binding import BINDING, bound
from xlsxeval.calc.codes import Closure
from xlsxeval.calc.compiler import Compiler
from xlsxeval.calc.functions import TABLE
from xlsxeval.calc.functions.table import UNREAD
from xlsxeval.calc.graph import circle, components
from xlsxeval.calc.index import CompiledFormula, FormulaIndex
from xlsxeval.calc.nodes import (
    AreaRef,
    Binary,
    Call,
    CellRef,
    ErrorLiteral,
    Name,
    Node,
    SheetSpan,
    TableRef,
    Union,
    children,
)
from xlsxeval.calc.parser import parse
from xlsxeval.calc.places import World, static_reference
from xlsxeval.calc.program import FormulaFault, Program
from xlsxeval.calc.range_arguments import RESIZING, with_full_ranges
from xlsxeval.calc.relative_texts import RelativeTexts
from xlsxeval.calc.resolution import Names, resolve
from xlsxeval.calc.sharing import Inputs, Sharing
from xlsxeval.calc.storage import Storage, extents_of
from xlsxeval.calc.table_refs import Table, plain_reference
from xlsxeval.calc.tokens import FormulaSyntaxError
from xlsxeval.calc.trees import transform, walk
from xlsxeval.calc.values import MAX_LINES, Area, ExcelError
from xlsxeval.model import MAX_COLUMNS, MAX_ROWS, Address

_SPARING: Final = frozenset(
    name for name, entry in TABLE.items() if any(parameter.kind in UNREAD for parameter in entry.parameters)
)
"""Functions that do not read the cells of some argument."""

_REFERENCES: Final = frozenset({CellRef, AreaRef, SheetSpan})

_FALLIBLE: Final = _REFERENCES | {Name, Call}
"""Kinds of nodes that may be impossible to compute."""

LARGEST_EXTENT: Final = 200_000
"""Areas of more cells (whole columns, say) do not widen the dense part of a worksheet."""

SHOWN_CELLS: Final = 12
"""The most cells of a circle that a message names."""


def compile_formulas(
    formulas: Mapping[Address, Node | str],
    *,
    sheets: Sequence[str],
    names: Mapping[str | tuple[str, str], Node | str] | None = None,
    date1904: bool = False,
    arrays: Mapping[Address, tuple[int, int]] | None = None,
    surroundings: Surroundings | None = None,
) -> Program:
    """A program of formulas, each with the cell it stands in.

    ``sheets`` are all worksheets in their order. ``names`` are defined names: by name for the workbook, by
    ``(sheet, name)`` for one worksheet. ``arrays`` holds the array formulas (and the dynamic ones of new files)
    with the rows and columns that they were entered for; in any other formula a rectangle in place of a single
    value gives the cell in the formula's own row or column. ``surroundings`` are hidden rows and tables.

    A formula that cannot be read, calls an unknown function or goes in a circle raises nothing: its cell
    becomes an error value, and ``Program.faults`` lists it.
    """
    return _Compilation(formulas, sheets, names or {}, date1904, arrays or {}, surroundings or Surroundings()).program()


class _Compilation:
    """The steps on the way to a program, with the faults that they meet."""

    def __init__(
        self,
        formulas: Mapping[Address, Node | str],
        sheets: Sequence[str],
        names: Names,
        date1904: bool,
        arrays: Mapping[Address, tuple[int, int]],
        surroundings: Surroundings,
    ) -> None:
        self.faults: list[FormulaFault] = []
        self.arrays = bounded(arrays)
        self.closed: set[Address] = set()
        self.texts = RelativeTexts()
        self.written = {address: self._read(address, formula) for address, formula in formulas.items()}
        defined = {_scope(key): self._read_name(node) for key, node in names.items()}
        self.world = World(
            sheets,
            defined,
            self.written,
            date1904,
            surroundings.hidden,
            surroundings.filtered,
            self.arrays,
            {table.name.casefold(): table for table in surroundings.tables},
        )
        self.nodes: dict[Address, Node] = {}
        self.parts: dict[Address, Sequence[Node]] = {}
        self.reads: dict[Address, tuple[Area, ...]] = {}
        for address, written in self.written.items():
            node, parts = self._resolved(address, written)
            self.nodes[address] = node
            self.parts[address] = parts
            self.reads[address] = tuple(dict.fromkeys(self._areas(address, _read_parts(node, parts))))

    def _read(self, address: Address, formula: Node | str) -> Node:
        if not isinstance(formula, str):
            return formula
        try:
            node, closed = self.texts.read(address, formula)
        except FormulaSyntaxError as error:
            self.faults.append(FormulaFault(address, "syntax", f"{address}：{error}"))
            return ErrorLiteral(ExcelError.NAME)
        if closed:
            self.closed.add(address)
        return node

    @staticmethod
    def _read_name(formula: Node | str) -> Node:
        try:
            return parse(formula) if isinstance(formula, str) else formula
        except FormulaSyntaxError:
            return ErrorLiteral(ExcelError.NAME)

    def _resolved(self, address: Address, node: Node) -> tuple[Node, list[Node]]:
        """The tree with names replaced by what they stand for, and all its nodes; what is unknown is noted."""
        parts = list(walk(node))
        kinds = set(map(type, parts))
        if not BINDING.isdisjoint(_called(parts)):
            node = bound(node)
            parts = list(walk(node))
        for part in parts:
            if type(part) is TableRef and part.table is not None and part.table.casefold() not in self.world.tables:
                why = f"{address}：没有名为“{part.table}”的表格，请检查拼写"
                self.faults.append(FormulaFault(address, "name", why, part.table))
        if TableRef in kinds or "ANCHORARRAY" in _called(parts):
            node = transform(node, lambda part: self._plain(part, address))
            parts = list(walk(node))
        if any(type(part) is Call and part.name not in TABLE and self._is_lambda(part.name, address) for part in parts):
            node = transform(node, lambda part: self._named_call(part, address))
            kinds.add(Name)
        if Name in kinds:
            node, complete = resolve(node, address, self.world)
            if complete and TableRef in set(map(type, walk(node))):
                node = transform(node, lambda part: self._plain(part, address))
            if complete and not BINDING.isdisjoint(_called(walk(node))):
                node = bound(node)
            if not complete:
                why = f"{address}：名称套名称太深，或名称引用了自己，请直接引用单元格"
                self.faults.append(FormulaFault(address, "name", why))
            parts = list(walk(node))
        if not RESIZING.isdisjoint(_called(parts)):
            node = with_full_ranges(node)
            parts = list(walk(node))
        suspects = (part for part in parts if type(part) in _FALLIBLE)
        found = dict.fromkeys(fault for part in suspects if (fault := self._fault(part)) is not None)
        self.faults += [FormulaFault(address, kind, f"{address}：{why}", subject) for kind, subject, why in found]
        return node, parts

    def _is_lambda(self, name: str, address: Address) -> bool:
        meaning = self.world.name(name, address.sheet) if name else None
        return isinstance(meaning, Call) and meaning.name == "LAMBDA"

    def _named_call(self, node: Node, address: Address) -> Node | None:
        """The call of a defined name that is a LAMBDA."""
        if isinstance(node, Call) and node.name not in TABLE and self._is_lambda(node.name, address):
            return Call("", (Name(node.name), *node.args))
        return None

    def _plain(self, node: Node, address: Address) -> Node | None:
        """Structured references and ``A1#`` as the references that they stand for."""
        match node:
            case TableRef():
                return plain_reference(node, address, self.world.tables)
            case Call("ANCHORARRAY", (CellRef(sheet, row, column),)):
                own = address.sheet if sheet is None else self.world.sheet(sheet)
                size = None if own is None else self.world.arrays.get(Address(own, row, column))
                if size is None:
                    return ErrorLiteral(ExcelError.REF)
                return AreaRef(own, row, column, row + size[0] - 1, column + size[1] - 1, True, True, True, True)
        return None

    def _fault(self, node: Node) -> tuple[str, str, str] | None:
        """Why a node cannot be computed, as kind, subject and message; None when it can."""
        match node:
            case Name(name):
                return "name", name, f"名称“{name}”没有定义，请检查拼写，或在名称管理器中定义"
            case Call(name, args) if name:
                entry = TABLE.get(name)
                if entry is None:
                    return (
                        "function",
                        name,
                        f"不认识的函数 {name}，请检查拼写，或改用 docs/internals/functions.md 所列的函数",
                    )
                if not entry.least <= len(args) <= entry.most:
                    return "arguments", name, f"函数 {name} 的参数个数是 {len(args)}，应为 {entry.signature}"
            case CellRef(sheet) | AreaRef(sheet) if sheet is not None and self.world.sheet(sheet) is None:
                if "[" in sheet:
                    return "book", sheet, f"引用了其他工作簿（{sheet}），这里不能重算"
                return "sheet", sheet, f"没有名为“{sheet}”的工作表，请检查引用"
            case SheetSpan(first, last) if not self.world.span(first, last):
                return "sheet", f"{first}:{last}", f"没有从“{first}”到“{last}”的工作表，请检查引用"
        return None

    def program(self) -> Program:
        """Lays the cells out, compiles every formula and puts them in order."""
        storage = Storage(self.world.sheets, extents_of(self._extent(self.reads)))
        sharing = Sharing(storage, self.world)
        compiled = [self._compile(address, node, storage, sharing) for address, node in self.nodes.items()]
        index = FormulaIndex(storage, compiled)
        order: list[CompiledFormula] = []
        circular: list[int] = []
        for group in components(list(index.by_slot), index.joined):
            formulas = [slot for slot in group if slot >= 0]
            order += [index.by_slot[slot] for slot in formulas]
            if len(group) > 1 or group[0] in index.joined(group[0]):
                circular += formulas
                way = [slot for slot in circle(group, index.joined) if slot >= 0]
                way += way[:1] if way[0] != way[-1] or len(way) == 1 else []
                self._note_circle([index.by_slot[slot].address for slot in way])
        return Program(self.world, storage, index, order, circular, tuple(self.faults))

    def _areas(self, address: Address, parts: Iterable[Node]) -> Iterator[Area]:
        """The areas that a formula reads, as far as its text says."""
        for part in parts:
            if type(part) in _REFERENCES:
                found = static_reference(part, address.sheet, self.world)
                if found is not None:
                    yield from found.areas

    def _extent(self, reads: Mapping[Address, Collection[Area]]) -> Iterable[Area]:
        """The areas that the dense blocks must hold."""
        for address, areas in reads.items():
            rows, columns = self.arrays.get(address, (1, 1))
            sheet, row, column = address
            yield Area(sheet, row, column, row + rows - 1, column + columns - 1)
            yield from (area for area in areas if not _is_open(area))

    def _compile(self, address: Address, node: Node, storage: Storage, sharing: Sharing) -> CompiledFormula:
        spill = self.arrays.get(address)
        closed = address in self.closed

        def compiled(inputs: Storage | Inputs) -> Closure:
            compiler = Compiler(inputs, self.world, address, array=spill is not None)
            return (compiler.scalar(node) if closed else compiler.formula(node)).run

        run = None if spill else sharing.code(address.sheet, self.parts.pop(address), closed, compiled)
        run = compiled(storage) if run is None else run
        return CompiledFormula(address, storage.slot(address), run, self.reads[address], spill)

    def _note_circle(self, path: Sequence[Address]) -> None:
        shown = [str(address) for address in path]
        if len(shown) > SHOWN_CELLS:
            shown = [*shown[: SHOWN_CELLS - 1], f"…（共 {len(path) - 1} 个单元格）", shown[-1]]
        way = " → ".join(shown)
        self.faults.append(FormulaFault(path[0], "cycle", f"{path[0]}：循环引用 {way}，请改掉其中一个公式"))


class Surroundings(NamedTuple):
    """What formulas depend on besides values: rows that do not show (for whatever reason, and by a filter), tables."""

    hidden: Mapping[str, Collection[int]] = MappingProxyType({})
    filtered: Mapping[str, Collection[int]] = MappingProxyType({})
    tables: Sequence[Table] = ()


def _read_parts(node: Node, parts: Iterable[Node]) -> Iterable[Node]:
    """The nodes of a tree without those whose cells are not read: ``ROW(A1)`` may well stand in A1."""
    return parts if _SPARING.isdisjoint(_called(parts)) else _read_nodes(node)


def _called(parts: Iterable[Node]) -> list[str]:
    """The names of the functions among some nodes."""
    return [part.name for part in parts if type(part) is Call]


def _read_nodes(node: Node) -> Iterator[Node]:
    stack = [(node, True)]
    while stack:
        current, read = stack.pop()
        if not read and isinstance(current, CellRef | AreaRef | SheetSpan):
            continue
        yield current
        below = children(current)
        entry = TABLE.get(current.name) if isinstance(current, Call) else None
        if entry is not None:
            found = [(arg, place >= entry.most or entry.kind(place) not in UNREAD) for place, arg in enumerate(below)]
        else:  # what is computed from cells reads them, whatever its result is taken for: ROWS(A1*2)
            only_joined = isinstance(current, Union) or (isinstance(current, Binary) and current.operator in (":", " "))
            found = [(arg, read or not only_joined) for arg in below]
        stack.extend(reversed(found))


def bounded(arrays: Mapping[Address, tuple[int, int]]) -> dict[Address, tuple[int, int]]:
    """The sizes of array formulas; one that would fill too many cells fills its own only."""
    left = MAX_LINES
    sizes: dict[Address, tuple[int, int]] = {}
    for address, (rows, columns) in arrays.items():
        fits = rows * columns <= left
        left -= rows * columns if fits else 0
        sizes[address] = (rows, columns) if fits else (1, 1)
    return sizes


def _is_open(area: Area) -> bool:
    """Whether an area is a whole column or row, or as good as that."""
    return area.rows == MAX_ROWS or area.columns == MAX_COLUMNS or area.rows * area.columns > LARGEST_EXTENT


def _scope(key: str | tuple[str, str]) -> tuple[str | None, str]:
    if isinstance(key, str):
        return None, key.casefold()
    return key[0], key[1].casefold()
