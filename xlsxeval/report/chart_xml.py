"""A figure as DrawingML: bars that Word draws itself, told apart by pattern so that they print in black and white.

The values stand in the chart as literals; there is no workbook inside, so nothing but what is printed travels along.
"""

from __future__ import annotations

from decimal import Decimal

from jinja2 import Environment

from xlsxeval.report.figures import ChartData

FONT = "宋体"
_ROOM = Decimal("1.1")
"""How far the axis goes beyond the longest bar, for the figure behind it."""
_STEPS = 6
"""At most so many steps up to the longest bar."""

_CHART = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string("""\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
{% macro colour(value) %}<a:solidFill><a:srgbClr val="{{ value }}"/></a:solidFill>{% endmacro %}
{% macro line(width, value) %}<a:ln w="{{ width }}">{{ colour(value) }}</a:ln>{% endmacro %}
{% macro letters() %}
<c:txPr><a:bodyPr wrap="none"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" b="0">{{ colour("000000") }}
<a:latin typeface="{{ font }}"/><a:ea typeface="{{ font }}"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>
{% endmacro %}
{% macro points(values) %}
<c:ptCount val="{{ values|length }}"/>
{% for value in values %}<c:pt idx="{{ loop.index0 }}"><c:v>{{ value }}</c:v></c:pt>{% endfor %}
{% endmacro %}
<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">
<c:roundedCorners val="0"/>
<c:chart><c:autoTitleDeleted val="1"/>
<c:plotArea><c:layout/>
<c:barChart><c:barDir val="{{ "bar" if figure.lying else "col" }}"/><c:grouping val="clustered"/><c:varyColors val="0"/>
{% for series in figure.series %}
<c:ser><c:idx val="{{ loop.index0 }}"/><c:order val="{{ loop.index0 }}"/><c:tx><c:v>{{ series.name }}</c:v></c:tx>
<c:spPr>
{% if loop.first %}
<a:pattFill prst="wdUpDiag"><a:fgClr><a:srgbClr val="000000"/></a:fgClr><a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr>
</a:pattFill>
{% else %}
{{ colour("404040") }}
{% endif %}
{{ line(9525, "000000") }}</c:spPr>
<c:invertIfNegative val="0"/>
<c:dLbls><c:numFmt formatCode="{{ format }}" sourceLinked="0"/>
<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{{ letters() }}<c:dLblPos val="outEnd"/>
<c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/>
<c:showBubbleSize val="0"/></c:dLbls>
<c:cat><c:strLit>{{ points(figure.labels) }}</c:strLit></c:cat>
<c:val><c:numLit><c:formatCode>{{ format }}</c:formatCode>{{ points(series.values) }}</c:numLit></c:val></c:ser>
{% endfor %}
<c:gapWidth val="60"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>
<c:catAx><c:axId val="1001"/>
<c:scaling><c:orientation val="{{ "maxMin" if figure.lying else "minMax" }}"/></c:scaling><c:delete val="0"/>
<c:axPos val="{{ "l" if figure.lying else "b" }}"/><c:numFmt formatCode="General" sourceLinked="0"/>
<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>
<c:spPr>{{ line(9525, "000000") }}</c:spPr>{{ letters() }}<c:crossAx val="1002"/><c:crosses val="autoZero"/>
<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>
<c:valAx><c:axId val="1002"/>
<c:scaling><c:orientation val="minMax"/><c:max val="{{ top }}"/><c:min val="{{ bottom }}"/></c:scaling><c:delete val="0"/>
<c:axPos val="{{ "b" if figure.lying else "l" }}"/>
<c:majorGridlines><c:spPr>{{ line(6350, "BFBFBF") }}</c:spPr></c:majorGridlines>
<c:numFmt formatCode="{{ "0%" if figure.percent else "General" }}" sourceLinked="0"/>
<c:majorTickMark val="out"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>
<c:spPr>{{ line(9525, "000000") }}</c:spPr>{{ letters() }}<c:crossAx val="1001"/>
<c:crosses val="{{ "max" if figure.lying else "autoZero" }}"/><c:crossBetween val="between"/>
<c:majorUnit val="{{ step }}"/></c:valAx>
<c:spPr><a:noFill/></c:spPr></c:plotArea>
{% if figure.series|length > 1 %}
<c:legend><c:legendPos val="t"/><c:overlay val="0"/>{{ letters() }}</c:legend>
{% endif %}
<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>
<c:spPr>{{ colour("FFFFFF") }}<a:ln><a:noFill/></a:ln></c:spPr>{{ letters() }}
</c:chartSpace>
""")


def chart_xml(figure: ChartData) -> bytes:
    """The chart part (``word/charts/chartN.xml``) of a figure."""
    bottom, top, step = scale([value for series in figure.series for value in series.values])
    number_format = "0.00%" if figure.percent else "0.##"
    return _CHART.render(figure=figure, font=FONT, format=number_format, bottom=bottom, top=top, step=step).encode()


def scale(values: list[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """Ends and step of the value axis: 0 is on it, the steps are round, the longest bar has room for its figure."""
    most, least = max(*values, Decimal()), min(*values, Decimal())
    span = (most - least) or Decimal(1)
    step = next(
        unit
        for power in range(span.adjusted() - 1, span.adjusted() + 2)
        for unit in (Decimal(digit).scaleb(power) for digit in (1, 2, 5))
        if span / unit <= _STEPS
    )
    top = step * (int(most * _ROOM / step) + 1)
    bottom = step * (int(least * _ROOM / step) - 1) if least else Decimal()
    return tuple(Decimal(f"{end:f}") for end in (bottom, top, step))  # type: ignore[return-value]
