"""A vault taken out and brought in: a ZIP of exactly one form, written as a stream and read with suspicion.

`writing` and `csv_cells` make it, `zipform` says what it may look like, `directory` and `reading` check and
read it, `names` are safe everywhere, `row_lines` carry the rows.
"""
