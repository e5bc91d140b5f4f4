"""A made campaign: hundreds of units, every kind of return mixed in, and exactly what must become of each.

The kinds stand in ``kinds``: each says how its files are made and what the program must make of them. What is expected
of the whole campaign (``expected``) is counted from that table and never from what the program does.
"""
