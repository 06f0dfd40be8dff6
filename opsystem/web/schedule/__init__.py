"""The week: who goes where on which day."""
