"""Formulas that differ only in the cells they read are compiled once: the lines of a block, the forms of several projects.

What is compiled reads numbered inputs. For each formula the inputs are gathered from its own cells, which is one quick
call, and handed to the code that all formulas of the kind share. The forms of the samples have three such formulas to
one kind, a unit with a hundred projects has sixty.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from operator import itemgetter
from typing import Any, Final

from xlsxeval.calc.codes import Closure
from xlsxeval.calc.nodes import AreaRef, Array, Binary, Call, CellRef, Name, Node, SheetSpan, Unary, Union, Variable
from xlsxeval.calc.places import World, area_of
from xlsxeval.calc.storage import Cells, Storage, is_large
from xlsxeval.calc.values import Area, Scalar
from xlsxeval.model import Address

Place = Address | Area
Compiled = Callable[["Inputs"], Closure]
_UNSHARED: Final = frozenset({SheetSpan, Union, Name, Variable})


_ITSELF: Final = -1
"""The part of an area that is no part: the area itself."""


class NotSharedError(Exception):
    """The code of a formula depends on where it stands, or on where its cells are."""


class Inputs:
    """Stands for the Storage while shared code is compiled: cells, areas and constants are inputs with a number."""

    def __init__(self, storage: Storage, places: Iterable[Place]) -> None:
        self.gathered: list[tuple[int, int]] = []
        """For each input which of the places it is, and which part of it; for a constant -1 and its slot."""
        self._storage = storage
        self._places = {place: number for number, place in enumerate(places)}
        self._numbers: dict[tuple[int, int], int] = {}

    def slot(self, address: Address) -> int:
        """The number of a cell. Raises NotSharedError for a cell that is no reference of the formula."""
        return self._input(self._place(address), 0)

    def constant(self, value: Scalar) -> int:
        """The number of a constant."""
        return self._input(-1, self._storage.constant(value))

    def area(self, area: Area) -> int:
        """The number of a large area itself."""
        return self._input(self._place(area), _ITSELF)

    def parts(self, area: Area) -> list[Any]:
        """The numbers of an area's parts."""
        place = self._place(area)
        return [self._input(place, part) for part in range(len(self._storage.parts(area)))]

    def getter(self, number: int) -> itemgetter[Any]:
        """What reads an input."""
        return self._storage.getter(number)

    def is_dense(self, area: Area) -> bool:
        """Whether all of an area's cells lie in the block, as they do wherever code is shared."""
        return self._storage.is_dense(area)

    def stay(self) -> None:
        """Called where code is about to depend on its place. Raises NotSharedError."""
        raise NotSharedError

    def _place(self, place: Place) -> int:
        number = self._places.get(place)
        if number is None:
            raise NotSharedError
        return number

    def _input(self, place: int, part: int) -> int:
        return self._numbers.setdefault((place, part), self._next(place, part))

    def _next(self, place: int, part: int) -> int:
        if (place, part) not in self._numbers:
            self.gathered.append((place, part))
        return len(self.gathered)  # 0 is the computation, as in the flat list


class Sharing:
    """The code of a program's formulas by their kind."""

    def __init__(self, storage: Storage, world: World) -> None:
        self._storage = storage
        self._world = world
        self._known: dict[Hashable, tuple[Closure, list[tuple[int, int]]] | None] = {}

    def code(self, sheet: str, parts: Iterable[Node], kind: Hashable, compiled: Compiled) -> Closure | None:
        """The code of a formula whose nodes are ``parts``; None where it has to be compiled for itself.

        ``compiled`` makes it from inputs; ``kind`` is what else two formulas must have in common.
        """
        found = self._outline(sheet, parts)
        if found is None:
            return None
        key, places = (kind, *found[0]), found[1]
        if key not in self._known:
            inputs = Inputs(self._storage, places)
            try:
                self._known[key] = (compiled(inputs), inputs.gathered)
            except NotSharedError:
                self._known[key] = None
        shared = self._known[key]
        return None if shared is None else self._bound(*shared, places)

    def _bound(self, code: Closure, gathered: Iterable[tuple[int, int]], places: list[Place]) -> Closure:
        """Shared code with the cells of one formula."""
        sources = [part if place < 0 else self._source(places[place], part) for place, part in gathered]
        if not sources:
            return lambda cells: code([cells[0]])
        gather = itemgetter(0, *sources)

        def run(cells: Cells) -> Any:
            return code(gather(cells))

        return run

    def _source(self, place: Place, part: int) -> Any:
        if part == _ITSELF and isinstance(place, Area):
            return self._storage.area(place)
        return self._storage.parts(place)[part] if isinstance(place, Area) else self._storage.slot(place)

    def _outline(self, sheet: str, parts: Iterable[Node]) -> tuple[tuple[Hashable, ...], list[Place]] | None:
        """What the nodes say apart from where their cells are, and these cells; None where that cannot be told apart.

        Nodes come in the order of ``walk``, so their kinds and numbers of arguments determine the tree.
        """
        outline: list[Hashable] = []
        places: dict[Place, int] = {}
        for part in parts:
            kind = type(part)
            if kind is CellRef or kind is AreaRef:
                assert isinstance(part, CellRef | AreaRef)
                own = sheet if part.sheet is None else self._world.sheet(part.sheet)
                if own is None:
                    return None
                if isinstance(part, CellRef):
                    outline.append(places.setdefault(Address(own, part.row, part.column), len(places)))
                    continue
                area = area_of(part, own)
                large = is_large(area)
                if not large and not self._storage.is_dense(area):
                    return None
                pieces = 0 if large else len(self._storage.parts(area))
                outline.append((area.rows, area.columns, pieces, places.setdefault(area, len(places))))
            elif isinstance(part, Call):
                outline.append((part.name, len(part.args)))
            elif isinstance(part, Binary | Unary):
                outline.append((kind, part.operator))
            elif kind in _UNSHARED:
                return None
            else:
                outline.append((kind, part if isinstance(part, Array) else getattr(part, "value", None)))
        return tuple(outline), list(places)
