"""Numbers that must never be kept: of cards and bank accounts, found in what people write (promise P1.4)."""

from opsystem.kit.numbers.masking import mask_all, mask_text, told_of

__all__ = ["mask_all", "mask_text", "told_of"]
