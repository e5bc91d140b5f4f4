"""Distributions of chance, under their new names and their old ones."""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Any, Final

from xlsxeval.calc.functions.arguments import require
from xlsxeval.calc.functions.special import beta_below, gamma_above, gamma_below, place_of
from xlsxeval.calc.functions.table import function
from xlsxeval.calc.operators import finite
from xlsxeval.calc.values import ExcelError

_NORMAL: Final = NormalDist()
NUM: Final = ExcelError.NUM


def normal_share(z: float) -> float:
    """The share of a standard normal distribution below a number."""
    return 0.5 * math.erfc(-z / math.sqrt(2))


def normal_place(share: float) -> float:
    """The number with a share of the standard normal distribution below it."""
    require(0 < share < 1, NUM)
    z = _NORMAL.inv_cdf(share)
    for _ in range(2):
        z -= (normal_share(z) - share) / _NORMAL.pdf(z)
    return z


def _density(z: float) -> float:
    return math.exp(-z * z / 2) / math.sqrt(2 * math.pi)


def _choose(n: float, k: float) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _normal(x: float, mean: float, deviation: float, cumulative: bool) -> float:
    require(deviation > 0, NUM)
    z = (x - mean) / deviation
    return normal_share(z) if cumulative else _density(z) / deviation


def _normal_inverse(share: float, mean: float, deviation: float) -> float:
    require(deviation > 0, NUM)
    return mean + deviation * normal_place(share)


def _standard(z: float, cumulative: bool) -> float:
    return _normal(z, 0.0, 1.0, cumulative)


def _lognormal(x: float, mean: float, deviation: float, cumulative: bool) -> float:
    require(x > 0 and deviation > 0, NUM)
    z = (math.log(x) - mean) / deviation
    return normal_share(z) if cumulative else _density(z) / (x * deviation)


def _lognormal_inverse(share: float, mean: float, deviation: float) -> float:
    return finite(math.exp(_normal_inverse(share, mean, deviation)))


def _exponential(x: float, rate: float, cumulative: bool) -> float:
    require(x >= 0 and rate > 0, NUM)
    return -math.expm1(-rate * x) if cumulative else rate * math.exp(-rate * x)


def _weibull(x: float, alpha: float, beta: float, cumulative: bool) -> float:
    require(x >= 0 and alpha > 0 and beta > 0, NUM)
    power = (x / beta) ** alpha
    return (
        -math.expm1(-power) if cumulative else alpha / math.pow(beta, alpha) * math.pow(x, alpha - 1) * math.exp(-power)
    )


def _poisson(x: float, mean: float, cumulative: bool) -> float:
    count = math.floor(x)
    require(count >= 0 and mean >= 0, NUM)
    if mean == 0:
        return 1.0 if cumulative or count == 0 else 0.0
    return (
        gamma_above(count + 1.0, mean)
        if cumulative
        else math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    )


def _one_binomial(count: float, trials: float, share: float) -> float:
    if share in (0.0, 1.0):
        return float(count == (trials if share else 0))
    return math.exp(_choose(trials, count) + count * math.log(share) + (trials - count) * math.log1p(-share))


def _binomial(count: float, trials: float, share: float, cumulative: bool) -> float:
    count, trials = math.floor(count), math.floor(trials)
    require(0 <= count <= trials and 0 <= share <= 1, NUM)
    if not cumulative:
        return _one_binomial(count, trials, share)
    return 1.0 if count == trials else beta_below(trials - count, count + 1.0, 1 - share)


def _binomial_inverse(trials: float, share: float, alpha: float) -> float:
    trials = math.floor(trials)
    require(0 <= trials <= 1_000_000 and 0 <= share <= 1 and 0 < alpha < 1, NUM)
    low, high = 0, trials
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _binomial(middle, trials, share, True) >= alpha else (middle + 1, high)
    return float(low)


def _negative_binomial(failures: float, successes: float, share: float, cumulative: bool = False) -> float:
    failures, successes = math.floor(failures), math.floor(successes)
    require(failures >= 0 and successes >= 1 and 0 <= share <= 1, NUM)
    require(0 < share < 1, NUM)
    if cumulative:
        return beta_below(successes, failures + 1.0, share)
    return math.exp(
        _choose(failures + successes - 1, failures) + successes * math.log(share) + failures * math.log1p(-share)
    )


def _hypergeometric(count: float, sample: float, hits: float, population: float, cumulative: bool = False) -> float:
    count, sample, hits, population = (math.floor(x) for x in (count, sample, hits, population))
    require(0 <= sample <= population and 0 <= hits <= population and population > 0, NUM)
    require(count >= 0 and count <= min(sample, hits) and count >= sample - population + hits, NUM)

    def one(k: int) -> float:
        return math.exp(_choose(hits, k) + _choose(population - hits, sample - k) - _choose(population, sample))

    first = max(0, sample - population + hits)
    require(count - first <= 1_000_000, NUM)
    return math.fsum(one(k) for k in range(first, count + 1)) if cumulative else one(count)


def _gamma(x: float, alpha: float, beta: float, cumulative: bool) -> float:
    require(x >= 0 and alpha > 0 and beta > 0, NUM)
    if cumulative:
        return gamma_below(alpha, x / beta)
    if x == 0:
        require(alpha >= 1, NUM)
        return 1 / beta if alpha == 1 else 0.0
    return math.exp((alpha - 1) * math.log(x) - x / beta - alpha * math.log(beta) - math.lgamma(alpha))


def _gamma_inverse(share: float, alpha: float, beta: float) -> float:
    require(0 <= share < 1 and alpha > 0 and beta > 0, NUM)
    return 0.0 if share == 0 else beta * place_of(lambda x: gamma_below(alpha, x), share, 0.0, alpha + 1)


def _beta(x: float, alpha: float, beta: float, cumulative: bool, low: float = 0.0, high: float = 1.0) -> float:
    require(alpha > 0 and beta > 0 and low <= x <= high and low < high, NUM)
    place = (x - low) / (high - low)
    if cumulative:
        return beta_below(alpha, beta, place)
    require((place > 0 or alpha >= 1) and (place < 1 or beta >= 1), NUM)
    front = math.exp(math.lgamma(alpha + beta) - math.lgamma(alpha) - math.lgamma(beta))
    return front * math.pow(place, alpha - 1) * math.pow(1 - place, beta - 1) / (high - low)


def _old_beta(x: float, alpha: float, beta: float, low: float = 0.0, high: float = 1.0) -> float:
    return _beta(x, alpha, beta, True, low, high)


def _beta_inverse(share: float, alpha: float, beta: float, low: float = 0.0, high: float = 1.0) -> float:
    require(0 < share <= 1 and alpha > 0 and beta > 0 and low < high, NUM)
    return low + (high - low) * place_of(lambda x: beta_below(alpha, beta, x), share, 0.0, 1.0)


def _chi(x: float, freedom: float, cumulative: bool) -> float:
    freedom = math.floor(freedom)
    require(x >= 0 and 1 <= freedom <= 1e10, NUM)
    return _gamma(x, freedom / 2, 2.0, cumulative)


def _chi_right(x: float, freedom: float) -> float:
    freedom = math.floor(freedom)
    require(x >= 0 and 1 <= freedom <= 1e10, NUM)
    return gamma_above(freedom / 2, x / 2)


def _chi_inverse(share: float, freedom: float) -> float:
    require(freedom >= 1, NUM)
    return _gamma_inverse(share, math.floor(freedom) / 2, 2.0)


def _chi_inverse_right(share: float, freedom: float) -> float:
    freedom = math.floor(freedom)
    require(0 < share <= 1 and freedom >= 1, NUM)
    return 2 * place_of(lambda x: -gamma_above(freedom / 2, x), -share, 0.0, freedom / 2 + 1) if share < 1 else 0.0


def _f(x: float, first: float, second: float, cumulative: bool) -> float:
    a, b = math.floor(first), math.floor(second)
    require(x >= 0 and a >= 1 and b >= 1, NUM)
    if cumulative:
        return beta_below(a / 2, b / 2, a * x / (a * x + b))
    if x == 0:
        return 0.0 if a > 2 else float(a == 2)
    front = math.lgamma((a + b) / 2) - math.lgamma(a / 2) - math.lgamma(b / 2)
    return math.exp(front + a / 2 * math.log(a / b) + (a / 2 - 1) * math.log(x) - (a + b) / 2 * math.log1p(a * x / b))


def _f_right(x: float, first: float, second: float) -> float:
    a, b = math.floor(first), math.floor(second)
    require(x >= 0 and a >= 1 and b >= 1, NUM)
    return beta_below(b / 2, a / 2, b / (a * x + b))


def _f_inverse(share: float, first: float, second: float) -> float:
    require(0 <= share < 1 and first >= 1 and second >= 1, NUM)
    return place_of(lambda x: _f(x, first, second, True), share, 0.0, 1.0) if share else 0.0


def _f_inverse_right(share: float, first: float, second: float) -> float:
    require(0 < share <= 1 and first >= 1 and second >= 1, NUM)
    return place_of(lambda x: -_f_right(x, first, second), -share, 0.0, 1.0) if share < 1 else 0.0


def _t_tail(x: float, freedom: float) -> float:
    """The share above a number that is not negative."""
    return beta_below(freedom / 2, 0.5, freedom / (freedom + x * x)) / 2


def _t(x: float, freedom: float, cumulative: bool) -> float:
    freedom = math.floor(freedom)
    require(freedom >= 1, NUM)
    if cumulative:
        return 1 - _t_tail(x, freedom) if x >= 0 else _t_tail(x, freedom)
    front = math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(freedom * math.pi)
    return front * math.pow(1 + x * x / freedom, -(freedom + 1) / 2)


def _t_right(x: float, freedom: float) -> float:
    return 1 - _t(x, freedom, True) if x < 0 else (_t(x, freedom, True), _t_tail(x, math.floor(freedom)))[1]


def _t_both(x: float, freedom: float) -> float:
    require(x >= 0 and freedom >= 1, NUM)
    return 2 * _t_tail(x, math.floor(freedom))


def _t_old(x: float, freedom: float, tails: float) -> float:
    require(int(tails) in (1, 2), NUM)
    return _t_both(x, freedom) / (3 - int(tails))


def _t_inverse_both(share: float, freedom: float) -> float:
    freedom = math.floor(freedom)
    require(0 < share <= 1 and freedom >= 1, NUM)
    return place_of(lambda x: -2 * _t_tail(x, freedom), -share, 0.0, 1.0) if share < 1 else 0.0


def _t_inverse(share: float, freedom: float) -> float:
    require(0 < share < 1, NUM)
    return math.copysign(_t_inverse_both(2 * min(share, 1 - share), freedom), share - 0.5) if share != 0.5 else 0.0


def _confidence(alpha: float, deviation: float, size: float) -> float:
    require(0 < alpha < 1 and deviation > 0 and size >= 1, NUM)
    return normal_place(1 - alpha / 2) * deviation / math.sqrt(math.floor(size))


def _confidence_t(alpha: float, deviation: float, size: float) -> float:
    require(0 < alpha < 1 and deviation > 0 and size >= 1, NUM)
    require(math.floor(size) > 1, ExcelError.DIV0)
    return _t_inverse_both(alpha, math.floor(size) - 1) * deviation / math.sqrt(math.floor(size))


def _gauss(z: float) -> float:
    return normal_share(z) - 0.5


def _with(body: Callable[..., float], *last: Any) -> Callable[..., float]:
    return lambda *arguments: body(*arguments, *last)


_X3: Final = "x:number, mean:number, standard_dev:number"
_P3: Final = "probability:number, mean:number, standard_dev:number"
_SHAPE: Final = "alpha:number, beta:number"
_C: Final = "cumulative:logical"
_BOUNDS: Final = "[A:number=], [B:number=]"
_F2: Final = "deg_freedom1:number, deg_freedom2:number"
_P: Final = "probability:number"

DISTRIBUTIONS: Final[tuple[tuple[str, str, Callable[..., float], str], ...]] = (
    ("NORM.DIST NORMDIST", f"{_X3}, {_C}", _normal, "The normal distribution."),
    ("NORM.INV NORMINV", _P3, _normal_inverse, "The number with a share of a normal distribution below it."),
    ("NORM.S.DIST", f"z:number, {_C}", _standard, "The standard normal distribution."),
    ("NORMSDIST", "z:number", normal_share, "The share of the standard normal distribution below a number."),
    ("NORM.S.INV NORMSINV", _P, normal_place, "The number with a share of the standard normal distribution below it."),
    ("PHI", "x:number", _density, "The density of the standard normal distribution."),
    ("GAUSS", "z:number", _gauss, "The share of the standard normal distribution between its mean and a number."),
    ("LOGNORM.DIST", f"{_X3}, {_C}", _lognormal, "The lognormal distribution."),
    ("LOGNORMDIST", _X3, _with(_lognormal, True), "The share of a lognormal distribution below a number."),
    ("LOGNORM.INV LOGINV", _P3, _lognormal_inverse, "The number with a share of a lognormal distribution below it."),
    ("EXPON.DIST EXPONDIST", f"x:number, lambda:number, {_C}", _exponential, "The exponential distribution."),
    ("WEIBULL.DIST WEIBULL", f"x:number, {_SHAPE}, {_C}", _weibull, "The Weibull distribution."),
    ("POISSON.DIST POISSON", f"x:number, mean:number, {_C}", _poisson, "The Poisson distribution."),
    (
        "BINOM.DIST BINOMDIST",
        f"number_s:number, trials:number, probability_s:number, {_C}",
        _binomial,
        "The binomial distribution.",
    ),
    (
        "BINOM.INV CRITBINOM",
        "trials:number, probability_s:number, alpha:number",
        _binomial_inverse,
        "The least count whose cumulative binomial share reaches a bound.",
    ),
    (
        "NEGBINOM.DIST",
        f"number_f:number, number_s:number, probability_s:number, {_C}",
        _negative_binomial,
        "The negative binomial distribution.",
    ),
    (
        "NEGBINOMDIST",
        "number_f:number, number_s:number, probability_s:number",
        _negative_binomial,
        "The negative binomial distribution.",
    ),
    (
        "HYPGEOM.DIST",
        f"sample_s:number, number_sample:number, population_s:number, number_pop:number, {_C}",
        _hypergeometric,
        "The hypergeometric distribution.",
    ),
    (
        "HYPGEOMDIST",
        "sample_s:number, number_sample:number, population_s:number, number_pop:number",
        _hypergeometric,
        "The hypergeometric distribution.",
    ),
    ("GAMMA.DIST GAMMADIST", f"x:number, {_SHAPE}, {_C}", _gamma, "The gamma distribution."),
    (
        "GAMMA.INV GAMMAINV",
        f"{_P}, {_SHAPE}",
        _gamma_inverse,
        "The number with a share of a gamma distribution below it.",
    ),
    ("BETA.DIST", f"x:number, {_SHAPE}, {_C}, {_BOUNDS}", _beta, "The beta distribution."),
    ("BETADIST", f"x:number, {_SHAPE}, {_BOUNDS}", _old_beta, "The share of a beta distribution below a number."),
    (
        "BETA.INV BETAINV",
        f"{_P}, {_SHAPE}, {_BOUNDS}",
        _beta_inverse,
        "The number with a share of a beta distribution below it.",
    ),
    ("CHISQ.DIST", f"x:number, deg_freedom:number, {_C}", _chi, "The chi-squared distribution."),
    (
        "CHISQ.DIST.RT CHIDIST",
        "x:number, deg_freedom:number",
        _chi_right,
        "The share of a chi-squared distribution above a number.",
    ),
    (
        "CHISQ.INV",
        f"{_P}, deg_freedom:number",
        _chi_inverse,
        "The number with a share of a chi-squared distribution below it.",
    ),
    (
        "CHISQ.INV.RT CHIINV",
        f"{_P}, deg_freedom:number",
        _chi_inverse_right,
        "The number with a share of a chi-squared distribution above it.",
    ),
    ("F.DIST", f"x:number, {_F2}, {_C}", _f, "The F distribution."),
    ("F.DIST.RT FDIST", f"x:number, {_F2}", _f_right, "The share of an F distribution above a number."),
    ("F.INV", f"{_P}, {_F2}", _f_inverse, "The number with a share of an F distribution below it."),
    ("F.INV.RT FINV", f"{_P}, {_F2}", _f_inverse_right, "The number with a share of an F distribution above it."),
    ("T.DIST", f"x:number, deg_freedom:number, {_C}", _t, "Student's t distribution."),
    ("T.DIST.RT", "x:number, deg_freedom:number", _t_right, "The share of a t distribution above a number."),
    (
        "T.DIST.2T",
        "x:number, deg_freedom:number",
        _t_both,
        "The share of a t distribution beyond a number on both sides.",
    ),
    (
        "TDIST",
        "x:number, deg_freedom:number, tails:number",
        _t_old,
        "The share of a t distribution beyond a number on one side or both.",
    ),
    ("T.INV", f"{_P}, deg_freedom:number", _t_inverse, "The number with a share of a t distribution below it."),
    (
        "T.INV.2T TINV",
        f"{_P}, deg_freedom:number",
        _t_inverse_both,
        "The number with a share of a t distribution beyond it on both sides.",
    ),
    (
        "CONFIDENCE.NORM CONFIDENCE",
        "alpha:number, standard_dev:number, size:number",
        _confidence,
        "Half the width of a confidence interval for a mean.",
    ),
    (
        "CONFIDENCE.T",
        "alpha:number, standard_dev:number, size:number",
        _confidence_t,
        "Half the width of a confidence interval for a mean, by the t distribution.",
    ),
)
"""Names, parameters, bodies and summaries."""


def _registered(name: str, parameters: str, compute: Callable[..., float], summary: str) -> None:
    def body(*arguments: Any) -> float:
        try:
            return finite(compute(*arguments))
        except (ValueError, OverflowError, ZeroDivisionError):
            require(False, NUM)
            raise

    body.__doc__ = summary
    function(f"{name}({parameters})")(body)


for _names, _parameters, _compute, _summary in DISTRIBUTIONS:
    for _name in _names.split():
        _registered(_name, _parameters.replace("=]", "]"), _compute, _summary)
