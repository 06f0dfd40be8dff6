"""Twilio's API for texts and numbers as the sandbox speaks it, version 2010-04-01.

`app` mounts it, `messages` and `numbers` answer, `delivery` moves texts on and calls back, `inbound` brings
a person's text in, `keywords` knows STOP. The facts are those of the vendor's OpenAPI file and public
documentation.
"""
