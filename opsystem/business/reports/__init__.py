"""Reports: sums of what happened, each with the rows it is the sum of. Nothing here writes.

A report is declared once as its *facts* (rows with a group and values); its lines, its totals, its drill-down
and its CSV all come from these, so they cannot tell different things.
"""
