"""Pages of reports: charts drawn here, as SVG without a script, over tables that lead to their rows."""
