"""Licences, certificates and insurances with the day they end, of people and of the business itself."""
