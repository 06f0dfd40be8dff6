"""The door for vendors: verified, stored once in the business's vault, answered, and understood later."""
