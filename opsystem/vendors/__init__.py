"""The gateways: the only rooms that speak to outside services, one package a vendor.

Plain Python: no web framework, no business rules, no vault. A gateway takes a config,
a disclosure ledger and plain values, and gives frozen records back. What belongs here is
how a vendor is spoken to and what its answers mean; when and why it is spoken to does not.
Vendor SDKs may be imported in these rooms and nowhere else.
"""
