"""Pages of the money as a whole: what is owed, what came in, the books, statements, sales tax."""
