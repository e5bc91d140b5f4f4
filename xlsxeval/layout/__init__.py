"""A definition and a unit's data → every cell of the unit's workbook in its place."""
