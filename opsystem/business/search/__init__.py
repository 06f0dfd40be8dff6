"""Finding any record by words."""
