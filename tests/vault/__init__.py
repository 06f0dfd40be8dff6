"""The box: keys, paths, files and what holds them."""
