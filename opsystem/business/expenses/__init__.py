"""What the business spent: with its receipt, on a job or on the business itself, and in the books."""
