"""The command line: serving, working, and looking after an installation."""
