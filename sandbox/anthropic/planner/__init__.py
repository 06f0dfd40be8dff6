"""How the sandbox decides what to answer: it sees what the model would see, and follows written rules.

A rule (see `sandbox.anthropic.rules`) is a generator: it yields the tool calls it needs, gets their
results, and returns the words of the answer. Every request replays the rule from the conversation, so
nothing is remembered here.
"""
