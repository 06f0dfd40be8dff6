"""What every vault last said of its own journal, kept outside of it: numbers and hashes, never content."""
