"""CONVERT: one unit of measurement into another.

Source: Microsoft Support, "CONVERT function"; NIST SP 811 for the factors.
"""

from __future__ import annotations

from typing import Final

from xlsxeval.calc.coercion import to_number
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite
from xlsxeval.calc.values import CellError, ExcelError, Scalar

_INCH = 0.0254
_FOOT = 12 * _INCH
_YARD = 3 * _FOOT
_MILE = 5280 * _FOOT
_NAUTICAL = 1852.0
_ANGSTROM = 1e-10
_LIGHT_YEAR = 9.46073047258080e15
_PICA = _INCH / 72
_SURVEY = 6336000 / 3937
_POUND = 453.59237
_GALLON = 231 * _INCH**3 * 1000
_IMPERIAL = 4.54609

_FACTORS: Final[dict[str, dict[str, float]]] = {
    "mass": {
        "g": 1.0, "sg": 14593.9029372064, "lbm": _POUND, "u": 1.66053906660e-24, "ozm": _POUND / 16,
        "grain": _POUND / 7000, "cwt": 100 * _POUND, "shweight": 100 * _POUND, "uk_cwt": 112 * _POUND,
        "lcwt": 112 * _POUND, "hweight": 112 * _POUND, "stone": 14 * _POUND, "ton": 2000 * _POUND,
        "uk_ton": 2240 * _POUND, "LTON": 2240 * _POUND, "brton": 2240 * _POUND,
    },
    "distance": {
        "m": 1.0, "mi": _MILE, "Nmi": _NAUTICAL, "in": _INCH, "ft": _FOOT, "yd": _YARD, "ang": _ANGSTROM,
        "ell": 1.143, "ly": _LIGHT_YEAR, "parsec": 3.08567758128155e16, "pc": 3.08567758128155e16,
        "Picapt": _PICA, "Pica": _PICA, "pica": 12 * _PICA, "survey_mi": _SURVEY,
    },
    "time": {
        "yr": 31557600.0, "day": 86400.0, "d": 86400.0, "hr": 3600.0, "mn": 60.0, "min": 60.0, "sec": 1.0, "s": 1.0,
    },
    "pressure": {
        "Pa": 1.0, "p": 1.0, "atm": 101325.0, "at": 101325.0, "mmHg": 133.322, "psi": 6894.757293168362,
        "Torr": 101325 / 760,
    },
    "force": {"N": 1.0, "dyn": 1e-5, "dy": 1e-5, "lbf": 4.4482216152605, "pond": 9.80665e-3},
    "energy": {
        "J": 1.0, "e": 1e-7, "c": 4.184, "cal": 4.1868, "eV": 1.602176487e-19, "ev": 1.602176487e-19,
        "HPh": 2684519.537696172, "hh": 2684519.537696172, "Wh": 3600.0, "wh": 3600.0,
        "flb": 1.3558179483314, "BTU": 1055.05585262, "btu": 1055.05585262,
    },
    "power": {"HP": 745.6998715822702, "h": 745.6998715822702, "PS": 735.49875, "W": 1.0, "w": 1.0},
    "magnetism": {"T": 1.0, "ga": 1e-4},
    "volume": {
        "tsp": _GALLON / 768, "tspm": 0.005, "tbs": _GALLON / 256, "oz": _GALLON / 128, "cup": _GALLON / 16,
        "pt": _GALLON / 8, "us_pt": _GALLON / 8, "uk_pt": _IMPERIAL / 8, "qt": _GALLON / 4, "uk_qt": _IMPERIAL / 4,
        "gal": _GALLON, "uk_gal": _IMPERIAL, "l": 1.0, "L": 1.0, "lt": 1.0,
        "ang3": 1e-27, "ang^3": 1e-27, "barrel": 42 * _GALLON, "bushel": 2150.42 * _INCH**3 * 1000,
        "ft3": _FOOT**3 * 1000, "ft^3": _FOOT**3 * 1000, "in3": _INCH**3 * 1000, "in^3": _INCH**3 * 1000,
        "ly3": _LIGHT_YEAR**3 * 1000, "ly^3": _LIGHT_YEAR**3 * 1000, "m3": 1000.0, "m^3": 1000.0,
        "mi3": _MILE**3 * 1000, "mi^3": _MILE**3 * 1000, "yd3": _YARD**3 * 1000, "yd^3": _YARD**3 * 1000,
        "Nmi3": _NAUTICAL**3 * 1000, "Nmi^3": _NAUTICAL**3 * 1000, "Picapt3": _PICA**3 * 1000,
        "Picapt^3": _PICA**3 * 1000, "Pica3": _PICA**3 * 1000, "Pica^3": _PICA**3 * 1000,
        "GRT": 100 * _FOOT**3 * 1000, "regton": 100 * _FOOT**3 * 1000, "MTON": 40 * _FOOT**3 * 1000,
    },
    "area": {
        "uk_acre": 4840 * _YARD**2, "us_acre": 4046.8726098742522, "ang2": 1e-20, "ang^2": 1e-20, "ar": 100.0,
        "ft2": _FOOT**2, "ft^2": _FOOT**2, "ha": 10000.0, "in2": _INCH**2, "in^2": _INCH**2,
        "ly2": _LIGHT_YEAR**2, "ly^2": _LIGHT_YEAR**2, "m2": 1.0, "m^2": 1.0, "Morgen": 2500.0,
        "mi2": _MILE**2, "mi^2": _MILE**2, "Nmi2": _NAUTICAL**2, "Nmi^2": _NAUTICAL**2,
        "Picapt2": _PICA**2, "Pica2": _PICA**2, "Pica^2": _PICA**2, "Picapt^2": _PICA**2,
        "yd2": _YARD**2, "yd^2": _YARD**2,
    },
    "information": {"bit": 1.0, "byte": 8.0},
    "speed": {
        "admkn": 1853.184 / 3600, "kn": _NAUTICAL / 3600, "m/h": 1 / 3600, "m/hr": 1 / 3600, "m/s": 1.0, "m/sec": 1.0,
        "mph": _MILE / 3600,
    },
}  # fmt: skip

_METRIC: Final = frozenset(
    [
        "g",
        "u",
        "m",
        "ang",
        "ly",
        "parsec",
        "pc",
        "sec",
        "s",
        "Pa",
        "p",
        "atm",
        "at",
        "mmHg",
        "Torr",
        "N",
        "dyn",
        "dy",
        "pond",
        "J",
        "e",
        "c",
        "cal",
        "eV",
        "ev",
        "Wh",
        "wh",
        "W",
        "w",
        "T",
        "ga",
        "l",
        "L",
        "lt",
        "m2",
        "m^2",
        "m3",
        "m^3",
        "ar",
        "bit",
        "byte",
        "m/s",
        "m/sec",
        "m/h",
        "m/hr",
        "ang2",
        "ang^2",
        "ang3",
        "ang^3",
    ]
)
_PREFIXES: Final = {
    "Y": 24, "Z": 21, "E": 18, "P": 15, "T": 12, "G": 9, "M": 6, "k": 3, "h": 2, "da": 1, "e": 1, "d": -1, "c": -2,
    "m": -3, "u": -6, "n": -9, "p": -12, "f": -15, "a": -18, "z": -21, "y": -24,
}  # fmt: skip
_BINARY: Final = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60, "Zi": 70, "Yi": 80}
_POWERS: Final = {"2": 2, "3": 3}
_TEMPERATURES: Final = {"C": "C", "cel": "C", "F": "F", "fah": "F", "K": "K", "kel": "K", "Rank": "R", "Reau": "E"}


def _factor(unit: str) -> tuple[str, float] | None:
    """The kind of a unit and how many of the kind's own units it is; None for what is none."""
    for kind, units in _FACTORS.items():
        if unit in units:
            return kind, units[unit]
    for kind, units in _FACTORS.items():
        for length in (2, 1):
            prefix, name = unit[:length], unit[length:]
            if name not in units or name not in _METRIC:
                continue
            if kind == "information" and prefix in _BINARY:
                return kind, 2.0 ** _BINARY[prefix] * units[name]
            if prefix in _PREFIXES:
                power = _POWERS.get(name[-1], 1) if name not in ("l", "lt", "L") else 1
                return kind, 10.0 ** (_PREFIXES[prefix] * power) * units[name]
    return None


def _kelvin(value: float, unit: str) -> float:
    match unit:
        case "C":
            return value + 273.15
        case "F":
            return (value + 459.67) * 5 / 9
        case "R":
            return value * 5 / 9
        case "E":
            return value * 1.25 + 273.15
        case _:
            return value


def _from_kelvin(value: float, unit: str) -> float:
    match unit:
        case "C":
            return value - 273.15
        case "F":
            return value * 9 / 5 - 459.67
        case "R":
            return value * 9 / 5
        case "E":
            return (value - 273.15) * 0.8
        case _:
            return value


@function("CONVERT(number:plain, from_unit:text, to_unit:text)")
def convert(given: Scalar, source: str, target: str) -> float:
    """A measurement in another unit; #N/A for units that there are not, or of different kinds."""
    number = to_number(given)
    if source in _TEMPERATURES and target in _TEMPERATURES:
        if _TEMPERATURES[source] == _TEMPERATURES[target]:
            return number
        return _from_kelvin(_kelvin(number, _TEMPERATURES[source]), _TEMPERATURES[target])
    if target in ("K", "kel") and source[:-1] in _PREFIXES and source[-1] == "K":
        return number * 10.0 ** _PREFIXES[source[:-1]]
    a, b = _factor(source), _factor(target)
    if a is None or b is None or a[0] != b[0]:
        raise CellError(ExcelError.NA)
    return finite(number if a[1] == b[1] else number * a[1] / b[1])
