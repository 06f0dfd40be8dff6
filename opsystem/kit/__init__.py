"""Small tools without an opinion: clock, references, phone numbers, money, errors.

Nothing here knows a vault, a web request or a trade.
"""
