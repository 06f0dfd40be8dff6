"""Deleting a business so that nobody can read it again, and proving it.

`asking` is what an owner does, `performing` what happens when the time has come, `rotating` the epoch's end,
`remains` the bytes, `certificate` the proof, `checking` the script that anybody may check it with.
"""
